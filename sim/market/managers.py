"""Account managers of a firm from month to month: who looks after whom, visits, and who leaves.

Managers who leave go at the beginning of a step, all firms' at once, so that the order of firms is
of no consequence; their posts are filled at once by successors whom no account knows. Between exits
and decisions of a step accounts without a manager are given one, and all are visited. Decisions of
accounts see of it the bond, and how many answers come late (columns of ``dealings``).
"""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.behaviour import attention, bond
from sim.market.state import NO_STAGE, PRESENT, World
from sim.scenario.managers import Manager
from sim.scenario.managers import Managers as Declared

if TYPE_CHECKING:
    from sim.market.firms import Firm
    from sim.market.model import Market

Rows = npt.NDArray[np.int64]
People = npt.NDArray[np.bool_]
NOBODY = 0
"""Number of the manager of an account that has none; others are counted from 1."""
TIES = (("manager", "bond"), ("second", "second_bond"))
"""Columns of the managers of an account, and of its bonds with them."""


class Parting(NamedTuple):
    """Who left in a step: a rival's position, and what of their bonds goes there, by account."""

    rival: int
    rows: Rows
    bonds: npt.NDArray[np.float32]


class Managers:
    """The account managers of a firm.

    Attributes:
        names: of the posts, in the order of their numbers.
        generation: how many have had each post before.
        left: how many left in this step.
        accounts: by post, accounts in this step, those as second manager included.
        bonds: by post, sum of the bonds with its customers, 0 to 1 each.
        at_risk: by post, the same times monthly revenue at list price, in money.
        closest: sum over customers of the closer bond.
        late: sum over customers of the share of requests answered too late.
        customers: of the firm in this step.
    """

    def __init__(self, declared: Declared) -> None:
        self.names = list(declared.posts())
        self.generation = [0] * len(self.names)
        self.left = 0
        self.accounts = np.zeros(len(self.names))
        self.bonds, self.at_risk = np.zeros((2, len(self.names)))
        self.closest = self.late = 0.0
        self.customers = 0

    def memory(self) -> dict[str, int]:
        """What managers take from one step to the next, as plain data; bonds are the accounts'."""
        return dict(zip(self.names, self.generation, strict=True))

    def remember(self, memory: dict[str, int]) -> None:
        """Go on from the memory of another moment; a new post has had nobody before."""
        self.generation = [memory.get(name, 0) for name in self.names]

    def take_stock(self, w: World, position: int, customers: People) -> None:
        """Count the customers of each post, and what of their revenue hangs on a bond."""
        dealing, posts = w.dealings[customers, position], len(self.names) + 1
        monthly = w.people["basket"][customers] * w.firms["price"][position]
        self.bonds, self.at_risk = np.zeros((2, len(self.names)))
        for own, tie in TIES:
            self.bonds += np.bincount(dealing[own], dealing[tie], posts)[1:]
            self.at_risk += np.bincount(dealing[own], dealing[tie] * monthly, posts)[1:]
        self.closest = float(np.maximum(dealing["bond"], dealing["second_bond"]).sum())
        self.late = float(dealing["late"].sum())
        self.customers = len(dealing)

    def book(self, entry: Any, declared: Declared, months: float) -> None:
        """Write wages of a step into a ledger, and sums over managers and customers."""
        posts = declared.posts().values()
        entry["wages"] += sum(post.wage * post.time for post in posts) * months
        entry["managers"], entry["managers_left"] = len(posts), self.left
        entry["looked_after"], entry["bond"] = self.customers, self.closest
        entry["neglected"], entry["at_risk"] = self.late, self.at_risk.max()


# ── leaving ───────────────────────────────────────────────────────────────────────────────────


def let_managers_go(market: "Market") -> None:
    """Let those leave whose time has come, and rivals gain what of their bonds goes along."""
    if not market.world.dealings.size or market.spec.setting != "b2b":
        return
    partings: list[Parting] = []
    for firm in market.firms:
        fade(firm)
        if firm.managers is not None:
            partings += leavers(firm, firm.managers)
    for rival, rows, bonds in partings:
        theirs = market.world.dealings["bond"][:, rival]
        theirs[rows] = np.maximum(theirs[rows], bonds)
        market.world.relations["salience"][rows, rival] = 1.0


def leavers(firm: "Firm", managers: Managers) -> list[Parting]:
    """Let managers of one firm leave; what those take along whom a rival hires."""
    partings, managers.left = [], 0
    for number, name in enumerate(managers.names, 1):
        rival = destination(firm, managers.generation[number - 1], name)
        if rival is None:
            continue
        managers.generation[number - 1] += 1
        managers.left += 1
        rows, bonds = give_up(firm, number)
        if rival != firm.position:
            carried = firm.model.rules.bond.carried
            partings.append(Parting(rival, rows, (carried * bonds).astype(np.float32)))
    return partings


def destination(firm: "Firm", generation: int, name: str) -> int | None:
    """Where a manager goes in this step: a rival; own firm: to none of them; None: stays."""
    model, post = firm.model, posts_of(firm)[name]
    address = draws.address_of(f"{firm.name}.{name}")
    go, hired, by_whom, _ = draws.four(
        model.run_key, generation, address, model.clock, draws.MANAGER, 0
    )
    if post.leaves is not None and model.month == math.ceil(post.leaves / model.spec.months):
        return model.firm(post.joins).position if post.joins else firm.position
    rules = model.step_rules.bond
    if go >= bond.quits(rules.quits, post.wage, rules.usual_wage, rules.pay):
        return None
    rivals = sorted((f for f in model.firms if f is not firm), key=lambda f: f.address)
    if not rivals or hired >= rules.hired:
        return firm.position
    return rivals[int(by_whom * len(rivals))].position


def give_up(firm: "Firm", number: int) -> tuple[Rows, npt.NDArray[np.float32]]:
    """End the bonds of a manager with accounts; second managers take their place.

    Returns the accounts and what the bonds were.
    """
    dealing = firm.model.world.dealings[:, firm.position]
    first, second = (np.flatnonzero(dealing[name] == number) for name in ("manager", "second"))
    rows = np.concatenate([first, second])
    bonds = np.concatenate([dealing["bond"][first], dealing["second_bond"][second]])
    for name, heir in zip(*TIES, strict=True):
        dealing[name][first] = dealing[heir][first]
        dealing[heir][rows] = 0
    return rows, bonds


def inherit(firm: "Firm", before: list[str]) -> None:
    """In a branch whose posts are others: who looked after accounts ``before``, by name, goes on.

    Accounts of posts that are no more have nobody, and no bond.
    """
    w, after = firm.model.world, firm.managers.names if firm.managers else []
    if not w.dealings.size or before == after:
        return
    numbers = [after.index(name) + 1 if name in after else NOBODY for name in before]
    renumbered = np.array([NOBODY, *numbers], np.uint8)
    dealing = w.dealings[:, firm.position]
    for own, tie in TIES:
        gone = (dealing[own] != NOBODY) & (renumbered[dealing[own]] == NOBODY)
        dealing[tie][gone] = 0.0
        dealing[own] = renumbered[dealing[own]]


# ── a step ────────────────────────────────────────────────────────────────────────────────────


def posts_of(firm: "Firm") -> dict[str, Manager]:
    """What is declared of each post, by name."""
    return firm.offer.managers.posts() if firm.offer.managers else {}


def customers_of(firm: "Firm") -> People:
    """(people,) whether each is a customer in this step, after exits."""
    people = firm.model.world.people
    return np.asarray((people["present"] == PRESENT) & (people["provider"] == firm.position))


def accounts_of(firm: "Firm") -> People:
    """(people,) the same, or in the firm's pipeline."""
    w = firm.model.world
    in_pipeline = w.dealings["stage"][:, firm.position] != NO_STAGE
    return np.asarray(customers_of(firm) | ((w.people["present"] == PRESENT) & in_pipeline))


def look_after(firm: "Firm", gifts: float) -> None:
    """One step of a firm's managers; ``gifts`` build that share of every customer's bond."""
    if firm.managers is None:
        return
    mine, customers = accounts_of(firm), customers_of(firm)
    dealing = firm.model.world.dealings[:, firm.position]
    appoint(firm, firm.managers, dealing, mine)
    visit(firm, firm.managers, dealing, mine, np.where(customers, gifts, 0.0))
    firm.managers.take_stock(firm.model.world, firm.position, customers)


def appoint(firm: "Firm", managers: Managers, dealing: Any, mine: People) -> None:
    """Give every account a manager, and a second one where there are to be two.

    Who has least to do for the capacity gets the next. A former account stays its manager's, but
    takes no time.
    """
    posts = list(posts_of(firm).values())
    capacity = np.array([post.capacity * post.time for post in posts])
    offer = firm.offer.managers
    two = offer is not None and offer.second and len(posts) > 1
    if not two:
        dealing["second"], dealing["second_bond"] = NOBODY, 0.0
    loads = [np.bincount(dealing[own][mine], minlength=len(posts) + 1)[1:] for own, _ in TIES]
    managers.accounts = np.sum(loads, axis=0, dtype=float)
    for own in ("manager", "second") if two else ("manager",):
        for row in np.flatnonzero(mine & (dealing[own] == NOBODY)):
            load = managers.accounts / capacity
            if own == "second":
                load[dealing["manager"][row] - 1] = math.inf
            number = int(np.argmin(load))
            dealing[own][row] = number + 1
            managers.accounts[number] += 1.0


def visit(
    firm: "Firm", managers: Managers, dealing: Any, mine: People, gifts: npt.NDArray[np.float64]
) -> None:
    """Visits and gifts build bonds, as far as there is time; some answers come late.

    An account with two managers gets a late answer only where both are late.
    """
    rules, asked = firm.model.step_rules.bond, firm.model.rules.attention
    visits, late = [0.0], [1.0]
    for accounts, post in zip(managers.accounts, posts_of(firm).values(), strict=True):
        capacity = post.capacity * post.time
        visits.append(min(1.0, rules.growth * post.warmth * attention.visited(accounts, capacity)))
        late.append(attention.late(accounts, capacity, asked.requests, asked.tolerance))
    for own, tie in TIES:
        rows = mine & (dealing[own] != NOBODY)
        times = np.array(visits)[dealing[own][rows]]
        dealing[tie][rows] = bond.grown(dealing[tie][rows], times, gifts[rows])
    both = np.array(late)[dealing["manager"]] * np.array(late)[dealing["second"]]
    dealing["late"] = np.where(mine, both, 0.0)


def fade(firm: "Firm") -> None:
    """Bonds of those whom nobody visits fade."""
    dealing, rules = firm.model.world.dealings[:, firm.position], firm.model.step_rules.bond
    alone = np.full(len(dealing), True) if firm.managers is None else ~accounts_of(firm)
    for _, tie in TIES:
        dealing[tie][alone] = bond.faded(dealing[tie][alone], rules.fading)

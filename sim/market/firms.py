"""Firms: what they offer, what they spend, what they owe their instruments.

A firm plans its spending at the beginning of a step. Instruments that are paid per event fix their
terms from last step's events; what they cost in the end may differ, and the difference is carried
into the next plan, as is money planned for heads that were not there.
"""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim import draws
from sim.behaviour import choice, levels, price_memory, promises, supply
from sim.market.aiming import aim
from sim.market.channels import spent_on_channels
from sim.market.differentiating import stop
from sim.market.distributors import reachable
from sim.market.helpdesk import Helpdesk
from sim.market.launch import Launch, carried_over, show_lines
from sim.market.managers import Managers, inherit
from sim.market.pricing import asked
from sim.market.programme_terms import book_liability, offer_programme
from sim.market.staff import Staff
from sim.market.stance import Stance
from sim.market.state import Row
from sim.market.terms import TERMS, by_head
from sim.policy.instruments import INSTRUMENTS
from sim.policy.targets import BITS
from sim.scenario.in_force import enters, lasts
from sim.scenario.offers import Amount, Campaign, PerHead, Policy, Target
from sim.scenario.offers import Firm as Offer
from sim.scenario.pricing import ListPrice

if TYPE_CHECKING:
    from sim.market.agencies import Agency
    from sim.market.distributors import Distributor
    from sim.market.investors import Investor
    from sim.market.model import Market
    from sim.market.suppliers import Supplier

SPENT = tuple(INSTRUMENTS)
OUTRIGHT = (
    "advertising", "win_back", "staff", "distributors", "automation", "integration", "hospitality",
)  # fmt: skip
"""Instruments whose money is spent in a step whatever happens in it."""
OF_ALL = (
    "goods", "margins", "discounts", "serving", "relating", "wages", "fixed_cost", "partnering",
    "programme", "launching", "interest",
)  # fmt: skip
"""What a firm pays besides its instruments."""
SHARED = {
    "advertising": ("acquired_advertising", "acquisition_cost"),
    "win_back": ("won_back", "return_cost"),
}
"""Instruments whose money is shared among those whom they win: where these are counted, and what
each of them carries."""
TARGETS = {name: f"{name}_target" for name in BITS}
"""The column of each instrument that says at whom it is aimed."""
TRIFLE = 1e-9
"""Share of the money of this step or the last that is none: what rounding left of it."""
LOWEST_PRICE = 0.01
"""Share of its own list price below which no firm follows another; a price must be above 0."""


class Firm(mesa.Agent):
    """A seller: an ordinary Mesa agent that plans, sets terms and keeps books.

    Attributes:
        name: as in the scenario.
        position: column of the firm in the tables.
        address: of its draws.
        offer: its declaration in the scenario.
        suppliers: who makes parts of its product.
        asked: the price by its own pricing, before any reaction.
        charged: the price of the last step.
        usual: the price that people remember of it.
        distributors: who sells for it.
        agency: who makes its campaigns; None where it makes them itself.
        investor: who lends to it; None where nobody asks what money costs.
        stance: what its reaction to others has made of that.
        staff: skill and morale of its people; None where the scenario tells of none.
        helpdesk: what comes of those who turn to it; None where all are answered at once.
        lines: names of what it sells beside its main product.
        launch: its new product; None where there is none.
        managers: who look after its accounts; None where nobody does.
        carried: money by instrument left over from earlier plans (negative: overspent).
        waiting: money by instrument that has not met anybody whom it won yet.
        goodwill: money per head of advertising that still works.
        integrated: share of the friction between its departments that is gone.
        watched: steps for which the firm has watched what its customers are worth.
        invitations, successes: all that were made, and those that led to a purchase.
        planned: money by instrument for this step.
        spent: money spent in this step on what is spent whatever happens.
        selected: people selected for an instrument in this step, where its target is a selection.
        at_work: instruments whose terms are other than what they would be without money.
    """

    def __init__(self, model: "Market", name: str, position: int, offer: Offer) -> None:
        super().__init__(model)
        self.name = name
        self.position = position
        self.address = draws.address_of(name)
        self.offer = offer
        self.suppliers: list[Supplier] = []
        self.asked = self.charged = self.usual = offer.price
        self.distributors: list[Distributor] = []
        self.agency: Agency | None = None
        self.investor: Investor | None = None
        self.stance = Stance.of(offer)
        self.staff = Staff(offer.staff) if offer.staff else None
        self.helpdesk = Helpdesk() if offer.helpdesk else None
        self.launch = Launch() if offer.launch else None
        self.managers = Managers(offer.managers) if offer.managers else None
        self.carried = dict.fromkeys(SPENT, 0.0)
        self.waiting = dict.fromkeys(SHARED, 0.0)
        self.goodwill = 0.0
        self.watched = 0
        self.integrated = 0.0
        self.invitations = 0
        self.successes = 0
        self.planned = dict.fromkeys(SPENT, 0.0)
        self.spent = dict.fromkeys(OUTRIGHT, 0.0)
        self.selected: dict[str, int] = {}
        self.at_work = set(SPENT)

    def memory(self) -> dict[str, Any]:
        """What the firm takes from one step to the next, as plain data."""
        return {
            "asked": self.asked,
            "charged": self.charged,
            "usual": self.usual,
            "carried": dict(self.carried),
            "waiting": dict(self.waiting),
            "goodwill": self.goodwill,
            "watched": self.watched,
            "integrated": self.integrated,
            "invitations": self.invitations,
            "successes": self.successes,
            "stance": self.stance.model_dump(mode="json"),
            "staff": self.staff and self.staff.memory(),
            "lines": self.lines,
            "launch": self.launch and self.launch.memory(),
            "managers": self.managers and self.managers.memory(),
        }

    def remember(self, memory: dict[str, Any]) -> None:
        """Go on from the memory of another moment."""
        self.asked, self.charged = memory["asked"], memory["charged"]
        self.usual = memory["usual"]
        self.carried, self.waiting = dict(memory["carried"]), dict(memory["waiting"])
        self.goodwill, self.watched = memory["goodwill"], memory["watched"]
        self.integrated = memory["integrated"]
        self.invitations, self.successes = memory["invitations"], memory["successes"]
        self.stance = Stance.model_validate_json(json.dumps(memory["stance"]))
        if self.staff and memory["staff"]:
            self.staff.remember(memory["staff"])
        if self.launch and memory["launch"]:
            self.launch.remember(memory["launch"])
        if self.model.world.dealings.size:
            held = self.model.world.dealings["lines"][:, self.position]
            now = self.lines
            held[:] = carried_over(held, memory["lines"], now, self.launch is not None)
        if self.managers and memory["managers"]:
            self.managers.remember(memory["managers"])
        inherit(self, list(memory["managers"] or {}))

    @cached_property
    def terms(self) -> Row:
        """The firm's row in the table that the month reads."""
        return Row(self.model.world.firms, self.position)

    @cached_property
    def entry(self) -> Row:
        """The firm's ledger of the step that is being lived."""
        return Row(self.model.world.ledger, self.position)

    @property
    def last(self) -> Row:
        """The firm's ledger of the last step (zeros before the first)."""
        return Row(self.model.history.last, self.position)

    @property
    def lines(self) -> list[str]:
        """Names of what it sells beside its main product, in the order of their bits."""
        return list(self.offer.lines)

    def now(self, count: str) -> float:
        """A count of the step that is being lived."""
        return float(self.entry[count])

    def before(self, count: str) -> float:
        """A count of the last step (0 before the first)."""
        return float(self.last[count])

    @property
    def since(self) -> float:
        """The step in which it came into the market, or will."""
        return enters(self.model.spec, self.name)

    @property
    def is_there(self) -> bool:
        """Whether it is in the market in this step; until it is, it does nothing."""
        return self.model.clock >= self.since

    @property
    def months(self) -> float:
        """Length of a step in months."""
        return float(self.model.spec.months)

    def response(self, instrument: str) -> Any:
        """The parameters of an instrument's response."""
        return self.model.responses[instrument]

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.stance.policy

    @property
    def price(self) -> float:
        """The price in force."""
        return max(LOWEST_PRICE * self.offer.price, self.asked + self.stance.price_change)

    def make_offer(self) -> None:
        """Write price, quality and promise into the table, and what holds without instruments."""
        row, offer = self.terms, self.offer
        if isinstance(offer.pricing, ListPrice):
            self.asked = offer.price
        experience = self.model.rules.experience
        row["failure"] = row["failure_unserved"] = self.failure
        row["recover"] = experience.recover
        row["complain"] = experience.complain
        row["by_worth"] = row["lost"] = 0.0
        level = self.level
        row["lift_unserved"], row["asks"] = level.learning, level.hears
        row["contact"], row["bond"], row["relating"] = level.contact, level.bond, level.cost
        row["address"] = self.address
        row["there"] = self.is_there
        for field in ("unit_cost", "quality"):
            row[field] = self.with_parts(field)
        row["cost_to_serve"] = offer.cost_to_serve
        transparency = self.model.rules.promises.transparency
        row["promise"] = promises.believed(offer.promise, row["quality"], transparency)
        row["price"] = self.price
        row["personalisation"] = offer.crm.personalisation if offer.crm else 0.0
        row["careful"] = offer.crm is not None and offer.crm.careful
        row["pressure"] = offer.pressure
        row["standing"] = offer.appeal - offer.friction
        row["price_gap"] = row["introductory_gap"] = self.felt(0.0)
        for name in ("save", "win_back"):
            discount = self.response(name).discount
            row[f"{name}_discount"] = self.price * discount
            row[f"{name}_gap"] = self.felt(discount)
        offer_programme(self)

    def with_parts(self, field: str) -> float:
        """Quality or unit cost of the product, bought parts included."""
        own = float(getattr(self.offer, field))
        now = {"quality": "delivered", "unit_cost": "unit_cost"}[field]
        return supply.of_parts(own, [(s.said.share, getattr(s, now)) for s in self.suppliers])

    @property
    def failure(self) -> float:
        """Chance that service fails, before money is spent against it."""
        rules = self.model.rules
        missing = [each.said.share for each in self.suppliers if each.failed]
        return supply.failures(rules.experience.failure, missing, rules.supply.harm)

    @property
    def level(self) -> levels.Bundle:
        """What the level of its relationships does."""
        return levels.bundle(self.offer.level, self.model.step_rules.levels)

    def take_in(self) -> None:
        """Take in what suppliers have delivered, what prices are, and what is on sale."""
        self.asked = asked(self)
        row = self.terms
        if self.suppliers or row["price"] != self.price or row["price_gap"] != self.felt(0.0):
            self.make_offer()
        if self.model.world.lines.size:
            show_lines(self)

    def felt(self, discount: float) -> float:
        """How dear the firm's price feels with a ``discount`` (a share of it)."""
        rules = self.model.rules.choice
        price = self.price * (1.0 - discount)
        gap = choice.price_gap(price, rules.reference_price, rules.linear_price)
        change = choice.price_gap(price, self.usual, rules.linear_price)
        memory = self.model.rules.price_memory
        return gap + price_memory.surprise(change, memory.gain, memory.loss)

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def budget(self, policy: Policy | None = None) -> float:
        """Money that a policy (None: the one in force) gives in this step."""
        plan = (policy or self.policy).budget
        if isinstance(plan, Amount):
            return plan.amount * self.months
        if isinstance(plan, PerHead):
            return plan.per_head * self.months * self.model.present
        return plan.share_of_revenue * float(self.last["revenue"])

    def allotted(self, policy: Policy) -> dict[str, float]:
        """Money by instrument that a policy gives in this step."""
        budget, split = self.budget(policy), policy.split
        return {name: budget * split.get(name, 0.0) for name in SPENT}

    def wanted(self) -> dict[str, float]:
        """Money by instrument that the firm would spend in this step, had it the means."""
        own, more = self.allotted(self.policy), self.stance.money_change
        return {name: max(0.0, own[name] + more.get(name, 0.0)) for name in SPENT} if more else own

    @property
    def means(self) -> float:
        """Share that it has of the money it wants to spend."""
        return self.investor.means(sum(self.wanted().values())) if self.investor else 1.0

    def intended(self) -> dict[str, float]:
        """Money by instrument for this step, before what was carried over."""
        wanted, means = self.wanted(), self.means
        return wanted if means == 1.0 else {name: means * wanted[name] for name in wanted}

    def plan(self) -> None:
        """Divide this step's money, and what was carried over, and choose whom to aim at."""
        stop(self)
        for name, money in self.intended().items():
            due = self.carried[name] + money
            if 0.0 < due <= TRIFLE * max(money, self.before(name)):
                due = 0.0
            self.carried[name], self.planned[name] = due, max(0.0, due)
        row = self.terms
        for name, column in TARGETS.items():
            row[column], self.selected[name] = aim(self, name)

    def target_of(self, instrument: str) -> Target:
        """Whom an instrument is aimed at."""
        return self.policy.targets.get(instrument, INSTRUMENTS[instrument].targets[0])

    def targeted(self, instrument: str) -> float:
        """People at whom an instrument is aimed in this step."""
        code = int(self.terms[f"{instrument}_target"])
        return self.model.heads(self, code) or self.selected[instrument]

    def set_terms(self) -> None:
        """Turn this step's plan into the terms that people will meet.

        An instrument without money now and in the step before is left as it is, at rest; only
        goodwill of advertising may still be at work, and staff, help desk and managers always are.
        """
        self.campaign()
        funded = {name for name, money in self.planned.items() if money > 0.0}
        for name, become_terms in TERMS.items():
            if name in funded or name in self.at_work:
                become_terms(self, self.planned[name])
        self.at_work = funded | {"advertising"} if self.goodwill > 0.0 else funded
        if self.staff is not None:
            self.at_work.add("staff")
        if self.offer.path is not None:
            self.at_work.add("integration")
        if self.helpdesk is not None:
            self.at_work |= {"automation", "recovery"}
        if self.model.world.ways.size:
            self.at_work.add("distributors")
        if self.managers is not None:
            self.at_work.add("hospitality")

    def campaign(self) -> None:
        """Add to the plan what campaigns give in this step."""
        for campaign in self.campaigns():
            money = self.means * by_head(self, campaign.instrument, campaign.per_head)
            self.planned[campaign.instrument] += money
            self.carried[campaign.instrument] += money

    def campaigns(self) -> list[Campaign]:
        """The campaigns of the policy that are on in this step."""
        spec, clock = self.model.spec, self.model.clock
        return [campaign for campaign in self.policy.campaigns if lasts(spec, campaign, clock)]

    def has_money_for(self, instrument: str) -> bool:
        """Whether anything will be spent on an instrument in this step."""
        if self.planned[instrument] > 0.0:
            return True
        return any(campaign.instrument == instrument for campaign in self.campaigns())

    def charge(self) -> None:
        """Share what winning customers, and winning them back, has cost among those who came."""
        for name, (count, cost) in SHARED.items():
            won = self.now(count)
            self.waiting[name] += self.spent[name]
            self.terms[cost] = self.waiting[name] / won if won else 0.0
            if won:
                self.waiting[name] = 0.0

    def book(self) -> None:
        """Complete the ledger of the step and carry over what the plan left."""
        entry, row = self.entry, self.terms
        for name, money in self.spent.items():
            entry[name] += money
        entry["service"] = row["care"] * float(entry["heads"])
        entry["contact"] = row["contact_cost"] * float(entry["in_touch"])
        if self.offer.channels:
            entry["contact"] = spent_on_channels(self)
        entry["crm"] = row["crm_cost"] * float(entry["on_file"])
        entry["fixed_cost"] = self.offer.fixed_cost * self.months
        entry["integrated"] = self.integrated
        entry["unallocated"] = sum(self.waiting.values())
        if self.staff and self.offer.staff:
            self.staff.book(entry, self.offer.staff, self.months)
        if self.helpdesk and self.offer.helpdesk:
            self.helpdesk.book(entry, self.offer.helpdesk, self.months)
        book_liability(self, entry)
        if self.launch and self.offer.launch:
            self.launch.book(self, self.offer.launch, entry)
        entry["distribution"] = reachable(self)
        if self.investor:
            self.investor.book(entry)
        if self.managers and self.offer.managers:
            self.managers.book(entry, self.offer.managers, self.months)
        for name in SPENT:
            self.carried[name] -= float(entry[name])
        self.invitations += int(entry["invitations"])
        self.successes += int(entry["referred"])
        self.note_share(float(entry["customers"]))
        self.note_price(float(row["price"]))

    def note_price(self, price: float) -> None:
        """Note what was asked, for rivals who look and people who remember."""
        share = self.model.step_rules.price_memory.adjusting
        self.charged, self.usual = price, price_memory.remembered(self.usual, price, share)

    def note_share(self, customers: float) -> None:
        """Note the share of people who are customers, for those who imitate."""
        self.terms["share"] = customers / max(self.model.present, 1)


def profit(ledger: np.ndarray | Row) -> Any:
    """Profit of a firm's ledger or of an array of them, in money."""
    costs = sum(ledger[name] for name in (*OF_ALL, *SPENT))
    return ledger["revenue"] - costs

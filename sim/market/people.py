"""People: how newcomers get their traits, and how the market stands before its first step.

Each trait is the inverse of its distribution at one addressed uniform, drawn once on arrival, so a
person is the same in every arm of a comparison.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.behaviour import leaving
from sim.market.state import BEFORE_THE_RUN, NEVER, NO_FIRM, PRESENT, World
from sim.market.ways import assign
from sim.scenario.changeable import TRAITS
from sim.scenario.fields import Specification
from sim.scenario.in_force import enters
from sim.scenario.schema import WEEKS_PER_MONTH, Scenario
from sim.scenario.traits import (
    Beta,
    Customers,
    Dirichlet,
    ExitChance,
    ExitHazard,
    ExitRate,
    Fixed,
    Gamma,
    GammaGamma,
    Lognormal,
    NeedGamma,
    NeedLognormal,
    NeedRate,
    Normal,
)

Column = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
RATES = ("need_rate", "exit_hazard")
PERSON_BLOCKS = (draws.PERSON, draws.CHARACTER, draws.START)
FIRM_BLOCKS = (draws.OPINION, draws.START)


def fill(run, numbers, addresses, by_person, by_firm):  # type: ignore[no-untyped-def]
    """Draw all uniforms of newcomers.

    Args:
        run: key of the run.
        numbers: (newcomers,) person numbers.
        addresses: (firms,) addresses of the firms' draws.
        by_person: (newcomers, 3, 4) filled with the blocks PERSON, CHARACTER, START.
        by_firm: (newcomers, firms, 2, 4) filled with the blocks OPINION, START.
    """
    for i in range(numbers.size):
        for position, block in enumerate(PERSON_BLOCKS):
            four = draws.four(run, numbers[i], draws.NOBODY, 0, block, 0)
            for word, u in enumerate(four):
                by_person[i, position, word] = u
        for f in range(addresses.size):
            for position, block in enumerate(FIRM_BLOCKS):
                four = draws.four(run, numbers[i], addresses[f], 0, block, 0)
                for word, u in enumerate(four):
                    by_firm[i, f, position, word] = u


def quantile(trait: Specification, u: Column) -> Column:
    """Inverse of a trait's distribution at ``u``, element by element."""
    from scipy import special

    match trait:
        case Fixed() | NeedRate() | ExitRate():
            return np.full(u.shape, trait.value)
        case Gamma() | NeedGamma() | ExitHazard():
            return np.asarray(special.gammaincinv(trait.shape, u) * (trait.mean / trait.shape))
        case Lognormal() | NeedLognormal():
            centre = np.log(trait.mean) - 0.5 * trait.log_sd**2
            return np.asarray(np.exp(centre + trait.log_sd * special.ndtri(u)))
        case GammaGamma():
            return np.asarray(trait.scale / special.gammaincinv(trait.q, u))
        case Beta() | ExitChance():
            return np.asarray(special.betaincinv(trait.a, trait.b, u))
        case Normal():
            return np.asarray(trait.mean + trait.sd * special.ndtri(u))
    raise TypeError(f"no inverse is known for the distribution {trait!r}")


def steps_of(trait: Specification, months: float) -> float:
    """Factor from a trait's rate per month or week to one per step of ``months`` months."""
    return months * (WEEKS_PER_MONTH if getattr(trait, "per", "month") == "week" else 1.0)


def log_gamma_tastes(strengths: Column, u_body: Column, u_tail: Column) -> Column:
    """Logarithms of gamma variates of small shape: ln G(a + 1) + ln(U) / a.

    With Gumbel noise these give choice probabilities that are Dirichlet over people. Drawn in the
    logarithm because a gamma of shape .05 underflows.
    """
    from scipy import special

    body = np.log(special.gammaincinv(strengths + 1.0, u_body))
    return np.asarray(body + np.log(u_tail) / strengths)


def amount_shape(basket: Specification) -> float:
    """Gamma shape of the units of one purchase; 0 where a person always buys the same."""
    return basket.p if isinstance(basket, GammaGamma) else 0.0


def exit_form(exit: Specification) -> int:
    """Which of the forms of leaving a trait stands for."""
    if not isinstance(exit, ExitChance):
        return leaving.HAZARD
    return leaving.PER_PERIOD if exit.after == "period" else leaving.AFTER_PURCHASE


class Newcomers:
    """Draws the people who arrive: at the start of the run and, where there is entry, later."""

    def __init__(self, scenario: Scenario, run: draws.Key, fill: Any) -> None:
        self.scenario = scenario
        self.run = run
        self.fill = fill
        self.rules = scenario.rules
        self.names = list(scenario.firms)
        self.there = np.array([enters(scenario, name) == 0 for name in self.names])
        self.addresses = np.array([draws.address_of(n) for n in self.names], np.uint64)
        shares = [group.share for group in scenario.groups.values()]
        self.bounds = np.cumsum(shares) if shares else np.zeros(0)
        self.characters = (scenario.customers, *(g.customers for g in scenario.groups.values()))

    def settle(self, w: World, rows: Rows, numbers: Rows, step: int, trial: int) -> None:
        """Put new people into ``rows``: traits drawn, memory empty, boxes cleared.

        Args:
            w: the tables.
            rows: (newcomers,) places.
            numbers: (newcomers,) person numbers.
            step: step of arrival.
            trial: position of the firm whose first purchase is given, or NO_FIRM.
        """
        person, firm = self.uniforms(numbers)
        w.people[rows] = np.zeros(1, w.people.dtype)
        w.relations[rows] = np.zeros(1, w.relations.dtype)
        w.accounts[rows] = np.zeros(1, w.accounts.dtype)
        if w.dealings.size:
            w.dealings[rows] = np.zeros(1, w.dealings.dtype)
        if w.ways.size:
            assign(w, rows, numbers, self.scenario, self.run)
        group = self.groups_of(person[:, 1, 2])
        for g, character in enumerate(self.characters):
            mine = np.flatnonzero(group == g) if self.bounds.size else slice(None)
            self.give_traits(w, rows[mine], character, person[mine], firm[mine])
        people, relations = w.people, w.relations
        people["number"][rows] = numbers
        people["arrived"][rows] = step
        people["present"][rows] = PRESENT
        people["group"][rows] = group
        people["provider"][rows] = NO_FIRM
        people["trial"][rows] = trial
        relations["trust"][rows] = self.rules.trust.start
        relations["first"][rows] = NEVER
        relations["last"][rows] = NEVER
        w.accounts["break_even"][rows] = NEVER

    def uniforms(self, numbers: Rows) -> tuple[Column, Column]:
        """All uniforms of these people; see :func:`fill`."""
        count, firms = len(numbers), len(self.names)
        person = np.empty((count, len(PERSON_BLOCKS), 4))
        firm = np.empty((count, firms, len(FIRM_BLOCKS), 4))
        self.fill(self.run, numbers, self.addresses, person, firm)
        return person, firm

    def groups_of(self, u: Column) -> Rows:
        """Group of each person: 1 for the first, 0 for none."""
        if not self.bounds.size:
            return np.zeros(len(u), np.int64)
        position = np.searchsorted(self.bounds, u, side="right")
        return np.where(position < self.bounds.size, position + 1, 0)

    def give_traits(
        self, w: World, rows: Rows, character: Customers, person: Column, firm: Column
    ) -> None:
        """Draw all that is lasting in people of one character, and what they expect."""
        self.give_character(w, rows, character, person)
        relations = w.relations
        relations["taste"][rows] = self.tastes(character, firm)
        relations["fit"][rows] = quantile(character.fit, firm[:, :, 0, 2])
        expected = np.clip(quantile(character.expectation, firm[:, :, 0, 3]), 0.0, 1.0)
        for field in ("first_expectation", "expectation", "satisfaction"):
            relations[field][rows] = expected

    def give_character(self, w: World, rows: Rows, character: Customers, person: Column) -> None:
        """Draw the traits that people have whatever the firm, cut to the range of each."""
        months = self.scenario.months
        by_time = exit_form(character.exit) == leaving.HAZARD
        exits = steps_of(character.exit, months) if by_time else 1.0
        drawn = {
            "need_rate": quantile(character.needs, person[:, 0, 0])
            * steps_of(character.needs, months),
            "basket": quantile(character.basket, person[:, 0, 1]),
            "price_sensitivity": quantile(character.price_sensitivity, person[:, 0, 2]),
            "orientation": quantile(character.orientation, person[:, 0, 3]),
            "talkativeness": quantile(character.talkativeness, person[:, 1, 0]),
            "exit_hazard": quantile(character.exit, person[:, 1, 1]) * exits,
        }
        for name, values in drawn.items():
            stored_as_one = months if name in RATES else 1.0
            w.people[name][rows] = np.minimum(values, TRAITS[name].high * stored_as_one)

    def give_character_again(self, w: World, rows: Rows) -> None:
        """Give people who are there the traits once more with which they came."""
        person, _ = self.uniforms(w.people["number"][rows].astype(np.int64))
        group = w.people["group"][rows]
        for g, character in enumerate(self.characters):
            mine = np.flatnonzero(group == g)
            self.give_character(w, rows[mine], character, person[mine])

    def tastes(self, character: Customers, firm: Column) -> Column:
        """(newcomers, firms) lasting liking."""
        if not isinstance(character.taste, Dirichlet):
            return quantile(character.taste, firm[:, :, 0, 0])
        by_name = character.taste.strengths
        strengths = np.array([by_name.get(name, 1e-6) for name in self.names])
        return log_gamma_tastes(strengths, firm[:, :, 0, 0], firm[:, :, 0, 1])

    def distribute(self, w: World, rows: Rows) -> None:
        """Make the people of the start customers of somebody, as ``start`` says."""
        start = self.scenario.start
        w.relations["salience"][rows] = np.where(self.there, start.salience, 0.0)
        if start.customers == "none":
            return
        person, firm = self.uniforms(w.people["number"][rows].astype(np.int64))
        holder = self.first_providers(w, rows, person, firm)
        held = np.flatnonzero(holder >= 0)
        places, firms = rows[held], holder[held]
        if start.first_renewal == "immediate":
            w.people["trial"][places] = firms
        else:
            self.make_customers(w, places, firms, person[held, 1, 3])
        for field in ("satisfaction", "trust"):
            value = getattr(start, field)
            if value is not None:
                w.relations[field][places, firms] = value
        w.relations["commitment"][places, firms] = start.commitment

    def first_providers(self, w: World, rows: Rows, person: Column, firm: Column) -> Rows:
        """(people,) firm of each person before the first step, NO_FIRM for none."""
        customers = self.scenario.start.customers
        if customers == "sorted":
            return self.sorted_providers(w, rows, person, firm)
        held = customers if isinstance(customers, dict) else dict.fromkeys(self.names, 1.0)
        shares = np.array([held.get(name, 0.0) for name in self.names])
        nobodys = max(0.0, 1.0 - shares.sum())
        with np.errstate(divide="ignore"):  # the logarithm of a share of 0
            liking = np.log(shares) - np.log(-np.log(firm[:, :, 1, 1]))
            aside = np.log(nobodys) - np.log(-np.log(person[:, 2, 1]))
        liking[:, ~self.there] = -np.inf
        return np.where(liking.max(axis=1) >= aside, np.argmax(liking, axis=1), NO_FIRM)

    def sorted_providers(self, w: World, rows: Rows, person: Column, firm: Column) -> Rows:
        """People at the firm that suits them best, chance included."""
        rules = self.rules
        standing = np.array([f.appeal - f.friction for f in self.scenario.firms.values()])
        suits = w.relations["taste"][rows] + rules.satisfaction.weight * w.relations["fit"][rows]
        liking = suits + standing - np.log(-np.log(firm[:, :, 1, 0]))
        liking[:, ~self.there] = -np.inf
        best = np.argmax(liking, axis=1)
        aside = rules.choice.outside - rules.choice.staying - np.log(-np.log(person[:, 2, 0]))
        return np.where(liking.max(axis=1) >= aside, best, NO_FIRM)

    def make_customers(self, w: World, places: Rows, firms: Rows, u: Column) -> None:
        """People who were customers before the run: bought once, and hold a running contract."""
        w.people["provider"][places] = firms
        w.relations["purchases"][places, firms] = 1
        w.relations["first"][places, firms] = BEFORE_THE_RUN
        w.relations["last"][places, firms] = BEFORE_THE_RUN
        w.relations["salience"][places, firms] = 1.0
        if self.scenario.start.first_renewal == "spread":
            months = self.scenario.months
            steps = np.floor(u * self.scenario.billing_months / months + 1e-9)
            w.people["due"][places] = months * steps

"""A market whose people are weights: the month of ``month.py`` in expectation, for one firm.

The firm is the market's own, so that plans, terms and books are the same code. What it meets are
cohorts; where the market draws, a cohort is divided by the same probability.
"""

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import mesa
import numpy as np
import numpy.typing as npt

from sim import draws
from sim.market import measures
from sim.market.aiming import heads
from sim.market.cohorts import Cohort, People, characters, first_people, gathered, newcomers, value
from sim.market.dividing import Occasion
from sim.market.entry import arrival_steps
from sim.market.firms import SPENT, Firm
from sim.market.history import History
from sim.market.people import steps_of
from sim.market.state import FIRM, LEDGER, TALLY, empty_world
from sim.scenario.in_force import dates, terms
from sim.scenario.loading import Case
from sim.scenario.offers import Cost
from sim.scenario.world import CustomerOf, PoissonArrivals, Replace

if TYPE_CHECKING:
    from sim.market.model import Market

WEIGHED = np.dtype([(name, "f8") for name in LEDGER.names or ()])
"""A ledger whose counts are expectations."""
MEANT = (
    "customers", "acquired", "reactivated", "left", "exited", "purchases", "units", "revenue",
    "goods", "serving", *SPENT, "fixed_cost", "would_leave", "saved", "introduced",
)  # fmt: skip
"""What a cohort has an expectation of, among what a ledger counts."""


class WeighedMarket(mesa.Model):
    """A market of cohorts; to its firm it is like any other."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case, self.spec = case, case.spec
        self.months = case.spec.months
        self.clock, self.freed = 0, 0.0
        self.people: People = gathered(first_people(case.spec))
        self.traits = [traits for _, traits in characters(case.spec)]
        self.arriving = arrivals(case)
        self.world = SimpleNamespace(
            **empty_world(0, 1, "double")._asdict() | {"ledger": np.zeros(1, WEIGHED)}
        )
        opening = np.zeros(1, WEIGHED)
        opening["buyers"] = opening["customers"] = sum(
            weight for cohort, weight in self.people.items() if cohort.is_customer
        )
        self.history = History(opening)
        ((name, offer),) = case.spec.firms.items()
        self.firm = Firm(cast("Market", self), name, 0, offer)
        self.offer()

    # ── what a firm asks of its market ────────────────────────────────────────────────────────

    @property
    def present(self) -> float:
        """People present."""
        return sum(self.people.values())

    def heads(self, firm: Firm, target: int) -> float:
        """People of a target, as of the end of the last step."""
        return heads(target, self.present, firm.before("buyers"), firm.before("customers"))

    def offer(self) -> None:
        """Put the firm's offer on the table, as interventions have it now."""
        now = terms(self.spec, self.clock)
        self.rules, self.responses = now.rules, now.responses
        self.step_rules = now.rules.per_step(self.spec.months)
        self.firm.offer = now.firms[self.firm.name]
        self.firm.make_offer()
        self.firm.terms["hold"] = now.holds[self.firm.name]

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def measured(self) -> dict[str, npt.NDArray[np.float64]]:
        """(horizon,) what the market leads to on average, each measure by its name."""
        while self.clock < self.spec.warm_up + self.spec.horizon:
            self.step()
        ledger, market = self.history.ledger(), cast("Market", self)
        found = {name: ledger[name] for name in MEANT}
        found |= measures.of_retention(ledger, self.history.opening)
        found |= {n: v for n, v in measures.of_money(market, ledger).items() if n != "salience"}
        return {name: column[self.spec.warm_up :, 0] for name, column in found.items()}

    def step(self) -> None:
        """Live one step; see ``Market.step``."""
        self.admit()
        if self.clock in dates(self.spec):
            self.offer()
        self.world.ledger[:] = 0.0
        self.firm.plan()
        self.set_out()
        self.firm.set_terms()
        self.live()
        self.firm.book()
        self.history.last = self.world.ledger.copy()
        self.history.ledgers.append(self.history.last)
        self.history.tallies.append(np.zeros(1, TALLY))
        self.clock += 1

    def admit(self) -> None:
        """Let newcomers in; those who replace others are as many as left in the last step."""
        entry = self.spec.population.entry
        number = self.arriving[self.clock]
        number += self.freed if isinstance(entry, Replace) else 0.0
        on_trial = isinstance(getattr(entry, "on_arrival", None), CustomerOf)
        self.people = gathered(
            [*self.people.items(), *newcomers(self.spec, float(number), on_trial)]
        )

    def set_out(self) -> None:
        """Those who leave the market go; count whom the firm will contact."""
        entry, now = self.world.ledger[0], self.occasion()
        self.freed, staying = 0.0, {}
        for cohort, weight in self.people.items():
            gone = weight * self.chance_of_exit(cohort)
            staying[cohort] = weight - gone
            self.freed += gone
            if cohort.is_customer:
                entry["exited"] += gone
                entry["heads"] += staying[cohort] * now.aims("service", cohort)
                entry["in_touch"] += staying[cohort] * now.aims("contact", cohort)
        self.people = gathered(staying.items())

    def chance_of_exit(self, cohort: Cohort) -> float:
        """Chance to leave the market in this step; who comes to buy buys first."""
        exit = self.traits[cohort.character].exit
        return 0.0 if cohort.on_trial else -math.expm1(-value(exit) * steps_of(exit, self.months))

    def live(self) -> None:
        """One step in the life of every cohort, and what there is at its end."""
        now, entry = self.occasion(), self.world.ledger[0]
        self.people = gathered(part for each in self.people.items() for part in now.lived(*each))
        entry["buyers"] = sum(w for cohort, w in self.people.items() if cohort.has_bought)
        entry["customers"] = sum(w for cohort, w in self.people.items() if cohort.is_customer)
        entry["serving"] = entry["customers"] * now.terms["cost_to_serve"] * self.months

    def occasion(self) -> Occasion:
        """What is the same for all cohorts in this step."""
        name, row = self.firm.name, self.firm.terms
        costs = self.spec.switching_costs
        return Occasion(
            rules=self.step_rules,
            terms={name: row[name] for name in FIRM.names or ()},
            entry=self.world.ledger[0],
            traits=self.traits,
            months=self.months,
            billing=float(self.spec.billing_months),
            staying_cost=utility_lost(costs.get(name, {}).get(name, 0.0)),
            coming_cost=utility_lost(costs.get("none", {}).get(name, 0.0)),
        )


def utility_lost(cost: Cost) -> float:
    """A switching cost as a number."""
    return math.inf if cost == "never" else float(cost)


def arrivals(case: Case) -> npt.NDArray[np.float64]:
    """(steps,) people expected to arrive in each step, apart from those who replace others."""
    spec = case.spec
    steps = spec.warm_up + spec.horizon
    if isinstance(spec.population.entry, PoissonArrivals):
        return np.full(steps, spec.population.entry.per_month * spec.months)
    file = case.files().get(("population", "entry", "file"))
    listed = arrival_steps(spec, draws.key(spec.seed, 0), file)
    return np.bincount(listed[listed < steps], minlength=steps).astype(np.float64)

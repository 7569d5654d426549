"""The reference: the month with one Mesa agent per customer, written from docs/model.md.

It is what a modeller would write who has the model's description, Mesa and no thought of speed. It
shares with the market the scenario, the addressed draws and the network, and nothing else.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa
from mesa.agentset import AgentSet

from sim import draws
from sim.scenario.loading import Case, load_scenario, scenario_from
from sim.scenario.schema import Scenario
from sim.scenario.traits import ExitChance, GammaGamma
from tests.reference.books import Tally
from tests.reference.customer import Customer
from tests.reference.entry import Entry
from tests.reference.firm import Firm
from tests.reference.in_force import by_step, in_force, numbers
from tests.reference.interventions import intervene
from tests.reference.luck import Addressed, Luck
from tests.reference.network import Network
from tests.reference.reactions import react
from tests.reference.start import begin

STEPS_A_YEAR = {"month": 12, "week": 52}
MOST_LAST_YEAR = 255


class Reference(mesa.Model):
    """A market with one Mesa agent per customer and per firm.

    Args:
        scenario: a loaded case, plain data, or what names a scenario.
        replication: number of the replication.
        rng: takes the place of the scenario's seed (for Mesa's own batch runner).
        luck: where random numbers come from; left out, the addressed draws of the market.

    Raises:
        ValueError: the scenario has what is not lived here.
    """

    def __init__(
        self,
        scenario: Case | Mapping[str, Any] | str | Path = "sim:first_market",
        *,
        replication: int = 0,
        rng: int | None = None,
        luck: Luck | None = None,
    ) -> None:
        self.case = as_case(scenario)
        if rng is not None:
            self.case = self.case.override({"seed": int(rng)})
        refuse_what_is_not_lived(self.spec)
        super().__init__(rng=self.spec.seed)
        self.nobody = AgentSet([], random=self.random)
        self.luck: Luck = luck or Addressed(self.spec.seed, replication)
        self.months = self.spec.months
        self.billing = float(self.spec.billing_months)
        self.subscription = self.spec.setting != "repertoire"
        self.pipeline = self.spec.setting == "b2b"
        self.window = round(self.spec.active_months / self.months)
        self.exit_form = exit_form(self.spec)
        self.amount_shape = amount_shape(self.spec)
        self.clock = 0
        self.moves: list[dict[str, float]] = []
        self.leavers: list[Customer] = []
        self.tally = Tally()
        self.rules = by_step(numbers(self.spec.mechanisms), self.months)
        self.firms = [Firm(self, name, position) for position, name in enumerate(self.spec.firms)]
        self.entry = Entry(self)
        self.places: list[Customer | None] = [None] * self.entry.size
        self.network = Network(self.case, self.entry.size, draws.key(self.spec.seed, replication))
        begin(self)
        self.offer()
        self.datacollector = mesa.DataCollector(model_reporters=reporters(self.spec))

    @property
    def spec(self) -> Scenario:
        """The resolved scenario."""
        return self.case.spec

    @property
    def month(self) -> int:
        """The step, counted from the end of the warm-up."""
        return self.clock - self.spec.warm_up

    @property
    def customers(self) -> AgentSet:
        """The people present, in the order in which they came."""
        return self.agents_by_type.get(Customer, self.nobody)

    def firm(self, name: str) -> Firm:
        """The firm of this name."""
        return next(firm for firm in self.firms if firm.name == name)

    def present_at(self, place: int) -> Customer | None:
        """Whoever is at a place, and stays in the market."""
        customer = self.places[place]
        return None if customer is None or customer.is_leaving else customer

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def step(self) -> None:
        """The schedule of docs/model.md."""
        self.entry.admit()
        intervene(self)
        self.open_step()
        for firm in self.firms:
            if firm.is_there:
                firm.look_at_prices()
        react(self)
        firms = self.agents_by_type[Firm]
        firms.do("plan")
        self.customers.do("set_out")
        firms.do("set_terms")
        self.customers.do("live")
        firms.do("charge")
        self.customers.do("close")
        firms.do("book")
        self.close_year()
        self.let_go()
        self.clock += 1
        if self.month == 0:
            self.open_books()
        self.datacollector.collect(self)
        self.running = self.month < self.spec.horizon

    def open_step(self) -> None:
        """Count who is there, open new books, and look up what the season and the market are."""
        self.present = len(self.customers)
        self.tally = Tally(present=self.present)
        for firm in self.firms:
            firm.open_step()
        year = math.floor(self.month * self.months + 1e-9) % 12
        self.season = self.spec.customers.season[year]
        self.market_quality = self.quality_delivered()

    def quality_delivered(self) -> float:
        """Mean quality of the last step's purchases; without any, what firms promise."""
        purchases = sum(firm.last.purchases for firm in self.firms)
        if not purchases:
            promises = [firm.promise for firm in self.firms if firm.is_there]
            return sum(promises) / len(promises)
        return sum(firm.last.quality for firm in self.firms) / purchases

    def offer(self) -> None:
        """Put on the table what is in force: offers, parameters, holds."""
        found = in_force(self.spec, self.clock)
        self.rules = by_step(found.mechanisms, self.months)
        self.responses = found.instruments
        for firm in self.firms:
            firm.make_offer(found.offers[firm.name], found.holds[firm.name])

    def close_year(self) -> None:
        """After the last step of a year its purchases are those of the year before."""
        if (self.month + 1) % STEPS_A_YEAR[self.spec.step] == 0:
            for customer in self.customers:
                for relation in customer.relations:
                    relation.last_year = min(relation.this_year, MOST_LAST_YEAR)
                    relation.this_year = 0

    def let_go(self) -> None:
        """Those who left in this step free their places."""
        self.leavers = [customer for customer in self.customers if customer.is_leaving]
        for leaver in self.leavers:
            self.places[leaver.place] = None
            leaver.remove()

    def open_books(self) -> None:
        """Month 0: what came before is remembered, but booked nowhere."""
        for firm in self.firms:
            firm.waiting = dict.fromkeys(firm.waiting, 0.0)
        for customer in self.customers:
            for relation in customer.relations:
                relation.open_books()

    def run_model(self) -> "Reference":
        """Live until the horizon."""
        while self.running:
            self.step()
        return self


NOT_LIVED = ("staff", "helpdesk", "differentiation", "managers")
"""Parts of a firm that the reference leaves to their own tests."""


def refuse_what_is_not_lived(spec: Scenario) -> None:
    """Refuse a scenario with any of it."""
    for section in ("suppliers", "distributors", "agencies", "investors"):
        if partners := getattr(spec, section):
            raise ValueError(
                f"{section}: must be none in the reference, are {', '.join(partners)}; "
                "leave them out, or live the scenario in the market"
            )
    if any("direct" in intervention.values for intervention in spec.interventions):
        raise ValueError(
            "interventions: must not change `direct` in the reference, where every product is "
            "there; leave that out, or live the scenario in the market"
        )
    for name, firm in spec.firms.items():
        if firm.direct != 1.0:
            raise ValueError(
                f"firms.{name}.direct: must be 1 in the reference, where every product is there, "
                f"is {firm.direct:g}; leave it out, or live the scenario in the market"
            )
        for part in NOT_LIVED:
            if getattr(firm, part) is not None:
                raise ValueError(
                    f"firms.{name}.{part}: must be null in the reference, which lives without; "
                    "leave it out, or live the scenario in the market"
                )
        if any(c.instrument == "integration" for c in firm.policy.campaigns) or (
            firm.policy.split.get("integration", 0.0) > 0.0
        ):
            raise ValueError(
                f"firms.{name}.policy: must not spend on integration in the reference, which lives "
                "paths as they are; leave it out, or live the scenario in the market"
            )


def as_case(scenario: Case | Mapping[str, Any] | str | Path) -> Case:
    """Whatever names a scenario, as a checked case."""
    if isinstance(scenario, Case):
        return scenario
    return scenario_from(scenario) if isinstance(scenario, Mapping) else load_scenario(scenario)


def exit_form(spec: Scenario) -> str:
    """Leaving by a `rate`, or with a chance after each `period` or `purchase`."""
    leaving = spec.customers.exit
    return leaving.after if isinstance(leaving, ExitChance) else "rate"


def amount_shape(spec: Scenario) -> float:
    """Gamma shape of the units of a purchase; 0 where a person always buys the same."""
    basket = spec.customers.basket
    return basket.p if isinstance(basket, GammaGamma) else 0.0


def reporters(spec: Scenario) -> dict[str, Any]:
    """Each firm's customers, revenue and profit of the step."""
    return {
        f"{name}.{what}": lambda model, name=name, what=what: getattr(model.firm(name).ledger, what)
        for name in spec.firms
        for what in ("customers", "revenue", "profit")
    }

"""The market: a Mesa model that lives a scenario, step by step."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt

from sim import draws
from sim.behaviour.rules import Rules
from sim.market import compile as compiled
from sim.market import mesa_adapter, saving
from sim.market.agencies import Agency
from sim.market.aiming import heads
from sim.market.channels import IN_TOUCH, channels_of
from sim.market.context import Month
from sim.market.customers import Customers
from sim.market.dealings import columns_of_lines, wants_dealings
from sim.market.differentiating import keep_accounts
from sim.market.distributors import Distributor
from sim.market.entry import Entry, arrivals
from sim.market.firms import Firm, profit
from sim.market.history import History, opening
from sim.market.intervening import (
    everybody,
    give_traits,
    intervene,
    refuse_unsolved,
    touches_traits,
)
from sim.market.investors import Investor
from sim.market.luck import empty_luck
from sim.market.managers import let_managers_go
from sim.market.memory import refuse_if_too_big
from sim.market.partners import Partner
from sim.market.people import Newcomers, amount_shape, exit_form
from sim.market.reacting import react
from sim.market.state import (
    ABSENT,
    LEAVING,
    NEVER,
    PRESENT,
    PURCHASE,
    as_held,
    clear,
    empty_world,
    no_lines,
)
from sim.market.suppliers import Supplier
from sim.market.ties import build_ties
from sim.market.ways import empty_ways
from sim.scenario.in_force import terms
from sim.scenario.loading import Case, load_scenario, scenario_from
from sim.scenario.schema import Scenario

DEFAULT = "sim:first_market"
MONTHS_IN_A_YEAR = 12
NOWHERE = np.zeros(0, np.int64)


class Market(mesa.Model):
    """A market of customers and firms.

    Steps are numbered from 0, the first of the warm-up; ``month`` counts from the end of the
    warm-up, so month 0 is the first that is booked. ``running`` turns false at the horizon.

    Args:
        scenario: a file, a shipped name such as ``sim:first_market``, plain data, or a loaded
            :class:`~sim.scenario.loading.Case`.
        replication: number of the replication; another one is another world under the same seed.
        rng: takes the place of the scenario's seed (for Mesa's own batch runner).
        overrides: values by path, on top of the scenario.
        state: a snapshot of a market to go on from, instead of a beginning.

    Raises:
        ScenarioError: a scenario that cannot be used.
    """

    def __init__(
        self,
        scenario: str | Path | Mapping[str, Any] | Case = DEFAULT,
        *,
        replication: int = 0,
        rng: int | None = None,
        overrides: Mapping[str, Any] | None = None,
        state: saving.Snapshot | None = None,
    ) -> None:
        case = as_case(scenario)
        changes = dict(overrides or {}) | ({} if rng is None else {"seed": int(rng)})
        self.case = case.override(changes) if changes else case
        refuse_unsolved(self.case)
        super().__init__(scenario=mesa_adapter.MarketScenario(self.case.spec, replication))
        self.replication = replication
        self.run_key = draws.key(self.spec.seed, replication)
        wanted = wants_dealings(self.spec)
        kept = state is not None and state.world.dealings.size > 0
        self.passes = compiled.passes(wanted or kept)
        self.rules = self.spec.rules
        self.responses = self.spec.responses
        newcomers = Newcomers(self.spec, self.run_key, self.passes.fill)
        self.entry = Entry(self.spec, newcomers, arrivals(self.case, self.run_key))
        self.firms = [Firm(self, n, p, o) for p, (n, o) in enumerate(self.spec.firms.items())]
        self.suppliers = [Supplier(self, name) for name in self.spec.suppliers]
        self.distributors = [Distributor(self, name) for name in self.spec.distributors]
        self.agencies = [Agency(self, name) for name in self.spec.agencies]
        self.investors = [Investor(self, name) for name in self.spec.investors]
        self.partners: list[Partner[Any] | Investor] = [
            *self.suppliers, *self.distributors, *self.agencies, *self.investors,
        ]  # fmt: skip
        self.datacollector = mesa_adapter.collector(list(self.spec.firms), latest)
        self.clock = 0
        if state is None:
            refuse_if_too_big(self.case)
            self.world = empty_world(
                self.entry.places, len(self.firms), self.spec.precision, wanted
            )._replace(ways=empty_ways(self.spec))
            lines = no_lines(len(self.firms), columns_of_lines(self.spec))
            self.world = self.world._replace(lines=lines)
            self.ties = build_ties(self.case, self.entry.places, self.run_key, self.passes.grow)
            self.freed = NOWHERE
            self.entry.begin(self.world)
            self.history = History(opening(self.world, self.spec.has_contracts))
            self.present = self.population()
            for firm in self.firms:
                firm.note_share(int(self.history.opening["customers"][firm.position]))
        else:
            saving.resume(self, state)
        self.channels = channels_of(self.spec)
        self.luck = empty_luck(self.entry.places, [firm.address for firm in self.firms])
        self.offer()

    # ── what the market is ────────────────────────────────────────────────────────────────────

    @property
    def spec(self) -> Scenario:
        """The resolved scenario."""
        return self.case.spec

    @property
    def month(self) -> int:
        """The step that comes next, counted from the end of the warm-up."""
        return self.clock - self.spec.warm_up

    @property
    def window(self) -> int:
        """Steps after which a buyer no longer counts as active (repertoire)."""
        return round(self.spec.active_months / self.spec.months)

    @property
    def customers(self) -> Customers:
        """The people present, as a Mesa agent set over the tables."""
        return Customers(self)

    @property
    def sellers(self) -> list[Firm]:
        """The firms that are in the market in this step."""
        return [firm for firm in self.firms if firm.is_there]

    def firm(self, name: str) -> Firm:
        """The firm of this name. Raises KeyError with the names there are."""
        for firm in self.firms:
            if firm.name == name:
                return firm
        raise KeyError(f"there is no firm {name!r}; the firms are {', '.join(self.spec.firms)}")

    def __repr__(self) -> str:
        people, firms = self.world.people.size, len(self.firms)
        return f"<Market {self.spec.title!r}: {people} people, {firms} firms, month {self.month}>"

    # ── one step ──────────────────────────────────────────────────────────────────────────────

    def population(self) -> int:
        """People present."""
        return int(np.count_nonzero(self.world.people["present"] == PRESENT))

    def step(self) -> None:
        """Live one step: the schedule of the model."""
        w = self.world
        self.entry.admit(w, self.clock, self.freed)
        self.present += self.entry.came
        intervene(self)
        clear(w.ledger, w.tally)
        self.channels[IN_TOUCH] = 0.0
        sellers = self.sellers
        for partner in self.partners:
            if partner.firm in sellers:
                partner.work()
        let_managers_go(self)
        for firm in sellers:
            firm.take_in()
        react(self)
        now = self.now()._replace(rules=self.compact_rules)
        for firm in sellers:
            firm.plan()
        self.passes.set_out(now, w)
        lines = self.passes.most_purchases(now, w) if self.spec.record.transactions else 0
        w = self.world = w._replace(log=np.zeros(lines, PURCHASE))
        for firm in sellers:
            firm.set_terms()
        self.passes.live(now, w)
        for firm in sellers:
            firm.charge()
        self.passes.close(now, w, self.ties)
        for firm in sellers:
            firm.book()
        keep_accounts(self)
        self.history.keep(self)
        self.let_go()
        self.clock += 1
        if self.month == 0:
            self.open_books()
        self.datacollector.collect(self)
        self.running = self.month < self.spec.horizon

    def run_model(self) -> "Market":
        """Live until the horizon."""
        while self.running:
            self.step()
        return self

    def now(self) -> Month:
        """What is the same for everyone in this step."""
        spec = self.spec
        weak = getattr(spec.population.network, "weak", None)
        weight = weak.neighbours * weak.weight if weak is not None and weak.met_anew else 0.0
        return Month(
            run=self.run_key,
            step=self.clock,
            firms=len(self.firms),
            subscription=spec.has_contracts,
            pipeline=spec.setting == "b2b",
            months=spec.months,
            billing=float(spec.billing_months),
            booked_from=spec.warm_up,
            window=self.window,
            season=spec.customers.season[self.month_of_year()],
            exit_form=exit_form(spec.customers.exit),
            weak_met=weight,
            market_quality=self.market_quality(),
            grievances=spec.record.grievances,
            amount_shape=amount_shape(spec.customers.basket),
            rules=self.step_rules,
            service=self.responses["service"],
            luck=self.luck,
            channels=self.channels,
        )

    def market_quality(self) -> float:
        """Mean quality that customers met in the last step; before any, what firms promise.

        Sums are rounded once, so that the order of the firms does not move the last digit.
        """
        bought = float(self.history.last["purchases"].sum())
        if not bought:
            promises = self.world.firms["promise"][self.world.firms["there"]]
            return math.fsum(promises) / len(promises)
        return math.fsum(self.history.last["quality"]) / bought

    def month_of_year(self) -> int:
        """0 to 11; month 0 of the books opens a year."""
        return math.floor(self.month * self.spec.months + 1e-9) % MONTHS_IN_A_YEAR

    def offer(self) -> None:
        """Put every firm's offer, and what it costs to go from one to another, on the table."""
        now = terms(self.spec, self.clock)
        self.rules, self.responses = now.rules, now.responses
        self.entry.newcomers.rules = now.rules
        self.step_rules = self.as_met(now.rules)
        self.compact_rules = self.passes.compact(self.step_rules)
        for supplier in self.suppliers:
            supplier.said = now.suppliers[supplier.name]
        for firm in self.firms:
            firm.offer = now.firms[firm.name]
            firm.make_offer()
            firm.terms["hold"] = now.holds[firm.name]
        self.world.switching[:] = switching_costs(self.spec)

    def as_met(self, rules: Rules) -> Rules:
        """The mechanisms per step, the reference held like the satisfaction that may equal it."""
        met = rules.per_step(self.spec.months)
        reference = as_held(met.satisfaction.reference, self.spec.precision)
        return met._replace(satisfaction=met.satisfaction._replace(reference=reference))

    def let_go(self) -> None:
        """People who left in this step free their places; what they were to firms is kept."""
        self.freed = NOWHERE
        if self.world.tally[0]["exits"]:
            self.freed = np.flatnonzero(self.world.people["present"] == LEAVING)
            self.present -= len(self.freed)
            self.history.keep_departed(self)
            self.world.people["present"][self.freed] = ABSENT

    def open_books(self) -> None:
        """Month 0: what came before is remembered by people, but booked nowhere."""
        self.world.accounts[:] = np.zeros(1, self.world.accounts.dtype)
        self.world.accounts["break_even"] = NEVER
        self.world.dealings["counted"] = 0.0
        self.history.departed.clear()
        for firm in self.firms:
            firm.waiting = dict.fromkeys(firm.waiting, 0.0)

    def heads(self, firm: Firm, target: int) -> float:
        """People of a target that needs no selection, as of the end of the last step."""
        return heads(target, self.present, firm.before("buyers"), firm.before("customers"))

    # ── other futures ─────────────────────────────────────────────────────────────────────────

    def branch(self, overrides: Mapping[str, Any] | None = None) -> "Market":
        """Return a copy that goes on by itself, under ``overrides`` from now on.

        Raises:
            ScenarioError: overrides of what a market that has begun cannot change.
        """
        case = self.case.override(dict(overrides)) if overrides else self.case
        return self.branch_into(case)

    def branch_into(self, case: Case) -> "Market":
        """Return a copy that goes on by itself under another case of the same market."""
        saving.refuse_another_market(self.case, case, self.clock)
        future = Market(case, replication=self.replication, state=saving.snapshot(self))
        if touches_traits(self.spec) or touches_traits(case.spec):
            give_traits(future, everybody(future))
        return future

    def save(self, folder: str | Path) -> Path:
        """Write the market to a folder, to go on from later. See :func:`load_market`."""
        return saving.save(self, Path(folder))


def as_case(scenario: str | Path | Mapping[str, Any] | Case) -> Case:
    """Whatever names a scenario, as a checked case. Raises ScenarioError."""
    if isinstance(scenario, Case):
        return scenario
    if isinstance(scenario, Mapping):
        return scenario_from(scenario)
    return load_scenario(scenario)


def switching_costs(spec: Scenario) -> npt.NDArray[np.float64]:
    """(firms + 1, firms) utility lost by going from one firm, or (last row) none, to another."""
    names = [*spec.firms, "none"]
    costs = np.zeros((len(names), len(spec.firms)))
    for origin, row in spec.switching_costs.items():
        for to, cost in row.items():
            value = math.inf if cost == "never" else float(cost)
            costs[names.index(origin), names.index(to)] = value
    return costs


def latest(market: Market, firm: str, what: str) -> float:
    """A firm's customers, revenue or profit in the step just lived."""
    entry = market.firm(firm).last
    return float(profit(entry) if what == "profit" else entry[what])

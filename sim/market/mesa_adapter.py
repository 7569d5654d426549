"""Everything that is peculiar to Mesa 3.5, in one place."""

from collections.abc import Callable
from functools import partial

from mesa import Model
from mesa.datacollection import DataCollector
from mesa.experimental.scenarios import Scenario as MesaScenario
from mesa.time import Priority, Schedule

from sim.scenario.schema import Scenario


class MarketScenario(MesaScenario):
    """The shape in which Mesa wants a scenario: ours, frozen, is inside as ``spec``.

    Mesa wants a scenario that carries a random state and that it may assign its model to.
    """

    def __init__(self, spec: Scenario, replication: int) -> None:
        super().__init__(rng=[spec.seed, replication], spec=spec, replication=replication)


def set_clock(model: Model, clock: int) -> None:
    """Let Mesa's time go on from ``clock``: ``run_until`` counts from the market's beginning."""
    model._default_schedule.stop()
    model.time, model.steps = float(clock), clock
    model._default_schedule = model.schedule_recurring(
        model._do_step, Schedule(interval=1.0, start=clock + 1.0), priority=Priority.HIGH
    )


def collector(names: list[str], measure: Callable[..., float]) -> DataCollector:
    """A DataCollector of each firm's customers, revenue and profit of the step."""
    reporters = {
        f"{name}.{what}": partial(measure, firm=name, what=what)
        for name in names
        for what in ("customers", "revenue", "profit")
    }
    return DataCollector(model_reporters=reporters)

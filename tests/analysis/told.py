"""A comparison whose numbers are made up, for tests of what is said about them."""

import numpy as np

from sim.analysis.compare import Comparison
from sim.experiments.arms import Failure, Future
from sim.experiments.outcomes import outcomes_of
from sim.scenario.loading import scenario_from
from tests.market.worlds import LIKE, Data

POLICIES: Data = {
    "as_today": {},
    "the_same": {},
    "gift": {"firms.acme.unit_cost": 5},
}


def comparison(changes: Data | None = None, failures: int = 0, **arms: list[float]) -> Comparison:
    """A comparison whose arms, policies of a small market, have these present values by world."""
    case = scenario_from({**LIKE, "policies": POLICIES, **(changes or {})})
    told = dict.fromkeys(outcomes_of(case.spec, run_off=True), 100.0) | {"remainder": 0.0}
    futures = [
        Future(number, arm, told | {"npv": value, "npv_run_off": value}, np.array([value]))
        for number in range(len(next(iter(arms.values()))))
        for arm, value in ((arm, values[number]) for arm, values in arms.items())
    ]
    broken = [Failure(90 + number, "Traceback ...") for number in range(failures)]
    return Comparison(case, {arm: case.under_policy(arm) for arm in arms}, futures, broken, 1.0)

"""Outcomes: what a future comes to for the focal firm, a number each."""

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiments.runoff import run_off
from sim.market.measures import KEPT, WON, measured
from sim.market.model import Market
from sim.scenario.schema import Scenario

Series = npt.NDArray[np.float64]
ON_THE_WAY = (12, 36, 60, 120)
"""Months after which net present value is an outcome too, where the horizon reaches them."""
ALWAYS = (
    "npv", "profit", "customer_equity", "retention", "market_share", "satisfaction", "trust",
    "commitment", "word_of_mouth", "acquired", "kept", "cost_per_customer_won",
    "cost_per_customer_kept", "spending", "outlay",
)  # fmt: skip
"""Outcomes of every future, over all booked months, not a number where undefined.

- ``npv``, ``profit``: discounted and plain profit (money); ``customer_equity``: at the end (money)
- ``retention`` (step to step), ``market_share``, ``satisfaction``, ``trust``, ``commitment``: means
  over steps (0 to 1)
- ``word_of_mouth``: share of the people acquired whose first cue was praise by others
- ``acquired``: people who bought for the first time ever; ``kept``: customers of one step who are
  customers in the next (customer-months)
- ``cost_per_customer_won``: acquisition spending per person acquired, however they came (money);
  ``cost_per_customer_kept``: retention spending, loyalty programme included, per customer and month
  kept (money); both averages
- ``spending``: on all instruments (money); ``outlay``: the same, discounted as in ``npv``
"""


RUN_OFF = ("npv_run_off", "remainder")
"""Outcomes where the market is lived on after the horizon, see :mod:`sim.experiments.runoff`.

- ``npv_run_off``: net present value with what the customers of the horizon still bring (money)
- ``remainder``: estimate of what a run-off that was broken off would have brought (money)
"""


def outcomes_of(spec: Scenario, run_off: bool = False) -> tuple[str, ...]:
    """Names of the outcomes of a scenario: ``npv`` on the way (``npv_12``), and those above."""
    return (*(f"npv_{months}" for months in reached(spec)), *ALWAYS, *(RUN_OFF if run_off else ()))


def reached(spec: Scenario) -> dict[int, int]:
    """The step in which each of the months ``ON_THE_WAY`` ends, where the horizon reaches it."""
    ends = {months: round(months / spec.months) for months in ON_THE_WAY}
    return {months: step for months, step in ends.items() if step <= spec.horizon}


def outcomes(market: Market, focal: str) -> tuple[dict[str, float], Series]:
    """Outcomes of a firm in a market at its horizon, and its cumulated profit by step (steps,)."""
    firm, booked = market.firm(focal).position, slice(market.spec.warm_up, None)
    series = measured(market, market.history.ledger())
    own: dict[str, Any] = {name: values[booked, firm] for name, values in series.items()}
    found = on_the_way(market.spec, own) | money(own) | means(own) | people(market.spec, own)
    return {name: float(found[name]) for name in outcomes_of(market.spec)}, own["cash"]


def with_run_off(market: Market, focal: str, npv: float) -> dict[str, float]:
    """Net present value with the run-off, and what is left out of it."""
    after = run_off(market, focal, npv=npv)
    return {"npv_run_off": npv + after.value, "remainder": after.remainder}


def on_the_way(spec: Scenario, own: dict[str, Series]) -> dict[str, Any]:
    """Net present value after some months."""
    return {f"npv_{months}": own["npv"][step - 1] for months, step in reached(spec).items()}


def money(own: dict[str, Series]) -> dict[str, Any]:
    """What was earned and spent, and what the customers are worth at the end."""
    return {
        "npv": own["npv"][-1],
        "profit": own["cash"][-1],
        "customer_equity": own["customer_equity"][-1],
        "spending": own["spending"].sum(),
        "outlay": own["outlay"][-1],
    }


def means(own: dict[str, Series]) -> dict[str, Any]:
    """Means over the steps."""
    names = ("retention", "market_share", "satisfaction", "trust", "commitment")
    return {name: mean_of_known(own[name]) for name in names}


def people(spec: Scenario, own: dict[str, Series]) -> dict[str, Any]:
    """How many were won and kept, through what, and at what cost."""
    acquired, kept = own["acquired"].sum(), own["kept"].sum() * spec.months
    return {
        "acquired": acquired,
        "kept": kept,
        "word_of_mouth": share(own["acquired_by_word_of_mouth"].sum(), acquired),
        "cost_per_customer_won": share(sum(own[name].sum() for name in WON), acquired),
        "cost_per_customer_kept": share(kept_for(own), kept),
    }


def kept_for(own: dict[str, Series]) -> float:
    """What was spent on keeping customers: on instruments, and on a loyalty programme."""
    return float(sum(own[name].sum() for name in (*KEPT, "programme")))


def mean_of_known(values: Series) -> float:
    """Mean of the numbers that there are; not a number where there are none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def share(part: float, whole: float) -> float:
    """``part / whole``, not a number where the whole is 0."""
    return float(part / whole) if whole else float("nan")

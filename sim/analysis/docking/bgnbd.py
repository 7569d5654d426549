"""D09: the customers of CDNOW, who buy at rates of their own and silently stop."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory.bgnbd import BgNbd

WORLDS = 24
WEEKS = (13, 26, 39, 52, 65, 78)
COUNTED, COUNTS = 39, range(4)
"""The week at which customers are counted by repeat purchases, and by which numbers of them."""


def dock(parameters: Parameters) -> list[Figure]:
    """Repeat purchases of all customers by week, and how many made none, one, two or three."""
    form = BgNbd(**parameters)
    worlds = [live(form, replication) for replication in range(WORLDS)]
    since = worlds[0].market.entry.steps
    made = np.array([repeats(world) for world in worlds])
    found = {week: made[..., position] for position, week in enumerate(WEEKS)}
    figures = [
        total(
            f"repeat purchases by week {week}",
            found[week],
            form.expected_total(np.maximum(week - since, 0)),
            at=week,
        )
        for week in WEEKS
    ]
    for count in COUNTS:
        chance = form.probability(count, COUNTED - since)
        counted = (found[COUNTED] == count).astype(np.float64)
        words = f"customers with {count} of them by week {COUNTED}"
        figures.append(total(words, counted, float(chance.sum())))
    return figures


def live(form: BgNbd, replication: int) -> Run:
    """The customers of CDNOW at the weeks of their real trials."""
    overrides = {
        "customers.needs.shape": form.r,
        "customers.needs.mean": form.r / form.alpha,
        "customers.exit.a": form.a,
        "customers.exit.b": form.b,
        "record.transactions": True,
    }
    return run(ROW.scenario, overrides=overrides, replication=replication)


def repeats(lived: Run) -> Values:
    """(people, weeks) purchases of each customer up to the end of a week, without the trial."""
    since, bought = lived.market.entry.steps, lived.transactions
    person, week = bought["person"].to_numpy(), bought["month"].to_numpy()
    made = np.array([np.bincount(person[week <= w], minlength=len(since)) for w in WEEKS])
    return np.asarray(made.T - (since[:, None] <= np.array(WEEKS)), np.float64)


def total(what: str, found: Values, exact: float, at: float | None = None) -> Figure:
    """The sum over customers, of the shape (worlds, people), in the mean of the worlds."""
    error = math.sqrt(float(found.var(axis=0, ddof=1).sum()) / len(found))
    return Figure(what, float(found.sum(axis=1).mean()), exact, error, at)


ROW = Row(
    id="D09",
    name="bgnbd",
    title="How often 2,357 customers of CDNOW come back, who may stop after any purchase",
    kind="market",
    form="E[X(t)] = (a+b−1)/(a−1) · [1 − (α/(α+t))^r · 2F1(r, b; a+b−1; t/(α+t))], summed over the "
    "weeks t since each trial: rates are gamma (r, α), the chance to stop is beta (a, b)",
    source="Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284, with the estimates for "
    "CDNOW",
    limit="Weekly steps; a trial counts from the end of its week on, so that a customer of week w "
    "has 39 − w weeks by week 39. Who leaves does so at a repeat purchase, within the week. The "
    "mean of 24 worlds.",
    parameters={"r": 0.242593, "alpha": 4.413532, "a": 0.792886, "b": 2.425754},
    ranges={"r": (0.2, 1.5), "alpha": (3, 12), "a": (0.3, 0.9), "b": (1.5, 4)},
    dock=dock,
    scenario="sim:cdnow",
    axes=("week", "repeat purchases of all customers since week 0"),
)

"""D01: what a customer is worth under constant retention, and what five points of it buy."""

import math

from sim.analysis.docking.estimates import Values, average, gain, spread, worth_to
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory import clv

PEOPLE, MONTHS, POINTS = 15_000, 120, 0.05
SEEN = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24)
"""Months of the curve: the margin that a customer has brought by then."""


def dock(parameters: Parameters) -> list[Figure]:
    """A cohort under either timing, and the same cohort with five points more."""
    retention, discount = parameters["retention"], parameters["discount"]
    lived = cohort("immediate", retention, discount)
    figures = [
        average(
            f"margin a head by month {months}",
            worth_to(lived, months=months),
            clv.finite_value(retention, months, discount),
            at=months,
        )
        for months in SEEN
    ]
    now, later = worth_to(lived), deferred(retention, discount)
    figures += [
        average("value, first margin at once", now, clv.value(retention, discount)),
        spread("its sd between customers", now, clv.value_sd(retention, discount)),
        average(
            "value, first margin at the first renewal",
            later,
            clv.value(retention, discount, timing="deferred"),
        ),
    ]
    better = min(retention + POINTS, 1.0), discount
    return [
        *figures,
        gain(
            "gain by five points, at once",
            now,
            worth_to(cohort("immediate", *better)),
            clv.uplift(retention, POINTS, discount),
        ),
        gain(
            "gain by five points, at the first renewal",
            later,
            deferred(*better),
            clv.uplift(retention, POINTS, discount, "deferred"),
        ),
    ]


def cohort(timing: clv.Timing, retention: float, discount: float) -> Run:
    """Customers of whom each renews with a fixed probability."""
    overrides = {
        "firms.acme.appeal": math.log(retention / (1 - retention)),
        "discount_rate": discount,
        "population.size": PEOPLE,
        "horizon": MONTHS,
        "record.transactions": True,
    }
    return run(f"sim:theory/d01_retention_value_{timing}", overrides=overrides)


def deferred(retention: float, discount: float) -> Values:
    """(people,) values one month before the first renewal, from where the form counts."""
    return worth_to(cohort("deferred", retention, discount)) / (1 + discount)


ROW = Row(
    id="D01",
    name="clv",
    title="What a customer is worth who renews with a constant probability",
    kind="market",
    form="m (1 + i) / (1 + i − r) with the first margin m at once, m r / (1 + i − r) with it at "
    "the first renewal: r retention, i discount; five points more bring .05 / (1 + i − r − .05), "
    "or [(r + .05)(1 + i − r)] / [r (1 + i − r − .05)] − 1",
    source="Gupta & Lehmann (2003); the gain by five points: Reichheld & Sasser (1990)",
    limit="A cohort of one firm's customers; the wish to stop is the only rival, and who stops is "
    "lost for good. Contracts of one month. With the first margin at the first renewal, the choice "
    "comes before the payment and values are those of one month before. 120 months stand for ever.",
    parameters={"retention": 0.8, "discount": 0.1},
    ranges={"retention": (0.5, 0.88), "discount": (0, 0.2)},
    dock=dock,
    scenario="sim:theory/d01_retention_value_immediate",
    axes=("months from the first payment on", "discounted margin a head (a margin of 1 a month)"),
)

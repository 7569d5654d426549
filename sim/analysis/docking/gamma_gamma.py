"""D11: what customers spend at a purchase, when how much has nothing to do with how often."""

import numpy as np

from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.people import bought, expected_by_person, seen_well, share_who, spent
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.gamma_gamma import GammaGamma

PEOPLE, QUARTER = 80_000, 3
HISTORIES = (1, 2, 4)
"""Numbers of purchases after which customers are looked at."""
ON_CURVE, FIFTHS = 2, 5
AMOUNTS = (0.5, 1.0, 2.0)
"""In mean spends."""


def dock(parameters: Parameters) -> list[Figure]:
    """Average spends in one quarter, and in the next by what was spent in the first."""
    form = GammaGamma(**parameters)
    form.mean()
    counts, money = two_quarters(form)
    averages = money / np.maximum(counts, 1)
    figures: list[Figure] = []
    for x in HISTORIES:
        mine = counts[:, 0] == x
        figures += spread(form, x, averages[mine, 0])
        again = mine & (counts[:, 1] > 0)
        figures += later(form, x, averages[again])
    return seen_well(figures)


def two_quarters(form: GammaGamma) -> tuple[Values, Values]:
    """(people, 2) purchases, and what was spent on them, in the first quarter and in the second."""
    overrides = {
        "customers.basket.p": form.p,
        "customers.basket.q": form.q,
        "customers.basket.scale": form.v,
        "population.size": PEOPLE,
    }
    lived = run(ROW.scenario, overrides=overrides)
    windows = (0, QUARTER), (QUARTER, 2 * QUARTER)
    return bought(lived, *windows), spent(lived, *windows)


def spread(form: GammaGamma, x: int, averages: Values) -> list[Figure]:
    """Mean and distribution of the average spend of those who bought so often."""
    mean, who = form.mean(), f"of those who bought {x}"
    below = [
        share_who(
            f"share {who} who average below {part:g} of it",
            averages < part * mean,
            form.share_below(x, part * mean),
        )
        for part in AMOUNTS
    ]
    return [average(f"mean spend {who}", averages, mean), *below]


def later(form: GammaGamma, x: int, averages: Values) -> list[Figure]:
    """Average spend in the second quarter by that in the first, in fifths of (people, 2) spends."""
    order = np.argsort(averages[:, 0])
    figures = []
    for fifth, people in enumerate(np.array_split(order, FIFTHS), start=1):
        before, after = averages[people].T
        figures.append(
            expected_by_person(
                f"spend later, purchases before: {x}, fifth {fifth} by spend",
                after,
                form.conditional_mean(x, before),
                at=float(before.mean()) if x == ON_CURVE else None,
            )
        )
    return figures


ROW = Row(
    id="D11",
    name="gamma_gamma",
    title="An average of few purchases is drawn towards that of everyone",
    kind="market",
    form="mean spend p v/(q - 1); E[spend | x, z] = p (v + x z)/(p x + q - 1); x purchases that "
    "averaged z, of which x z/(v + x z) is beta with p x and q",
    source="Fader, Hardie & Lee (2005), Journal of Marketing Research 42(4), 415-430; p, q, v "
    "fitted here to the spend of CDNOW's 946 repeat buyers",
    limit="One firm, price 1; needs are gamma over people, and have nothing to do with baskets: "
    "the mean spend is the same whatever the number of purchases. No step or order of updates "
    "matters.",
    parameters={"p": 6.248803, "q": 3.744589, "v": 15.447748},
    ranges={"p": (0.5, 10.0), "q": (3.5, 8.0), "v": (5.0, 30.0)},
    dock=dock,
    scenario="sim:theory/d11_gamma_gamma",
    axes=("average spend of two purchases, money", "average spend a purchase later, money"),
)

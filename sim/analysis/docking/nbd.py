"""D05: how often people buy, and how often those buy again who bought often."""

import numpy as np

from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.people import bought, part_of, part_of_heaviest, seen_well, share_who
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.nbd import Nbd

PEOPLE, QUARTER, FIFTH = 100_000, 3, 0.2
COUNTS = np.arange(6.0)


def dock(parameters: Parameters) -> list[Figure]:
    """Purchases of the same people in two quarters, one after the other."""
    form = Nbd(**parameters)
    first, second = two_quarters(form)
    mean = average("purchases a quarter", (first + second) / 2, form.mean)
    return seen_well([mean, *how_often(form, first), *again(form, first, second)])


def two_quarters(form: Nbd) -> tuple[Values, Values]:
    """(people,) purchases in the first quarter and in the second."""
    overrides = {
        "customers.needs.shape": form.shape,
        "customers.needs.mean": form.mean / QUARTER,
        "population.size": PEOPLE,
    }
    lived = run(ROW.scenario, overrides=overrides)
    counts = bought(lived, (0, QUARTER), (QUARTER, 2 * QUARTER))
    return counts[:, 0], counts[:, 1]


def how_often(form: Nbd, first: Values) -> list[Figure]:
    """Penetration, and shares of people with so many purchases."""
    exact = form.probability(COUNTS)
    return [
        share_who("share of people who buy", first > 0, form.penetration()),
        *(
            share_who(f"share of people whose purchases number {n}", first == n, float(exact[n]))
            for n in range(1, len(COUNTS))
        ),
    ]


def again(form: Nbd, first: Values, second: Values) -> list[Figure]:
    """The second quarter by what people bought in the first: the law of buyer moderation."""
    expected = form.next_purchases(COUNTS)
    of_nonbuyers = form.next_share_of_nonbuyers()
    of_heaviest = form.top_share(FIFTH).next
    what = "share of the next sales that falls to"
    return [
        *(
            average(f"next purchases after {x}", second[first == x], float(expected[x]), at=x)
            for x in range(len(COUNTS))
        ),
        part_of(f"{what} non-buyers", second * (first == 0), second, of_nonbuyers),
        part_of_heaviest(
            f"{what} the heaviest fifth of buyers", first, second, FIFTH, first > 0, of_heaviest
        ),
    ]


ROW = Row(
    id="D05",
    name="nbd",
    title="Who bought much buys less in the next quarter, who bought nothing buys, nothing changes",
    kind="market",
    form="P(n) = G(K+n)/(G(K) n!) (K/(K+M))^K (M/(K+M))^n; E[next | x] = (K + x) M/(K + M); "
    "M mean and K shape of purchases in a quarter, G the gamma function",
    source="Ehrenberg (1959), Applied Statistics 8(1), 26-41; toothpaste as in Goodhardt, "
    "Ehrenberg & Chatfield (1984), Journal of the Royal Statistical Society A 147(5), 621-655",
    limit="One brand; needs arise at rates that are gamma over people, and each is met. A quarter "
    "is three months: a purchase is dated by its month, and counts by quarter are exact. What "
    f"too few of {PEOPLE:,} people stand for is left out.",
    parameters={"mean": 1.456, "shape": 0.778816},
    ranges={"mean": (0.5, 5.0), "shape": (0.3, 3.0)},
    dock=dock,
    scenario="sim:theory/d05_nbd",
    axes=("purchases in one quarter", "mean purchases in the next"),
)

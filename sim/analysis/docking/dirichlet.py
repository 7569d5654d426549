"""D08: a market of brands in which nobody is loyal and small ones suffer twice."""

import numpy as np

from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.people import bought, part_of, seen_well, share_who
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.dirichlet import Dirichlet
from sim.theory.nbd import Nbd
from sim.theory.ranges import positive

PEOPLE, QUARTER = 60_000, 3
BRANDS = {
    "colgate": 0.25,
    "macleans": 0.19,
    "close_up": 0.10,
    "signal": 0.10,
    "ultrabrite": 0.09,
    "gibbs": 0.08,
    "boots": 0.03,
    "sainsbury": 0.02,
}
Counts = dict[str, tuple[Values, Values]]
LEADER, REST = "colgate", "acme"
"""The brand with which buyers are shared, and the firm that stands for all small brands."""


def dock(parameters: Parameters) -> list[Figure]:
    """What buyers of the category and of every brand do in a quarter, and in the next."""
    form = Dirichlet(Nbd(parameters["mean"], parameters["shape"]), parameters["diversity"])
    shares = {brand: parameters[brand] for brand in BRANDS}
    shares[REST] = 1 - sum(shares.values())
    positive("what the brands leave of the market", shares[REST])
    counts = two_quarters(form, shares)
    everything = np.sum([first for first, _ in counts.values()], axis=0)
    figures = of_everything(form, shares, counts, everything)
    for brand in sorted(BRANDS, key=lambda brand: shares[brand]):
        part, (first, second) = shares[brand], counts[brand]
        figures += in_a_quarter(form, brand, part, first, everything)
        figures += of_its_buyers(form, brand, part, first, second, everything)
        if brand != LEADER:
            leaders, exact = counts[LEADER][0] > 0, form.also_buy(part, shares[LEADER])
            what = f"{brand}: share of buyers who buy {LEADER}"
            figures.append(share_who(what, leaders[first > 0], exact))
    return one_at_a_place(seen_well(figures))


def one_at_a_place(figures: list[Figure]) -> list[Figure]:
    """Of brands with the same share the first stands on the curve, the others beside it."""
    taken: set[float | None] = set()
    placed = []
    for figure in figures:
        placed.append(figure._replace(at=None) if figure.at in taken else figure)
        taken.add(figure.at)
    return placed


def two_quarters(form: Dirichlet, shares: dict[str, float]) -> Counts:
    """(people,) purchases of each brand in the first quarter and in the second."""
    strengths = {brand: form.diversity * part for brand, part in shares.items()}
    overrides = {
        "customers.needs.shape": form.category.shape,
        "customers.needs.mean": form.category.mean / QUARTER,
        "customers.taste.strengths": strengths,
        "population.size": PEOPLE,
    }
    lived = run(ROW.scenario, overrides=overrides)
    windows = (0, QUARTER), (QUARTER, 2 * QUARTER)
    counts = {brand: bought(lived, *windows, firm=brand) for brand in strengths}
    return {brand: (both[:, 0], both[:, 1]) for brand, both in counts.items()}


def of_everything(
    form: Dirichlet, shares: dict[str, float], counts: Counts, everything: Values
) -> list[Figure]:
    """How many people buy any brand, how often, and among how many they choose."""
    buys, reach = everything > 0, form.category.penetration()
    brands = np.sum([first > 0 for first, _ in counts.values()], axis=0)[buys]
    in_all = sum(form.penetration(part) for part in shares.values())
    sole = sum(form.penetration(part) * form.sole_buyers(part) for part in shares.values())
    return [
        share_who("share of people who buy any", buys, reach),
        average("purchases per buyer of any", everything[buys], form.category.mean / reach),
        average("brands per buyer of any", brands.astype(np.float64), in_all / reach),
        share_who("share of buyers of any who buy one only", brands == 1, sole / reach),
    ]


def in_a_quarter(
    form: Dirichlet, brand: str, part: float, first: Values, everything: Values
) -> list[Figure]:
    """Market share, penetration, and how often buyers buy."""
    reach, often = form.penetration(part), form.purchases_per_buyer(part)
    return [
        part_of(f"{brand}: market share", first, everything, part),
        share_who(f"{brand}: share of people who buy it", first > 0, reach, at=part),
        part_of(f"{brand}: purchases per buyer", first, first > 0, often),
    ]


def of_its_buyers(
    form: Dirichlet, brand: str, part: float, first: Values, second: Values, everything: Values
) -> list[Figure]:
    """What else buyers buy, and whether they come back in the next quarter."""
    buys = first > 0
    what, needs = f"{brand}: share of buyers", form.share_of_requirements(part)
    sole, again = form.sole_buyers(part), form.repeat_rate(part)
    return [
        part_of(f"{brand}: share of its buyers' purchases", first, everything * buys, needs),
        share_who(f"{what} who buy nothing else", (first == everything)[buys], sole),
        share_who(f"{what} who buy it again", second[buys] > 0, again),
    ]


ROW = Row(
    id="D08",
    name="dirichlet",
    title="Brands that nobody is loyal to: small ones have fewer buyers, who buy a little less",
    kind="market",
    form="penetration b = 1 - sum over n of P(n) p(0|n), P(n) the NBD of all purchases, p(0|n) = "
    "G(S) G(S - s S + n) / (G(S - s S) G(S + n)), s market share, S diversity, G the gamma "
    "function; purchases per buyer M s/b; the rest likewise from p(.|n)",
    source="Goodhardt, Ehrenberg & Chatfield (1984), Journal of the Royal Statistical Society A "
    "147(5), 621-655; toothpaste as in the R package NBDdirichlet",
    limit="Needs as in nbd. Tastes are logarithms of gamma variates of shape s S, so that with "
    "Gumbel noise each choice is one of the Dirichlet's; nothing is remembered, and all brands are "
    "known. What the eight brands leave is the share of one more firm. Small brands have too few "
    "buyers to say much of these.",
    parameters={"mean": 1.456, "shape": 0.778816, "diversity": 1.549944, **BRANDS},
    ranges={
        "mean": (1.0, 3.0),
        "shape": (0.4, 2.0),
        "diversity": (0.5, 3.0),
        "colgate": (0.20, 0.28),
        "macleans": (0.15, 0.22),
        "close_up": (0.06, 0.12),
        "signal": (0.06, 0.12),
        "ultrabrite": (0.05, 0.10),
        "gibbs": (0.05, 0.08),
        "boots": (0.025, 0.035),
        "sainsbury": (0.015, 0.025),
    },
    dock=dock,
    scenario="sim:theory/d08_dirichlet",
    axes=("market share", "share of people who buy the brand in a quarter"),
)

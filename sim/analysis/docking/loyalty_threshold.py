"""3.6: buyers who learn turn loyal where the intensity of choice passes a threshold."""

from typing import Any

import numpy as np

from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.loyalty import critical_intensity

SELLERS = ("acme", "bolt", "cora", "dora")
PEOPLE, BATCHES, WARM_UP = 2_400, 30, 50
"""Buyers, in independent batches, and months in which they get to know every seller."""
TILT = 0.06
"""By how much one seller is remembered better at the start, as a share of what can be."""
SIDES = (0.7, 1.3)
"""Intensities of choice that are lived, in units of the threshold."""


def dock(parameters: Parameters) -> list[Figure]:
    """How fast a small preference fades and grows, and the intensity at which it does neither."""
    sellers, forgetting = int(parameters["sellers"]), parameters["forgetting"]
    critical = critical_intensity(sellers, forgetting, parameters["profit"])
    fading, growing = (growth(parameters, side * critical) for side in SIDES)
    slope = (growing - fading) / (SIDES[1] - SIDES[0])
    return [
        average("critical intensity of choice", critical * (SIDES[0] - fading / slope), critical),
        *(
            average(f"growth of a preference at {side:g} of it, a month", pace, exact, at=side)
            for side, pace in zip(SIDES, (fading, growing), strict=True)
            for exact in [forgetting * (side - 1)]
        ),
    ]


def growth(parameters: Parameters, intensity: float) -> Values:
    """(batches,) growth rate a month of a preference, over the time in which 1/e is remembered."""
    months = round(1 / parameters["forgetting"])
    better, worse = (preference(parameters, intensity, months, sign * TILT) for sign in (1.0, -1.0))
    left = (better - worse) / (2 * TILT * parameters["profit"])
    return np.asarray(left ** (1 / months) - 1)


def preference(parameters: Parameters, intensity: float, months: int, tilt: float) -> Values:
    """(batches,) by how much the first seller is remembered better after so many months."""
    known = overrides(parameters, intensity, months, tilt)
    table = run(ROW.scenario, overrides=known).customers
    memory = table.pivot(index="person", columns="firm", values="satisfaction").to_numpy()
    lead = memory[:, 0] - memory[:, 1 : int(parameters["sellers"])].mean(axis=1)
    return np.asarray(lead.reshape(BATCHES, -1).mean(axis=1))


def overrides(parameters: Parameters, intensity: float, months: int, tilt: float) -> dict[str, Any]:
    """Everybody has bought anywhere before; then memories are set, and the intensity."""
    sellers, profit = int(parameters["sellers"]), parameters["profit"]
    weight = intensity / parameters["forgetting"]
    levels = dict.fromkeys(SELLERS[:sellers], profit * (1 - tilt) / sellers)
    levels["acme"] += profit * tilt
    remembered = [{"firm": name, "set": {"satisfaction": at}} for name, at in levels.items()]
    return {
        "firms": {name: seller(n < sellers, profit) for n, name in enumerate(SELLERS)},
        "population.size": PEOPLE,
        "warm_up": WARM_UP,
        "horizon": months,
        "mechanisms.satisfaction.weight": 0.0,
        "mechanisms.satisfaction.learning": parameters["forgetting"],
        "mechanisms.satisfaction.relaxation": parameters["forgetting"],
        "interventions": [{"set": {"mechanisms.satisfaction.weight": weight}}, *remembered],
    }


def seller(is_there: bool, profit: float) -> dict[str, Any]:
    """A seller like all others, or one to whom nobody goes."""
    return {
        "quality": profit,
        "appeal": 0.0 if is_there else -50.0,
        "cost_to_serve": 0.0,
        "policy": {"budget": {"amount": 0.0}},
    }


ROW = Row(
    id="3.6",
    name="loyalty_threshold",
    title="Buyers who learn turn loyal where the intensity of choice passes a threshold",
    kind="market",
    form="critical intensity b = n g / pi; at b' a small preference for one of n sellers grows "
    "at the rate g (b'/b - 1) a period, g the share of memory lost in it, pi the profit of a "
    "purchase",
    source="Weisbuch, Kirman & Herreiner (2000), Economic Journal 110(463), 411-436",
    limit="Everybody buys every month, from the seller whose remembered profits and chance of the "
    "moment are best. Memory is satisfaction: it moves by g towards pi after a purchase and by g "
    "towards 0 in a month without one, both in the same step; its weight in choice is b'/g. The "
    "form holds where one purchase moves memory little: g is small here. At g = .1, as in the "
    "paper, the transition is smooth; see docs/published.md.",
    parameters={"sellers": 3, "forgetting": 0.005, "profit": 1.0},
    ranges={"sellers": (2, 4), "forgetting": (0.004, 0.008), "profit": (0.5, 1.0)},
    dock=dock,
    scenario="sim:theory/p36_loyalty",
    axes=("intensity of choice, in units of the threshold", "growth of a preference, a month"),
)

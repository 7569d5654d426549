"""D12: a new product spreads by innovation and imitation."""

import numpy as np

from sim.analysis.docking.estimates import average, of_firm
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.bass import Bass

PEOPLE, MONTHS, WORLDS = 4_000, 20, 50


def dock(parameters: Parameters) -> list[Figure]:
    """Share of buyers at the end of every month, in worlds that differ by luck alone."""
    overrides = {
        "mechanisms.imitation": dict(parameters),
        "population.size": PEOPLE,
        "horizon": MONTHS,
    }
    lived = (run(ROW.scenario, overrides=overrides, replication=k) for k in range(WORLDS))
    found = np.array([of_firm(world, "customers") / PEOPLE for world in lived])
    form = Bass(parameters["innovation"], parameters["imitation"])
    return [
        average(
            f"share of buyers after {step} months",
            found[:, step - 1],
            form.adopted_in_steps(step),
            at=step,
        )
        for step in range(1, MONTHS + 1)
    ]


ROW = Row(
    id="D12",
    name="bass",
    title="A new product spreads by those who try it and those who follow",
    kind="market",
    form="F(t+1) = F(t) + (p + q F(t)) (1 - F(t)), p innovation, q imitation, F share of buyers",
    source="Bass (1969), Management Science 15(5), 215-227, in steps; p and q are averages over "
    "many products",
    limit="Whoever has not bought looks every month and is brought to it by imitation alone, which "
    "sees the share of buyers at the end of the month before; all decide at once. The curve is "
    "that of steps, not the continuous one. Its error falls with the number of people.",
    parameters={"innovation": 0.03, "imitation": 0.38},
    ranges={"innovation": (0.01, 0.1), "imitation": (0.1, 0.6)},
    dock=dock,
    scenario="sim:theory/d12_bass",
    axes=("months since the launch", "share of people who have bought"),
)

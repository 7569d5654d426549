"""D12: a new product spreads by innovation and imitation."""

from sim.analysis.docking.estimates import of_firm
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.bass import Bass

PEOPLE, MONTHS = 200_000, 20


def dock(parameters: Parameters) -> list[Figure]:
    """Share of buyers at the end of every month; its error is that of so many people."""
    overrides = {
        "mechanisms.imitation": dict(parameters),
        "population.size": PEOPLE,
        "horizon": MONTHS,
    }
    found = of_firm(run(ROW.scenario, overrides=overrides), "customers") / PEOPLE
    form = Bass(parameters["innovation"], parameters["imitation"])
    return [
        Figure(
            f"share of buyers by month {step}",
            float(found[step - 1]),
            form.adopted_in_steps(step),
            form.in_steps_sd(step, PEOPLE),
            at=step,
        )
        for step in range(1, MONTHS + 1)
    ]


ROW = Row(
    id="D12",
    name="bass",
    title="A new product spreads through those who try it and those who follow them",
    kind="market",
    form="F(t+1) = F(t) + (p + q F(t)) (1 − F(t)): F share of buyers, p innovation, q imitation",
    source="Bass (1969), Management Science 15(5), 215-227, in steps",
    limit="Whoever has not bought looks every month and is brought to it by imitation alone, which "
    "sees the share of buyers at the end of the month before. All decide at once, so the curve is "
    "that of steps, not the continuous one.",
    parameters={"innovation": 0.03, "imitation": 0.38},
    ranges={"innovation": (0.01, 0.1), "imitation": (0.1, 0.6)},
    dock=dock,
    scenario="sim:theory/d12_bass",
    axes=("months since the launch", "share of people who have bought"),
)

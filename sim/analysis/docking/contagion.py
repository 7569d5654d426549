"""D15: how far news travels that everyone passes on."""

from math import log, sqrt

from sim.analysis.docking.estimates import average
from sim.analysis.docking.outbreaks import generations, large_ones, told
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.scenario.loading import Case, load_scenario
from sim.theory.contagion import (
    final_size,
    regular_final_size,
    regular_threshold,
)

SCENARIO = "sim:theory/d15_contagion"
EVERYBODY_TIED = 5_000.0
"""Messages with which every tie is sure to hear."""
A_FEW = 60
"""People among whom news still dies out; from there on the chance of it is below 1e-10."""


def dock(parameters: Parameters) -> list[Figure]:
    """Let one customer start to talk: among all, among ties of equal number, among random ties."""
    case, reproduction = load_scenario(SCENARIO), parameters["reproduction"]
    degree, ties = int(parameters["degree"]), int(parameters["mean_degree"])
    if reproduction <= 1 or ties <= 1 or parameters["chance"] <= regular_threshold(degree):
        raise ValueError(
            "contagion: each one must tell more than one, and a tie must hear more often than the "
            f"threshold {regular_threshold(degree):.4g}; below, news reaches no share of people"
        )
    return [
        *among_all(case, reproduction),
        *among_like(case, degree, parameters["chance"]),
        *among_tied(case, ties),
    ]


def among_all(case: Case, reproduction: float, people: int = 2_000) -> list[Figure]:
    """Everybody may tell everybody: Reed and Frost."""
    exact = final_size(reproduction)
    case = case.override(told({"kind": "complete"}, people, reproduction, 1.0))
    sizes = large_ones(case, 12, exact * people / 2) / people
    return [
        taking_off(case, exact),
        Figure(f"share of people that it reaches then, each telling {reproduction:.4g}",
               float(sizes.mean()), exact,
               spread(exact, reproduction) / sqrt(people * len(sizes))),
    ]  # fmt: skip


def taking_off(case: Case, exact: float, people: int = 1_000, number: int = 300) -> Figure:
    """How often news is no longer with a few: it dies out among them, or hardly ever."""
    case = case.override({"population.size": people - 1})
    large = sum(
        generations(case, replication, enough=A_FEW).sum() >= A_FEW for replication in range(number)
    )
    error = sqrt(exact * (1 - exact) / number)
    return Figure("chance that news takes off", large / number, exact, error)


def among_like(case: Case, degree: int, chance: float, people: int = 2_000) -> list[Figure]:
    """Everybody has the same number of ties, of which each hears with the same chance."""
    exact = regular_final_size(degree, chance)
    network = {"kind": "random", "neighbours": degree, "degrees": "regular"}
    case = case.override(told(network, people, -degree * log(1 - chance), 1.0))
    sizes = large_ones(case, 16, exact * people / 2) / people
    what = f"share reached where each of {degree} ties hears with chance {chance:.4g}"
    return [average(what, sizes, exact)]


def among_tied(case: Case, ties: int, people: int = 4_000) -> list[Figure]:
    """Ties are drawn at random, and all of them hear: those who hang together are reached."""
    exact = final_size(ties)
    case = case.override(
        told({"kind": "random", "neighbours": ties}, people, EVERYBODY_TIED, 100.0)
    )
    sizes = large_ones(case, 6, exact * people / 2) / people
    what = f"share that hangs together with {ties} random ties on average"
    error = spread(exact, ties) / sqrt(people * len(sizes))
    return [Figure(what, float(sizes.mean()), exact, error)]


def spread(reached: float, reproduction: float) -> float:
    """Standard deviation of the share reached, times the root of the number of people.

    sqrt(z (1 - z)) / (1 - R0 (1 - z)): the central limit theorem of the final size.
    """
    return sqrt(reached * (1 - reached)) / (1 - reproduction * (1 - reached))


ROW = Row(
    id="D15",
    name="contagion",
    title="How far news travels that everyone passes on, and how often it takes off",
    kind="market",
    form="z = 1 - exp(-R0 z) is the share that is reached where each one tells R0 at random, the "
    "chance that one start takes off, and the share that hangs together in a random network of "
    "mean degree R0; with k ties each, of which one hears with chance T, it is "
    "1 - (1 - T + T u)^k, u = (1 - T + T u)^(k-1), and T must exceed 1/(k-1)",
    source="Kermack & McKendrick (1927), Proceedings of the Royal Society A 115; Newman (2002), "
    "Physical Review E 66, 016128",
    limit="One customer arrives in month 0. Who hears buys in the next month, once and for all, "
    "and tells others in the month of the purchase only: generations are months. On a complete "
    "network the messages are Poisson, each to somebody at random; on others each tie hears by "
    "itself with chance 1 - exp(-messages / ties). 1,000 to 4,000 people a world: the form is "
    "that of many, and off by about one in their number.",
    parameters={"reproduction": 2.0, "degree": 8, "chance": 0.25, "mean_degree": 3},
    ranges={
        "reproduction": (2.0, 4.0),
        "degree": (6, 10),
        "chance": (0.25, 0.6),
        "mean_degree": (2, 5),
    },
    dock=dock,
    scenario=SCENARIO,
)

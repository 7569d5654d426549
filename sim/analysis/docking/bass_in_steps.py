"""3.7: how long a step is decides which curve the agents of Bass follow."""

import numpy as np

from sim.analysis.docking.estimates import Values, of_firm
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run

PEOPLE, YEARS = 30_000, 20


def dock(parameters: Parameters) -> list[Figure]:
    """Share of buyers at the end of every year, and the time at which half have bought."""
    steps = int(parameters["steps"])
    shares = lived(parameters)
    exact, errors = curve(parameters)
    by_year = [
        Figure(f"share of buyers after {year} years", shares[at], exact[at], errors[at], at=year)
        for year in range(1, YEARS + 1)
        for at in [year * steps - 1]
    ]
    half, around = time_to_half(exact, steps), int(np.searchsorted(exact, 0.5))
    pace = (exact[around] - exact[around - 1]) * steps
    found = time_to_half(shares, steps)
    return [*by_year, Figure("years until half have bought", found, half, errors[around] / pace)]


def lived(parameters: Parameters) -> Values:
    """(steps,) share of people who have bought by the end of each step."""
    steps = int(parameters["steps"])
    overrides = {
        "population.size": PEOPLE,
        "horizon": YEARS * steps,
        "mechanisms.imitation": {
            name: parameters[name] / steps for name in ("innovation", "imitation")
        },
    }
    return of_firm(run(ROW.scenario, overrides=overrides), "customers") / PEOPLE


def curve(parameters: Parameters) -> tuple[Values, Values]:
    """(steps,) the share after each step, and its standard error with so many people.

    The chance of a step adds the variance of its new buyers; the slope of the map carries it on.
    """
    steps = int(parameters["steps"])
    innovation, imitation = parameters["innovation"] / steps, parameters["imitation"] / steps
    share, variance, shares, errors = 0.0, 0.0, [], []
    for _ in range(YEARS * steps):
        chance = innovation + imitation * share
        slope = 1 - chance + imitation * (1 - share)
        variance = slope**2 * variance + (1 - share) * chance * (1 - chance) / PEOPLE
        share += (1 - share) * chance
        shares.append(share)
        errors.append(variance**0.5)
    return np.array(shares), np.array(errors)


def time_to_half(shares: Values, steps: int) -> float:
    """Years until half of all have bought, on the straight line between two steps."""
    ends = np.concatenate(([0.0], shares))
    return float(np.interp(0.5, ends, np.arange(len(ends)) / steps))


ROW = Row(
    id="3.7",
    name="bass_in_steps",
    title="The length of a step decides which curve the agents of Bass follow",
    kind="market",
    form="F(t + 1/n) = F(t) + (p + q F(t)) (1 - F(t)) / n, n steps a year; for large n "
    "F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t)",
    source="Bass (1969), Management Science 15(5), 215-227; that agents with one decision a year "
    "come late (half have bought after 7.2 years instead of 6.5) is computed from the rule",
    limit="Whoever has not bought decides once in a step, with chance (p + q · share of buyers at "
    "the end of the step before) / n, all at once.",
    parameters={"innovation": 0.03, "imitation": 0.38, "steps": 1},
    ranges={"innovation": (0.01, 0.1), "imitation": (0.2, 0.6), "steps": (1, 12)},
    dock=dock,
    scenario="sim:theory/d12_bass",
    axes=("years since the launch", "share of people who have bought"),
)

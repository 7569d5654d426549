"""3.8: a service spreads while customers leave it again."""

import numpy as np

from sim.analysis.docking.estimates import Values, of_firm
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.contagion import bass_with_attrition

PEOPLE = 30_000
STEPS, YEARS = 20, (1, 2, 3, 4, 5, 6, 8, 10, 12, 15)
"""Steps of the market in a year, and years that are looked at."""
SHARPNESS = 1e6
"""First plus second shape of the beta distribution of the chance to leave."""


def dock(parameters: Parameters) -> list[Figure]:
    """Share of people who are customers, year by year."""
    form = bass_with_attrition(**parameters)
    shares, errors = lived(parameters), spread(*in_steps(parameters))
    return [
        Figure(
            f"share of customers after {year} years",
            shares[year * STEPS - 1],
            form.market * form.adopted(year),
            errors[year * STEPS - 1],
            at=year,
        )
        for year in YEARS
    ]


def in_steps(parameters: Parameters) -> tuple[float, float, float]:
    """Innovation, imitation and attrition of one step."""
    innovation, imitation, attrition = (
        parameters[name] / STEPS for name in ("innovation", "imitation", "attrition")
    )
    return innovation, imitation * (1 - parameters["attrition"]), attrition


def lived(parameters: Parameters) -> Values:
    """(steps,) share of people who are customers at the end of each step."""
    innovation, imitation, attrition = in_steps(parameters)
    overrides = {
        "population.size": PEOPLE,
        "horizon": YEARS[-1] * STEPS,
        "mechanisms.imitation": {"innovation": innovation, "imitation": imitation},
        "customers.exit.a": SHARPNESS * attrition,
        "customers.exit.b": SHARPNESS * (1 - attrition),
    }
    return of_firm(run(ROW.scenario, overrides=overrides), "customers") / PEOPLE


def spread(innovation: float, imitation: float, attrition: float) -> Values:
    """(steps,) standard error of the share: chance of each step, carried on by the slope."""
    share, variance, errors = 0.0, 0.0, []
    for _ in range(YEARS[-1] * STEPS):
        chance = innovation + imitation * share
        slope = 1 - chance - attrition + imitation * (1 - share)
        began, stopped = (1 - share) * chance, share * attrition
        noise = began * (1 - chance) + stopped * (1 - attrition)
        variance = slope**2 * variance + noise / PEOPLE
        share += began - stopped
        errors.append(variance**0.5)
    return np.array(errors)


ROW = Row(
    id="3.8",
    name="attrition",
    title="A service spreads while customers leave it again",
    kind="market",
    form="dx/dt = p (m - x) + q (1-d) x (m - x)/m - d x is a Bass curve: with Q = q (1-d), "
    "b = Q - p - d, D = sqrt(b^2 + 4 Q p) its innovation is (D-b)/2, its imitation (D+b)/2 and "
    "its market m (b+D)/(2Q)",
    source="Libai, Muller & Peres (2009), The diffusion of services; the curve is computed from "
    "their rule",
    limit="Twenty steps a year, since the curve is continuous; that leaves less than a standard "
    "error. In each step customers leave with chance d/20, and those without a provider come with "
    "chance p/20 + q (1-d)/20 times the share of customers at the end of the step before. New "
    "people take the places of those who left, one step later.",
    parameters={"innovation": 0.03, "imitation": 0.38, "attrition": 0.1},
    ranges={"innovation": (0.02, 0.1), "imitation": (0.2, 0.5), "attrition": (0.05, 0.2)},
    dock=dock,
    scenario="sim:theory/p38_attrition",
    axes=("years since the launch", "share of people who are customers"),
)

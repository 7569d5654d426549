"""3.7 and 3.8: Bass in agents, and with attrition: what the length of a step does."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.analysis.docking import attrition, bass_in_steps
from sim.theory.bass import Bass
from sim.theory.contagion import bass_with_attrition
from tests.docking.published.design import Estimate

AVERAGE = {"innovation": 0.03, "imitation": 0.38}


class Distance(NamedTuple):
    """The market's share of buyers less that of the continuous curve, where theirs is widest."""

    year: float
    found: Estimate
    exact: float


def distance(steps: int) -> Distance:
    """With so many steps a year."""
    parameters = {**AVERAGE, "steps": steps}
    shares, errors = bass_in_steps.curve(parameters)
    form = Bass(**AVERAGE)
    smooth = np.array([form.adopted((step + 1) / steps) for step in range(len(shares))])
    widest = int(np.argmax(np.abs(shares - smooth)))
    lived = bass_in_steps.lived(parameters)[widest]
    found = Estimate(float(lived - smooth[widest]), float(errors[widest]))
    return Distance((widest + 1) / steps, found, float(shares[widest] - smooth[widest]))


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    yield f"half have bought after {Bass(**AVERAGE).time_to(0.5):.2f} years on the smooth curve"
    for steps in (1, 10):
        half = bass_in_steps.ROW.docked({"steps": steps}).figures[-1]
        yield (
            f"{steps} steps a year: {half.simulated:.2f} ± {half.error:.2f}, map {half.exact:.2f}"
        )
        year, found, exact = distance(steps)
        yield f"widest distance, after {year:g} years: {found}, map {exact:.4f}"
    form = bass_with_attrition(**attrition.ROW.parameters)
    yield f"attrition: innovation {form.innovation:.4f}, imitation {form.imitation:.4f}"
    for figure in attrition.ROW.docked().figures:
        lived = Estimate(figure.simulated, figure.error)
        yield f"{figure.what}: {lived}, exact {figure.exact:.3f}"

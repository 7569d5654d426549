"""From net present values by world and policy to runs needed, and how surely that is known."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.statistics import NORMAL, interval

Values = npt.NDArray[np.float64]
RESAMPLES = 4_000
PEOPLE, USUAL, MONTHS = 300, 1.0, 24
"""Size, strength of word of mouth and length of the market that the others are varied from."""


class Estimate(NamedTuple):
    """A number and its 95 % interval."""

    mean: float
    low: float
    high: float

    def __format__(self, form: str) -> str:
        return f"{self.mean:{form}} ({self.low:{form}} to {self.high:{form}})"


def runs(variance: Values, half: float) -> Values:
    """Runs until a mean's 95 % interval, 1.96 s / √n on either side, is ``half``."""
    return NORMAL**2 * variance / half**2


def apart(values: Values) -> Values:
    """Variance of a difference of two arms that share nothing; ``values`` (..., worlds, 2)."""
    return np.asarray(values.var(axis=-2, ddof=1).sum(axis=-1))


def together(values: Values) -> Values:
    """Variance of the difference of two arms of the same world; ``values`` (..., worlds, 2)."""
    return np.asarray((values[..., 1] - values[..., 0]).var(axis=-1, ddof=1))


def runs_needed(values: Values, half: float, *, paired: bool) -> Estimate:
    """Runs of each of two policies for an interval of the difference of NPV.

    Args:
        values: (worlds, 2) net present value of both policies, money.
        half: half the width of the interval, money.
        paired: whether both policies meet the same world.
    """
    variance = together if paired else apart
    return estimate(values, lambda worlds: runs(variance(worlds), half))


def gain(values: Values) -> Estimate:
    """How many times more runs the policies of ``values`` (worlds, 2) need if lived apart."""
    return estimate(values, lambda worlds: apart(worlds) / together(worlds))


def estimate(values: Values, statistic: Callable[[Values], Values]) -> Estimate:
    """A statistic and its interval, whole worlds resampled (BCa: Efron 1987)."""
    from scipy import stats

    found = stats.bootstrap(
        (np.arange(len(values)),),
        lambda drawn, axis: statistic(values[np.moveaxis(drawn, axis, -1)]),
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(1),
    ).confidence_interval
    return Estimate(float(statistic(values)), float(found.low), float(found.high))


# ── markets ───────────────────────────────────────────────────────────────────────────────────


class Cell(NamedTuple):
    """One market, lived in many worlds.

    Attributes:
        people: its size.
        talk: strength of word of mouth, in multiples of the default tellings.
        addressed: (worlds, 2) net present value under either policy, addressed draws.
        sequence: (worlds, 2) the same, one sequence for both; None where it was not lived.
    """

    people: int
    talk: float
    addressed: Values
    sequence: Values | None

    def difference(self) -> Estimate:
        """What the second policy earns more than the first, % of NPV; Student's interval."""
        today, other = self.addressed.T
        return Estimate(**{k: 100.0 * v / today.mean() for k, v in interval(other - today).items()})

    def runs(self) -> dict[str, Estimate]:
        """Runs of each policy until the 95 % interval is 1 % of NPV wide on either side."""
        half = 0.01 * float(self.addressed[:, 0].mean())
        found = {
            "independent": runs_needed(self.addressed, half, paired=False),
            "addressed": runs_needed(self.addressed, half, paired=True),
        }
        if self.sequence is not None:
            found["sequence"] = runs_needed(self.sequence, half, paired=True)
        return found

    def gains(self) -> dict[str, Estimate]:
        """How many times fewer runs than independent seeds."""
        found = {"addressed": gain(self.addressed)}
        return found if self.sequence is None else {**found, "sequence": gain(self.sequence)}


def by_talk(cells: Sequence[Cell]) -> list[Cell]:
    """The markets that differ in word of mouth only."""
    return [cell for cell in cells if cell.people == PEOPLE]


def by_size(cells: Sequence[Cell]) -> list[Cell]:
    """The markets that differ in size only."""
    return sorted((c for c in cells if c.talk == USUAL), key=lambda cell: cell.people)

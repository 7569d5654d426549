"""How many paired worlds are enough: batches until the difference is told sharply enough.

The sizes are planned before anything is seen, and a look is taken only between batches. With a
first batch of 30 the intervals of Chow & Robbins (1965, Annals of Mathematical Statistics 36) keep
about the coverage that they promise.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.statistics import half_width

Values = npt.NDArray[np.float64]
FIRST = 30
"""Paired worlds before the first look: with fewer, a small spread by chance would end it."""
BATCH = 10
"""Paired worlds between two looks."""


class Look(NamedTuple):
    """What a look between two batches sees.

    Attributes:
        runs: finished paired worlds.
        width: half width of the 95 % interval of the difference between the two best arms, as a
            share of the mean size of the baseline's values; not a number if it is undefined.
    """

    runs: int
    width: float

    def reached(self, aim: float) -> bool:
        """Whether the difference is told to within ``aim``, by at least ``FIRST`` worlds."""
        return self.runs >= FIRST and self.width <= aim

    def needed(self, aim: float) -> float:
        """About how many worlds would reach the aim: the width falls with the root of them."""
        return math.ceil(self.runs * (self.width / aim) ** 2) if self.width < math.inf else math.nan


def look(best: Values, second: Values, base: Values) -> Look:
    """Look at the values (runs,) of the best arm, the second best and the baseline."""
    size = float(np.mean(np.abs(base))) if len(base) else 0.0
    return Look(len(base), half_width(best - second) / size if size else math.nan)


def further(seen: Look, begun: int, aim: float, at_most: int) -> int:
    """How many more paired worlds to live after a look; 0 if the aim or ``at_most`` is reached.

    Args:
        seen: what the finished worlds tell.
        begun: worlds lived so far, those that broke included.
        aim: the wanted half width, as in :class:`Look`.
        at_most: worlds that may be lived altogether.
    """
    return 0 if seen.reached(aim) else max(0, min(BATCH, at_most - begun))

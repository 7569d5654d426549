"""Where a reference market takes its random numbers: one small protocol, and the addressed draws.

Anything with these two methods will do. A benchmark may hand in the cheapest numbers there are, so
that what it measures is the model and not the generator.
"""

import math
from random import Random
from typing import Protocol

import numpy as np

from sim import draws

Four = tuple[float, float, float, float]


class Luck(Protocol):
    """Four uniforms between 0 and 1 for an address, and the noise of a choice."""

    def four(self, person: int, other: int, step: int, block: np.uint64, ordinal: int) -> Four:
        """The four words of one block, as uniforms; see `sim.draws.four`."""
        ...

    def gumbel(self, u: float) -> float:
        """The standard Gumbel variate at ``u``."""
        ...


class Addressed:
    """The same address, the same number: what the market itself draws."""

    def __init__(self, seed: int, replication: int = 0) -> None:
        self.key = draws.key(seed, replication)

    def four(self, person: int, other: int, step: int, block: np.uint64, ordinal: int) -> Four:
        """The four words of one block, as uniforms."""
        first, second, third, fourth = draws.four(self.key, person, other, step, block, ordinal)
        return float(first), float(second), float(third), float(fourth)

    def gumbel(self, u: float) -> float:
        """The standard Gumbel variate at ``u``."""
        return draws.gumbel(u)


class InSequence:
    """Luck as it is usual: whoever asks gets the next numbers of one sequence."""

    def __init__(self, seed: int) -> None:
        self.bits = Random(seed).getrandbits

    def four(self, person: int, other: int, step: int, block: np.uint64, ordinal: int) -> Four:
        """The next four uniforms, whatever the address."""
        bits = self.bits
        return (
            (bits(32) + 0.5) * 2.0**-32,
            (bits(32) + 0.5) * 2.0**-32,
            (bits(32) + 0.5) * 2.0**-32,
            (bits(32) + 0.5) * 2.0**-32,
        )

    def gumbel(self, u: float) -> float:
        """The standard Gumbel variate at ``u``."""
        return -math.log(-math.log(u))

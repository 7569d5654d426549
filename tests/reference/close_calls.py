"""Addressed draws that note by how little they decide."""

import numpy as np

from sim import draws
from tests.reference.luck import Addressed, Four

CLOSE = 1e-6


class CloseCalls(Addressed):
    """Draws for a comparison with single precision, in which a close call may go either way.

    Attributes:
        decided: how often a draw was held against a threshold, or a utility against the best.
        close: how often the two lay within ``CLOSE``.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.decided = 0
        self.close = 0

    def four(self, person: int, other: int, step: int, block: np.uint64, ordinal: int) -> Four:
        """The four words of one block, as watched uniforms."""
        first, second, third, fourth = super().four(person, other, step, block, ordinal)
        watched = Watched(first, self), Watched(second, self), Watched(third, self)
        return *watched, Watched(fourth, self)

    def gumbel(self, u: float) -> float:
        """A watched Gumbel variate; whatever it is added to is watched as well."""
        return Watched(draws.gumbel(u), self)

    def note(self, margin: float) -> None:
        """Count a decision."""
        self.decided += 1
        self.close += abs(margin) <= CLOSE


class Watched(float):
    """A number that tells its luck what it is compared with."""

    luck: CloseCalls

    def __new__(cls, value: float, luck: CloseCalls) -> "Watched":
        watched = super().__new__(cls, value)
        watched.luck = luck
        return watched

    def __lt__(self, other: float) -> bool:
        self.luck.note(self - other)
        return super().__lt__(other)

    def __ge__(self, other: float) -> bool:
        self.luck.note(self - other)
        return super().__ge__(other)

    def __gt__(self, other: float) -> bool:
        self.luck.note(self - other)
        return super().__gt__(other)

    def __add__(self, other: float) -> "Watched":
        return Watched(super().__add__(other), self.luck)

    __radd__ = __add__

"""Salience: whether a firm comes to mind when a need arises.

Salience is a probability, raised by cues and lost by forgetting. A yes-or-no awareness that nobody
forgets saturates, and advertising dies with it. Gains use the remaining headroom, so what is new to
few moves many (headroom: East, Hammond & Lomax 2008).
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Salience(NamedTuple):
    """What brings a firm to mind, and what keeps its rivals out of it."""

    advertising_gain: Annotated[
        float, Parameter("share of the headroom that an advertisement fills", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    positive_gain: Annotated[
        float, Parameter("share of the headroom that a positive message fills", "share", 0, 1,
                         "assumed; headroom form East, Hammond & Lomax 2008", neutral=0),
    ] = 0.5  # fmt: skip
    negative_loss: Annotated[
        float, Parameter("share of salience that a negative message takes away", "share", 0, 1,
                         "assumed; headroom form East, Hammond & Lomax 2008", neutral=0),
    ] = 0.5  # fmt: skip
    immunity: Annotated[
        float, Parameter("how far commitment to the present firm shuts rivals out", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.0  # fmt: skip
    floor: Annotated[
        float, Parameter("salience under which no firm falls; 1 means everybody knows all firms",
                         "share", 0, 1, "assumed", neutral=1),
    ] = 0.0  # fmt: skip


def after_cues(salience: float, positive: int, negative: int, gain: float, loss: float) -> float:
    """Salience after ``positive`` and ``negative`` messages, the positive ones heard first."""
    salience += (1.0 - (1.0 - gain) ** positive) * (1.0 - salience)
    return salience * (1.0 - loss) ** negative


def after_advertising(salience: float, gain: float) -> float:
    """Salience after an advertisement has reached the person."""
    return salience + gain * (1.0 - salience)


def comes_to_mind(u: float, salience: float, floor: float) -> bool:
    """Whether a firm comes to mind at a purchase occasion."""
    return u < max(salience, floor)


def openness(immunity: float, commitment: float) -> float:
    """How open (0 to 1) a person who is committed to one firm is to its rivals."""
    return 1.0 - immunity * commitment

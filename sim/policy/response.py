"""How an instrument answers to money."""

import math


def saturating(spend: float, ceiling: float, rate: float) -> float:
    """Response to ``spend`` per head: ceiling · (1 − e^(−rate · spend)), from 0 up to the ceiling.

    The form is that of Blattberg & Deighton (1996) for acquisition and retention alike.
    """
    return ceiling * (1.0 - math.exp(-rate * spend))

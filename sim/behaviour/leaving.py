"""Leaving the category for good: moving away, growing out of the need, dying.

Three published forms: a constant hazard per person, gamma over people (Pareto/NBD: Schmittlein,
Morrison & Colombo 1987); a chance per billing period, beta over people (sBG: Fader & Hardie 2007);
a chance after each repeat purchase, beta over people (BG/NBD: Fader, Hardie & Lee 2005).
"""

import math

from sim import draws

HAZARD = 0
PER_PERIOD = 1
AFTER_PURCHASE = 2


def time_until_exit(u: float, hazard: float) -> float:
    """Steps until a person with this ``hazard`` per step leaves; infinite at hazard 0."""
    return draws.exponential(u) / hazard if hazard > 0.0 else math.inf


def outlives_a_step(u: float, hazard: float) -> bool:
    """Whether it is plain without a logarithm that a person stays: −ln u is at least 1 − u."""
    return 1.0 - u >= hazard


def quits(u: float, chance: float) -> bool:
    """Whether a person leaves at a moment that carries this ``chance``."""
    return u < chance

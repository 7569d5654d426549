"""Basket: how much is bought at a purchase.

A person's basket is a trait. In the gamma-gamma form (Colombo & Jiang 1999; Fader, Hardie & Lee
2005, "RFM and CLV") each purchase varies around it: Gamma(shape) units times the person's scale,
and over people the scale is an inverse gamma.
"""

import math

from sim import draws

TRIES = 64
"""Ordinals kept for one purchase; the chance to need more is under 1e-80."""


def gamma_amount(
    run: draws.Key, number: int, address: int, step: int, occasion: int, shape: float
) -> float:
    """A gamma variate of this ``shape`` (> 0) and scale 1, addressed to one purchase.

    Marsaglia & Tsang (2000), ACM Transactions on Mathematical Software 26, 363-372.
    """
    d = (shape + 1.0 if shape < 1.0 else shape) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(TRIES):
        u_normal, u_accept, u_boost, _ = draws.four(
            run, number, address, step, draws.AMOUNT, occasion * TRIES + attempt
        )
        x = draws.normal(u_normal)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and math.log(u_accept) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
            boost = u_boost ** (1.0 / shape) if shape < 1.0 else 1.0
            return d * v * boost
    return shape

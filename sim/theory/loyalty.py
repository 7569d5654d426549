"""When buyers who learn from experience become loyal to one seller.

Buyers remember profits, discounted by g a period, and choose among n sellers by a logit of
intensity b in what they remember. Below a critical intensity they wander, above it they stay.

Source: Weisbuch, Kirman & Herreiner (2000), Economic Journal 110(463), 411-436.
"""

from sim.theory.ranges import open_share, positive, whole


def critical_intensity(sellers: int, forgetting: float, profit: float = 1.0) -> float:
    """The intensity of choice above which loyalty appears: n g/pi.

    `forgetting` g in (0, 1) is the share of the memory lost per period, `profit` pi > 0 that of a
    purchase, in units of value.
    """
    whole("sellers", sellers, least=2)
    open_share("forgetting", forgetting)
    positive("profit", profit)
    return sellers * forgetting / profit

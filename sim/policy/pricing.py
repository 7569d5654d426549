"""Pricing: a price set by what others ask, or taken off for a time."""

import math
from collections.abc import Sequence


def yardstick(prices: Sequence[float], cheapest: bool) -> float:
    """The lowest of some prices, or their mean, which their order does not decide."""
    return min(prices) if cheapest else math.fsum(prices) / len(prices)


def between(price: float, least: float, most: float) -> float:
    """A price cut to a range."""
    return min(max(price, least), most)


def is_on(month: int, every: int, length: int) -> bool:
    """Whether a promotion is on that begins anew in month 0 and so many months later."""
    return month % every < length

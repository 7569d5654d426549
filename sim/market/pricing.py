"""How firms set their prices: by their list, by what others ask, by promotions.

What others ask is seen as of the end of the last step. A price that follows them is looked at anew
after so many months and stands in between.
"""

import math
from typing import TYPE_CHECKING

from sim.policy import pricing
from sim.scenario.pricing import MatchPrice, Premium, Promotions

if TYPE_CHECKING:
    from sim.market.firms import Firm


def asked(firm: "Firm") -> float:
    """What a firm's pricing makes of its list price in this step, before any reaction."""
    own, rule, market = firm.offer.price, firm.offer.pricing, firm.model
    month = math.floor(market.month * market.spec.months + 1e-9)
    if isinstance(rule, Promotions):
        return own * (1.0 - rule.depth * pricing.is_on(month, rule.every, rule.length))
    if isinstance(rule, Premium | MatchPrice):
        return followed(firm, rule) if is_time(firm, month, rule.every) else firm.asked
    return own


def is_time(firm: "Firm", month: int, every: int) -> bool:
    """Whether a firm looks at the others in this step, the first of a month, or its own first."""
    market = firm.model
    before = math.floor((market.month - 1) * market.spec.months + 1e-9)
    return market.clock == firm.since or (month != before and month % every == 0)


def followed(firm: "Firm", rule: Premium | MatchPrice) -> float:
    """The price that follows the others, within its bounds; without any, the list price."""
    own, others = firm.offer.price, rivals(firm)
    if not others:
        return own
    over, most = (rule.over, rule.most) if isinstance(rule, Premium) else (0.0, 1.0)
    price = (1.0 + over) * pricing.yardstick(others, rule.of == "cheapest")
    return pricing.between(price, rule.least * own, most * own)


def rivals(firm: "Firm") -> list[float]:
    """What the other firms asked in the last step, of those that were there in it."""
    market = firm.model
    return [
        o.charged for o in market.firms if o is not firm and o.since <= max(market.clock - 1, 0)
    ]

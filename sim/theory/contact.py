"""How often to contact a customer: every contact earns, too many make people leave.

Contacts f per period earn g each; the hazard of leaving is h0 + h1 f^2 and money is discounted at
i, so a customer is worth V(f) = g f/(i + h0 + h1 f^2).

Source: a construct of this project for the form of contact fatigue, not a published law.
"""

from math import sqrt

from sim.theory.ranges import at_least_zero, positive


def value(contacts: float, gain: float, discount: float, hazard: float, irritation: float) -> float:
    """V(f) = g f/(i + h0 + h1 f^2), in money; i, h0 and h1 f^2 are per period."""
    at_least_zero("contacts", contacts)
    _check(discount, hazard, irritation)
    return gain * contacts / (discount + hazard + irritation * contacts**2)


def best_contacts(discount: float, hazard: float, irritation: float) -> float:
    """Contacts per period with the highest value: f* = sqrt((i + h0)/h1)."""
    _check(discount, hazard, irritation)
    return sqrt((discount + hazard) / irritation)


def best_value(gain: float, discount: float, hazard: float, irritation: float) -> float:
    """The value there, in money: g/(2 sqrt((i + h0) h1))."""
    _check(discount, hazard, irritation)
    return gain / (2 * sqrt((discount + hazard) * irritation))


def _check(discount: float, hazard: float, irritation: float) -> None:
    at_least_zero("discount", discount)
    at_least_zero("hazard", hazard)
    positive("discount + hazard", discount + hazard)
    positive("irritation", irritation)

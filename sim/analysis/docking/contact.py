"""D20: how often to contact a customer who may have had enough."""

import numpy as np

from sim import draws
from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import contacts
from sim.theory import contact

PEOPLE = 200_000
OFTEN = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Contacts a period, as multiples of the best number."""
MOST = 40.0
"""Contacts a period at which one would be wholly weary."""
RUN = draws.key(20)


def dock(parameters: Parameters) -> list[Figure]:
    """Customers earn until they have had enough; then the rule to rounding."""
    discount, rested, weary = (parameters[name] for name in ("discount", "hazard", "irritation"))
    gain = parameters["gain"]
    best = contact.best_contacts(discount, rested, weary)
    found = []
    for number in (multiple * best for multiple in OFTEN):
        exactly = contact.value(number, gain, discount, rested, weary)
        lived = worth(number, gain, discount, chance(number, rested, weary))
        found.append(average(f"value at {number:.3g} contacts", lived, exactly, at=number))
    for multiple in (0.5, 2.0):
        value, most = (
            each * best * gain / (discount + chance(each * best, rested, weary))
            for each in (multiple, 1.0)
        )
        what = f"rule: value at {multiple:g} times the best number, over the best value"
        found.append(Figure(what, value / most, 0.8, 0.0))
    return found


def chance(number: float, rested: float, weary: float) -> float:
    """The rule's chance of opting out in a period of so many contacts."""
    return contacts.chance_of_opting_out(number / MOST, rested, weary * MOST**2)


def worth(number: float, gain: float, discount: float, leaving: float) -> Values:
    """(people,) discounted gains of each, paid at the end of each period until the last one."""
    u, *_ = draws.columns(RUN, np.arange(PEOPLE), draws.NOBODY, 0, draws.APPROACH)
    periods = 1.0 + np.floor(np.log(u) / np.log1p(-leaving))
    return np.asarray(number * gain * (1.0 - (1.0 + discount) ** -periods) / discount)


ROW = Row(
    id="D20",
    name="contact",
    title="How often to contact a customer who may have had enough",
    kind="rule",
    form="V(f) = g f / (i + h₀ + h₁ f²), best at f* = √((i + h₀)/h₁), where V* = g f* / (2 (i + "
    "h₀)) and V(2 f*) = V(f*/2) = .8 V*: f contacts a period, each of which earns g, i discount, "
    "h₀ + h₁ f² the chance of having had enough",
    source="A construct of this project for the form of the rule, no published law",
    limit="behaviour.contacts.chance_of_opting_out, once a period, with weariness in proportion to "
    "the contacts of a period (40 are all of it). In the market weariness builds up and goes, each "
    "contact has the chance, and who has had enough is still a customer.",
    parameters={"gain": 1.0, "discount": 0.002, "hazard": 0.01, "irritation": 0.001},
    ranges={
        "gain": (0.5, 5.0),
        "discount": (0.002, 0.02),
        "hazard": (0.005, 0.05),
        "irritation": (0.0005, 0.01),
    },
    dock=dock,
    axes=("contacts a period", "value"),
)

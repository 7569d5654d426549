"""Contacts: being written to or called warms a relationship, reminds, and wearies.

Each contact does less the wearier the customer is, and the weary ask to be left alone: the hazard
of opting out rises with the square of weariness (intervals that are too short cost more than those
that are too long: Drèze & Bonfrer 2008; that gives the direction, its coefficients are assumed).
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Contacts(NamedTuple):
    """What one contact does to a customer."""

    warmth: Annotated[
        float, Parameter("share of the way to full commitment that a contact goes", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.03  # fmt: skip
    reminder: Annotated[
        float, Parameter("share of the way to full salience that a contact goes", "share", 0, 1,
                         "assumed; form Hillstrom 2008: an e-mail filled .06 to .07 of the "
                         "headroom of visits, whenever the last purchase had been", neutral=0),
    ] = 0.1  # fmt: skip
    weariness: Annotated[
        float, Parameter("share of the way to full fatigue that a contact goes", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.2  # fmt: skip
    opt_out: Annotated[
        float, Parameter("chance that a contact makes a rested customer opt out", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.002  # fmt: skip
    opt_out_weary: Annotated[
        float, Parameter("what full fatigue adds to that chance, by its square", "share", 0, 1,
                         "assumed; form Drèze & Bonfrer 2008", neutral=0),
    ] = 0.05  # fmt: skip


def risen(value: float, share: float, fatigue: float) -> float:
    """Commitment or salience (0 to 1) after a contact: it does the less, the wearier one is."""
    return value + share * (1.0 - fatigue) * (1.0 - value)


def wearier(fatigue: float, share: float) -> float:
    """Fatigue (0 to 1) after one more contact."""
    return fatigue + share * (1.0 - fatigue)


def chance_of_opting_out(fatigue: float, rested: float, weary: float) -> float:
    """Chance that a contact is the last one, at this fatigue."""
    return min(1.0, rested + weary * fatigue**2)

"""Loyalty programme: what points, status and habit do to those who are in one.

A reward counts as much as so much money off the price, the more the nearer it is: people who
collect stamps buy faster as the card fills (Kivetz, Urminsky & Zheng 2006, who measure distance by
the share of the way that is left; so does this). Status that is lost is felt more than status that
is won. Who gains from a programme, heavy or light buyers, is said nowhere here: all members are
alike. Every size is assumed.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Programme(NamedTuple):
    """How people join a loyalty programme, forget it, and weigh what it gives."""

    weight: Annotated[
        float, Parameter("weight of a reward against as much money off the price", "factor", 0, 50,
                         "assumed", neutral=0),
    ] = 1.0  # fmt: skip
    gradient: Annotated[
        float, Parameter("how much more a reward draws once it is reached than at its beginning",
                         "factor", 0, 50, "assumed; sign and form Kivetz, Urminsky & Zheng 2006",
                         neutral=0),
    ] = 1.0  # fmt: skip
    joining: Annotated[
        float, Parameter("chance that a customer who is no member becomes one at a purchase",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.2  # fmt: skip
    dozing: Annotated[
        float, Parameter("share of members without a purchase who collect no more",
                         "share per month", 0, 1, "assumed", neutral=0, scale="share"),
    ] = 0.05  # fmt: skip
    waking: Annotated[
        float, Parameter("chance that a member who sleeps collects again at a purchase", "share",
                         0, 1, "assumed"),
    ] = 0.2  # fmt: skip
    asking: Annotated[
        float, Parameter("chance that a member who has points for a reward asks for it at a "
                         "purchase, where rewards are given later", "share", 0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    aversion: Annotated[
        float, Parameter("how much more the loss of status is felt than its gain", "factor", 1, 50,
                         "assumed; sign Kahneman & Tversky 1979", neutral=1),
    ] = 2.0  # fmt: skip
    consolation: Annotated[
        float, Parameter("share of that loss that is got over", "share per month", 0, 1, "assumed",
                         scale="share"),
    ] = 0.1  # fmt: skip
    habit: Annotated[
        float, Parameter("weight of a full habit of buying", "utility", 0, 50, "assumed off",
                         neutral=0),
    ] = 0.0  # fmt: skip
    forming: Annotated[
        float, Parameter("share of the missing habit that each purchase with points forms",
                         "share", 0, 1, "assumed"),
    ] = 0.1  # fmt: skip
    fading: Annotated[
        float, Parameter("share of a habit that is lost", "share per month", 0, 1, "assumed",
                         scale="share", half_life=True),
    ] = 0.05  # fmt: skip


def attraction(earned: float, points: float, needed: float, rules: Programme) -> float:
    """How much a purchase that earns so much is worth, like money off the price.

    ``points`` are those that the member has of those ``needed`` for a reward.
    """
    way_done = min(1.0, points / needed)
    return rules.weight * earned * (1.0 + rules.gradient * way_done)


def status(worth: float, lost: float, aversion: float) -> float:
    """Utility of a tier's ``worth``, and of having ``lost`` that of a higher one."""
    return worth - (aversion - 1.0) * lost


def loss(lost: float, before: float, now: float) -> float:
    """Worth of lost status after a tier worth ``before`` has become one worth ``now``."""
    return max(0.0, lost + before - now)


def formed(habit: float, forming: float) -> float:
    """Habit (0 to 1) after one more purchase with points."""
    return habit + forming * (1.0 - habit)


def ends_period(months_before: float, months: float, period: float) -> bool:
    """Whether a step of so many ``months``, so many after month 0, is the last of a period."""
    begun = math.floor(months_before / period + 1e-9)
    return math.floor((months_before + months) / period + 1e-9) > begun

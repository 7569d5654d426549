"""Personalisation: treating people by what one knows of them, and going too far with it.

A firm has a picture of each customer. How good it is, their *knowledge* K, is the correlation of
what it believes they want with what they do want: 0 is nothing, 1 all. Purchases and contacts show
some of what is missing, if it is written down; the picture ages. A firm that goes by its picture as
far as u comes nearer to what people want by u(2K − u): the variance of what is left is
1 − 2uK + u², so it is best to go as far as one knows (u = K, then K²), to know without using brings
nothing (u = 0), and to go further than twice what one knows is worse than to treat all alike.

What is known and used shows. Beyond what a person tolerates it creeps them out: they answer less,
and trust and commitment suffer (reactance). That data pay by use only is published (Reinartz,
Krafft & Hoyer 2004), and so is, as what people say of themselves, that many would stop buying where
personalisation is creepy (SmarterHQ); no size is. Forms and sizes are assumed.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Personalisation(NamedTuple):
    """What a firm gets to know, what knowing is good for, and when it is too much."""

    insight: Annotated[
        float, Parameter("share of what is not known yet that a purchase shows", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.15  # fmt: skip
    insight_contact: Annotated[
        float, Parameter("the same of a contact", "share", 0, 1, "assumed", neutral=0),
    ] = 0.05  # fmt: skip
    ageing: Annotated[
        float, Parameter("share of knowledge that is out of date a month later", "share per month",
                         0, 1, "assumed", scale="share", half_life=True),
    ] = 0.03  # fmt: skip
    lift: Annotated[
        float, Parameter("share of the headroom of quality that treatment by full knowledge fills",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    saves: Annotated[
        float, Parameter("share of the cost to serve that it saves", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.2  # fmt: skip
    response: Annotated[
        float, Parameter("what it adds to what a contact does, as a multiple", "factor", 0, 100,
                         "assumed; form SmarterHQ survey", neutral=0),
    ] = 1.0  # fmt: skip
    bond: Annotated[
        float, Parameter("share of the missing commitment that it opens to a person of full "
                         "relational orientation", "share", 0, 1, "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    tolerance: Annotated[
        float, Parameter("use of data that people tolerate, on average", "share", 0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    spread: Annotated[
        float, Parameter("how far people differ in that, to either side", "share", 0, 1, "assumed"),
    ] = 0.3  # fmt: skip
    creep: Annotated[
        float, Parameter("what use of all data would take from what a contact does, if none were "
                         "tolerated, as a multiple", "factor", 0, 100, "assumed", neutral=0),
    ] = 2.0  # fmt: skip
    reactance: Annotated[
        float, Parameter("share of trust and commitment that this would cost, each time", "share",
                         0, 1, "assumed; sign SmarterHQ survey", neutral=0),
    ] = 0.3  # fmt: skip


def learnt(knowledge: float, share: float) -> float:
    """Knowledge (0 to 1) after something has shown a ``share`` of what was missing."""
    return knowledge + share * (1.0 - knowledge)


def used(knowledge: float, personalisation: float, careful: bool) -> float:
    """How far the firm goes with one customer: the careful go no further than they know."""
    return min(personalisation, knowledge) if careful else personalisation


def relevance(knowledge: float, use: float) -> float:
    """How much nearer treatment comes to what a person wants, -1 to 1; below 0: further off."""
    return use * (2.0 * knowledge - use)


def tolerated(u: float, tolerance: float, spread: float) -> float:
    """The use of data that a person tolerates, at ``u`` (0 to 1) of all people."""
    return max(0.0, tolerance + spread * (2.0 * u - 1.0))


def beyond(knowledge: float, use: float, tolerates: float) -> float:
    """How far what is known and used goes beyond what a person tolerates, 0 to 1."""
    return max(0.0, use * knowledge - tolerates)


def answer(relevant: float, too_far: float, response: float, creep: float) -> float:
    """Factor on what a contact does; a contact that is unwelcome does nothing."""
    return max(0.0, 1.0 + response * relevant - creep * too_far)


def cooled(value: float, too_far: float, reactance: float) -> float:
    """Trust or commitment after data have been used further than is tolerated."""
    return value * (1.0 - reactance * too_far)

"""Staff: who serves the customers, how well, and how long they stay (the service-profit chain).

People who have too many customers to look after lose heart; those who have lost heart leave; who
comes instead knows less; and what staff can and want to do is what customers meet. That such
links are there is published (Brown & Lam 2008; Hogreve et al. 2017); how strong they are, in these
units, is not: all sizes and forms are assumed. Content staff and good service are found to cost as
well as earn, which is why a firm with staff pays wages.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Staffing(NamedTuple):
    """What makes staff able and willing, and what customers notice of it."""

    lift: Annotated[
        float, Parameter("share of the headroom of quality that perfect staff fill", "share", 0, 1,
                         "assumed; sign Brown & Lam 2008", neutral=0),
    ] = 0.3  # fmt: skip
    failures: Annotated[
        float, Parameter("share of failures that perfect staff avoid", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip
    weakest: Annotated[
        bool, Parameter("the weaker department decides what staff can do, not the mean of both",
                        "true or false", 0, 1, "assumed"),
    ] = False  # fmt: skip
    content: Annotated[
        float, Parameter("morale of people with time for their customers and without training",
                         "morale", 0, 1, "assumed"),
    ] = 0.6  # fmt: skip
    encouragement: Annotated[
        float, Parameter("share of the missing morale that the best training gives", "share", 0, 1,
                         "assumed; sign Hogreve et al. 2017"),
    ] = 0.3  # fmt: skip
    strain: Annotated[
        float, Parameter("how much each norm of customers too many divides morale by", "factor", 0,
                         100, "assumed"),
    ] = 1.0  # fmt: skip
    mood: Annotated[
        float, Parameter("share of the way that morale goes to where it tends", "share per month",
                         0, 1, "assumed", scale="share"),
    ] = 0.2  # fmt: skip
    quits: Annotated[
        float, Parameter("share of people of full morale who leave", "share per month", 0, 1,
                         "assumed", scale="share"),
    ] = 0.01  # fmt: skip
    fed_up: Annotated[
        float, Parameter("what the loss of all morale adds to that", "share per month", 0, 1,
                         "assumed", scale="share"),
    ] = 0.04  # fmt: skip
    practice: Annotated[
        float, Parameter("share of the missing skill that work itself teaches", "share per month",
                         0, 1, "assumed", scale="share"),
    ] = 0.02  # fmt: skip
    training: Annotated[
        float, Parameter("share of the missing skill that the best training teaches",
                         "share per month", 0, 1, "assumed", scale="share"),
    ] = 0.1  # fmt: skip
    newcomers: Annotated[
        float, Parameter("skill of newcomers to a firm that none of its customers trusts", "skill",
                         0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    attraction: Annotated[
        float, Parameter("share of what newcomers lack that they bring to a firm all trust",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.3  # fmt: skip


def morale_in_the_end(workload: float, trained: float, rules: Staffing) -> float:
    """Where morale tends: ``workload`` is customers against the norm, ``trained`` 0 to 1."""
    too_many = max(0.0, workload - 1.0)
    rested = rules.content + rules.encouragement * trained * (1.0 - rules.content)
    return rested / (1.0 + rules.strain * too_many)


def next_morale(morale: float, tends_to: float, mood: float) -> float:
    """Morale a step later."""
    return morale + mood * (tends_to - morale)


def turnover(morale: float, quits: float, fed_up: float) -> float:
    """Share of people who leave in a step."""
    return min(1.0, quits + fed_up * (1.0 - morale))


def skill_of_newcomers(trust: float, newcomers: float, attraction: float) -> float:
    """Good people come easier to a firm whose customers trust it (0 to 1, their mean)."""
    return newcomers + attraction * trust * (1.0 - newcomers)


def next_skill(skill: float, trained: float, left: float, hired: float, rules: Staffing) -> float:
    """Skill a step later: all learn, then a share ``left`` and others were ``hired`` instead."""
    learnt = min(1.0, rules.practice + rules.training * trained)
    return (1.0 - left) * (skill + learnt * (1.0 - skill)) + left * hired


def work(skill: float, morale: float) -> float:
    """What a department does of what can be done: it takes both, being able and being willing."""
    return skill * morale


def together(front: float, back: float, weakest: bool) -> float:
    """What both departments do: as much as the weaker one, or the mean."""
    return min(front, back) if weakest else (front + back) / 2.0

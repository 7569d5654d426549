"""Queueing: how long those wait who turn to a firm, and what is not put right for being late.

Contacts arrive at random, some people answer them from one line, and each takes as long as chance
will have it (Erlang 1917; M/M/c). All rates are per hour. Who is not answered within the tolerance
is answered too late: that such a complaint is not put right is assumed, as is the tolerance.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Queueing(NamedTuple):
    """How much there is to answer, and what waiting costs."""

    questions: Annotated[
        float, Parameter("how often a customer asks something although nothing failed",
                         "contacts per month", 0, 1000, "assumed", scale="rate"),
    ] = 0.2  # fmt: skip
    tolerance: Annotated[
        float, Parameter("time within which an answer is in time", "hours", 0, 1000, "assumed"),
    ] = 1.0  # fmt: skip
    lost: Annotated[
        float, Parameter("share of complaints that would be put right, and are not if they are "
                         "answered late or badly", "share", 0, 1, "assumed", neutral=0),
    ] = 1.0  # fmt: skip


def waits_at_all(arrivals: float, service: float, servers: int) -> float:
    """Chance that an arrival has to wait (Erlang's C); certain where more come than can be served.

    From one server to the next, B ← a B / (k + a B) is the chance to find all of k servers busy if
    nobody waited, a = arrivals / service.
    """
    if arrivals >= servers * service:
        return 1.0
    offered, busy = arrivals / service, 1.0
    for server in range(1, servers + 1):
        busy = offered * busy / (server + offered * busy)
    return busy / (1.0 - offered / servers * (1.0 - busy))


def waits_longer(time: float, arrivals: float, service: float, servers: int) -> float:
    """Chance to wait longer than ``time``; where more come than can be served, all do."""
    spare = max(0.0, servers * service - arrivals)
    return waits_at_all(arrivals, service, servers) * math.exp(-spare * time)


def mean_wait(arrivals: float, service: float, servers: int) -> float:
    """Mean time before one is served, in hours; infinite where more come than can be served."""
    spare = servers * service - arrivals
    return waits_at_all(arrivals, service, servers) / spare if spare > 0.0 else math.inf


def answered(late: float, deflected: float, fails: float) -> float:
    """Share of contacts answered well and in time.

    A machine answers the ``deflected`` at once, though it ``fails`` some; people answer the others,
    some of them ``late``.
    """
    return deflected * (1.0 - fails) + (1.0 - deflected) * (1.0 - late)


def found_out(complain: float, proactive: float) -> float:
    """Share of failures a firm hears of: it asks some of those who would not have complained."""
    return complain + proactive * (1.0 - complain)

"""Attention: what an account manager has time for.

Accounts ask for offers and advice at random, their manager answers one after the other, and each
answer takes as long as chance will have it (Erlang 1917; M/M/1, by ``queueing``). A manager's
capacity is the number of accounts whose requests would just fill all of the time. That a late
answer costs business and good opinion is plausible; how much is assumed.
"""

from typing import Annotated, NamedTuple

from sim.behaviour import queueing
from sim.behaviour.parameter import Parameter

HOURS_A_MONTH = 160.0


class Attention(NamedTuple):
    """How much accounts ask of their manager, and what waiting costs (b2b)."""

    requests: Annotated[
        float, Parameter("how often an account asks for something", "times a month", 0.01, 1000,
                         "assumed"),
    ] = 4.0  # fmt: skip
    tolerance: Annotated[
        float, Parameter("working time within which an answer is in time", "hours", 0, 1000,
                         "assumed: two working days"),
    ] = 16.0  # fmt: skip
    impatience: Annotated[
        float, Parameter("what a firm loses in choice whose every answer is late", "utility", 0, 50,
                         "assumed", neutral=0),
    ] = 1.0  # fmt: skip
    neglect: Annotated[
        float, Parameter("quality that a customer misses whose every request is answered late",
                         "quality", 0, 1, "assumed", neutral=0),
    ] = 0.2  # fmt: skip


def visited(accounts: float, capacity: float) -> float:
    """Share of the visits that a manager of so many accounts has time for."""
    return min(1.0, capacity / accounts) if accounts else 1.0


def late(accounts: float, capacity: float, requests: float, tolerance: float) -> float:
    """Share of requests that are answered later than tolerated; beyond capacity, all of them."""
    if not accounts:
        return 0.0
    hourly = requests / HOURS_A_MONTH
    return queueing.waits_longer(tolerance, accounts * hourly, capacity * hourly, 1)

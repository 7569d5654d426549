"""3.4: Hogan, Lemon & Libai (2003), what a customer costs who is lost early or late.

What the loss of a customer costs beside the own payments is what others pay later for it, or never:
the market's is set against the map x(t+1) = x(t) + (p + q x(t)) (1 - x(t)) with and without the
customers lost, in units of what one new customer is worth.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.analysis.docking.estimates import of_firm
from sim.market.run import Run, run
from tests.docking.published.design import Array, Estimate, mean

SCENARIO = "sim:theory/p34_lost_customer"
QUARTERS, YEARLY, PEOPLE = 4, 0.1, 20_000
GROUP = 0.3
"""Share of the people of whom the customers are lost."""
PENETRATIONS = (0.025, 0.16, 0.5, 0.84, 0.975)
PRODUCTS = ((0.03, 0.38), (0.01, 0.4), (0.004, 0.5))
"""Innovation and imitation a year."""


class Loss(NamedTuple):
    """What one lost customer costs beside the own payments, in customers' worths."""

    month: int
    found: Estimate
    exact: float


def adopters(
    product: tuple[float, float], months: int, lost: float, at: int
) -> tuple[Array, float]:
    """(months,) share of people who come in each month, and share lost: the exact map."""
    innovation, imitation = (rate / QUARTERS for rate in product)
    seen, yet_to_come, gone, came = 0.0, 1.0, 0.0, []
    for month in range(months):
        new = yet_to_come * (innovation + imitation * seen)
        if month == at:
            gone = lost * seen
            seen -= gone
        seen, yet_to_come = seen + new, yet_to_come - new
        came.append(new)
    return np.array(came), gone


def months_of(product: tuple[float, float]) -> list[int]:
    """The first months after each penetration has been reached."""
    came, _ = adopters(product, 400, 0.0, 0)
    return [int(np.argmax(came.cumsum() >= level)) + 1 for level in PENETRATIONS]


def now(months: int, at: int) -> Array:
    """(months,) value in a month of what comes in each."""
    return np.asarray((1 + YEARLY) ** ((at - np.arange(months)) / QUARTERS))


def exact_loss(product: tuple[float, float], at: int, lost: float = GROUP) -> float:
    """What one of those lost costs, by the map."""
    months = at + 160
    before, _ = adopters(product, months, 0.0, at)
    after, gone = adopters(product, months, lost, at)
    return float((before - after) @ now(months, at) / gone)


def lived(product: tuple[float, float], months: int, world: int, *done: dict[str, object]) -> Run:
    """The market, with something done to it."""
    innovation, imitation = (rate / QUARTERS for rate in product)
    overrides = {
        "population.size": PEOPLE,
        "horizon": months,
        "mechanisms.imitation": {"innovation": innovation, "imitation": imitation},
        "interventions": list(done),
    }
    return run(SCENARIO, overrides=overrides, replication=world)


def lose(at: int) -> dict[str, object]:
    """The group's customers stop."""
    return {"from": at, "firm": "acme", "group": "lost", "set": {"satisfaction": 0.0}}


def pay_elsewhere(at: int) -> dict[str, object]:
    """The group's customers pay somebody else and go on being seen."""
    return {"from": at, "group": "lost", "set": {"basket": 0.0}}


@cache
def losses(product: tuple[float, float], worlds: int = 6, points: int = 5) -> list[Loss]:
    """What a lost customer costs beside the own payments, at each penetration."""
    return [
        Loss(
            at,
            mean([loss_in(product, at, world) for world in range(worlds)]),
            exact_loss(product, at),
        )
        for at in months_of(product)[:points]
    ]


def loss_in(product: tuple[float, float], at: int, world: int) -> float:
    """The same in one world, in which luck is common."""
    months = at + 80
    before, after = (
        of_firm(lived(product, months, world, *done), "acquired") for done in ((), (lose(at),))
    )
    gone = float(of_firm(lived(product, at + 1, world, lose(at)), "left")[at])
    return float((before - after) @ now(months, at) / gone)


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    for product in PRODUCTS:
        found = losses(product)
        for level, loss in zip(PENETRATIONS, found, strict=True):
            at = f"at {level:.1%}, month {loss.month}"
            yield f"{product} {at}: {loss.found}, map {loss.exact:.3f}"
        yield f"{product} first to last, own payments included: {ratio(product)}"


def ratio(product: tuple[float, float]) -> Estimate:
    """How many times the last customer's cost the first one's is, own payments included."""
    first, last = losses(product)[0].found, losses(product)[-1].found
    return Estimate((1 + first.value) / (1 + last.value), first.error / (1 + last.value))

"""3.4: Hogan, Lemon & Libai (2003), what a customer costs who is lost early or late.

What the loss of a customer costs beside the own payments is what others pay later for it, or never:
the market's is set against the map x(t+1) = x(t) + (p + q x(t)) (1 - x(t)) with and without the
customers lost, in units of what one new customer is worth.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.analysis.docking.estimates import of_firm
from sim.market.run import Run, run
from tests.docking.published.design import Array, Estimate, mean

SCENARIO = "sim:theory/p34_lost_customer"
QUARTERS, YEARLY, MONTHS, PEOPLE = 4, 0.1, 130, 20_000
"""Steps a year, interest, and steps that are lived: later ones are worth nothing to speak of."""
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


def adopters(product: tuple[float, float], lost: float = 0.0, at: int = 0) -> tuple[Array, float]:
    """(months,) share of people who come in each month, and share lost: the exact map."""
    innovation, imitation = (rate / QUARTERS for rate in product)
    seen, yet_to_come, gone, came = 0.0, 1.0, 0.0, []
    for month in range(MONTHS):
        new = yet_to_come * (innovation + imitation * seen)
        if month == at:
            gone = lost * seen
            seen -= gone
        seen, yet_to_come = seen + new, yet_to_come - new
        came.append(new)
    return np.array(came), gone


def months_of(product: tuple[float, float]) -> list[int]:
    """The first months after each penetration has been reached."""
    came, _ = adopters(product)
    return [int(np.argmax(came.cumsum() >= level)) + 1 for level in PENETRATIONS]


def now(at: int) -> Array:
    """(months,) value in a month of what comes in each."""
    return np.asarray((1 + YEARLY) ** ((at - np.arange(MONTHS)) / QUARTERS))


def exact_loss(product: tuple[float, float], at: int) -> float:
    """What one of those lost costs, by the map."""
    before, _ = adopters(product)
    after, gone = adopters(product, GROUP, at)
    return float((before - after) @ now(at)) / gone


def lived(
    product: tuple[float, float],
    world: int,
    done: Mapping[str, object] | None = None,
    people: int = PEOPLE,
) -> Run:
    """The market, with something done to the group."""
    innovation, imitation = (rate / QUARTERS for rate in product)
    overrides = {
        "population.size": people,
        "horizon": MONTHS,
        "mechanisms.imitation": {"innovation": innovation, "imitation": imitation},
        "interventions": [{"group": "lost", **done}] if done else [],
    }
    return run(SCENARIO, overrides=overrides, replication=world)


@cache
def usual_buyers(product: tuple[float, float], world: int, people: int) -> Array:
    """(months,) who come in each month where nobody is lost."""
    return of_firm(lived(product, world, people=people), "acquired")


def loss_in(product: tuple[float, float], at: int, world: int, people: int = PEOPLE) -> float:
    """What a customer costs who stops, beside the own payments, in worlds of common luck."""
    stops = {"from": at, "firm": "acme", "set": {"satisfaction": 0.0}}
    after = lived(product, world, stops, people)
    missing = usual_buyers(product, world, people) - of_firm(after, "acquired")
    return float(missing @ now(at) / of_firm(after, "left")[at])


def pays_elsewhere(product: tuple[float, float], at: int) -> tuple[Run, Run]:
    """The market, and the same where the group pays somebody else and goes on being seen."""
    return lived(product, 0), lived(product, 0, {"from": at, "set": {"basket": 0.0}})


@cache
def losses(product: tuple[float, float], worlds: int = 6) -> list[Loss]:
    """What a lost customer costs beside the own payments, at each penetration."""
    found = [
        (at, mean([loss_in(product, at, world) for world in range(worlds)]))
        for at in months_of(product)
    ]
    return [Loss(at, loss, exact_loss(product, at)) for at, loss in found]


def ratio(product: tuple[float, float]) -> Estimate:
    """How many times the last customer's cost the first one's is, own payments included."""
    first, last = losses(product)[0].found, losses(product)[-1].found
    return Estimate((1 + first.value) / (1 + last.value), first.error / (1 + last.value))


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    for product in PRODUCTS:
        found = losses(product)
        for level, loss in zip(PENETRATIONS, found, strict=True):
            at = f"at {level:.1%}, month {loss.month}"
            yield f"{product} {at}: {loss.found}, map {loss.exact:.3f}"
        yield f"{product} first to last, own payments included: {ratio(product)}"

"""Cohorts: people who are alike in everything that can weigh, and how many they are on average.

Where nothing that people go through weighs in their choices, and nobody is touched by what others
do, a person is one of a few kinds. Each chance divides a cohort; cohorts that have become alike are
one again.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sim.scenario.fields import Specification
from sim.scenario.schema import Scenario
from sim.scenario.traits import Customers, Fixed, Gamma, GammaGamma, Lognormal


class Cohort(NamedTuple):
    """People who are alike in everything that can weigh.

    Attributes:
        character: position in the scenario's characters: 0 is that of no group.
        has_bought: whether they ever bought.
        is_customer: whether they hold a contract.
        on_trial: whether their first purchase is given, not chosen.
        due: months until the contract ends.
        salience: 0 to 1.
        commitment: 0 to 1.
    """

    character: int
    has_bought: bool = False
    is_customer: bool = False
    on_trial: bool = False
    due: float = 0.0
    salience: float = 0.0
    commitment: float = 0.0


People = dict[Cohort, float]
"""How many people of each kind there are expected to be."""
Parts = Iterable[tuple[Cohort, float]]


def gathered(parts: Parts) -> People:
    """Parts of the people, those that are alike together."""
    people: People = {}
    for cohort, weight in parts:
        if weight > 0.0:
            people[cohort] = people.get(cohort, 0.0) + weight
    return people


def divided(cohort: Cohort, weight: float, chance: float, **changed: Any) -> Iterator[Any]:
    """The part of a cohort that chance changes, and the part that it leaves as it was."""
    if chance > 0.0:
        yield cohort._replace(**changed), weight * chance
    if chance < 1.0:
        yield cohort, weight * (1.0 - chance)


# ── who there is ──────────────────────────────────────────────────────────────────────────────


def characters(spec: Scenario) -> list[tuple[float, Customers]]:
    """Share and traits of those who are in no group, and of each group."""
    groups = [(group.share, group.customers) for group in spec.groups.values()]
    return [(max(0.0, 1.0 - sum(share for share, _ in groups)), spec.customers), *groups]


def newcomers(spec: Scenario, number: float, on_trial: bool) -> Iterator[tuple[Cohort, float]]:
    """So many people who arrive."""
    for position, (share, _) in enumerate(characters(spec)):
        yield Cohort(position, on_trial=on_trial), number * share


def first_people(spec: Scenario) -> Iterator[tuple[Cohort, float]]:
    """Those of the start, and whose customers they are."""
    for position, (share, traits) in enumerate(characters(spec)):
        number = spec.population.size * share
        held = number * share_held(spec, traits)
        stranger = Cohort(position, salience=spec.start.salience)
        yield stranger, number - held
        if spec.start.first_renewal == "immediate":
            yield stranger._replace(on_trial=True, commitment=spec.start.commitment), held
            continue
        customer = Cohort(position, True, True, salience=1.0, commitment=spec.start.commitment)
        for due, part in first_renewals(spec):
            yield customer._replace(due=due), held * part


def share_held(spec: Scenario, traits: Customers) -> float:
    """Share of people of these traits who begin as customers of the only firm."""
    start, ((name, firm),) = spec.start.customers, spec.firms.items()
    if isinstance(start, dict):
        return start.get(name, 0.0)
    if start != "sorted":
        return 0.0 if start == "none" else 1.0
    choice = spec.rules.choice
    liking = value(traits.taste) + firm.appeal - firm.friction
    return chance_of(liking, choice.outside - choice.staying)


def first_renewals(spec: Scenario) -> Iterator[tuple[float, float]]:
    """Months until contracts of the start end, with the shares that they have."""
    steps = spec.billing_months / spec.months if spec.start.first_renewal == "spread" else 1.0
    for step in range(math.ceil(steps - 1e-9)):
        yield step * spec.months, min(1.0, steps - step) / steps


# ── what they are like ────────────────────────────────────────────────────────────────────────


def value(trait: Specification) -> float:
    """The value of a trait that is the same for everybody. Raises TypeError for others."""
    number = getattr(trait, "value", None)
    if number is None:
        raise TypeError(f"{trait!r} is not the same for everybody")
    return float(number)


def mean(basket: Specification) -> float:
    """Mean of the units at a purchase."""
    match basket:
        case Fixed():
            return basket.value
        case Gamma() | Lognormal():
            return basket.mean
        case GammaGamma():
            return basket.p * basket.scale / (basket.q - 1.0)
    raise TypeError(f"no mean is known for the distribution {basket!r}")


def chance_of(worth: float, outside: float) -> float:
    """Chance that something of this worth is chosen over the outside option.

    It is that of the largest of utility plus Gumbel noise: 1 / (1 + e^(outside − worth)).
    """
    if worth == -math.inf:
        return 0.0
    return 1.0 / (1.0 + math.exp(min(outside - worth, 700.0)))

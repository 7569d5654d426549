"""What of a scenario is in force in a step: the numbers it gives, interventions applied.

Mechanisms, responses and offers become namespaces of plain numbers. A share per month x becomes
1 − (1 − x)^months in a step, a rate per month r becomes r · months.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sim.scenario.interventions import Intervention
from sim.scenario.offers import Campaign
from sim.scenario.schema import HalfLife, Scenario

SHARES = {
    "needs": ("look_rate",),
    "forgetting": ("salience", "commitment", "expectation", "fatigue"),
    "satisfaction": ("relaxation",),
    "programme": ("dozing", "consolation", "fading"),
    "price_memory": ("adjusting",),
    "levels": ("contact",),
    "personalisation": ("ageing",),
}
RATES = {
    "imitation": ("innovation", "imitation"),
    "word_of_mouth": ("base", "positive_weight", "negative_weight"),
}
OFFER = (
    "price", "unit_cost", "cost_to_serve", "fixed_cost", "quality", "promise", "appeal", "friction",
    "pressure",
)  # fmt: skip


@dataclass
class InForce:
    """Numbers per month of mechanisms, responses and offers, and each firm's chance to hold."""

    mechanisms: SimpleNamespace
    instruments: SimpleNamespace
    offers: dict[str, SimpleNamespace]
    holds: dict[str, float]


def number(value: Any) -> Any:
    """A number of a scenario: a half-life is a share, `none` is minus infinity."""
    if isinstance(value, HalfLife):
        return 1.0 - 0.5 ** (1.0 / value.half_life_months)
    return -math.inf if value == "none" else value


def numbers(section: Any) -> SimpleNamespace:
    """A section of a scenario as a namespace of namespaces of numbers."""
    return SimpleNamespace(
        **{
            name: SimpleNamespace(**{field: number(value) for field, value in part})
            for name, part in section
        }
    )


def share_in(share: float, months: float) -> float:
    """A share per month, over so many months."""
    return 1.0 - (1.0 - share) ** months


def by_step(monthly: SimpleNamespace, months: float) -> SimpleNamespace:
    """Mechanisms per step, from those per month."""
    scaled = SimpleNamespace(**{n: SimpleNamespace(**vars(m)) for n, m in vars(monthly).items()})
    for name, fields in SHARES.items():
        for field in fields:
            value = getattr(getattr(monthly, name), field)
            setattr(getattr(scaled, name), field, share_in(value, months))
    for name, fields in RATES.items():
        for field in fields:
            setattr(getattr(scaled, name), field, getattr(getattr(monthly, name), field) * months)
    return scaled


# ── dates ─────────────────────────────────────────────────────────────────────────────────────


def step_of(spec: Scenario, month: int) -> int:
    """The step in which a month begins; months count from the end of the warm-up."""
    return spec.warm_up + round(month / spec.months)


def is_date(spec: Scenario, step: int) -> bool:
    """Whether any intervention begins or ends with this step, or a firm enters."""
    ends = [step_of(spec, i.until) for i in spec.interventions if i.until is not None]
    begins = [step_of(spec, i.since) for i in spec.interventions]
    begins += [step_of(spec, f.enters) for f in spec.firms.values() if isinstance(f.enters, int)]
    return step in ends or step in begins


def is_on(spec: Scenario, dated: Intervention | Campaign, step: int) -> bool:
    """Whether something dated has begun and not ended."""
    ended = dated.until is not None and step >= step_of(spec, dated.until)
    return step_of(spec, dated.since) <= step and not ended


def lasting(spec: Scenario, step: int) -> Iterator[Intervention]:
    """The interventions of a step, in the order of the file."""
    return (each for each in spec.interventions if is_on(spec, each, step))


# ── interventions in offers and parameters ────────────────────────────────────────────────────


def in_force(spec: Scenario, step: int) -> InForce:
    """What is in force in a step."""
    offers = {
        n: SimpleNamespace(**{f: getattr(o, f) for f in OFFER}) for n, o in spec.firms.items()
    }
    found = InForce(
        numbers(spec.mechanisms), numbers(spec.instruments), offers, dict.fromkeys(offers, 0.0)
    )
    for each in lasting(spec, step):
        apply(each, found)
    return found


def apply(intervention: Intervention, found: InForce) -> None:
    """Set or shift offers and parameters, hold would-be leavers."""
    firms = [name for name in found.offers if intervention.firm in (None, name)]
    for name in firms:
        kept = (1.0 - found.holds[name]) * (1.0 - intervention.chance)
        found.holds[name] = 1.0 - kept
    for path, value in intervention.values.items():
        owners: list[Any] = []
        *section, field = path.split(".")
        if section:
            owners = [getattr(getattr(found, section[0]), section[1])]
        elif path in OFFER:
            owners = [found.offers[name] for name in firms]
        for owner in owners:
            before = 0.0 if intervention.set is not None else getattr(owner, field)
            setattr(owner, field, before + value)

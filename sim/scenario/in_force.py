"""What of a scenario is in force in a step, its interventions applied."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.behaviour.rules import Rules
from sim.scenario.changeable import Kind, named
from sim.scenario.dated import Dated
from sim.scenario.fields import Specification
from sim.scenario.interventions import Intervention
from sim.scenario.offers import Firm
from sim.scenario.partners import Supplier
from sim.scenario.schema import Scenario

# ── dates ─────────────────────────────────────────────────────────────────────────────────────


def step_of(spec: Scenario, month: int) -> int:
    """The step in which a month, counted from month 0, begins."""
    return spec.warm_up + round(month / spec.months)


def begins(spec: Scenario, dated: Dated) -> int:
    """The first step of an intervention or a campaign."""
    return step_of(spec, dated.since)


def lasts(spec: Scenario, dated: Dated, step: int) -> bool:
    """Whether a step is in its time: ``from`` is, ``until`` is not."""
    end = dated.until
    return begins(spec, dated) <= step and (end is None or step < step_of(spec, end))


def enters(spec: Scenario, firm: str) -> float:
    """The first step of a firm in the market: 0 if it has always been there, infinite if never."""
    month = spec.firms[firm].enters
    if month is None:
        return 0
    return math.inf if month == "never" else step_of(spec, month)


def dates(spec: Scenario) -> set[int]:
    """Steps in which something begins or has ended, or a firm comes into the market."""
    ends = {step_of(spec, i.until) for i in spec.interventions if i.until is not None}
    begun = {begins(spec, intervention) for intervention in spec.interventions}
    entries = (enters(spec, name) for name in spec.firms)
    return ends | begun | {int(step) for step in entries if 0 < step < math.inf}


def lasting(spec: Scenario, step: int) -> Iterator[Intervention]:
    """The interventions of a step, in the order of the file."""
    return (each for each in spec.interventions if lasts(spec, each, step))


# ── what is in force ──────────────────────────────────────────────────────────────────────────


class Terms(NamedTuple):
    """What of a scenario the interventions of one step decide.

    Attributes:
        firms: every firm's declaration.
        suppliers: every supplier's declaration.
        rules: the mechanisms' parameters per month.
        responses: the parameters of each instrument's response.
        holds: by firm, the chance that a would-be leaver stays.
    """

    firms: dict[str, Firm]
    suppliers: dict[str, Supplier]
    rules: Rules
    responses: dict[str, Any]
    holds: dict[str, float]


def declared_terms(spec: Scenario) -> Terms:
    """What is in force where nobody intervenes."""
    firms, suppliers = dict(spec.firms), dict(spec.suppliers)
    return Terms(firms, suppliers, spec.rules, spec.responses, dict.fromkeys(firms, 0.0))


def terms(spec: Scenario, step: int) -> Terms:
    """What is in force in a step."""
    found = declared_terms(spec)
    for intervention in lasting(spec, step):
        found = under(found, intervention)
    return found


def under(before: Terms, intervention: Intervention) -> Terms:
    """The terms under one more intervention. Two holds are two chances to stay."""
    firms, holds = dict(before.firms), dict(before.holds)
    for name in intervention.firms(before.firms):
        firms[name] = changed(firms[name], intervention, "offer")
        holds[name] = 1.0 - (1.0 - holds[name]) * (1.0 - intervention.chance)
    found = before._replace(firms=firms, holds=holds)
    if (supplier := intervention.supplier) is not None:
        partner = changed(before.suppliers[supplier], intervention, "partner")
        found = found._replace(suppliers=before.suppliers | {supplier: partner})
    for path in named(intervention, "parameter"):
        found = with_parameter(found, path, intervention.changed(path, parameter_of(found, path)))
    return found


def changed[S: Specification](said: S, intervention: Intervention, kind: Kind) -> S:
    """A declaration with what an intervention sets or shifts of it."""
    names = named(intervention, kind)
    changes = {name: intervention.changed(name, getattr(said, name)) for name in names}
    return said.model_copy(update=changes)


def parameter_of(found: Terms, path: str) -> float:
    """The number at a path such as ``mechanisms.choice.staying``."""
    section, name, field = path.split(".")
    owner = found.rules._asdict() if section == "mechanisms" else found.responses
    return float(getattr(owner[name], field))


def with_parameter(found: Terms, path: str, value: float) -> Terms:
    """The terms with another number at a path."""
    section, name, field = path.split(".")
    if section == "mechanisms":
        changed = getattr(found.rules, name)._replace(**{field: value})
        return found._replace(rules=found.rules._replace(**{name: changed}))
    changed = found.responses[name]._replace(**{field: value})
    return found._replace(responses=found.responses | {name: changed})

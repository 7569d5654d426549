"""What of a scenario is in force in a step, its interventions applied."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.behaviour.rules import Rules
from sim.scenario.changeable import named
from sim.scenario.dated import Dated
from sim.scenario.interventions import Intervention
from sim.scenario.offers import Firm
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


def dates(spec: Scenario) -> set[int]:
    """Steps in which something begins or has ended."""
    ends = {step_of(spec, i.until) for i in spec.interventions if i.until is not None}
    return ends | {begins(spec, intervention) for intervention in spec.interventions}


def lasting(spec: Scenario, step: int) -> Iterator[Intervention]:
    """The interventions of a step, in the order of the file."""
    return (each for each in spec.interventions if lasts(spec, each, step))


# ── what is in force ──────────────────────────────────────────────────────────────────────────


class Terms(NamedTuple):
    """What of a scenario the interventions of one step decide.

    Attributes:
        firms: every firm's declaration.
        rules: the mechanisms' parameters per month.
        responses: the parameters of each instrument's response.
        holds: by firm, the chance that a would-be leaver stays.
    """

    firms: dict[str, Firm]
    rules: Rules
    responses: dict[str, Any]
    holds: dict[str, float]


def declared_terms(spec: Scenario) -> Terms:
    """What is in force where nobody intervenes."""
    return Terms(dict(spec.firms), spec.rules, spec.responses, dict.fromkeys(spec.firms, 0.0))


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
        changes = {
            field: intervention.changed(field, getattr(firms[name], field))
            for field in named(intervention, "offer")
        }
        firms[name] = firms[name].model_copy(update=changes)
        holds[name] = 1.0 - (1.0 - holds[name]) * (1.0 - intervention.chance)
    found = before._replace(firms=firms, holds=holds)
    for path in named(intervention, "parameter"):
        found = with_parameter(found, path, intervention.changed(path, parameter_of(found, path)))
    return found


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

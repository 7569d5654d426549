"""Whether interventions fit their scenario: dates, names, ranges."""

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.changeable import (
    KINDS,
    MEMORY,
    OFFER,
    PARAMETERS,
    PARTNER,
    TRAITS,
    Range,
    kind_of,
    named,
)
from sim.scenario.dated import Dated
from sim.scenario.in_force import dates, declared_terms, lasts, parameter_of, under
from sim.scenario.interventions import Intervention
from sim.scenario.problems import Fault, KeyPath, near, one_of
from sim.scenario.schema import Scenario

EXAMPLE = next(iter(PARAMETERS))


class Misuse(NamedTuple):
    """A rule, the value that breaks it, and what to do."""

    rule: str
    value: str
    remedy: str


def unusable_interventions(spec: Scenario) -> Iterator[Fault]:
    """Interventions that name what is not there, never happen, or lead out of a range."""
    usable = all(
        each.firm in (None, *spec.firms) and each.supplier in (None, *spec.suppliers)
        for each in spec.interventions
    )
    for number, intervention in enumerate(spec.interventions):
        path = ("interventions", number)
        for fault in (*never(spec, path, intervention), *misdirected(spec, path, intervention)):
            usable = False
            yield fault
    if usable:
        yield from out_of_range(spec)


def never(spec: Scenario, path: KeyPath, dated: Dated) -> Iterator[Fault]:
    """Dates beyond the horizon."""
    end = max(1, round(spec.horizon * spec.months))  # a few weeks lie in the first month
    for key, month, most in (
        ("from", dated.since, end - 1),
        ("until", dated.until, end),
    ):
        if month is not None and month > most:
            remedy = "leave it out, or lengthen the horizon"
            yield Fault((*path, key), f"must lie in 0 to {most}", str(month), remedy)


def misdirected(spec: Scenario, path: KeyPath, intervention: Intervention) -> Iterator[Fault]:
    """Groups that are not there, and names that do not go together."""
    group, groups = intervention.group, list(spec.groups)
    if group is not None and intervention.hold is not None:
        remedy = "leave it out, or name a firm: hold is about all customers of a firm"
        yield Fault((*path, "group"), "must not be named with hold", repr(group), remedy)
    elif group is not None and group not in groups:
        remedy = one_of(group, groups) if groups else "declare it under `groups`"
        yield Fault((*path, "group"), "must name one of the groups", repr(group), remedy)
    if intervention.supplier is not None:
        for key in ("firm", "group", "hold"):
            if (value := getattr(intervention, key)) is not None:
                rule, remedy = "must not be named with a supplier", "leave one of them out"
                yield Fault((*path, key), rule, repr(value), remedy)
    for name in intervention.values:
        if misuse := misuse_of(name, intervention):
            yield Fault((*path, intervention.act, name), *misuse)


def misuse_of(name: str, intervention: Intervention) -> Misuse | None:
    """What is wrong with changing something of this name, for this firm or group."""
    firm, group, supplier = intervention.firm, intervention.group, intervention.supplier
    kind = kind_of(name, supplier is not None)
    if kind is None and supplier is not None:
        rule = "must name what an intervention can change of a supplier"
        return Misuse(rule, repr(name), one_of(name, list(PARTNER)))
    if kind is None:
        return Misuse("must name what an intervention can change", repr(name), possible(name))
    if firm is not None and kind in ("trait", "parameter"):
        whose = "people have it" if kind == "trait" else "it is the same for everybody"
        rule = f"must not be changed for one firm: {whose}"
        return Misuse(rule, repr(firm), "leave the firm out")
    if group is not None and kind in ("offer", "parameter"):
        rule = "must not be changed for one group: it is the same for everybody"
        return Misuse(rule, repr(group), "leave the group out")
    if intervention.until is not None and kind == "memory":
        rule = "must not have an end: memory is changed once, at `from`, and lives on by itself"
        return Misuse(rule, f"until {intervention.until}", "leave `until` out")
    return None


def possible(name: str) -> str:
    """What can be changed instead: the nearest name; else those beside a path, or those of one."""
    if close := near(name, [*OFFER, *TRAITS, *MEMORY, *PARAMETERS]):
        return close
    beside = [path for path in PARAMETERS if path.startswith(f"{name.rpartition('.')[0]}.")]
    if beside:
        return one_of(name, beside)
    return f"use one of {', '.join((*OFFER, *TRAITS, *MEMORY))}, or a path such as {EXAMPLE}"


def out_of_range(spec: Scenario) -> Iterator[Fault]:
    """Values that leave their range at some date, the first time that each of them does."""
    told: set[tuple[int, str]] = set()
    for step in sorted(dates(spec)):
        month = round((step - spec.warm_up) * spec.months)
        for number, name, value in values_at(spec, step):
            allowed = range_in(spec.interventions[number], name)
            if not allowed.holds(value) and (number, name) not in told:
                told.add((number, name))
                act = spec.interventions[number].act
                rule = f"must leave {name} {allowed}"
                found = f"{value:g} in month {month}"
                yield Fault(("interventions", number, act, name), rule, found, "change the number")


def range_in(intervention: Intervention, name: str) -> Range:
    """The range of what an intervention changes."""
    return KINDS[kind_of(name, intervention.supplier is not None) or "offer"][name]


def values_at(spec: Scenario, step: int) -> Iterator[tuple[int, str, float]]:
    """What each intervention of a step makes of what it changes: its number, the name, the value.

    A shift of traits or memory differs from person to person and is cut to the range instead.
    """
    found = declared_terms(spec)
    for number, intervention in enumerate(spec.interventions):
        if not lasts(spec, intervention, step):
            continue
        found = under(found, intervention)
        for name in named(intervention, "offer"):
            for firm in intervention.firms(spec.firms):
                yield number, name, getattr(found.firms[firm], name)
        for name in named(intervention, "partner"):
            yield number, name, getattr(found.suppliers[str(intervention.supplier)], name)
        for path in named(intervention, "parameter"):
            yield number, path, parameter_of(found, path)
        for name, value in (intervention.set or {}).items():
            if intervention.supplier is None and kind_of(name) in ("trait", "memory"):
                yield number, name, value

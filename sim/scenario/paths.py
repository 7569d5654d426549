"""The one grammar of paths: `firms.acme.price`, `interventions.0.from`.

`--set`, policies, `extends` and designs all name a place in a scenario this way. Two rules say
how one mapping overrides another: nested mappings merge, and a key with a dot is a path that
replaces what stands there. A mapping that names another kind of thing (another distribution,
another network, a budget by another yardstick) replaces too: the old one's details do not fit it.
Where keys are names (of firms, of suppliers ...), `{}` is none of them, and null takes one away.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from sim.scenario.problems import Problem, ScenarioError, dotted, nearest, shown
from sim.scenario.reading import DEEPEST, Value

KIND_KEYS = ("distribution", "kind", "closure")
ALTERNATIVES = frozenset({"amount", "per_head", "share_of_revenue"})
BY_NAME = frozenset({
    "agencies", "distributors", "firms", "groups", "investors", "keeping", "lines", "people",
    "policies", "split", "strengths", "suppliers", "switching_costs", "targets", "tiers", "winning",
})  # fmt: skip
"""Mappings whose keys are names of things, any number of which there may be."""


def parse(path: str) -> tuple[str, ...]:
    """The steps of a dotted path. A step is a list position only where a list stands.

    Raises ScenarioError for an empty step, an invisible character, more than 20 steps.
    """
    steps = tuple(path.split("."))
    if not all(steps):
        _refuse(path, "must be names joined by dots", shown(path), "write it like firms.acme.price")
    if not path.isprintable():
        _refuse(path, "must be printable", shown(path), "remove the invisible characters")
    if len(steps) > DEEPEST:
        rule = f"must have at most {DEEPEST} steps"
        _refuse(path, rule, str(len(steps)), "set a mapping nearer the top")
    return steps


def get(data: Value, path: str | Sequence[str | int]) -> Value:
    """The value at `path`. Raises ScenarioError where nothing is there."""
    steps = _steps(path)
    for step in steps:
        data = _child(data, step, steps)
    return data


def put(data: Value, path: str | Sequence[str | int], value: Value) -> Value:
    """New data with `value` at `path`; missing mappings are made, `data` stays as it is.

    Raises ScenarioError on a way through a scalar or past the end of a list.
    """
    steps = _steps(path)
    return _put(data, steps, value, steps)


def merge(base: Mapping[str, Value], over: Mapping[str, Value]) -> dict[str, Value]:
    """New data: `base` overridden by `over`.

    Mappings merge key by key, everything else (null too) replaces; at the top of `over` a key
    with a dot is a path and replaces the value there. Where keys are names, an empty mapping
    replaces, and null takes away what has the name. Later keys win.
    Raises ScenarioError; each problem's key is the key of `over` that cannot be used.
    """
    merged = dict(base)
    problems: list[Problem] = []
    for key, value in over.items():
        try:
            _override(merged, key, value)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return merged


def _override(merged: dict[str, Value], key: str, value: Value) -> None:
    first, *rest = steps = parse(key)
    if not rest:
        merged[key] = _nested(merged.get(key), value, key)
        return
    if value is None and (others := _others(merged, steps)) is not None:
        rest, value = rest[:-1], others
    merged[first] = _put(merged.get(first, {}), tuple(rest), value, steps)


def _others(data: Value, steps: tuple[str, ...]) -> dict[str, Value] | None:
    """Those named beside the last step; None if nothing has that name there."""
    *way, name = steps
    for step in way:
        data = data.get(step) if isinstance(data, dict) else None
    if way[-1] not in BY_NAME or not isinstance(data, dict) or name not in data:
        return None
    return {key: value for key, value in data.items() if key != name}


def _is_another_kind(base: Mapping[str, Value], over: Mapping[str, Value]) -> bool:
    """Whether `over` names another kind of thing than `base`, whose details then do not fit."""
    return any(key in over and over[key] != base.get(key) for key in KIND_KEYS) or bool(
        ALTERNATIVES & over.keys()
    )


def _nested(base: Value, over: Value, key: str) -> Value:
    """The value at `key`, overridden."""
    by_name = key in BY_NAME
    if not (isinstance(base, dict) and isinstance(over, dict)) or _is_another_kind(base, over):
        return over
    if by_name and not over:
        return over
    gone = {name for name in base if by_name and name in over and over[name] is None}
    inner = {k: _nested(base.get(k), value, "" if by_name else k) for k, value in over.items()}
    return {name: value for name, value in (base | inner).items() if name not in gone}


def _steps(path: str | Sequence[str | int]) -> tuple[str, ...]:
    return parse(path) if isinstance(path, str) else tuple(map(str, path))


def _put(data: Value, steps: tuple[str, ...], value: Value, whole: tuple[str, ...]) -> Value:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(data, dict):
        child = data.get(step, {})
        return {**data, step: _put(child, tuple(rest), value, whole)}
    child = _child(data, step, whole)
    assert isinstance(data, list)  # everything else has no children and was refused
    new = list(data)
    new[int(step)] = _put(child, tuple(rest), value, whole)
    return new


def _child(data: Value, step: str, whole: tuple[str, ...]) -> Value:
    if isinstance(data, dict):
        if step not in data:
            rule, remedy = "must lead to something", nearest(step, list(data))
            _refuse(dotted(whole), rule, f"no {step}", remedy)
        return data[step]
    if not isinstance(data, list):
        rule = "must lead through mappings and lists"
        _refuse(dotted(whole), rule, f"{shown(data)} before {step}", "set the whole mapping")
    if not (step.isascii() and step.isdigit() and len(step) < 10 and int(step) < len(data)):
        positions = f"a position in the list from 0 to {len(data) - 1}"
        rule = f"must use {positions}" if data else "must not use a position: empty list"
        _refuse(dotted(whole), rule, step, "set the whole list to make it longer")
    return data[int(step)]


def _refuse(path: str, rule: str, value: str, remedy: str) -> NoReturn:
    raise ScenarioError([Problem(None, path, rule, value, remedy)])

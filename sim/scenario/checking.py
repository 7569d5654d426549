"""Checking a loaded scenario against a pydantic model, with every fault at its file and line."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Union

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.inheritance import Loaded
from sim.scenario.problems import MOST_PROBLEMS, KeyPath, Problem, ScenarioError, dotted
from sim.scenario.reading import Value
from sim.scenario.shapes import Found, find
from sim.scenario.wording import Words, discriminator, is_wrong_kind, worded, wrong_kind

_AT_THE_KEY = ("extra_forbidden", "missing", "union_tag_not_found")


class _Fault(NamedTuple):
    """One validation error, put in words and found in the data."""

    found: Found
    words: Words
    unlike: bool  # the value is nothing like what this member of a union wants
    value: object


def validate[Model: BaseModel](model: type[Model], loaded: Loaded) -> Model:
    """The scenario as a `model`. Raises ScenarioError with everything the model refuses.

    The data are handed over as JSON, whose strict mode is the one meant for files: a whole
    number will do for a number, a list for a tuple, a word for an Enum, and nothing else is
    converted.
    """
    try:
        return model.model_validate_json(json.dumps(loaded.data))
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_PROBLEMS]
    faults = _settled([_fault(model, loaded.data, detail) for detail in details], 0)
    raise ScenarioError(_problem(fault, loaded) for fault in faults)


def _fault(model: type[BaseModel], data: Value, error: ErrorDetails) -> _Fault:
    found = find(model, data, error["loc"])
    words = worded(error, found)
    if key := discriminator(error) or error.get("ctx", {}).get("key", ""):
        found = replace(found, path=(*found.path, key))
    found = replace(found, of_key=found.of_key or error["type"] in _AT_THE_KEY)
    unlike = is_wrong_kind(error) or error["type"] in ("literal_error", "enum")
    return _Fault(found, words, unlike, error["input"])


def _problem(fault: _Fault, loaded: Loaded) -> Problem:
    path = fault.found.path
    return Problem(loaded.place(path, fault.found.of_key), dotted(path), *fault.words)


def _settled(faults: Sequence[_Fault], level: int) -> list[_Fault]:
    """The faults, where of each plain union only those of one member stay."""
    settled: list[_Fault] = []
    unions: dict[KeyPath, list[_Fault]] = {}
    for fault in faults:
        if len(fault.found.forks) > level:
            unions.setdefault(fault.found.forks[level][0], []).append(fault)
        else:
            settled.append(fault)
    for place, union in unions.items():
        settled += _of_one_member(place, union, level)
    return settled


def _of_one_member(place: KeyPath, union: Sequence[_Fault], level: int) -> list[_Fault]:
    """The faults of the member that was most likely meant; if none was, all members in one."""
    members: dict[str, list[_Fault]] = {}
    for fault in union:
        members.setdefault(fault.found.forks[level][1], []).append(fault)
    alike = [
        faults
        for faults in members.values()
        if not all(fault.unlike and fault.found.path == place for fault in faults)
    ]
    return _settled(min(alike, key=len), level + 1) if alike else [_none_meant(union)]


def _none_meant(union: Sequence[_Fault]) -> _Fault:
    first = union[0]
    found = replace(first.found, shape=Union[tuple(fault.found.shape for fault in union)])  # noqa: UP007
    return first._replace(found=found, words=wrong_kind(first.value, found))

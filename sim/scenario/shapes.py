"""What a pydantic model asks for at a place: the known keys there, the wanted value in words.

A shape is a type annotation as a model's field carries it, such as `Annotated[float, Gt(0)]`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator
from pydantic.fields import FieldInfo

from sim.scenario.problems import KeyPath

type Shape = Any  # annotations have no type in common

_WORDS: dict[Shape, str] = {
    float: "a number",
    int: "a whole number",
    str: "text",
    bool: "true or false",
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    set: "a list",
    frozenset: "a list",
    NoneType: "null",
}


@dataclass(frozen=True)
class Found:
    """Where in the data a validation error points, and what the model wants there.

    `forks` are the plain unions on the way, each with the member that was tried; `owner` is what
    holds the last key; `of_key` says that the key is at fault and not its value.
    """

    path: KeyPath = ()
    shape: Shape = Any
    owner: Shape = None
    forks: tuple[tuple[KeyPath, str], ...] = ()
    of_key: bool = False


def find(model: type[BaseModel], data: object, location: Sequence[str | int]) -> Found:
    """Follow a pydantic error location through the model and the data side by side.

    Locations also name members of unions, which are no keys of the data: they choose the shape.
    """
    found = Found(shape=model)
    for step in location:
        found, data = _followed(found, data, step)
    return found


def known_keys(owner: Shape) -> tuple[str, ...]:
    """The keys a model knows, as a scenario writes them; none if `owner` is no model."""
    return tuple(_fields(owner))


def choices(shape: Shape) -> tuple[str, ...]:
    """The words that the Literals and Enums in a shape allow; none if it has neither."""
    members = _members(shape)
    return tuple(chain.from_iterable(map(_words, members)))


def _words(member: Shape) -> tuple[str, ...]:
    core, _ = _core(member)
    if _origin(core) is Literal:
        return tuple(str(word) for word in get_args(core))
    if isinstance(core, type) and issubclass(core, Enum):
        return tuple(str(member.value) for member in core)
    return ()


def tags(shape: Shape, key: str) -> tuple[str, ...]:
    """The words that `key` may hold to tell the members of a discriminated union apart."""
    cores = (_core(member)[0] for member in _members(shape))
    return tuple(word for core in cores for word in choices(_fields(core).get(key)))


def described(shape: Shape, bounds: bool = True) -> str:
    """The wanted value in words: `a number above 0`, `text or a mapping`."""
    words = (_described_member(member, bounds) for member in _members(shape))
    return " or ".join(dict.fromkeys(words))


def _described_member(shape: Shape, bounds: bool) -> str:
    if len(_members(shape)) > 1:
        return described(shape, bounds)
    core, notes = _core(shape)
    if allowed := _words(core):
        return f"one of {', '.join(allowed)}" if len(allowed) > 1 else allowed[0]
    kind = _WORDS[dict] if _is_model(core) else _WORDS.get(_origin(core) or core, "another value")
    return kind + _bounds(notes) * bounds


def _bounds(notes: Sequence[object]) -> str:
    limits = {
        name: plain_number(getattr(note, name))
        for note in notes
        for name in ("gt", "ge", "lt", "le")
        if getattr(note, name, None) is not None
    }
    if limits.keys() == {"ge", "le"}:
        return f" from {limits['ge']} to {limits['le']}"
    words = {"gt": "above", "ge": "of at least", "lt": "below", "le": "of at most"}
    return " " * bool(limits) + " and ".join(f"{words[name]} {limits[name]}" for name in limits)


def plain_number(number: object) -> str:
    """The number without a needless `.0`."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def _followed(found: Found, data: object, step: str | int) -> tuple[Found, object]:
    present = _has(data, step)
    if len(_members(found.shape)) > 1:
        return _forked(found, str(step)), data
    if step == "[key]":
        return replace(found, of_key=True), data
    owner, _ = _core(found.shape)
    shape = _child(owner, step)
    if not present and shape is None:
        return found, data
    path, shape = (*found.path, step), Any if shape is None else shape
    child = data[step] if present else None  # type: ignore[index]
    return replace(found, path=path, owner=owner, shape=shape), child


def _forked(found: Found, label: str) -> Found:
    member = _chosen(found.shape, label)
    fork = () if _is_tagged(found.shape) else ((found.path, label),)
    return replace(found, shape=member, forks=(*found.forks, *fork))


def _has(data: object, step: str | int) -> bool:
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _child(owner: Shape, step: str | int) -> Shape | None:
    inner = get_args(owner)
    match _origin(owner):
        case origin if origin is dict and inner:
            return inner[1]
        case origin if origin is tuple and inner and inner[-1] is not Ellipsis:
            return inner[step] if isinstance(step, int) and step < len(inner) else None
        case origin if origin in (list, tuple, set, frozenset) and inner:
            return inner[0]
    return _fields(owner).get(str(step))


def _fields(owner: Shape) -> dict[str, Shape]:
    if not _is_model(owner):
        return {}
    fields: dict[str, FieldInfo] = owner.model_fields
    return {
        _visible(name, field): Annotated[field.annotation, field] for name, field in fields.items()
    }


def _visible(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias or field.alias
    return alias if isinstance(alias, str) else name


def _core(shape: Shape) -> tuple[Shape, tuple[object, ...]]:
    """The bare type, and the constraints and other notes around it; Optional is looked through."""
    notes: tuple[object, ...] = ()
    while True:
        if isinstance(shape, TypeAliasType):
            shape = shape.__value__
        elif _origin(shape) is Annotated:
            shape, *around = get_args(shape)
            notes += tuple(_flat(around))
        elif _is_union(shape) and NoneType in get_args(shape):
            shape = Union[tuple(part for part in get_args(shape) if part is not NoneType)]  # noqa: UP007
        else:
            return shape, notes


def _flat(notes: Sequence[object]) -> Iterator[object]:
    for note in notes:
        yield note
        if isinstance(note, FieldInfo):
            yield from note.metadata


def _origin(shape: object) -> object:
    return get_origin(shape)


def _is_union(shape: Shape) -> bool:
    return _origin(shape) in (Union, UnionType)


def _is_model(shape: Shape) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _members(shape: Shape) -> tuple[Shape, ...]:
    core, _ = _core(shape)
    return get_args(core) if _is_union(core) else (shape,)


def _is_tagged(shape: Shape) -> bool:
    _, notes = _core(shape)
    return any(
        isinstance(note, Discriminator)
        or (isinstance(note, FieldInfo) and note.discriminator is not None)
        for note in notes
    )


def _chosen(shape: Shape, label: str) -> Shape:
    """The member of a union that an error location means by `label`, Any if none is."""
    members = _members(shape)
    for fits in (_named, _begins, _mentioned):
        for member in members:
            if any(fits(name, label) for name in _names(member)):
                return member
    return Any


def _named(name: str, label: str) -> bool:
    return label == name


def _begins(name: str, label: str) -> bool:
    return label.startswith(f"{name}[")


def _mentioned(name: str, label: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", label) is not None


def _names(member: Shape) -> tuple[str, ...]:
    if len(_members(member)) > 1:
        return tuple(name for each in _members(member) for name in _names(each))
    core, _ = _core(member)
    if _is_model(core):
        words = (choices(field) for field in _fields(core).values())
        return (core.__name__, *chain.from_iterable(words))
    return (
        ("literal",)
        if _origin(core) is Literal
        else (getattr(_origin(core) or core, "__name__", ""),)
    )

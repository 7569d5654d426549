"""Values that a scenario's fields may have, drawn from the schema itself.

A parameter that is added to a rule is drawn here without another word. What no schema can say, such
as names that must exist, is in ``scenarios``.
"""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

Drawn = st.SearchStrategy[Any]
Limits = dict[str, Any]
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5)
WIDEST = 1e300  # of numbers without a limit
RATE = st.floats(0.125, 6.0)


def mostly(usual: Drawn, rare: Drawn) -> Drawn:
    """Nine times in ten a usual value, else a rare one."""
    return st.integers(0, 9).flatmap(lambda number: rare if number == 9 else usual)


USUAL: dict[tuple[str, str], Drawn] = {
    ("Amount", "amount"): st.floats(0.0, 300.0),
    ("Department", "norm"): st.floats(2.0, 40.0),
    ("Department", "wage"): st.floats(0.0, 50.0),
    ("Helpdesk", "wage"): st.floats(0.0, 50.0),
    ("Helpdesk", "hours"): st.floats(0.5, 20.0),
    ("AutomationInstrument", "fixed"): st.floats(0.0, 30.0),
    ("ExitRate", "value"): st.floats(0.0, 0.2),
    ("ExitHazard", "mean"): st.floats(0.0, 0.2),
    ("OpportunismMechanism", "chance"): st.floats(0.0, 1.0),
    ("Supplier", "patience"): st.floats(0.0, 1.0),
    ("Programme", "reward_points"): st.floats(5.0, 80.0),
    ("Programme", "expiry"): st.none() | st.floats(0.5, 6.0),
    ("Programme", "welcome"): st.floats(0.0, 20.0),
    ("Programme", "app"): st.floats(0.0, 20.0),
    ("Programme", "referral"): st.floats(0.0, 20.0),
    ("Tier", "spend"): st.floats(10.0, 150.0),
    ("BreadthMechanism", "attention"): st.floats(0.0, 1.0),
    ("InnovationMechanism", "innovation"): st.floats(0.0, 1.0),
    ("Launch", "cost"): st.floats(0.0, 300.0),
    ("Launch", "listens"): st.floats(0.0, 1.0),
    ("Launch", "trial"): st.integers(1, 6),
    ("Differentiation", "stop_below"): st.none() | st.floats(-50.0, 50.0),
    ("Distributor", "patience"): st.floats(0.0, 1.0),
    ("Agency", "term"): st.integers(1, 6).map(float),
    ("Investor", "cash"): st.floats(0.0, 300.0),
    ("Investor", "line"): st.floats(0.0, 2000.0),
    ("Investor", "patience"): st.floats(0.0, 6.0),
}
"""Values that leave a market lively, where the default does not say it."""
ONLY: dict[tuple[str, str], Drawn] = {
    ("Customers", "talkativeness"): st.floats(0.0, 3.0)
    | st.fixed_dictionaries(
        {
            "distribution": st.just("lognormal"),
            "mean": st.floats(0.25, 1.5),
            "log_sd": st.floats(0.0, 1.0),
        }
    ),
    ("WordOfMouthMechanism", "base"): st.floats(0.0, 3.0),
    ("WordOfMouthMechanism", "positive_weight"): st.floats(0.0, 5.0),
    ("WordOfMouthMechanism", "negative_weight"): st.floats(0.0, 5.0),
    ("PoissonArrivals", "per_month"): st.floats(0.125, 5.0),
    ("NeedRate", "value"): mostly(RATE, st.sampled_from([0.0, 100.0])),  # a week, or a month
    ("NeedGamma", "mean"): mostly(RATE, st.sampled_from([0.0, 100.0])),
    ("NeedLognormal", "mean"): mostly(RATE, st.sampled_from([1e-6, 100.0])),
}
"""Values beyond which a market of forty takes seconds."""


def of_model(model: type[BaseModel], **own: Drawn) -> Drawn:
    """A mapping that ``model`` accepts; keys with a default are now and then left out.

    ``own`` are strategies for some keys, which are then always there.
    """
    declared = model.model_fields
    given = {name: own[name] if name in own else of_field(model, name) for name in declared}
    needed = {n for n, f in declared.items() if n in own or f.is_required() or is_kind(f)}
    return st.fixed_dictionaries(
        {name: given[name] for name in declared if name in needed},
        optional={name: given[name] for name in declared if name not in needed},
    )


@cache
def any_of(model: type[BaseModel]) -> Drawn:
    """The same without own strategies, made once."""
    return of_model(model)


def is_kind(field: FieldInfo) -> bool:
    """Whether a key tells the members of a union apart."""
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


@cache
def of_field(model: type[BaseModel], name: str) -> Drawn:
    """A value of one key: mostly near its default, now and then anything that is allowed."""
    if (model.__name__, name) in ONLY:
        return ONLY[model.__name__, name]
    field = model.model_fields[name]
    limits = limits_of(field.metadata)
    anything = of_shape(field.annotation, limits)
    usual = USUAL.get((model.__name__, name), near(field, limits))
    return anything if usual is None else mostly(usual, anything)


def near(field: FieldInfo, limits: Limits) -> Drawn | None:
    """Numbers near a default, or of the order of 1 where there is none; None for no numbers."""
    if field.annotation not in (int, float):
        return None
    default = 1.0 if field.is_required() else float(field.get_default(call_default_factory=True))
    low, high = sorted((default / 2, default * 2)) if default else (-1.0, 1.0)
    if field.annotation is int:
        low, high = round(low), round(high) + 3
    lowest, highest = ends_of(limits)
    return of_number(field.annotation, limits | {"ge": max(low, lowest), "le": min(high, highest)})


def ends_of(limits: Limits) -> tuple[float, float]:
    """The lowest and the highest number within limits."""
    low = limits["ge"] if "ge" in limits else limits.get("gt", -WIDEST)
    return float(low), float(limits.get("le", WIDEST))


def limits_of(notes: Any) -> Limits:
    """The limits among the notes around a type."""
    flat = [part for note in notes for part in (getattr(note, "metadata", None) or [note])]
    names = ("gt", "ge", "le", "multiple_of")
    return {n: getattr(part, n) for part in flat for n in names if hasattr(part, n)}


def of_shape(shape: Any, limits: Limits) -> Drawn:
    """A value of an annotated type within its limits. Raises TypeError for what has no rule."""
    if isinstance(shape, TypeAliasType):
        return of_shape(shape.__value__, limits)
    kind, parts = get_origin(shape), get_args(shape)
    if kind is Annotated:
        return of_shape(parts[0], limits | limits_of(parts[1:]))
    if kind in (Union, UnionType):
        return st.one_of([of_shape(part, limits) for part in parts])
    if kind is Literal:
        return st.sampled_from(parts)
    if kind is list:
        return st.lists(of_shape(parts[0], {}), max_size=3)
    if kind is tuple:
        return st.lists(of_shape(parts[0], {}), max_size=2)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return any_of(shape)
    simple: dict[Any, Drawn] = {NoneType: st.none(), bool: st.booleans(), str: TEXT}
    return simple[shape] if shape in simple else of_number(shape, limits)


def of_number(kind: Any, limits: Limits) -> Drawn:
    """A number within its limits, now and then at one of them."""
    low, high = ends_of(limits)
    if kind is int:
        step = limits.get("multiple_of", 1)
        most = min(int(high), limits.get("le", int(high)))  # a float holds no 2**63 - 1
        return st.integers(-(-int(low) // step), most // step).map(lambda n: n * step)
    if kind is not float:
        raise TypeError(f"no value is known for {kind!r}; say in tests/properties how to draw one")
    inside = st.floats(low, high, exclude_min=limits.get("gt") == low)
    ends = [float(limits[n]) for n in ("ge", "le") if n in limits and limits[n] != limits.get("gt")]
    return mostly(inside, st.sampled_from(ends)) if ends else inside

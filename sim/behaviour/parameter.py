"""How a parameter is declared: once, beside the rule that uses it."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_type_hints

Scale = Literal["none", "rate", "share"]


@dataclass(frozen=True)
class Parameter:
    """What one parameter means and may be.

    Attributes:
        meaning: one sentence for the schema and the tables of the documentation.
        unit: in words; "share" is a number from 0 to 1.
        low, high: the inclusive range that a scenario may use.
        source: a publication, "fitted to ...", or "assumed".
        neutral: the value at which the mechanism is exactly absent; None keeps the default.
        repertoire: the default in the repertoire setting where it differs.
        scale: how a value per month becomes one per step: a "rate" is proportional to time, a
            "share" compounds (what stays is multiplied), "none" does not depend on time.
        nothing: whether a scenario may write `none`, which means minus infinity.
        half_life: whether a scenario may write it as the months in which half is lost.
    """

    meaning: str
    unit: str
    low: float
    high: float
    source: str
    neutral: float | None = None
    repertoire: float | None = None
    scale: Scale = "none"
    nothing: bool = False
    half_life: bool = False


def declared(mechanism: type[Any]) -> dict[str, Parameter]:
    """Return the declaration of every field of a mechanism's NamedTuple, in order."""
    hints = get_type_hints(mechanism, include_extras=True)
    return {name: hints[name].__metadata__[0] for name in mechanism._fields}


def neutral[P: NamedTuple](mechanism: type[P]) -> P:
    """Return the mechanism with every parameter at the value at which it is exactly absent."""
    default = mechanism._make(mechanism._field_defaults.values())
    silent = {n: p.neutral for n, p in declared(mechanism).items() if p.neutral is not None}
    return default._replace(**silent)


def per_step[P: NamedTuple](values: P, months: float) -> P:
    """Scale a mechanism's values per month to a step that lasts ``months`` months."""
    parameters = declared(type(values)).items()
    scaled = {n: scale(getattr(values, n), p.scale, months) for n, p in parameters}
    return values._replace(**scaled)


def share_lost(half_life: float) -> float:
    """Share lost a month of what loses half in ``half_life`` months."""
    return float(1.0 - 0.5 ** (1.0 / half_life))


def scale(value: float, how: Scale, months: float) -> float:
    """Scale one value per month to a step of ``months`` months."""
    if how == "rate":
        return value * months
    if how == "share" and months != 1:
        return float(1.0 - (1.0 - value) ** months)
    return value

"""How a field of a scenario file is declared where no rule owns it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

CHOICE = "a choice"
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]


class Specification(BaseModel):
    """A part of a scenario: strict, frozen, closed to unknown keys, finite numbers only."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True
    )


def declare(
    meaning: str, default: Any = ..., *, unit: str = "", source: str = "", **limits: Any
) -> Any:
    """Return a field with its meaning, unit and source; ``limits`` are pydantic's (gt, ge ...).

    Without a source, a number is assumed, and what has no unit is the scenario's own choice.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source or ("assumed" if unit else CHOICE)}
    if isinstance(default, BaseModel | dict | list):
        made = default
        return Field(
            default_factory=lambda: made, description=meaning, json_schema_extra=extra, **limits
        )
    return Field(default, description=meaning, json_schema_extra=extra, **limits)


def refuse(rule: str, remedy: str) -> PydanticCustomError:
    """An error that carries its own rule and remedy."""
    return PydanticCustomError("rule", "{rule}", {"rule": rule, "remedy": remedy})

"""Interventions: what is done to a market from outside, at a date, without cost or mechanism.

They answer "what if": what would it be worth if more of the leavers stayed, whatever made them? A
policy says what a firm does and pays for; an intervention says only what becomes of it.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import model_validator

from sim.scenario.dated import Dated
from sim.scenario.fields import Name, Specification, declare, refuse

ACTS = ("set", "shift", "hold")


class PointsOfRetention(Specification):
    """A chance to stay that is found by runs, so that retention rises by so much."""

    points_of_retention: float = declare(
        "by how much the share of the customers won in the first year who are customers twelve "
        "months later is to rise, against the same without the intervention",
        unit="percentage points",
        source="a choice",
        gt=0,
        le=100,
    )
    chance: float | None = declare(
        "the chance to stay that gives them; null: `sim compare` finds it by runs",
        None,
        unit="chance",
        source="found by runs",
        ge=0,
        le=1,
    )


Values = dict[str, Annotated[float, declare("a number", unit="that of the parameter")]]


class Intervention(Dated):
    """Something done to the market from one date to another: one of set, shift and hold."""

    firm: Name | None = declare("the firm it is about; null: all of them", None)
    supplier: Name | None = declare("the supplier it is about; null: none of them", None)
    group: Name | None = declare("the people it is about; null: everybody", None)
    set: Values | None = declare("what gets another value", None, min_length=1)
    shift: Values | None = declare("what gets so much more", None, min_length=1)
    hold: Annotated[float, declare("chance", ge=0, le=1)] | PointsOfRetention | None = declare(
        "chance with which each who would leave the firm stays; repertoire: who would leave the "
        "category after a last purchase from the firm",
        None,
        unit="chance",
        source="a choice",
    )
    why: str = declare("what it stands for", "")

    @model_validator(mode="after")
    def _one_act(self) -> "Intervention":
        acts = [name for name in ACTS if getattr(self, name) is not None]
        if len(acts) != 1:
            found = " and ".join(acts) or "none of them"
            raise refuse(
                f"must do exactly one of {', '.join(ACTS)}, does {found}",
                "write one intervention for each",
            )
        return self

    @property
    def act(self) -> str:
        """What it does: set, shift or hold."""
        return next(name for name in ACTS if getattr(self, name) is not None)

    def firms(self, everyone: Iterable[str]) -> list[str]:
        """The firms that it is about, of all that there are."""
        return [firm for firm in everyone if self.firm in (None, firm)]

    @property
    def values(self) -> dict[str, float]:
        """What is set or shifted, by name."""
        return dict(self.set or self.shift or {})

    @property
    def chance(self) -> float:
        """Chance that a would-be leaver stays; 0 where it holds nobody, or is not found yet."""
        held = self.hold.chance if isinstance(self.hold, PointsOfRetention) else self.hold
        return held or 0.0

    @property
    def points(self) -> float:
        """Percentage points of retention that it asks for; 0 where it asks for none."""
        return self.hold.points_of_retention if isinstance(self.hold, PointsOfRetention) else 0.0

    @property
    def is_unsolved(self) -> bool:
        """Whether it asks for points of retention whose chance is still to be found."""
        return isinstance(self.hold, PointsOfRetention) and self.hold.chance is None

    def changed(self, name: str, value: Any) -> Any:
        """What becomes of a value, or of an array of them, that it sets or shifts."""
        return self.values[name] if self.set is not None else value + self.values[name]

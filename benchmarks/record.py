"""What a benchmark says: one row a figure, with its goal and whether it was met."""

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        part: which benchmark it belongs to.
        what: what was measured, in words.
        value: the figure.
        unit: its unit.
        goal: what it ought to be at least or at most; None: it is shown for its own sake.
        sense: on which side of the goal is good.
    """

    part: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    sense: Literal["at least", "at most"] = "at most"

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None without one."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.sense == "at least" else self.value <= self.goal

    def to_json(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self) | {"met": self.met}

    def line(self) -> str:
        """The row in one line."""
        goal = "" if self.goal is None else f"   goal: {self.sense} {self.goal:g}"
        verdict = {None: "", True: "  met", False: "  NOT MET"}[self.met]
        return f"  {self.what:<66} {figure(self.value):>10} {self.unit:<22}{goal}{verdict}"


def figure(value: float) -> str:
    """A number in as many digits as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"

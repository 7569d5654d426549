"""A row of the docking table: a limiting case, lived by the market or a rule, and its exact form.

A *market* row is brought to its limit by a scenario file and overrides of it; nothing in the market
knows that it is being tested. A *rule* row tests one function of ``behaviour/`` alone.

Docking: Axtell, Axelrod, Epstein & Cohen (1996), Computational and Mathematical Organization
Theory 1(2), 123-141.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Parameters = Mapping[str, float]

ERRORS = 4.0
"""Standard errors that chance is allowed."""
ROUNDING = 1e-9
"""Relative difference allowed where nothing is left to chance (in double precision)."""


class Figure(NamedTuple):
    """One number, simulated and exact."""

    what: str
    """In words, with its unit: "customers after 10 months"."""
    simulated: float
    exact: float
    error: float
    """Standard error of the simulated number; 0 where nothing is left to chance."""
    at: float | None = None
    """Where it lies on the row's curve; None: beside it."""

    @property
    def tolerance(self) -> float:
        """How far the simulated number may lie from the exact one."""
        return ERRORS * self.error if self.error > 0 else ROUNDING * abs(self.exact)

    @property
    def agrees(self) -> bool:
        """Whether it lies there."""
        return abs(self.simulated - self.exact) <= self.tolerance

    @property
    def deviation(self) -> float:
        """The difference in standard errors; not a number where nothing is left to chance."""
        return (self.simulated - self.exact) / self.error if self.error > 0 else math.nan


@dataclass(frozen=True)
class Row:
    """A limiting case and how to live it."""

    id: str
    """D01 to D26, or the number of a published result."""
    name: str
    """What one types: ``sim theory show bass``."""
    title: str
    """What the case says, in one line."""
    kind: Literal["market", "rule"]
    form: str
    """The closed form, in one line."""
    source: str
    """Author, year, journal."""
    limit: str
    """How the market gets there: what is off, the step, the order of updates where it matters."""
    parameters: Parameters
    """Published ones, or those of the worked example; one given as an int is a whole number."""
    ranges: Mapping[str, tuple[float, float]]
    """From where other parameters may be taken: lowest and highest, for each of them."""
    dock: Callable[[Parameters], list[Figure]]
    """Live the case with these parameters, the same luck each time. Raises ValueError for
    parameters outside the form."""
    scenario: str = ""
    """The scenario that is overridden, such as ``sim:theory/d12_bass``; none for a rule."""
    axes: tuple[str, str] = field(default=("", ""))
    """What the curve shows, with units: along and up; empty where the row has no curve."""

    def with_parameters(self, changes: Parameters) -> Parameters:
        """The row's parameters with some of them changed.

        Raises ValueError for other names, and for values out of range.
        """
        for name, value in changes.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters)
                raise ValueError(
                    f"{name}: must be a parameter of {self.name}, is none; name one of {known}"
                )
            self._check(name, value)
        asked = {**self.parameters, **changes}
        return {name: type(usual)(asked[name]) for name, usual in self.parameters.items()}

    def docked(self, changes: Parameters | None = None) -> "Docked":
        """What comes of the case with some parameters changed. Raises ValueError as above."""
        parameters = self.with_parameters(changes or {})
        return Docked(self, parameters, tuple(self.dock(parameters)))

    def _check(self, name: str, value: float) -> None:
        low, high = self.ranges[name]
        whole = isinstance(self.parameters[name], int)
        if not low <= value <= high or (whole and value != int(value)):
            kind = "a whole number" if whole else "a number"
            raise ValueError(
                f"{name}: must be {kind} from {low:g} to {high:g}, is {value:g}; "
                f"{self.parameters[name]:g} is what is printed"
            )


@dataclass(frozen=True)
class Docked:
    """A row that has been lived: what was simulated beside what is exact."""

    row: Row
    parameters: Parameters
    figures: tuple[Figure, ...]

    @property
    def agrees(self) -> bool:
        """Whether every figure does."""
        return all(figure.agrees for figure in self.figures)

"""Every row of the docking table: what is simulated is what is exact, with any parameters.

Each row is lived with its printed parameters and with two sets drawn at random from its ranges. The
luck of the draw comes from the row's name, so that a new row moves no other row's parameters.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import numpy as np
import pytest

from sim.analysis.docking.row import Docked, Figure, Parameters, Row
from sim.analysis.docking.rows import MODULES, row_of, rows
from sim.scenario import shipped

DRAWN = 2
FINEST = 0.03
"""Largest standard error, as a share of the number or of the reach of its curve."""


def drawn(row: Row) -> Iterator[Parameters]:
    """Sets of parameters from anywhere in the row's ranges, to four digits."""
    chance = np.random.default_rng(list(row.name.encode()))
    for _ in range(DRAWN):
        yield {name: somewhere(row, name, float(chance.random())) for name in row.parameters}


def somewhere(row: Row, name: str, part: float) -> float:
    """The number at a part of the way through the range of a parameter."""
    low, high = row.ranges[name]
    if isinstance(row.parameters[name], int):
        return int(low) + int(part * (high - low + 1))
    return float(f"{low + part * (high - low):.4g}")


def changed(row: Row, parameters: Parameters) -> str:
    """The parameters in few letters."""
    return ",".join(f"{name}={value:g}" for name, value in parameters.items())


CASES = [
    pytest.param(row.name, tuple(found.items()), id=f"{row.id}-{row.name}-{label}")
    for row in rows().values()
    for found, label in [
        (row.parameters, "printed"),
        *((found, changed(row, found)) for found in drawn(row)),
    ]
]
each_case = pytest.mark.parametrize(("name", "parameters"), CASES)
each_row = pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row.id}-{row.name}") for row in rows().values()]
)
Items = tuple[tuple[str, float], ...]


@cache
def docked(name: str, parameters: Items) -> Docked:
    """A case is lived once for all that is asked of it."""
    return row_of(name).docked(dict(parameters))


@each_case
def test_simulated_is_exact(name: str, parameters: Items) -> None:
    """Every figure is the exact one within 4 standard errors, or 1e-9 where nothing is chance."""
    figures = docked(name, parameters).figures
    assert figures
    assert [figure for figure in figures if not figure.agrees] == []


@each_case
def test_the_error_is_small_enough_to_tell(name: str, parameters: Items) -> None:
    """It is at most 3 per cent of the number or, on a curve, of the curve's reach."""
    figures = docked(name, parameters).figures
    assert [figure for figure in figures if figure.error > FINEST * scale(figure, figures)] == []


def scale(figure: Figure, figures: tuple[Figure, ...]) -> float:
    """What an error is small or large against."""
    if figure.at is None:
        return abs(figure.exact)
    curve = [other.exact for other in figures if other.at is not None]
    return max(abs(figure.exact), max(curve) - min(curve))


# ── the register ──────────────────────────────────────────────────────────────────────────────


def test_ids_and_names_are_unique() -> None:
    """A row is named like its file, and its number is its own."""
    assert [row.name for row in rows().values()] == list(MODULES)
    ids = [row.id for row in rows().values()]
    assert len(set(ids)) == len(ids)


@each_row
def test_the_printed_parameters_lie_in_their_ranges(row: Row) -> None:
    """Each parameter has a range, and the printed set may be given anew."""
    assert list(row.ranges) == list(row.parameters)
    assert row.with_parameters(row.parameters) == row.parameters


@each_row
def test_a_market_row_has_a_scenario_and_a_rule_has_none(row: Row) -> None:
    """The file ships, and lies among those of theory or is that of CDNOW."""
    assert (row.kind == "rule") == (not row.scenario)
    if row.scenario:
        assert row.scenario == "sim:cdnow" or row.scenario.startswith("sim:theory/")
        assert shipped.path_of(row.scenario.removeprefix("sim:")).is_file()


@each_row
def test_a_curve_says_what_it_shows(row: Row) -> None:
    """Axes have words where figures lie on a curve, and only there."""
    figures = docked(row.name, tuple(row.parameters.items())).figures
    curved = any(figure.at is not None for figure in figures)
    assert (all(row.axes), any(row.axes)) == (curved, curved)


@each_row
def test_a_rule_row_names_its_rule(row: Row) -> None:
    """What is fed with draws is a function of behaviour/, by its full name."""
    named = re.findall(r"behaviour\.(\w+)\.(\w+)", row.limit)
    assert row.kind == "market" or named
    for module, function in named:
        assert callable(getattr(import_module(f"sim.behaviour.{module}"), function))


@each_row
def test_a_curve_goes_one_way(row: Row) -> None:
    """From left to right, a figure at each place."""
    figures = docked(row.name, tuple(row.parameters.items())).figures
    places = [figure.at for figure in figures if figure.at is not None]
    assert places == sorted(set(places))


@each_row
def test_what_a_reader_is_told(row: Row) -> None:
    """Every row has a title, a form, a source, and says how its limit is reached."""
    assert all((row.title, row.form, row.source, row.limit))

"""A row and its figures: what agrees, which parameters may be asked for."""

import math
import re

import pytest

from sim.analysis.docking.row import Figure, Parameters, Row


def doubled(parameters: Parameters) -> list[Figure]:
    """Twice the size, once off by half an error and once exact; as often as asked for."""
    size, times = parameters["size"], int(parameters["times"])
    return [Figure("twice", 2 * size + 0.05, 2 * size, 0.1), *times * [Figure("one", 1, 1, 0)]]


ROW = Row(
    id="D99",
    name="double",
    title="Twice is twice",
    kind="rule",
    form="2 n",
    source="Nobody",
    limit="nothing is off",
    parameters={"size": 3.0, "times": 2},
    ranges={"size": (1, 5), "times": (1, 3)},
    dock=doubled,
)


@pytest.mark.parametrize(("found", "agrees"), [(10.4, True), (9.6, True), (10.41, False)])
def test_four_standard_errors(found: float, agrees: bool) -> None:
    """Ten give or take .1 is anything from 9.6 to 10.4."""
    figure = Figure("ten", found, 10, 0.1000001)
    assert figure.agrees == agrees
    assert figure.deviation == pytest.approx((found - 10) / 0.1, rel=1e-5)


@pytest.mark.parametrize(("found", "agrees"), [(10 + 9e-9, True), (10 + 2e-8, False), (10, True)])
def test_without_chance_it_must_be_exact(found: float, agrees: bool) -> None:
    """To 1e-9 of the number; a deviation in standard errors there is none."""
    figure = Figure("ten", found, 10, 0)
    assert figure.agrees == agrees
    assert math.isnan(figure.deviation)


def test_a_row_is_lived_with_its_own_parameters() -> None:
    """Twice 3, and two exact ones; all agree."""
    docked = ROW.docked()
    assert [figure.exact for figure in docked.figures] == [6, 1, 1]
    assert docked.parameters == {"size": 3.0, "times": 2}
    assert docked.agrees


def test_a_row_is_lived_with_others() -> None:
    """A whole number stays one, whatever it is given as."""
    docked = ROW.docked({"size": 4, "times": 1.0})
    assert docked.parameters == {"size": 4.0, "times": 1}
    assert [type(value) for value in docked.parameters.values()] == [float, int]
    assert [figure.exact for figure in docked.figures] == [8, 1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"length": 1}, "length: must be a parameter of double, is none; name one of size, times"),
        ({"size": 5.5}, "size: must be a number from 1 to 5, is 5.5; 3 is what is printed"),
        ({"size": math.nan}, "size: must be a number from 1 to 5, is nan; 3 is what is printed"),
        ({"times": 1.5}, "times: must be a whole number from 1 to 3, is 1.5; 2 is what is printed"),
    ],
)
def test_other_parameters_are_refused(changes: Parameters, words: str) -> None:
    """Name, rule, value and remedy; nothing is lived."""
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        ROW.docked(changes)


def test_one_that_differs_is_enough() -> None:
    """All figures must agree."""
    docked = ROW.docked()
    off = docked.figures[0]._replace(simulated=7)
    assert not type(docked)(ROW, docked.parameters, (off, *docked.figures[1:])).agrees

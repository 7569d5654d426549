"""The frontier for people: the picture shows the numbers, with units, and reads in grey."""

import warnings
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.frontier import Frontier, frontier
from sim.scenario.loading import scenario_from
from sim.views.frontier import frontier_text, plot_frontier
from tests.market.worlds import LIKE


@pytest.fixture(scope="module")
def drawn() -> Frontier:
    """Five shares and the budgets of 80 people in three worlds."""
    data = {**LIKE, "horizon": 12, "compare": {"frontier": {"shares": 5, "runs": 3}}}
    return frontier(scenario_from(data), jobs=1)


@pytest.fixture(scope="module")
def picture(drawn: Frontier) -> Figure:
    """Its picture."""
    return plot_frontier(drawn)


def divisor(picture: Figure) -> float:
    """What money is divided by, as the axis says."""
    unit = picture.axes[0].get_ylabel().removeprefix("net present value, ")
    return {"EUR": 1.0, "thousand EUR": 1000.0}[unit]


def words(axes: Axes) -> list[str]:
    """What is written in a panel."""
    return [text.get_text() for text in axes.texts]


def test_both_panels_are_labelled_with_units(picture: Figure) -> None:
    """Per cent below, money beside."""
    left, right = picture.axes
    assert left.get_title(loc="left") == "The same budget, divided otherwise"
    assert left.get_xlabel().startswith("% of the budget spent on keeping customers")
    assert right.get_xlabel() == "budget in % of today's"
    assert left.get_ylabel().startswith("net present value, ")


@pytest.mark.parametrize(("panel", "kind"), [(0, "share"), (1, "budget")])
def test_the_curve_and_its_points_are_those_of_the_frontier(
    drawn: Frontier, picture: Figure, panel: int, kind: str
) -> None:
    """In per cent and in the unit of the axis; today is a mark of its own."""
    axes, curve, money = picture.axes[panel], drawn.curve(kind), divisor(picture)
    (drawn_curve,) = [line for line in axes.lines if len(line.get_xydata()) == len(curve.grid)]  # type: ignore[arg-type]
    at, height = np.asarray(drawn_curve.get_xydata()).T
    assert at == pytest.approx(100 * curve.grid)
    assert money * height == pytest.approx(curve.fitted)
    points: Any = axes.containers[0].lines[0]  # type: ignore[attr-defined]
    own = drawn.points[drawn.points["kind"] == kind]
    assert points.get_xdata() == pytest.approx(100 * own["at"].to_numpy())
    assert money * points.get_ydata() == pytest.approx(own["mean"].to_numpy())
    (today,) = [line for line in axes.lines if line.get_marker() == "D"]
    assert np.asarray(today.get_xdata()) == pytest.approx([100 * drawn.today[kind]])
    assert money * np.asarray(today.get_ydata()) == pytest.approx([drawn.values("today").mean()])


def test_bars_are_intervals_of_the_difference_from_today(drawn: Frontier, picture: Figure) -> None:
    """The bar at the largest budget is as wide as that interval; at today there is none."""
    money, rows = divisor(picture), drawn.points[drawn.points["kind"] == "budget"]
    bars: Any = picture.axes[1].containers[0].lines[2][0]  # type: ignore[attr-defined]
    lengths = np.array([segment[1, 1] - segment[0, 1] for segment in bars.get_segments()])
    wanted = rows["difference_high"] - rows["difference_low"]
    assert money * lengths == pytest.approx(wanted.to_numpy(), abs=1e-6)


def test_the_best_place_and_the_flat_range_are_written(drawn: Frontier, picture: Figure) -> None:
    """In per cent, in both panels, with today's."""
    for axes, kind in zip(picture.axes, ("share", "budget"), strict=True):
        curve = drawn.curve(kind)
        assert words(axes) == [
            f"best: {100 * curve.optimum:.0f} %",
            f"flat: {100 * curve.flat[0]:.0f} to {100 * curve.flat[1]:.0f} %",
            f"today: {100 * drawn.today[kind]:.0f} %",
        ]


def test_the_answer_and_the_mix_stand_below(drawn: Frontier, picture: Figure) -> None:
    """Broken to fit."""
    below = picture.get_supxlabel().replace("\n", " ")
    assert drawn.answer in below
    assert "Winning: advertising 100 %; keeping: service 60 %, contact 20 %, loyalty 20 %." in below


def test_a_table_for_people(drawn: Frontier) -> None:
    """A row for every point, the notes, the answer last."""
    lines = frontier_text(drawn).splitlines()
    assert lines[0].startswith("acme in 3 paired worlds of 80 people and 12 months, ")
    assert sum("[" in line and "]" in line for line in lines[:20]) == len(drawn.points)
    assert any(line.startswith("of today's budget") for line in lines)
    assert lines[-1] == drawn.answer
    assert set(drawn.notes) < set(lines)


def test_one_world_is_no_picture(drawn: Frontier) -> None:
    """Two are needed for an interval."""
    first = [future for future in drawn.futures if future.replication == 0]
    with pytest.raises(ValueError, match="at least 2 finished paired worlds, has 1"):
        plot_frontier(Frontier(drawn.case, first, [], 1.0))
    assert frontier_text(Frontier(drawn.case, first, [], 1.0)).endswith("were finished.")


def test_drawing_warns_of_nothing(drawn: Frontier) -> None:
    """Laid out and rendered without a word."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_frontier(drawn)._repr_png_()  # type: ignore[attr-defined]

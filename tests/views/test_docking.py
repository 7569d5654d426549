"""The picture of a row: the curve, its points, and every deviation."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from sim.analysis.docking.row import Docked, Figure
from sim.analysis.docking.rows import rows
from sim.views.docking import OUTSIDE, SIMULATED, plot_docking

FIGURES = (
    Figure("share in month 1", 0.11, 0.10, 0.01, at=1),
    Figure("share in month 2", 0.25, 0.20, 0.01, at=2),
    Figure("pace", 0.05, 0.05, 0),
)


@pytest.fixture
def docked() -> Docked:
    return Docked(rows()["bass"], {"innovation": 0.03, "imitation": 0.38}, FIGURES)


def points(axes: Any) -> dict[str, list[list[float]]]:
    """Marked points by colour."""
    marked = [line for line in axes.lines if line.get_marker() in ("o", "s")]
    found: dict[str, list[list[float]]] = {}
    for line in marked:
        found.setdefault(to_hex(line.get_color()).upper(), []).extend(
            np.asarray(line.get_xydata()).tolist()
        )
    return found


def test_the_curve(docked: Docked) -> None:
    """The exact line, the points that agree and those that do not, and words on the axes."""
    left = plot_docking(docked).axes[0]
    assert np.asarray(left.lines[0].get_xydata()).tolist() == [[1, 0.10], [2, 0.20]]
    assert points(left) == {SIMULATED: [[1, 0.11]], OUTSIDE: [[2, 0.25]]}
    assert (left.get_xlabel(), left.get_ylabel()) == docked.row.axes


def test_bars_of_four_standard_errors(docked: Docked) -> None:
    """From .07 to .15 about .11."""
    bars: Any = plot_docking(docked).axes[0].containers[0]
    (segment,) = bars[2][0].get_segments()
    assert segment[:, 1] == pytest.approx([0.07, 0.15])


def test_the_deviations(docked: Docked) -> None:
    """A line a figure by its name: 1 and 5 standard errors, and none where nothing is chance."""
    right = plot_docking(docked).axes[1]
    assert points(right)[SIMULATED] == [[pytest.approx(1), 0], [0, 2]]
    assert points(right)[OUTSIDE] == [[pytest.approx(5), 1]]
    assert [label.get_text() for label in right.get_yticklabels()] == [f.what for f in FIGURES]
    assert right.get_xlim()[1] > 5


def test_what_is_not_chance_is_hollow(docked: Docked) -> None:
    """Its mark is white inside, and the small print says so."""
    drawing = plot_docking(docked)
    assert drawing.axes[1].lines[-1].get_markerfacecolor() == "white"
    words: Any = drawing
    assert "Hollow: nothing is left to chance." in words._supxlabel.get_text()
    chance = plot_docking(replace(docked, figures=FIGURES[:2]))
    words = chance
    assert "Hollow" not in words._supxlabel.get_text()


def test_a_row_without_a_curve(docked: Docked) -> None:
    """Has the deviations alone."""
    drawing = plot_docking(replace(docked, figures=FIGURES[2:]))
    (only,) = drawing.axes
    assert only.get_xlabel() == "simulated less exact, in standard errors"


def test_it_can_be_saved(docked: Docked) -> None:
    """As a PNG."""
    target = BytesIO()
    plot_docking(docked).savefig(target, format="png")
    assert target.getvalue().startswith(b"\x89PNG")

"""The next unit of money for people: marks where the numbers are, a line where it pays back."""

import warnings
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.analysis.money import STEPS, Money, money
from sim.scenario.loading import scenario_from
from sim.views.money import SIDES, money_text, ordered, plot_money
from tests.market.worlds import LIKE


@pytest.fixture(scope="module")
def drawn() -> Money:
    """All instruments of 80 people in three worlds."""
    return money(scenario_from({**LIKE, "horizon": 12}), runs=3, jobs=1)


@pytest.fixture(scope="module")
def picture(drawn: Money) -> Figure:
    """Its picture."""
    return plot_money(drawn)


def test_rows_stand_by_side_the_best_first(drawn: Money) -> None:
    """A side as a whole, then its instruments by what the first step brings back."""
    uses = ordered(drawn)
    first = {row["use"]: row for row in drawn.rows(STEPS[0])}
    assert sorted(uses) == sorted(use.name for use in drawn.uses)
    keeping = uses.index("retention")
    assert uses[0] == "acquisition"
    assert {first[use]["side"] for use in uses[keeping:]} == {"retention"}
    returned = [first[use]["returned"] for use in uses[keeping + 1 :]]
    assert returned == sorted(returned, reverse=True)


def test_axes_are_labelled_with_units(drawn: Money, picture: Figure) -> None:
    """Money for money below; every use by name, the sides in bold."""
    (axes,) = picture.axes
    assert axes.get_xlabel() == "present value brought back by each extra EUR, EUR"
    labels = {label.get_text(): label.get_fontweight() for label in axes.get_yticklabels()}
    assert list(labels) == [SIDES.get(use, use.replace("_", " ")) for use in ordered(drawn)]
    assert [name for name, weight in labels.items() if weight == "bold"] == list(SIDES.values())


def test_marks_are_the_numbers_of_the_table(drawn: Money, picture: Figure) -> None:
    """One for each use and step; the interval is the bar."""
    (axes,) = picture.axes
    for container, step in zip(axes.containers, drawn.steps, strict=True):
        rows = {row["use"]: row for row in drawn.rows(step)}
        parts: Any = container.lines  # type: ignore[attr-defined]
        wanted = [
            [rows[use][f"returned{e}"] for e in ("", "_low", "_high")] for use in ordered(drawn)
        ]
        bars = [segment[:, 0] for segment in parts[2][0].get_segments() if len(segment)]
        assert parts[0].get_xdata() == pytest.approx([each[0] for each in wanted])
        known = np.array([each[1:] for each in wanted if np.isfinite(each[1])])
        assert np.array(bars) == pytest.approx(known)


def test_the_line_at_which_money_pays_back(picture: Figure) -> None:
    """At 1, named."""
    (axes,) = picture.axes
    assert np.asarray(axes.lines[0].get_xdata()).tolist() == [1, 1]
    assert "1: just pays back" in [text.get_text() for text in axes.texts]


def test_the_answer_and_the_mixes_stand_below(drawn: Money, picture: Figure) -> None:
    """Broken to fit; the legend names the steps."""
    below = picture.get_supxlabel().replace("\n", " ")
    assert drawn.answer in below
    assert drawn.notes[1] in below
    legend: Any = picture.axes[0].get_legend()
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["+10 % of today's budget", "+50 % of today's budget"]


def test_a_table_for_people(drawn: Money) -> None:
    """A row for each use, the notes, the answer last."""
    lines = money_text(drawn).splitlines()
    assert lines[0].startswith("acme in 3 paired worlds of 80 people and 12 months, ")
    for use in drawn.uses:
        assert sum(line.startswith(SIDES.get(use.name, f"  {use.name}")) for line in lines) == 1
    assert any(line.endswith("customer-month kept") for line in lines)
    assert lines[-1] == drawn.answer


def test_one_world_is_no_picture(drawn: Money) -> None:
    """Two are needed for an interval."""
    first = [future for future in drawn.futures if future.replication == 0]
    with pytest.raises(ValueError, match="at least 2 finished paired worlds, has 1"):
        plot_money(Money(drawn.case, STEPS, first, [], 1.0))


def test_drawing_warns_of_nothing(drawn: Money) -> None:
    """Laid out and rendered without a word."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_money(drawn)._repr_png_()  # type: ignore[attr-defined]

"""The tornado: bars, marks and words are those of the challenge, and stand inside the picture."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.figure import Figure

from sim.analysis.challenge import Challenge
from sim.views.tornado import plot_challenge
from tests.analysis.test_challenge import BASE, PERHAPS, SHAKY, TURNED, Npv, found, lived


def times(npv: Npv, factor: float) -> Npv:
    """The same values, so many times as large."""
    return {arm: [factor * value for value in values] for arm, values in npv.items()}


@pytest.fixture(scope="module")
def case() -> Challenge:
    """Three factors: rivals turn surely, closure perhaps, exits not."""
    return found(
        lived("rivals", "hold", BASE),
        lived("rivals", "match", TURNED),
        lived("closure", "nobody", PERHAPS),
        lived("exits", "half", SHAKY),
        lived("exits", "twice", times(BASE, 3.0)),
    )


@pytest.fixture(scope="module")
def picture(case: Challenge) -> Figure:
    """Its picture."""
    return plot_challenge(case)


@pytest.fixture
def axes(picture: Figure) -> Axes:
    """The one panel."""
    return picture.axes[0]


def words(axes: Axes) -> list[str]:
    """All words in the panel."""
    return [text.get_text() for text in axes.texts]


def test_the_widest_bar_is_on_top(axes: Axes) -> None:
    """Exits move the gap from 1 to 45, rivals from -10 to 15; closure has only one end yet."""
    assert [label.get_text() for label in axes.get_yticklabels()] == ["exits", "rivals", "closure"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    bars = [bar for c in axes.containers if isinstance(c, BarContainer) for bar in c]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert ends[:2] == [pytest.approx((2 / 3, 45)), pytest.approx((-10, 15))]


def test_marks_stand_at_the_ends(axes: Axes) -> None:
    """A dot where keep still wins, a square where win does; the intervals are those of the rows."""
    marks = [c[0] for c in axes.containers if isinstance(c, ErrorbarContainer)]
    drawn = {round(float(np.asarray(m.get_xdata())[0]), 2): m.get_marker() for m in marks}
    assert drawn == {0.67: "o", 45: "o", -10: "s", 15: "o", -6.67: "s"}


def test_what_turns_is_said(axes: Axes) -> None:
    """Surely, perhaps, or not; and what is as it is."""
    assert {
        "match\nwin earns most",
        "nobod\nperhaps win",
        "half",
        "twice",
        "hold (as it is)",
    } <= set(words(axes))
    bold = {t.get_text() for t in axes.texts if t.get_fontweight() == "bold"}
    assert bold == {
        "match\nwin earns most",
        "nobod\nperhaps win",
        "keep earns more →",
        "← win earns more",
    }


def test_lines_at_nothing_and_at_the_verdict(axes: Axes) -> None:
    """0, where another takes over, and 15, which is as it is."""
    upright = [line for line in axes.lines if len(set(np.asarray(line.get_xdata()))) == 1]
    at = {float(np.asarray(line.get_xdata())[0]) for line in upright}
    assert {0.0, 15.0} <= at
    assert axes.get_xlabel() == "net present value of keep less that of win, EUR"


def test_words_stand_inside(picture: Figure, axes: Axes) -> None:
    """Nothing runs over the names of the factors or out of the picture."""
    picture.draw_without_rendering()
    for text in axes.texts:
        box = text.get_window_extent()
        assert box.x0 >= axes.bbox.x0 - 1, text.get_text()
        assert box.x1 <= axes.bbox.x1 + 1, text.get_text()


def test_the_title_counts(case: Challenge, picture: Figure) -> None:
    """Two of four changes; the small print begins with the verdict and says how many worlds."""
    assert picture.get_suptitle() == (
        "2 of 4 changes put another policy ahead of keep, 1 of them surely"
    )
    below = picture.get_supxlabel().replace("\n", " ")
    assert below.startswith(case.notes[0])
    assert "3 paired worlds of 80 people" in below


def test_a_verdict_that_stands_has_another_title() -> None:
    """keep is ahead whatever is done."""
    figure = plot_challenge(found(lived("exits", "twice", times(BASE, 3.0))))
    assert figure.get_suptitle() == "keep is ahead in all of 1 changes"


def test_money_is_scaled() -> None:
    """Tens of thousands are drawn in thousands, and the axis says so."""
    large = found(lived("rivals", "match", times(TURNED, 1e4)), base=times(BASE, 1e4))
    axes = plot_challenge(large).axes[0]
    assert axes.get_xlabel().endswith("thousand EUR")
    assert -200 < axes.get_xlim()[0] < -100


def test_nothing_to_draw() -> None:
    """Without the scenario as it is, or without an end, the refusal says what would help."""
    for less in (found(), found(base={arm: [1.0] for arm in BASE})):
        with pytest.raises(
            ValueError, match=r"must have the scenario as it is and one end.* let 2"
        ):
            plot_challenge(less)

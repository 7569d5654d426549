"""Points of retention for people: marks where the numbers are, closed forms beside them."""

import warnings
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.analysis import five_percent as analysis
from sim.scenario.problems import ScenarioError
from sim.views import five_percent as views
from sim.views.five_percent import NEWCOMERS, FivePercent, five_percent
from tests.analysis.test_five_percent import SMALL


@pytest.fixture(scope="module")
def drawn() -> FivePercent:
    """Two closures in three paired worlds of 400 people, measured in one."""
    case = {**SMALL, "population": {"size": 400}}
    found = analysis.five_percent(case, closures=["replace", "cohort"], runs=3, pairs=1, jobs=1)
    return FivePercent(found.case, found.closures, found.seconds)


@pytest.fixture(scope="module")
def picture(drawn: FivePercent) -> Figure:
    """Its picture."""
    return drawn.plot()


def test_rows_stand_by_policy_and_closure(picture: Figure) -> None:
    """A policy in bold with the points it brings, its closures under it."""
    (axes,) = picture.axes
    labels = [(each.get_text(), each.get_fontweight()) for each in axes.get_yticklabels()]
    closures = [(NEWCOMERS[name], "normal") for name in ("replace", "cohort")]
    assert labels[1:3] == labels[4:] == closures
    assert [(name.split()[0], weight) for name, weight in labels[::3]] == [
        ("dearer", "bold"),
        ("gift", "bold"),
    ]
    assert labels[3][0].endswith(" points)")
    assert axes.get_xlabel() == "change of net present value, % of the baseline's (as today)"


def test_marks_are_the_numbers_of_the_table(drawn: FivePercent, picture: Figure) -> None:
    """The change with its interval, the closed form hollow, shorter times in grey."""
    (axes,) = picture.axes
    rows = [row for arm in drawn.arms for row in drawn.rows(arm)]
    parts: Any = [container.lines for container in axes.containers]  # type: ignore[attr-defined]
    assert [mark.get_xdata()[0] for mark, _, _ in parts] == pytest.approx(
        [100 * row["gain"] for row in rows]
    )
    ends = [bars[0].get_segments()[0][:, 0].tolist() for _, _, bars in parts]
    assert np.array(ends) == pytest.approx(
        100 * np.array([[row["low"], row["high"]] for row in rows])
    )
    hollow = [line for line in axes.lines if line.get_marker() == "D"]
    assert {str(line.get_markerfacecolor()) for line in hollow} == {"none"}
    assert [np.asarray(line.get_xdata())[0] for line in hollow] == pytest.approx(
        [100 * row["closed_form"] for row in rows]
    )
    course = next(line for line in axes.lines if line.get_label() == "over 1 year")
    wanted = [100 * row["gain"] for row in drawn.course("replace", "dearer")]
    assert np.asarray(course.get_xdata()) == pytest.approx(wanted)


def test_closed_forms_are_named_beside(picture: Figure) -> None:
    """Each row says by which limit; the line at 0 is there; the title is the finding."""
    (axes,) = picture.axes
    words = [text.get_text() for text in axes.texts]
    assert (words.count("switching"), words.count("lost for good")) == (2, 2)
    assert np.asarray(axes.lines[0].get_xdata()).tolist() == [0, 0]
    title: Any = picture.get_suptitle()
    assert title.replace("\n", " ").startswith("With 5 points more retention at acme, acme ")


def test_every_mark_is_explained_once(picture: Figure) -> None:
    """What was lived comes first."""
    legend: Any = picture.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        "lived over 1.5 years, with its 95 % interval",
        "over 1 year",
        "by the closed form",
    ]


def test_a_table_for_people(drawn: FivePercent) -> None:
    """A row for each policy and closure with its numbers, sentences, the answer last."""
    lines = drawn.text().splitlines()
    assert lines[1].startswith(
        "acme in 3 paired worlds of 400 people and 18 months in each closure"
    )
    assert sum(line.startswith(f"  {NEWCOMERS['cohort']}") for line in lines) == 2
    gift = next(row for row in drawn.rows("gift") if row["closure"] == "cohort")
    line = [line for line in lines if line.endswith("lost for good")][-1]
    for name in ("gain", "low", "high", "closed_form", "points"):
        factor = 1 if name == "points" else 100
        assert f"{factor * gift[name]:.1f}".lstrip("-") in line
    assert set(drawn.sentences) < set(lines)
    assert lines[-1] == drawn.answer


def test_nothing_is_no_picture_and_no_table(drawn: FivePercent) -> None:
    """The text says so, the picture is refused."""
    nothing = FivePercent(drawn.case, [], 1.0)
    assert nothing.text().endswith("No answer: fewer than two paired worlds were finished.")
    with pytest.raises(ValueError, match="a closure with at least 2 finished paired worlds"):
        nothing.plot()


def test_a_short_horizon_has_no_shorter_times(drawn: FivePercent) -> None:
    """Half a year is all there is: drawn without a word of other years."""
    short = {**SMALL, "horizon": 6}
    found = analysis.five_percent(short, closures=["cohort"], runs=2, pairs=1, jobs=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = views.plot_five_percent(found)
        figure._repr_png_()  # type: ignore[attr-defined]
    legend: Any = figure.axes[0].get_legend()
    assert len(legend.get_texts()) == 2


def test_the_facade_lives_what_the_floor_below_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is asked for arrives; what comes back draws itself."""
    asked: dict[str, Any] = {}

    def lived(case: Any, **rest: Any) -> analysis.FivePercent:
        asked.update(rest, case=case)
        return analysis.FivePercent(case, [], 2.0)

    monkeypatch.setattr(analysis, "five_percent", lived)
    found = five_percent(
        SMALL, closures=["cohort"], runs=7, pairs=2, overrides={"horizon": 3}, jobs=1
    )
    assert isinstance(found, FivePercent)
    assert found.seconds == 2.0
    spec = asked["case"].spec
    assert (spec.horizon, spec.compare.runs) == (3, 7)
    assert (asked["closures"], asked["pairs"], asked["jobs"]) == (["cohort"], 2, 1)


def test_what_does_not_fit_into_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markets of the search count too: ten, beside two of a paired world."""
    seen: list[int] = []

    def refuse(_: object, at_once: int) -> None:
        seen.append(at_once)
        raise ScenarioError([])

    monkeypatch.setattr(views, "refuse_if_too_big", refuse)
    with pytest.raises(ScenarioError):
        five_percent(SMALL, jobs=1)
    assert seen == [12]

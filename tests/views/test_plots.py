"""Plots: the numbers of the tables, with titles, units and names."""

import re
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.views import style
from sim.views.facade import Comparison, Run, run
from sim.views.plots import Figures, plot_comparison, plot_run


def title_of(axes: Axes) -> str:
    """What stands over a panel, at its left or right end."""
    return axes.get_title(loc="left") or axes.get_title(loc="right")


def panel(figure: Figure, title: str) -> Axes:
    """The panel whose title begins so."""
    return next(axes for axes in figure.axes if title_of(axes).startswith(title))


def line_of(axes: Axes, position: int) -> np.ndarray[Any, Any]:
    """The heights of one of the panel's lines."""
    return np.asarray(axes.lines[position].get_ydata(), np.float64)


@pytest.fixture(scope="module")
def picture(lived: Run) -> Figure:
    """The picture of the run."""
    return plot_run(lived)


@pytest.fixture(scope="module")
def versus(compared: Comparison) -> Figure:
    """The picture of the comparison."""
    return plot_comparison(compared)


def test_every_panel_is_labelled_with_units(picture: Figure) -> None:
    """Five axes in four panels: a title, a unit, and the months below."""
    units = {axes.get_title(loc="left"): axes.get_ylabel() for axes in picture.axes}
    assert units["Customers"] == "people"
    assert units["Kept over the last 12 months"] == "% of customers"
    assert units["Satisfaction of customers"] == units["Trust of customers"] == "0 to 1"
    assert re.search("EUR$", units["Profit added up since month 0"])
    assert [axes.get_xlabel() for axes in picture.axes].count("month") == 4


@pytest.mark.parametrize(
    ("title", "column", "factor"),
    [("Customers", "customers", 1), ("Kept over", "retention_year", 100), ("Trust", "trust", 1)],
)
def test_lines_are_the_columns_of_the_table(
    lived: Run, picture: Figure, title: str, column: str, factor: float
) -> None:
    """A line for each firm; bolt's is bolt's column, month by month."""
    axes = panel(picture, title)
    assert len(axes.lines) == 4
    bolt = lived.firms.query("firm == 'bolt'")[column].to_numpy()
    drawn = [line_of(axes, n) for n in range(4)]
    assert any(np.allclose(values, factor * bolt, equal_nan=True) for values in drawn)


def test_money_is_in_the_unit_that_the_axis_names(lived: Run, picture: Figure) -> None:
    """Profit of all firms together, times the unit, is the cash of the last month."""
    axes = panel(picture, "Profit")
    divisor = {"EUR": 1.0, "thousand EUR": 1000.0}[axes.get_ylabel()]
    drawn = sum(line_of(axes, n)[-1] for n in range(4)) * divisor
    assert drawn == pytest.approx(lived.firms.query("month == 23")["cash"].sum())


def test_firms_are_named_at_the_ends_of_their_lines(picture: Figure) -> None:
    """All four, the focal one in bold."""
    names = {text.get_text(): text.get_fontweight() for text in panel(picture, "Customers").texts}
    assert names == {"acme": "bold", "bolt": "normal", "cora": "normal", "dune": "normal"}


def test_another_firm_can_stand_out(lived: Run) -> None:
    """bolt in black and bold instead."""
    figure = plot_run(lived, "bolt")
    bold = [t.get_text() for t in panel(figure, "Trust").texts if t.get_fontweight() == "bold"]
    assert bold == ["bolt"]
    assert "Black: bolt." in figure.get_supxlabel()


def test_a_crowd_of_firms_leaves_only_the_focal_one_named() -> None:
    """Nine firms for a week and more: grey lines, one name, and words where nothing is defined."""
    many = run(
        {"title": "", "step": "week", "warm_up": 0, "horizon": 3, "population": {"size": 90},
         "firms": {f"f{n}": {} for n in range(9)}}
    )  # fmt: skip
    figure = plot_run(many)
    assert figure.get_suptitle() == "One run"
    assert [text.get_text() for text in panel(figure, "Customers").texts] == ["f0"]
    assert panel(figure, "Customers").get_xlabel() == "week"
    (words,) = panel(figure, "Kept").texts
    assert words.get_text() == "not defined before 12 months"
    assert "grey: the other firms" in figure.get_supxlabel().replace("\n", " ")


def test_nothing_booked_is_nothing_to_draw(begun: Run) -> None:
    """Refused with the remedy."""
    with pytest.raises(ValueError, match="must have a booked step, has none; live on to the end"):
        plot_run(begun)


def test_titles_from_files_are_text_and_not_formulas() -> None:
    """A dollar is a dollar, and a broken formula no error."""
    odd = run(
        {"title": r"Is $\frac{1 worth it, or $2?", "currency": "$", "warm_up": 0, "horizon": 1,
         "population": {"size": 20}, "firms": {"acme": {}}}
    )  # fmt: skip
    figure = plot_run(odd)
    figure.draw_without_rendering()
    assert figure.get_suptitle() == r"Is $\frac{1 worth it, or $2?"
    assert panel(figure, "Profit").get_ylabel() == "$"


def test_paths_of_policies_are_means_with_bands(compared: Comparison, versus: Figure) -> None:
    """Three lines, each the mean over worlds; the band around each is Student's interval."""
    axes = panel(versus, "Profit added up since month 0, mean with 95 % band")
    divisor = {"EUR": 1.0, "thousand EUR": 1000.0}[axes.get_ylabel()]
    for position in range(3):
        mean = compared.cash[position].mean(axis=0)
        assert line_of(axes, position) * divisor == pytest.approx(mean)
    cash = compared.cash[1][:, -1] / divisor
    half = 3.182446 * cash.std(ddof=1) / 2  # Student's t with 3 degrees of freedom, 4 worlds
    heights = np.asarray(axes.collections[1].get_paths()[0].vertices)[:, 1]
    assert heights.max() == pytest.approx(cash.mean() + half, rel=1e-6)


def test_differences_over_time_are_those_of_the_worlds(
    compared: Comparison, versus: Figure
) -> None:
    """Each world less the baseline in that world, and Student's interval of those differences."""
    axes = panel(versus, "The same less that of as_today, world by world")
    divisor = {"EUR": 1.0, "thousand EUR": 1000.0}[axes.get_ylabel()]
    gaps = compared.cash[2] - compared.cash[0]
    assert line_of(axes, 2) * divisor == pytest.approx(gaps.mean(axis=0))  # 0 is the first line
    last = gaps[:, -1] / divisor
    half = 3.182446 * last.std(ddof=1) / 2
    ends = np.asarray(axes.collections[1].get_paths()[0].vertices)
    ends = ends[ends[:, 0] == ends[:, 0].max(), 1]
    assert ends.min() == pytest.approx(last.mean() - half, rel=1e-6)
    assert ends.max() == pytest.approx(last.mean() + half, rel=1e-6)


def test_a_picture_for_a_page_is_bare_and_smaller(compared: Comparison, versus: Figure) -> None:
    """Title and small print are the page's."""
    bare = plot_comparison(compared, page=True)
    assert versus.get_suptitle()
    assert bare.get_suptitle() == bare.get_supxlabel() == ""
    assert bare.get_figheight() < versus.get_figheight()


def test_each_world_is_a_dot(compared: Comparison, versus: Figure) -> None:
    """4 dots for each policy but the baseline, at its difference in that world."""
    axes = panel(versus, "Net present value less that of as_today")
    strips = [np.asarray(strip.get_offsets()) for strip in axes.collections]
    dots = [strip for strip in strips if len(strip) == 4]
    gaps = compared.values("win", "npv") - compared.base("npv")
    divisor = {"EUR": 1.0, "thousand EUR": 1000.0}[axes.get_xlabel()]
    assert len(dots) == 2
    assert dots[0][:, 0] * divisor == pytest.approx(gaps)


def test_large_differences_are_drawn_in_large_units(compared: Comparison) -> None:
    """With a million times the money the dots are where a million times the difference is."""
    futures = [
        replace(each, outcomes=each.outcomes | {"npv": 1e6 * each.outcomes["npv"]})
        for each in compared.futures
    ]
    rich = Comparison(compared.case, compared.cases, futures, [], 1.0)
    axes = panel(plot_comparison(rich), "Net present")
    divisor = {"million EUR": 1e6, "billion EUR": 1e9}[axes.get_xlabel()]
    strip = np.asarray(axes.collections[0].get_offsets())[:, 0]
    gaps = compared.values("win", "npv") - compared.base("npv")
    assert strip * divisor == pytest.approx(1e6 * gaps)
    mean = float(np.ravel(axes.containers[0].get_children()[0].get_xdata())[0])  # type: ignore[attr-defined]
    assert mean * divisor == pytest.approx(1e6 * gaps.mean())


def test_the_share_of_worlds_won_is_written(compared: Comparison, versus: Figure) -> None:
    """Beside the name of each policy."""
    labels = [t.get_text() for t in panel(versus, "Net present").get_yticklabels()]
    won = compared.differences.query("metric == 'npv'").set_index("arm")["won"]
    assert labels == [f"{a}\nahead in {100 * won[a]:.0f} %\nof worlds" for a in ("win", "keep")]


def test_the_answer_stands_below(compared: Comparison, versus: Figure) -> None:
    """In the words of the last line, broken to fit."""
    assert compared.answer in versus.get_supxlabel().replace("\n", " ")


def test_one_world_is_no_picture(compared: Comparison) -> None:
    """Two are needed for an interval."""
    one = Comparison(compared.case, compared.cases, compared.futures[:3], [], 1.0)
    with pytest.raises(ValueError, match="at least 2 finished paired worlds, has 1"):
        plot_comparison(one)


def test_drawing_warns_of_nothing(lived: Run, compared: Comparison) -> None:
    """Laid out and rendered without a word."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in (plot_run(lived), plot_comparison(compared)):
            figure._repr_png_()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ticks", "texts"),
    [
        ([0.0, 1000.0, 2000.0], ["0", "1,000", "2,000"]),
        ([0.8, 0.825, 0.85], ["0.800", "0.825", "0.850"]),
        ([-0.5, 0.0, 0.5], ["−0.5", "0.0", "0.5"]),
    ],
)
def test_ticks_have_as_many_decimals_as_they_need(ticks: list[float], texts: list[str]) -> None:
    """None for thousands, three for .825."""
    assert Figures().format_ticks(ticks) == texts


def test_nothing_of_the_style_leaks() -> None:
    """Drawing leaves matplotlib's own settings as they were."""
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    with style.style():
        assert matplotlib.rcParams["font.size"] == 13
    assert matplotlib.rcParams["font.size"] == before


def widest_title(figure: Figure) -> float:
    """How far to the right titles of panels go, in dots."""
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in (axes.title, axes._right_title)]  # type: ignore[attr-defined]
    return float(max(text.get_window_extent().x1 for text in texts if text.get_text()))


def test_scenarios_are_drawn_as_scenarios(compared: Comparison) -> None:
    """A long name breaks its line and stays inside, and nobody speaks of policies."""
    name, other = "a_market_with_a_very_long_name_indeed", "another_market_with_quite_a_long_name"
    cases = {name: compared.case, other: compared.case}
    futures = [
        replace(future, arm={"as_today": name, "win": other}[future.arm])
        for future in compared.futures
        if future.arm != "keep"
    ]
    figure = Comparison(compared.case, cases, futures, [], 1.0, apart=True).plot()
    titles = [title_of(axes) for axes in figure.axes]
    assert widest_title(figure) < figure.bbox.x1 - 2
    assert f"Net present value less that of\n{name}" in titles
    words = " ".join(text.get_text() for text in figure.texts)
    assert "What each scenario earns acme" in words
    assert "policy" not in words

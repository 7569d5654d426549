"""The frontier for people: a picture of both curves, and a table."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.analysis.frontier import FLAT
from sim.analysis.spending import worded
from sim.scenario.problems import printable
from sim.views.plots import Figures
from sim.views.style import FAINT, FIRST, INK, OTHERS, PALE, Picture, entitle, style
from sim.views.wording import NOTHING, aligned, number, percent, scale

if TYPE_CHECKING:
    from sim.analysis.frontier import Frontier

TITLES = {
    "share": "The same budget, divided otherwise",
    "budget": "Another budget, divided as today",
}
PLACES = {
    "share": "% of the budget spent on keeping customers, the rest on winning them",
    "budget": "budget in % of today's",
}
BEST = OTHERS[0]


def plot_frontier(frontier: "Frontier", *, page: bool = False) -> Figure:
    """Draw net present value against the share for keeping customers, and against the budget.

    Args:
        frontier: a frontier with at least two finished paired worlds.
        page: drawn for a page: smaller, and without title and small print, which the page has.

    Raises:
        ValueError: fewer than two paired worlds are finished.
    """
    frontier.curve("share")
    with style():
        figure = Picture(13, 3.7 if page else 7.2)
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.25, 1))
        money, unit = scale(frontier.points["mean"], printable(frontier.currency))
        for axes, kind in ((left, "share"), (right, "budget")):
            draw_range(axes, frontier, kind)
            draw_curve(axes, frontier, kind, money)
            axes.set(title=TITLES[kind], xlabel=PLACES[kind])
            axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
        left.set_ylabel(f"net present value, {unit}")
        left.yaxis.set_major_formatter(Figures())
        name_marks(left, right, frontier, money)
        if not page:
            entitle(figure, f"Where {frontier.focal}'s money earns most", of_frontier(frontier))
    return figure


def draw_range(axes: Axes, frontier: "Frontier", kind: str) -> None:
    """Shade the flat range, hatch the interval of the optimum, mark the optimum."""
    curve = frontier.curve(kind)
    axes.axvspan(*(100.0 * end for end in curve.flat), color=PALE, alpha=0.6, lw=0)
    axes.axvspan(
        100.0 * curve.low,
        100.0 * curve.high,
        fill=False,
        hatch="///",
        color=BEST.color,
        alpha=0.55,
        lw=0,
    )
    axes.axvline(100.0 * curve.optimum, color=BEST.color, linewidth=BEST.width)
    axes.grid(axis="x", visible=False)


def draw_curve(axes: Axes, frontier: "Frontier", kind: str, money: float) -> None:
    """The curve, its points with the interval of their difference from today, and today."""
    curve, rows = frontier.curve(kind), frontier.points
    own = rows[rows["kind"] == kind]
    below = (own["difference"] - own["difference_low"]).to_numpy() / money
    above = (own["difference_high"] - own["difference"]).to_numpy() / money
    at, mean = 100.0 * own["at"].to_numpy(), own["mean"].to_numpy() / money
    axes.plot(100.0 * curve.grid, curve.fitted / money, color=FIRST.color, linewidth=FIRST.width)
    axes.errorbar(
        at, mean, yerr=[below, above], fmt="o", color=INK, markersize=6, capsize=4, elinewidth=1.2
    )
    today = frontier.values("today").mean() / money
    axes.plot(
        100.0 * frontier.today[kind], today, "D", ms=12, mfc="white", mec=INK, mew=2.2, zorder=5
    )
    axes.margins(x=0.03)


def name_marks(left: Axes, right: Axes, frontier: "Frontier", money: float) -> None:
    """Say what the marks mean, beside them."""
    low, high = left.get_ylim()
    left.set_ylim(low - 0.06 * (high - low), high + 0.16 * (high - low))
    today = frontier.values("today").mean() / money
    for axes, kind in ((left, "share"), (right, "budget")):
        curve, place = frontier.curve(kind), 100.0 * frontier.today[kind]
        write(axes, 100.0 * curve.optimum, 0.985, f"best: {percent(curve.optimum)} %", "top")
        middle = 50.0 * sum(curve.flat)
        span = f"flat: {percent(curve.flat[0])} to {percent(curve.flat[1])} %"
        write(axes, middle, 0.015, span, "bottom")
        axes.annotate(
            f"today: {number(place)} %", (place, today), (0, -34), textcoords="offset points",
            ha="center", va="top", bbox=BEHIND,
        )  # fmt: skip


BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}


def write(axes: Axes, place: float, height: float, words: str, edge: str) -> None:
    """Words at a place of the horizontal axis, kept inside the panel."""
    low, high = axes.get_xlim()
    at = (place - low) / (high - low)
    side = "left" if at < 0.15 else "right" if at > 0.85 else "center"
    axes.text(
        place, height, words, transform=axes.get_xaxis_transform(), ha=side, va=edge, bbox=BEHIND,
        weight="bold" if edge == "top" else "normal", color=BEST.color if edge == "top" else FAINT,
    )  # fmt: skip


def of_frontier(frontier: "Frontier") -> str:
    """What a frontier's picture was drawn from."""
    spec, mixes = frontier.case.spec, frontier.mixes
    return (
        f"{frontier.answer}\nWinning: {worded(mixes.winning)}; keeping: {worded(mixes.keeping)}. "
        f"{frontier.runs} paired worlds of {number(spec.population.size)} people and "
        f"{spec.horizon} {spec.step}s. Bars: 95 % interval of the difference from today; hatched: "
        f"that of the best place. {FLAT}"
    )


def frontier_text(frontier: "Frontier") -> str:
    """A frontier for people: its points, notes, the answer last."""
    spec = frontier.case.spec
    head = (
        f"{frontier.focal} in {frontier.runs} paired worlds of {number(spec.population.size)} "
        f"people and {spec.horizon} {spec.step}s, {frontier.seconds:.1f} s"
    )
    parts = [head, "", frontier_table(frontier), ""]
    return "\n".join([*parts, *map(printable, frontier.notes), "", printable(frontier.answer)])


def frontier_table(frontier: "Frontier") -> str:
    """Every point: where it lies, what it earns, and what more than today."""
    points = frontier.points
    money, unit = scale(points["mean"], printable(frontier.currency))
    rows = [["", "%", "net present value", "less today", "95 % interval"], ["", "", unit, unit, ""]]
    for kind, name in (("share", "for keeping customers"), ("budget", "of today's budget")):
        for row in points[points["kind"] == kind].to_dict("records"):
            gap, low, high = (
                number(row[key] / money, 1) if np.isfinite(row[key]) else NOTHING
                for key in ("difference", "difference_low", "difference_high")
            )
            worth = number(row["mean"] / money, 1)
            rows.append([name, percent(row["at"]), worth, gap, f"[{low}, {high}]"])
            name = ""
    return aligned(rows)

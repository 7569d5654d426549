"""The pictures of a run and of a comparison."""

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator, MultipleLocator

from sim.market.history import STEPS_A_YEAR
from sim.scenario.problems import printable
from sim.views.style import (
    INK,
    End,
    Look,
    Picture,
    entitle,
    label_ends,
    looks,
    style,
    told_apart,
)
from sim.views.summary import by_arm
from sim.views.wording import number, percent, scale

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.market.run import Run
    from sim.scenario.schema import Scenario

Values = npt.NDArray[np.float64]
FURTHER = "live on to the end of the warm-up"
WIDEST_TITLE = 40
"""Letters of a title over the narrower of two panels."""
WIDER_TITLE = 60
"""Letters of a title over the wider one."""
MOST_YEARS = 6
"""More years than this are not all marked on the axis of time."""

# ── a run ─────────────────────────────────────────────────────────────────────────────────────

PANELS: list[Any] = [
    ["customers", "retention_year"],
    ["customers", "retention_year"],
    ["satisfaction", "cash"],
    ["trust", "cash"],
]


def plot_run(run: "Run", focal: str | None = None) -> Figure:
    """Draw the firms of one run: customers, retention, satisfaction and trust, profit.

    Args:
        run: a run with at least one booked step.
        focal: the firm that stands out; None: the scenario's.

    Raises:
        KeyError: there is no firm of that name.
        ValueError: no step is booked yet.
    """
    if run.market.month <= 0:
        raise ValueError(f"a picture of a run must have a booked step, has none; {FURTHER}")
    spec = run.market.spec
    firm = run.market.firm(focal).name if focal else spec.focal
    money, unit = scale(run.firms["cash"], printable(spec.currency))
    panels = {
        "customers": ("Customers", "people", 1.0),
        "retention_year": ("Kept over the last 12 months", "% of customers", 0.01),
        "satisfaction": ("Satisfaction of customers", "0 to 1", 1.0),
        "trust": ("Trust of customers", "0 to 1", 1.0),
        "cash": (f"Profit added up since {spec.step} 0", unit, money),
    }
    with style():
        figure = Picture(11.5, 8.5)
        drawn, ends = looks(list(spec.firms), firm), {}
        for name, axes in figure.subplot_mosaic(PANELS).items():
            title, label, divisor = panels[name]
            table = run.firms.pivot(index="month", columns="firm", values=name) / divisor
            paths = {each: table[each].to_numpy(np.float64) for each in drawn}
            axes.set(title=title, ylabel=label)
            ends[axes] = draw_paths(axes, paths, drawn)
            time_axis(axes, spec, len(table))
            axes.yaxis.set_major_formatter(Figures())
            if name == "satisfaction":  # trust stands right below, on the same months
                axes.set_xlabel("")
                axes.tick_params(labelbottom=False)
        entitle(figure, printable(spec.title) or "One run", of_run(run, firm))
        label_ends(figure, ends)
    return figure


def draw_paths(axes: Axes, paths: Mapping[str, Values], drawn: Mapping[str, Look]) -> list[End]:
    """One line a name; the last one drawn lies on top. Returns where lines end."""
    ends = []
    for name, values in paths.items():
        look, known = drawn[name], np.flatnonzero(np.isfinite(values))
        axes.plot(values, color=look.color, linestyle=look.dashes, linewidth=look.width)
        if len(known):
            ends.append(End(name, float(known[-1]), float(values[known[-1]]), look))
    if not ends:
        axes.text(0.5, 0.5, "not defined before 12 months", transform=axes.transAxes, ha="center")
    return ends


def of_run(run: "Run", firm: str) -> str:
    """What a run's picture was drawn from."""
    market, spec = run.market, run.market.spec
    return (
        f"One run of {market.month} {spec.step}s with {number(spec.population.size)} people, "
        f"{spec.setting} setting, seed {spec.seed}; {spec.step} 0 is the first after the warm-up. "
        f"Black: {firm}" + ("." if told_apart(spec.firms) else "; grey: the other firms.")
    )


# ── axes ──────────────────────────────────────────────────────────────────────────────────────


def time_axis(axes: Axes, spec: "Scenario", steps: int) -> None:
    """Steps from the left to the right, marked by years."""
    year = STEPS_A_YEAR[spec.step]
    apart = year * max(1, -(-steps // (year * MOST_YEARS)))
    if steps >= 2 * year:
        axes.xaxis.set_major_locator(MultipleLocator(apart))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set(xlim=(0, max(1, steps - 1)), xlabel=spec.step)


class Figures(Formatter):
    """Numbers at ticks, thousands apart, with as many decimals as the ticks need."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The numbers at these ticks."""
        ticks = np.asarray(values, np.float64)
        exact = (np.allclose(ticks, ticks.round(digits), atol=1e-9) for digits in range(9))
        digits = next((digits for digits, fits in enumerate(exact) if fits), 9)
        return [number(tick, digits) for tick in ticks]

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The number under the pointer."""
        return number(x, 2)


# ── a comparison ──────────────────────────────────────────────────────────────────────────────


VERSUS: list[Any] = [["cash", "worlds"], ["gaps", "worlds"]]


def plot_comparison(comparison: "Comparison", *, page: bool = False) -> Figure:
    """Draw what policies earn: over time, and against the baseline in each paired world.

    Args:
        comparison: a comparison with at least two finished paired worlds.
        page: drawn for a page: smaller, and without title and small print, which the page has.

    Raises:
        ValueError: fewer than two paired worlds are finished.
    """
    if comparison.runs < 2:
        raise ValueError(
            f"a picture of a comparison must have at least 2 finished paired worlds, has "
            f"{comparison.runs}; let more of them finish"
        )
    with style():
        figure = Picture(13, max(4.5 if page else 7.5, 1.2 * len(comparison.arms) + 2))
        panels = figure.subplot_mosaic(VERSUS, width_ratios=(1.25, 1))
        ends = {panels["cash"]: draw_cash(panels["cash"], comparison)}
        ends[panels["gaps"]] = draw_gaps(panels["gaps"], comparison)
        draw_differences(panels["worlds"], comparison)
        if not page:
            what = "scenario" if comparison.apart else "policy"
            entitle(figure, f"What each {what} earns {comparison.focal}", of_comparison(comparison))
        label_ends(figure, ends)
    return figure


def draw_cash(axes: Axes, comparison: "Comparison") -> list[End]:
    """Mean cumulated profit of each policy, with the 95 % interval of the mean as a band."""
    since = f"{comparison.case.spec.step} 0"
    ends = draw_bands(axes, comparison, dict(zip(comparison.arms, comparison.cash, strict=True)))
    axes.set_title(f"Profit added up since {since}, mean with 95 % band")
    axes.set_xlabel("")  # the differences stand right below, on the same months
    axes.tick_params(labelbottom=False)
    return ends


def draw_gaps(axes: Axes, comparison: "Comparison") -> list[End]:
    """The same less the baseline's in the same world: what all have in common falls away."""
    base, *others = comparison.cash
    gaps = {arm: cash - base for arm, cash in zip(comparison.arms[1:], others, strict=True)}
    axes.axhline(0, color=INK, linewidth=1.2)
    ends = draw_bands(axes, comparison, gaps)
    axes.set_title(fill(f"The same less that of {comparison.arms[0]}, world by world", WIDER_TITLE))
    return ends


def draw_bands(axes: Axes, comparison: "Comparison", money: Mapping[str, Values]) -> list[End]:
    """Mean over worlds of each policy's (runs, months) money, and a band: its 95 % interval."""
    from scipy import special

    every = np.concatenate([values.ravel() for values in money.values()])
    divisor, unit = scale(every, printable(comparison.currency))
    drawn, paths = looks(comparison.arms, comparison.arms[0]), {}
    reach = float(special.stdtrit(comparison.runs - 1, 0.975)) / np.sqrt(comparison.runs)
    for arm, values in money.items():
        paths[arm] = values.mean(axis=0) / divisor
        half = reach * values.std(axis=0, ddof=1) / divisor
        low, high = paths[arm] - half, paths[arm] + half
        axes.fill_between(np.arange(len(half)), low, high, color=drawn[arm].color, alpha=0.15, lw=0)
    axes.set_ylabel(unit)
    time_axis(axes, comparison.case.spec, comparison.months)
    axes.yaxis.set_major_formatter(Figures())
    return draw_paths(axes, paths, drawn)


MEAN: Any = {"fmt": "o", "color": INK, "capsize": 6, "markersize": 8, "elinewidth": 2.2}


def draw_differences(axes: Axes, comparison: "Comparison") -> None:
    """For each policy the difference in net present value, a dot for each paired world."""
    base, *others = comparison.arms
    found, drawn = by_arm(comparison.differences, "npv"), looks(comparison.arms, base)
    gaps = {arm: comparison.values(arm, "npv") - comparison.base("npv") for arm in others}
    money, unit = scale(np.concatenate(list(gaps.values())), printable(comparison.currency))
    axes.axvline(0, color=INK, linewidth=1.2)
    for row, arm in enumerate(others):
        strip(axes, row, gaps[arm] / money, drawn[arm])
        mean, low, high = (found[arm][name] / money for name in ("mean", "low", "high"))
        axes.errorbar(mean, row, xerr=[[mean - low], [high - mean]], **MEAN)
    title = fill(f"Net present value less that of {base}", WIDEST_TITLE)
    axes.set_title(title, loc="right")  # there is room over the names, and none beyond the panel
    axes.set_xlabel(unit)
    won = [f"{arm}\nahead in {percent(found[arm]['won'])} %\nof worlds" for arm in others]
    axes.set(yticks=range(len(others)), yticklabels=won, ylim=(len(others) - 0.5, -0.5))
    axes.margins(x=0.06)
    axes.grid(axis="both", visible=False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(Figures())


def strip(axes: Axes, row: float, values: Values, look: Look) -> None:
    """A dot for each value, moved up or down a little so that dots do not hide each other."""
    golden = 0.618034 * np.arange(1, len(values) + 1) % 1.0
    axes.scatter(values, row + 0.4 * (golden - 0.5), s=34, color=look.color, alpha=0.6, lw=0)


HOW_TO_READ = (
    "Left: means, with the 95 % interval of the mean as a band. Right: a dot is a world, a bar the "
    "95 % interval of the mean."
)


def of_comparison(comparison: "Comparison") -> str:
    """What a comparison's picture was drawn from."""
    spec = comparison.case.spec
    people = f"{number(spec.population.size)} people, each lived once under each policy"
    if comparison.apart:
        people = "these scenarios, each lived from its own beginning"
    title = "" if comparison.apart else printable(spec.title)
    if title[-1:].isalnum():
        title += "."
    return (
        f"{comparison.answer}\n{title} {comparison.runs} paired worlds of {people} with the same "
        f"luck. {HOW_TO_READ}"
    )

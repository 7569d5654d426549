"""The picture of a docking row: the exact curve with what was simulated, and every deviation."""

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.analysis.docking.row import ERRORS
from sim.views.docking_table import set_to, verdict
from sim.views.style import FIRST, INK, OTHERS, PALE, RC, Picture, entitle, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from sim.analysis.docking.row import Docked, Figure, Row

LETTERS = 7
"""Of a label that go beside an inch of a picture."""
SIMULATED, OUTSIDE = OTHERS[0].color, OTHERS[1].color
"""Colours of a simulated number; one that does not agree is a square, too."""


def plot_docking(docked: "Docked") -> "Drawing":
    """Draw simulated numbers over the exact curve, and each one's deviation in standard errors.

    A row without a curve has the deviations alone.
    """
    figures, row = docked.figures, docked.row
    curve = [figure for figure in figures if figure.at is not None]
    height = 3.4 + 0.3 * max(len(figures), 10)
    with style():
        drawing = Picture(15 if curve else 12.5, height)
        if curve:
            left, right = drawing.subplots(1, 2, width_ratios=(1.25, 1))
            draw_curve(left, curve, row, height)
        else:
            right = drawing.subplots()
        draw_deviations(right, figures)
        entitle(drawing, f"{row.id}  {row.title}", small_print(docked))
    return drawing


def draw_curve(axes: "Axes", curve: Sequence["Figure"], row: "Row", height: float) -> None:
    """The exact numbers joined by a line, and the simulated ones with four standard errors."""
    at = np.array([figure.at for figure in curve], np.float64)
    exact = [figure.exact for figure in curve]
    axes.plot(at, exact, color=FIRST.color, linewidth=1.6, label="exact")
    draw_points(axes, [figure for figure in curve if figure.agrees], "o")
    draw_points(axes, [figure for figure in curve if not figure.agrees], "s")
    if all(place == round(place) for place in at):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel=row.axes[0], ylabel=fill(row.axes[1], round(height * LETTERS)))
    axes.margins(x=0.04)
    axes.legend(loc="best")


def draw_points(axes: "Axes", points: Sequence["Figure"], mark: str) -> None:
    """Simulated numbers: those that agree are round, the others square and of another colour."""
    if points:
        at, found, reach = zip(*[(p.at, p.simulated, p.tolerance) for p in points], strict=True)
        color = SIMULATED if mark == "o" else OUTSIDE
        words = f"simulated, ± {ERRORS:g} standard errors" if mark == "o" else "does not agree"
        axes.errorbar(
            at, found, yerr=reach, fmt=mark, color=color, label=words,
            markersize=5, capsize=5, elinewidth=1.6,
        )  # fmt: skip


def draw_deviations(axes: "Axes", figures: Sequence["Figure"]) -> None:
    """A line a figure: how far it lies from the exact one, in standard errors."""
    axes.axvspan(-ERRORS, ERRORS, color=PALE, alpha=0.5, lw=0)
    axes.axvline(0, color=INK, linewidth=1.2)
    for place, figure in enumerate(figures):
        chance, color = figure.error > 0, SIMULATED if figure.agrees else OUTSIDE
        axes.plot(
            figure.deviation if chance else 0.0, place, "o" if figure.agrees else "s",
            color=color, markersize=8, markerfacecolor=color if chance else "white",
        )  # fmt: skip
    furthest = max((abs(f.deviation) for f in figures if f.error > 0), default=0.0)
    edge = max(1.25 * ERRORS, 1.1 * furthest)
    axes.set(xlim=(-edge, edge), ylim=(len(figures) - 0.4, -0.6))
    axes.set_yticks(range(len(figures)), [figure.what for figure in figures])
    axes.tick_params(axis="y", labelsize=RC["font.size"] - 2)
    axes.grid(visible=False)
    axes.set_xlabel("simulated less exact, in standard errors")


def small_print(docked: "Docked") -> str:
    """The form, the parameters, the verdict and the source."""
    told = [f"{docked.row.form}. Here {set_to(docked.parameters)}.", verdict(docked)]
    if any(figure.error == 0 for figure in docked.figures):
        told[1] += " Hollow: nothing is left to chance."
    return "\n".join([*told, docked.row.source])

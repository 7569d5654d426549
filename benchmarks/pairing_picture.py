"""The picture of how many runs a difference between two policies needs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from benchmarks.pairing_statistics import MONTHS, USUAL, Cell, Estimate, by_size, by_talk
from sim.views.style import FIRST, OTHERS, End, Picture, entitle, label_ends, save, style

KINDS = {
    "independent": ("independent seeds", OTHERS[1]),
    "sequence": ("one shared seed", OTHERS[0]),
    "addressed": ("addressed draws", FIRST),
}
STRENGTHS = {0.0: "none", 0.5: "half", 1.0: "default", 2.0: "twice", 4.0: "4 times"}
MARKS = {"independent": "s", "sequence": "^", "addressed": "o"}


def draw(cells: Sequence[Cell], file: Path) -> Path:
    """Draw runs needed against word of mouth, and the gain against the size of the market."""
    with style():
        figure = Picture(13, 7.0)
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        ends = {
            left: draw_runs(left, by_talk(cells)),
            right: draw_gains(right, by_size(cells)),
        }
        entitle(figure, finding(by_talk(cells)), small_print(cells))
        label_ends(figure, ends)
        return save(figure, file)


def draw_runs(axes: Axes, cells: Sequence[Cell]) -> list[End]:
    """Runs needed, by strength of word of mouth."""
    places = list(range(len(cells)))
    found = [cell.runs() for cell in cells]
    ends = [draw_line(axes, kind, places, [each[kind] for each in found]) for kind in KINDS]
    axes.set(
        title="How many runs a difference needs",
        xlabel="word of mouth",
        ylabel="runs of each policy until ± 1 % of NPV",
        yscale="log",
        ylim=(20, 10_000),
        xlim=(-0.2, len(cells) - 0.8),
    )
    axes.set_xticks(places, [STRENGTHS[cell.talk] for cell in cells])
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return ends


def draw_gains(axes: Axes, cells: Sequence[Cell]) -> list[End]:
    """How many times fewer runs, by the number of people."""
    ends = []
    for kind in ("sequence", "addressed"):
        known = [cell for cell in cells if kind in cell.gains()]
        sizes = [float(cell.people) for cell in known]
        ends.append(draw_line(axes, kind, sizes, [cell.gains()[kind] for cell in known]))
    axes.set(
        title="How many times fewer than without",
        xlabel="people in the market",
        xscale="log",
        yscale="log",
        ylim=(1, 200),
        xlim=(0.8 * cells[0].people, 1.25 * cells[-1].people),
    )
    axes.set_xticks([cell.people for cell in cells], [f"{cell.people:,}" for cell in cells])
    axes.set_xticks([], minor=True)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return ends


def draw_line(axes: Axes, kind: str, places: Sequence[float], found: Sequence[Estimate]) -> End:
    """One line with its intervals. Returns where it ends."""
    name, look = KINDS[kind]
    value, low, high = np.array(found).T
    axes.errorbar(
        places, value, yerr=[value - low, high - value], fmt=MARKS[kind], linestyle=look.dashes,
        color=look.color, linewidth=look.width, markersize=7, capsize=4, elinewidth=1.3,
    )  # fmt: skip
    return End(name, places[-1], value[-1], look)


def finding(cells: Sequence[Cell]) -> str:
    """What the left panel shows, at the default word of mouth."""
    usual = next(cell for cell in cells if cell.talk == USUAL)
    apart, alike, addressed = (f"{rounded(usual.runs()[kind].mean):,}" for kind in KINDS)
    return (
        f"{addressed} runs with addressed draws tell what takes {alike} with one shared seed, "
        f"{apart} without"
    )


def rounded(value: float) -> int:
    """To two digits, all that these runs tell."""
    return int(float(f"{value:.2g}"))


def small_print(cells: Sequence[Cell]) -> str:
    """What was lived."""
    usual = by_talk(cells)[0]
    shared = 0 if usual.sequence is None else len(usual.sequence)
    return (
        f"Repertoire market of four firms, {MONTHS} months, no warm-up; left: {usual.people} "
        "people, right: default word of mouth. One firm spends its budget as today or mostly on "
        "keeping customers. One shared seed: both policies take their random numbers from the same "
        "sequence, in the order in which they ask; without: independent seeds. Bars: 95 % "
        f"interval, {len(usual.addressed)} worlds resampled (one shared seed: {shared})."
    )

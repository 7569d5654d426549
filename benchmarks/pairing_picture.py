"""The picture of how many runs a difference between two policies needs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.pairing_statistics import MONTHS, Cell, Estimate, by_size, by_talk
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
    axes.set(
        title="Runs that a difference needs",
        xlabel="word of mouth (tellings, default = 1)",
        ylabel="runs of each policy until ± 1 % of NPV",
        yscale="log",
        xlim=(-0.2, len(cells) - 0.8),
    )
    axes.set_xticks(range(len(cells)), [STRENGTHS[cell.talk] for cell in cells])
    plain(axes)
    return [
        draw_line(axes, kind, list(range(len(cells))), [cell.runs()[kind] for cell in cells])
        for kind in KINDS
    ]


def draw_gains(axes: Axes, cells: Sequence[Cell]) -> list[End]:
    """How many times fewer runs, by the number of people."""
    axes.set(
        title="Times fewer than with independent seeds",
        xlabel="people in the market (default word of mouth)",
        xscale="log",
        yscale="log",
        ylim=(1, None),
        xlim=(0.8 * cells[0].people, 1.25 * cells[-1].people),
    )
    axes.set_xticks([cell.people for cell in cells], [f"{cell.people:,}" for cell in cells])
    plain(axes)
    ends = []
    for kind in ("sequence", "addressed"):
        known = [cell for cell in cells if kind in cell.gains()]
        sizes = [float(cell.people) for cell in known]
        ends.append(draw_line(axes, kind, sizes, [cell.gains()[kind] for cell in known]))
    return ends


def plain(axes: Axes) -> None:
    """Numbers in full on a logarithmic axis."""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_formatter(NullFormatter())


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
    """What the left panel shows, over all strengths of word of mouth."""
    runs = [cell.runs() for cell in cells]
    apart, alike, addressed = (
        f"{rounded(min(values)):,} to {rounded(max(values)):,}"
        for values in ([each[kind].value for each in runs] for kind in KINDS)
    )
    return (
        f"With addressed draws {addressed} runs tell two policies apart, with one shared seed "
        f"{alike}, with independent seeds {apart}"
    )


def rounded(value: float) -> int:
    """To two digits, all that these runs tell."""
    return int(float(f"{value:.2g}"))


def small_print(cells: Sequence[Cell]) -> str:
    """What was lived."""
    usual = by_talk(cells)[0]
    return (
        f"Repertoire market of four firms, {MONTHS} months, no warm-up; left: {usual.people} "
        "people. One firm spends its budget as today or mostly on keeping customers. One shared "
        "seed: both policies take their random numbers from the same sequence, in the order in "
        f"which they ask. Bars: 95 % interval, {len(usual.addressed)} worlds resampled (one shared "
        f"seed: {len(usual.sequence) if usual.sequence is not None else 0})."
    )

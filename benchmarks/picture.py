"""The goals of a benchmark and how far each was met, as one picture."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.history import machine
from benchmarks.record import Row, figure
from sim.views.style import FAINT, INK, OTHERS, Picture, entitle, save, style

MET, MISSED = OTHERS[2].color, OTHERS[1].color


def draw(rows: Sequence[Row], file: Path) -> None:
    """Bars of every figure with a goal, in multiples of the goal; to the right of 1 it is met."""
    aims = [row for row in rows if row.goal]
    if not aims:
        raise ValueError("a picture needs a figure with a goal: measure core, whole or start")
    with style():
        drawing = Picture(14, 2 + 0.42 * len(aims))
        axes = drawing.subplots()
        places = np.arange(len(aims))[::-1]
        ahead = np.log2([lead(row) for row in aims])
        colors = [MET if row.met else MISSED for row in aims]
        axes.barh(places, ahead, color=colors, height=0.62)
        axes.axvline(0, color=INK, linewidth=1.2)
        axes.set_yticks(places, [f"{row.part}: {row.what}" for row in aims])
        for place, row, end in zip(places, aims, ahead, strict=True):
            words = f" {figure(row.value)} {row.unit} (goal: {row.sense} {row.goal:g}) "
            axes.text(max(end, 0), place, words, va="center", color=FAINT, size=11)
        low, high = int(np.floor(min(ahead.min(), -1))), int(np.ceil(ahead.max()))
        axes.set_xlim(low, high + 0.6 * (high - low))
        axes.set_xticks(range(low, high + 1), [f"{2.0**at:g}×" for at in range(low, high + 1)])
        axes.set_xlabel("times better than the goal")
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        met = sum(bool(row.met) for row in aims)
        title = f"{met} of {len(aims)} goals of speed and size are met"
        entitle(drawing, title, f"{machine()}. Ratios are taken in turn in one run.")
        save(drawing, file)


def lead(row: Row) -> float:
    """How many times better than its goal a figure is."""
    goal = float(row.goal or 1)
    return row.value / goal if row.sense == "at least" else goal / row.value

"""One look for every picture: legible in grey and at half size, for every kind of eye.

Colours are those of Okabe & Ito, told apart by people who see red and green alike; they differ in
brightness, and lines differ in their dashes as well.
"""

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import fill, shorten
from typing import Any, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DOTS_PER_INCH = 150
LONGEST_TITLE = 160  # letters
INK, FAINT, PALE = "#222222", "#707070", "#d9d9d9"
RC: Any = {
    "figure.dpi": 100,
    "savefig.dpi": DOTS_PER_INCH,
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.xmargin": 0.0,
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "text.parse_math": False,  # a title may cost $5
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "lines.solid_capstyle": "round",
}


LABEL = 1.2 * RC["font.size"]
"""Height of a name beside a line, in points."""


class Look(NamedTuple):
    """How one firm or policy is drawn, in every picture."""

    color: str
    dashes: str | tuple[int, tuple[float, ...]]
    width: float


FIRST = Look("#000000", "solid", 2.8)
OTHERS = (
    Look("#0072B2", (0, (6, 1.5)), 2.0),
    Look("#D55E00", (0, (1.2, 1.2)), 2.2),
    Look("#009E73", (0, (6, 1.5, 1.2, 1.5)), 2.0),
    Look("#CC79A7", (0, (3, 1.2)), 2.0),
    Look("#56B4E9", "solid", 2.0),
    Look("#E69F00", (0, (9, 2, 1.2, 2, 1.2, 2)), 2.0),
)
CROWD = Look("#a0a0a0", "solid", 1.2)
"""One of many others, when there are more than can be told apart."""


def looks(names: Sequence[str], first: str) -> dict[str, Look]:
    """A look for each name; ``first`` is the one that the picture is about."""
    others = [name for name in names if name != first]
    known = OTHERS if told_apart(names) else [CROWD] * len(others)
    return dict(zip(others, known, strict=False)) | {first: FIRST}


def told_apart(names: Collection[str]) -> bool:
    """Whether there are few enough of them for a look each."""
    return len(names) <= 1 + len(OTHERS)


class Picture(Figure):
    """A figure that needs no window: a notebook shows it once, as the last value of a cell."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        image = io.BytesIO()
        self.savefig(image, format="png", dpi=DOTS_PER_INCH)
        return image.getvalue()


@contextmanager
def style() -> Iterator[None]:
    """The settings of matplotlib under which every picture is drawn."""
    with matplotlib.rc_context(RC):
        yield


def entitle(figure: Figure, title: str, small: str) -> None:
    """What one sees, above the picture; from what, below it."""
    inches = figure.get_figwidth()
    above = fill(shorten(title, LONGEST_TITLE, placeholder=" …"), round(inches * 7.5))
    below = "\n".join(fill(line, round(inches * 11.5)) for line in small.splitlines())
    figure.suptitle(above, x=0.01, ha="left", weight="bold", size=17)
    figure.supxlabel(below, x=0.01, ha="left", size=11, color=FAINT)


def save(figure: Figure, file: Path) -> Path:
    """Write a PNG under a temporary name first, so that no torn file is left."""
    temporary = file.with_name(file.name + ".part")
    figure.savefig(temporary, format="png", dpi=DOTS_PER_INCH)
    return temporary.replace(file)


# ── labels at the ends of lines ───────────────────────────────────────────────────────────────


class End(NamedTuple):
    """The end of a line, and what it is called."""

    name: str
    x: float
    y: float
    look: Look


def label_ends(figure: Figure, ends: Mapping[Axes, Sequence[End]]) -> None:
    """Write names beside the ends of lines, moved apart where they would collide.

    Called last: where there is room is known only when everything else has its place. Where there
    is none for all, the one that the picture is about is named alone.
    """
    figure.draw_without_rendering()
    for axes, own in ends.items():
        room = axes.bbox.height * 72 / figure.dpi
        fits = len(own) * LABEL <= room and not any(end.look == CROWD for end in own)
        label(axes, own if fits else [end for end in own if end.look == FIRST], 72 / figure.dpi)


def label(axes: Axes, ends: Sequence[End], points: float) -> None:
    """Write the names; ``points`` is the height of a dot in points."""
    wanted = [axes.transData.transform((end.x, end.y))[1] * points for end in ends]
    for end, height, free in zip(ends, wanted, spread(wanted, LABEL), strict=True):
        axes.annotate(
            end.name,
            (end.x, end.y),
            (14, free - height),
            textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": end.look.color, "lw": 0.7, "shrinkB": 1},
            va="center",
            color=end.look.color,
            size=RC["font.size"] - 1,
            weight="bold" if end.look == FIRST else "normal",
            annotation_clip=False,
        )


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Positions as near to the wanted ones as ``gap`` between any two allows, in their order."""
    clusters: list[tuple[float, list[int]]] = []
    for index in sorted(range(len(wanted)), key=wanted.__getitem__):
        clusters.append((wanted[index], [index]))
        while len(clusters) > 1 and too_near(clusters[-2], clusters[-1], gap):
            (low, below), (high, above) = clusters[-2:]
            members = below + above
            middle = (low * len(below) + high * len(above)) / len(members)
            clusters[-2:] = [(middle, members)]
    free = [0.0] * len(wanted)
    for middle, members in clusters:
        for rank, index in enumerate(members):
            free[index] = middle + gap * (rank - (len(members) - 1) / 2)
    return free


def too_near(below: tuple[float, list[int]], above: tuple[float, list[int]], gap: float) -> bool:
    """Whether two clusters of labels, each ``gap`` apart inside, come nearer than ``gap``."""
    return above[0] - below[0] < gap * (len(below[1]) + len(above[1])) / 2

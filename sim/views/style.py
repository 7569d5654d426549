"""One look for every picture: legible in grey and at half size, for every kind of eye.

Colours are those of Okabe & Ito, told apart by people who see red and green alike; they differ in
brightness, and lines differ in their dashes as well.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS_PER_INCH = 150
INK, FAINT, PALE = "#222222", "#707070", "#d9d9d9"
RC: dict[str, Any] = {
    "figure.dpi": 100,
    "savefig.dpi": DOTS_PER_INCH,
    "font.size": 12,
    "axes.titlesize": 13,
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
    told_apart = OTHERS if len(others) <= len(OTHERS) else [CROWD] * len(others)
    return dict(zip(others, told_apart, strict=False)) | {first: FIRST}


@contextmanager
def style() -> Iterator[None]:
    """The settings of matplotlib under which a picture is drawn."""
    import matplotlib

    with matplotlib.rc_context(RC):
        yield


def new_figure(width: float, height: float) -> "Figure":
    """An empty figure, in inches. It needs no window and shows itself in a notebook."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    class Picture(Figure):
        """A figure that a notebook shows once, being the last value of a cell."""

        def _repr_png_(self) -> bytes:
            return png(self)

    figure = Picture(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure

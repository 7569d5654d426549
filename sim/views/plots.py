"""The pictures of a run and of a comparison."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator, PercentFormatter

from sim.scenario.problems import printable
from sim.views.style import (
    FAINT,
    FIRST,
    INK,
    End,
    Look,
    Picture,
    entitle,
    label_ends,
    looks,
    style,
)
from sim.views.wording import number, scale

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.compare import Comparison
    from sim.market.run import Run

Values = npt.NDArray[np.float64]
YEAR = {"month": 12, "week": 52}
MOST_TICKS = 11


# ── a run ─────────────────────────────────────────────────────────────────────────────────────


def plot_run(run: "Run", focal: str | None = None) -> Figure:
    """Draw the firms of one run: customers, retention, satisfaction and trust, profit.

    Args:
        run: a run with at least one booked step.
        focal: the firm that stands out; None: the scenario's.

    Raises:
        KeyError: there is no firm of that name.
    """
    spec = run.market.spec
    firm = run.market.firm(focal).name if focal else spec.focal
    drawn = looks(list(spec.firms), firm)
    with style():
        figure = Picture(13, 9)
        (customers, retention), (minds, cash) = figure.subplots(2, 2)
        panel(customers, run.firms, "customers", drawn)
        ...
    return figure

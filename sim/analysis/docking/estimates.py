"""Simulated numbers with their standard errors, from what a run leaves behind."""

import math

import numpy as np
import numpy.typing as npt

from sim.analysis.docking.row import Figure
from sim.market.run import Run

Values = npt.NDArray[np.float64]


def of_firm(lived: Run, column: str, firm: str = "acme") -> Values:
    """(months,) one measure of one firm."""
    table = lived.firms
    return table.loc[table["firm"] == firm, column].to_numpy(np.float64)


def standard_error(values: Values) -> float:
    """Of the mean of independent values."""
    return float(values.std(ddof=1) / math.sqrt(len(values)))


def average(what: str, values: Values, exact: float, at: float | None = None) -> Figure:
    """The mean of independent values; the error is estimated from their spread."""
    return Figure(what, float(values.mean()), exact, standard_error(values), at)


def share(what: str, count: float, people: int, exact: float, at: float | None = None) -> Figure:
    """The share of independent people of whom each is counted with the exact probability."""
    error = math.sqrt(exact * (1 - exact) / people)
    return Figure(what, count / people, exact, error, at)

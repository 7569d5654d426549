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


def worth_to(lived: Run, firm: str = "acme", months: int | None = None) -> Values:
    """(people,) discounted margin that each person's purchases from the firm brought.

    The run must have recorded its purchases; only those of the first ``months`` count, if given.
    """
    spec, bought = lived.market.spec, lived.transactions
    bought = bought[bought["firm"] == firm]
    if months is not None:
        bought = bought[bought["month"] < months]
    margin = spec.firms[firm].price - spec.firms[firm].unit_cost
    now = margin * (1 + spec.discount_rate) ** -bought["month"].to_numpy(np.float64)
    return np.bincount(bought["person"], weights=now, minlength=lived.market.entry.places)


def standard_error(values: Values) -> float:
    """Of the mean of independent values."""
    return float(values.std(ddof=1) / math.sqrt(len(values)))


def average(what: str, values: Values, exact: float, at: float | None = None) -> Figure:
    """The mean of independent values; the error is estimated from their spread."""
    return Figure(what, float(values.mean()), exact, standard_error(values), at)


def spread(what: str, values: Values, exact: float) -> Figure:
    """The standard deviation of independent values; the error comes from their fourth moment."""
    found = float(values.std())
    fourth = float(((values - values.mean()) ** 4).mean()) / found**4
    return Figure(what, found, exact, exact * math.sqrt((fourth - 1) / 4 / len(values)))


def gain(what: str, before: Values, after: Values, exact: float) -> Figure:
    """By what share the mean rose, from pairs of values under common luck."""
    error = standard_error(after - (1 + exact) * before) / float(before.mean())
    return Figure(what, float(after.mean() / before.mean()) - 1, exact, error)


def share(what: str, count: float, people: int, exact: float, at: float | None = None) -> Figure:
    """The share of independent people of whom each is counted with the exact probability."""
    error = math.sqrt(exact * (1 - exact) / people)
    return Figure(what, float(count) / people, exact, error, at)


def settled(what: str, series: Values, exact: float, batches: int = 50) -> Figure:
    """The mean of a series whose values depend on those before.

    The error comes from the means of long batches, which hardly depend on each other.
    """
    length = len(series) // batches
    means = series[: batches * length].reshape(batches, length).mean(axis=1)
    return Figure(what, float(means.mean()), exact, standard_error(means))

"""What people bought, and shares of it, with the errors that independent people have."""

import math

import numpy as np
import numpy.typing as npt

from sim.analysis.docking.estimates import Values, share, standard_error
from sim.analysis.docking.row import Figure
from sim.market.run import Run

Whether = npt.NDArray[np.bool_]
Window = tuple[int, int]
"""First step, and the first one after it."""
FINEST = 0.03
"""Largest standard error of a figure that is worth having, as a share of it."""


def bought(lived: Run, *windows: Window, firm: str | None = None) -> Values:
    """(people, windows) purchases of each person of the start from one firm, or from any.

    The run must have kept its purchases.
    """
    return np.column_stack([added_up(lived, window, firm, None) for window in windows])


def spent(lived: Run, *windows: Window) -> Values:
    """(people, windows) the money that each person of the start spent."""
    return np.column_stack([added_up(lived, window, None, "revenue") for window in windows])


def added_up(lived: Run, window: Window, firm: str | None, column: str | None) -> Values:
    """(people,) purchases within a window, or the sum of one of their columns."""
    table = lived.transactions
    begin, end = window
    wanted = (table["month"] >= begin) & (table["month"] < end)
    table = table[wanted & (table["firm"] == firm)] if firm else table[wanted]
    weights = None if column is None else table[column].to_numpy(np.float64)
    people = table["person"].to_numpy(np.int64)
    size = lived.market.spec.population.size
    return np.bincount(people, weights, size).astype(np.float64)


def share_who(what: str, who: Whether, exact: float, at: float | None = None) -> Figure:
    """Share of independent people for whom something is true, each with the exact probability."""
    return share(what, float(who.sum()), len(who), exact, at)


def part_of(
    what: str, part: Values, whole: Values | Whether, exact: float, at: float | None = None
) -> Figure:
    """Sum of one quantity of independent people over that of another; error by the delta method."""
    share = float(part.sum() / whole.sum())
    error = standard_error(part - share * whole) / float(whole.mean())
    return Figure(what, share, exact, error, at)


def part_of_heaviest(
    what: str,
    ranked: Values,
    counted: Values,
    part: float,
    among: Whether,
    exact: float,
    at: float | None = None,
) -> Figure:
    """Share of what is counted that falls to the heaviest people, a tie being split by lot.

    Where the bar lies depends on chance, too: someone more above it lowers the bar for others at
    it. The error is that of the influence which each person has on the share.

    Args:
        what: the share in words.
        ranked: (people,) what makes people heavy.
        counted: (people,) what is shared.
        part: how many of those who count are the heaviest, 0 to 1.
        among: (people,) who counts.
        exact: the share by its closed form.
        at: where the share lies on the row's curve.
    """
    wanted = part * among.astype(np.float64)
    places = float(wanted.sum())
    bar = np.sort(ranked)[-math.ceil(places)]
    above, tied = ranked > bar, ranked == bar
    chosen = above + tied * (places - above.sum()) / tied.sum()
    influence = chosen * counted + counted[tied].mean() * (wanted - chosen)
    return part_of(what, influence, counted, exact, at)


def expected_by_person(
    what: str, found: Values | Whether, expected: Values, at: float | None = None
) -> Figure:
    """The mean of what people did beside the mean of what their own histories let expect."""
    error = standard_error(found - expected)
    return Figure(what, float(found.mean()), float(expected.mean()), error, at)


def seen_well(figures: list[Figure]) -> list[Figure]:
    """Those figures that enough people stand for: an error above `FINEST` tells nothing."""
    return [figure for figure in figures if figure.error <= FINEST * abs(figure.exact)]

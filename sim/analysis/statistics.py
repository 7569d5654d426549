"""What paired worlds tell: intervals, differences, and how surely the best is the best."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim import draws

Values = npt.NDArray[np.float64]
RESAMPLES = 4_000
"""Resamples of a bootstrap: a share near .95 is then told to about .003."""
LARGEST = 1_000_000
"""Numbers that a table of resamples may hold at a time."""
NORMAL = 1.959963984540054
"""The .975 quantile of the normal distribution, which a bootstrap of means nears."""
RESAMPLING = draws.Key(np.uint64(draws.address_of("resampling")), np.uint64(0))
"""A key of its own: resampling shares no draw with any market, and is the same every time."""


def interval(values: Values) -> dict[str, float]:
    """Mean and Student's 95 % interval of independent values."""
    mean = float(np.mean(values)) if len(values) else float("nan")
    half = half_width(values)
    return {"mean": mean, "low": mean - half, "high": mean + half}


def half_width(values: Values) -> float:
    """Half the width of Student's 95 % interval; not a number for fewer than two values."""
    from scipy import special

    count = len(values)
    if count < 2:
        return float("nan")
    return float(special.stdtrit(count - 1, 0.975) * np.std(values, ddof=1) / np.sqrt(count))


def paired(values: Values, base: Values) -> dict[str, float]:
    """The paired difference of two arms, ``values - base``, world by world.

    Returns:
        ``mean``, ``low`` and ``high`` of the difference; ``won``, the share of worlds in which it
        is positive; ``runs``, the paired worlds used; ``independent_runs``, about how many runs
        arms with luck of their own would have needed for the same interval; and their ratio,
        ``pairing_gain``. What is undefined is not a number.
    """
    difference, runs = values - base, len(values)
    spread = float(np.var(difference)) if runs else 0.0
    gain = float(np.var(values) + np.var(base)) / spread if spread > 0.0 else float("nan")
    known = runs > 0 and not np.isnan(difference).any()
    return {
        **interval(difference),
        "won": float(np.mean(difference > 0.0)) if known else float("nan"),
        "pairing_gain": gain,
        "runs": runs,
        "independent_runs": gain * runs,
    }


def highest(values: Values) -> tuple[Values, Values]:
    """How surely each arm is the best, in two numbers. Arms that tie share.

    Args:
        values: (arms, runs) an outcome by arm and paired world.

    Returns:
        (arms,) the share of paired worlds in which the arm's value is the highest, and (arms,) the
        share of bootstrap resamples of the worlds (Efron 1979) in which its mean is the highest;
        not numbers where there is no world.
    """
    if not values.size:
        nothing = np.full(len(values), np.nan)
        return nothing, nothing
    return share_on_top(values), share_on_top(resampled_means(values))


def share_on_top(values: Values) -> Values:
    """(arms,) the share of columns of ``values`` (arms, columns) in which each arm is highest."""
    top = values == values.max(axis=0)
    return np.asarray((top / top.sum(axis=0)).mean(axis=1))


def resampled_means(values: Values) -> Values:
    """Means over worlds drawn with replacement, as widely spread as Student's distribution.

    A plain bootstrap of few worlds is too narrow: the spread of its means lacks the factor
    n / (n − 1) and has the tails of a normal distribution. One factor on the distance from the mean
    puts both right, so that the 2.5 and 97.5 % quantiles of a mean are about the ends of Student's
    interval (for 10 worlds the factor is 1.22).

    Args:
        values: (arms, runs) by arm and paired world.

    Returns:
        (arms, ``RESAMPLES``) means, the same worlds drawn for all arms.
    """
    runs = values.shape[1]
    mean = values.mean(axis=1, keepdims=True)
    return np.asarray(mean + too_narrow(runs) * (drawn_means(values) - mean))


def too_narrow(runs: int) -> float:
    """How many times too narrow a plain bootstrap of a mean is; 1 where nothing can be said."""
    from scipy import special

    if runs < 2:
        return 1.0
    return float(special.stdtrit(runs - 1, 0.975) / NORMAL * np.sqrt(runs / (runs - 1)))


def drawn_means(values: Values) -> Values:
    """(arms, ``RESAMPLES``) means of a plain bootstrap."""
    runs = values.shape[1]
    rows = max(1, LARGEST // runs)
    parts = [
        [resamples(first, min(first + rows, RESAMPLES), runs) @ arm / runs for arm in values]
        for first in range(0, RESAMPLES, rows)
    ]  # one arm at a time: the means of equal arms are equal to the last bit
    return np.concatenate(parts, axis=1)


@lru_cache(maxsize=8)
def resamples(first: int, last: int, runs: int) -> Values:
    """(last - first, runs) how often each of ``runs`` worlds is drawn in each resample."""
    rows = last - first
    words = draws.columns(
        RESAMPLING, np.arange(first, last)[:, None], 0, np.arange(-(-runs // 4)), np.uint64(0)
    )
    drawn = (np.concatenate(words, axis=1)[:, :runs] * runs).astype(np.int64)
    place = drawn + runs * np.arange(rows)[:, None]
    return np.bincount(place.ravel(), minlength=rows * runs).reshape(rows, runs).astype(np.float64)

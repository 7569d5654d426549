"""The bootstrap over paired worlds: whole worlds are drawn, so that what is paired stays paired."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim import draws

Values = npt.NDArray[np.float64]
RESAMPLES = 2_000
RESAMPLING = draws.Key(np.uint64(draws.address_of("resampled worlds")), np.uint64(0))
"""A key of its own: resampling shares no draw with any market, and is the same every time."""
NORMAL = 1.959963984540054
"""The .975 quantile of the normal distribution, which a bootstrap of means nears."""


def resampled_means(values: Values) -> Values:
    """Means over worlds drawn with replacement, as widely spread as Student's distribution.

    A plain bootstrap of few worlds is too narrow: the spread of its means lacks the factor
    n / (n − 1) and has the tails of a normal distribution. Both are put right by one factor on the
    distance from the mean, so that the 2.5 and 97.5 % quantiles of a mean are about the ends of
    Student's interval (for 10 worlds the factor is 1.22).

    Args:
        values: (arms, worlds) by arm and paired world, at least two worlds.

    Returns:
        (arms, ``RESAMPLES``) means, the same worlds drawn for all arms.
    """
    from scipy import special

    worlds = values.shape[1]
    student = float(special.stdtrit(worlds - 1, 0.975))
    factor = student / NORMAL * (worlds / (worlds - 1)) ** 0.5
    mean = values.mean(axis=1, keepdims=True)
    return np.asarray(mean + factor * ((values - mean) @ weights(worlds)))


@lru_cache(maxsize=8)
def weights(worlds: int) -> Values:
    """(worlds, ``RESAMPLES``) share of each resample that each of the ``worlds`` is."""
    rows = np.arange(RESAMPLES)[:, None]
    words = draws.columns(RESAMPLING, rows, 0, np.arange(-(-worlds // 4)), np.uint64(0))
    drawn = (np.concatenate(words, axis=1)[:, :worlds] * worlds).astype(np.int64)
    counts = np.bincount((drawn + worlds * rows).ravel(), minlength=RESAMPLES * worlds)
    return np.asarray(counts.reshape(RESAMPLES, worlds).T / worlds)

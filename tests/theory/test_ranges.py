"""Refusals name the thing, the value, the rule and the remedy."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.theory import ranges


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (ranges.positive, (0.1, 5), (0, -1, float("nan"), float("inf"))),
        (ranges.at_least_zero, (0, 5), (-0.1, float("nan"), float("inf"))),
        (ranges.share, (0, 0.5, 1), (-0.1, 1.1, float("nan"))),
        (ranges.share_below_one, (0, 0.9), (-0.1, 1, float("nan"))),
        (ranges.open_share, (0.1, 0.9), (0, 1, float("nan"))),
        (ranges.whole, (0, 3), (-1, 1.5, float("nan"), float("inf"))),
    ],
)
def test_numbers(
    check: Callable[[str, float], None], good: tuple[float, ...], bad: tuple[float, ...]
) -> None:
    """Good values pass in silence, bad ones are named with their value."""
    for value in good:
        check("thing", value)
    for value in bad:
        with pytest.raises(ValueError, match=f"^thing is {value}, but it must .+: .+"):
            check("thing", value)


def test_lists_and_tables() -> None:
    """Lists become float64; empty ones, tables in their place, and gaps are refused."""
    assert ranges.vector("thing", [1, 2]).dtype == float
    assert ranges.square("thing", [[1, 2], [3, 4]]).shape == (2, 2)
    assert ranges.transition("thing", [[0.5, 0.5], [0, 1]]).sum() == 2
    assert ranges.times("thing", 0).shape == ()
    with pytest.raises(ValueError, match="the shape of thing"):
        ranges.vector("thing", [])
    with pytest.raises(ValueError, match=r"thing is .*, but it must be finite"):
        ranges.vector("thing", [1, float("nan")])
    with pytest.raises(ValueError, match="the shape of thing"):
        ranges.square("thing", [[1, 2]])
    with pytest.raises(ValueError, match="the shape of thing"):
        ranges.square("thing", np.empty((0, 0)))
    with pytest.raises(ValueError, match=r"thing is .*, but it must be finite"):
        ranges.square("thing", [[float("inf")]])
    with pytest.raises(ValueError, match="sum to 1: divide each row by its sum"):
        ranges.transition("thing", [[-0.5, 1.5], [0, 1]])
    with pytest.raises(ValueError, match="leave out the negative thing"):
        ranges.times("thing", [1, -1])


def test_history() -> None:
    """The last purchase cannot lie after the end of watching."""
    assert [part.tolist() for part in ranges.history([2], [3], [5])] == [[2], [3], [5]]
    with pytest.raises(ValueError, match=r"time since the last purchase is -1.0"):
        ranges.history([2, 2], [3, 6], [5, 5])

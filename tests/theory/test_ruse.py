"""Retention that rises although nobody changes: row D26 of the docking table."""

import pytest

from sim.theory import ruse

SIX = 0.51e-6  # six printed decimals


def test_half_and_half() -> None:
    """Half stay with 0.95, half with 0.60: observed retention rises from 0.775 to 0.90."""
    printed = [0.775000, 0.814516, 0.850198, 0.879568, 0.901955]
    found = [ruse.observed_retention(year, (0.95, 0.6), (0.5, 0.5)) for year in range(1, 6)]
    assert found == pytest.approx(printed, abs=SIX)


def test_in_the_head() -> None:
    """A third never leaves and two thirds leave at once: 1/3, then 1."""
    assert ruse.observed_retention(1, (1, 0), (1, 2)) == pytest.approx(1 / 3)
    assert ruse.observed_retention(2, (1, 0), (1, 2)) == 1
    assert ruse.survival(5, (1, 0), (1, 2)) == pytest.approx(1 / 3)


def test_equals_show_no_ruse() -> None:
    """If all are alike, retention is flat."""
    assert ruse.observed_retention(9, (0.8,), (1,)) == pytest.approx(0.8)


def test_nonsense_is_refused() -> None:
    """Lists that do not fit, retention above one, nobody left are named."""
    with pytest.raises(ValueError, match="the number of parts is 1, but it must be 2"):
        ruse.survival(1, (0.9, 0.5), (1,))
    with pytest.raises(ValueError, match=r"retentions is \[95, 60\], but it must lie from 0 to 1"):
        ruse.survival(1, (95, 60), (1, 1))
    with pytest.raises(ValueError, match=r"the share left is 0.0"):
        ruse.observed_retention(3, (0,), (1,))
    with pytest.raises(ValueError, match=r"parts is \[0, 0\], but it must be 0 or more, and not"):
        ruse.survival(1, (0.9, 0.5), (0, 0))

"""Recovery: money per complaint puts right some of those that nobody would have answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.policy.recovery import RECOVERY, Recovery, recover


def test_recover_in_the_head() -> None:
    """.4 without money; with a fortune .8 of the other .6 as well, .88; none of it lost."""
    assert recover(0.4, 0.0, Recovery()) == 0.4
    assert recover(0.4, 1e6, Recovery()) == pytest.approx(0.88)
    assert recover(0.0, 10.0, Recovery(ceiling=1.0)) == pytest.approx(0.632, abs=5e-4)
    assert recover(1.0, 5.0, Recovery()) == 1.0


@given(st.floats(0, 1), st.floats(0, 1e4), st.floats(0, 1), st.floats(0, 1000))
def test_range(base: float, spend: float, ceiling: float, rate: float) -> None:
    """A chance: never below that without money, never above 1."""
    assert base <= recover(base, spend, Recovery(ceiling, rate)) <= 1.0


def test_it_keeps_customers() -> None:
    """It is paid per event, to those who complain."""
    assert (RECOVERY.side, RECOVERY.paid) == ("retention", "per event")
    assert RECOVERY.targets == ("customers who complain",)

"""Information: who has a firm does not always look at others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.information import Information, looks_at_rivals
from sim.behaviour.parameter import neutral


@pytest.mark.parametrize(("u", "looks"), [(0.29, True), (0.31, False)])
def test_searching_in_the_head(u: float, looks: bool) -> None:
    """Half of the occasions are searched at, .6 of openness is left: .3 look at rivals."""
    assert looks_at_rivals(u, 0.5, 0.6) == looks


def test_who_never_searches_never_looks() -> None:
    """Not even the smallest uniform there is."""
    assert not looks_at_rivals(2.0**-33, 0.0, 1.0)


@given(st.floats(2.0**-33, 1 - 2.0**-33), st.floats(0, 1))
def test_absent(u: float, openness: float) -> None:
    """Neutral: only openness counts."""
    assert looks_at_rivals(u, neutral(Information).search, openness) == (u < openness)

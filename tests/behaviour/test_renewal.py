"""Renewal: who is let go, who leaves, and how those begin who come next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.renewal import Renewal, does_not_renew, familiarity, found, is_dropped

share = st.floats(0, 1)


def test_a_contract_binds_until_it_ends() -> None:
    """Too little trust ends a tie only where the firm is free to go."""
    assert is_dropped(0.19, True, 0.2)
    assert not is_dropped(0.19, False, 0.2)
    assert not is_dropped(0.2, True, 0.2)


def test_who_is_committed_renews() -> None:
    """Of partners without commitment three in ten leave, of half-committed ones half as many."""
    assert does_not_renew(0.29, 0.0, 0.3)
    assert not does_not_renew(0.3, 0.0, 0.3)
    assert does_not_renew(0.14, 0.5, 0.3)
    assert not does_not_renew(0.16, 0.5, 0.3)


def test_a_new_partner_finds_into_its_work() -> None:
    """Half of what it can after three of six months, all from the sixth on."""
    assert [familiarity(age, 6.0) for age in (0, 3, 6, 7)] == [0, 0.5, 1, 1]


def test_who_comes_next() -> None:
    """A standard deviation better than announced, by .05; nobody is better than perfect."""
    assert found(0.7, 1.0, 0.05) == pytest.approx(0.75)
    assert found(0.99, 1.0, 0.05) == 1


@given(share, share, st.floats(0, 1200), st.floats(-7, 7))
def test_absent(trust: float, commitment: float, age: float, z: float) -> None:
    """Where it is off, ties last, and a new partner is at once what was announced."""
    silent = neutral(Renewal)
    assert not is_dropped(trust, True, silent.tolerance)
    assert not does_not_renew(2.0**-33, commitment, silent.leave)
    assert familiarity(age, silent.ramp_up) == 1
    assert found(0.7, z, silent.spread) == 0.7

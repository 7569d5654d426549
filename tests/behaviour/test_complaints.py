"""Complaints: likelier of a large loss and of the committed, less likely with a rival at hand."""

import math

import pytest

from sim.behaviour.complaints import Complaints, chance, out_of_reach


@pytest.mark.parametrize("flat", [0.0, 0.03, 0.5, 0.7, 1.0])
def test_off_is_flat_to_the_last_bit(flat: float) -> None:
    """Without any weight all complain alike, whatever is at stake."""
    for stake in (1e-12, 0.3, 1.0, 40.0):
        assert chance(flat, stake, 0.7, 0.9, Complaints()) == flat


def test_a_larger_loss_is_complained_of_more() -> None:
    """Half of them at one reference price; at four its root, at a quarter its square."""
    rules = Complaints(loss=0.5)
    found = [chance(0.5, stake, 0.0, 0.0, rules) for stake in (0.25, 1.0, 4.0)]
    assert found == pytest.approx([0.5**2, 0.5, 0.5**0.5])


def test_what_is_published_of_small_and_large_losses() -> None:
    """3 and 69 of 100 are the same people at losses 89 times apart, if half is the exponent."""
    rules = Complaints(loss=0.5)
    small, large = ((math.log(0.5) / math.log(share)) ** 2 for share in (0.03, 0.69))
    assert chance(0.5, small, 0.0, 0.0, rules) == pytest.approx(0.03)
    assert chance(0.5, large, 0.0, 0.0, rules) == pytest.approx(0.69)
    assert large / small == pytest.approx(89.3, abs=0.1)


def test_the_committed_speak() -> None:
    """A weight of ln 2 gives the wholly committed the root of the chance."""
    rules = Complaints(voice=math.log(2))
    assert chance(0.25, 1.0, 1.0, 0.0, rules) == pytest.approx(0.5)
    assert chance(0.25, 1.0, 0.0, 0.0, rules) == 0.25


def test_who_can_go_goes() -> None:
    """The same weight on a rival at hand squares it; and equal weights outweigh each other."""
    rules = Complaints(exit=math.log(2))
    assert chance(0.5, 1.0, 0.0, 1.0, rules) == pytest.approx(0.25)
    both = rules._replace(voice=math.log(2))
    assert chance(0.5, 1.0, 1.0, 1.0, both) == pytest.approx(0.5)


def test_nothing_is_outside_of_a_chance() -> None:
    """The largest weights at the ends of everything still give a chance."""
    rules = Complaints(5.0, 10.0, 10.0)
    for flat in (0.0, 0.5, 1.0):
        for stake in (0.0, 1e-300, 1e9):
            for share in (0.0, 1.0):
                assert 0.0 <= chance(flat, stake, share, 1.0 - share, rules) <= 1.0


def test_whom_one_can_go_to() -> None:
    """Who comes to mind is at hand; less so if going there costs, not at all if it cannot be."""
    assert out_of_reach(0.6, 0.0) == out_of_reach(0.6, -1.0) == pytest.approx(0.4)
    assert out_of_reach(0.6, math.log(2)) == pytest.approx(0.7)
    assert out_of_reach(0.6, math.inf) == 1.0

"""The NBD, buyer moderation and the 80/20 rule: rows D05 and D06 of the docking table."""

import numpy as np
import pytest

from sim.theory import nbd
from sim.theory.nbd import Nbd

SIX = 0.51e-6  # six printed decimals
TOOTHPASTE = nbd.from_penetration(mean=1.456, penetration=0.56)


def test_the_geometric_case_in_the_head() -> None:
    """M = K = 1: half buy nothing, a quarter once, an eighth twice."""
    people = Nbd(1, 1)
    assert people.probability(np.arange(3.0)) == pytest.approx([0.5, 0.25, 0.125])
    assert people.penetration() == pytest.approx(0.5)
    assert float(people.next_purchases(0)) == pytest.approx(0.5)


@pytest.mark.parametrize(("mean", "shape"), [(1.456, 0.78), (100, 0.25), (3, 1e7)])
def test_probabilities_sum_to_one_and_have_their_mean(mean: float, shape: float) -> None:
    """The counted range holds everyone, also where the NBD is a Poisson."""
    people = Nbd(mean, shape)
    chance = people.probability(people.counts())
    assert chance.sum() == pytest.approx(1)
    assert people.counts() @ chance == pytest.approx(mean)
    assert people.over(3).mean == 3 * mean


def test_toothpaste() -> None:
    """A penetration of 0.56 at 1.456 purchases a head means K = 0.778816."""
    assert TOOTHPASTE.shape == pytest.approx(0.778816, abs=SIX)
    assert TOOTHPASTE.penetration() == pytest.approx(0.56, abs=SIX)


def test_next_purchases() -> None:
    """Buyers of 0 to 5 buy 0.51 to 3.76 next time, with nothing changed."""
    printed = [0.507907, 1.159070, 1.810233, 2.461395, 3.112558, 3.763721]
    assert Nbd(1.456, 0.78).next_purchases(np.arange(6.0)) == pytest.approx(printed, abs=SIX)


def test_law_of_buyer_moderation() -> None:
    """The top fifth's 46.0564 per cent of sales become 33.9092; non-buyers give 15.3337."""
    found = TOOTHPASTE.top_share(0.2)
    assert found == pytest.approx((0.460564, 0.339092), abs=SIX)
    assert 1 - TOOTHPASTE.penetration() == pytest.approx(0.44, abs=SIX)
    assert TOOTHPASTE.next_share_of_nonbuyers() == pytest.approx(0.153337, abs=SIX)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (0.1, 0.951023),
        (0.2, 0.840903),
        (0.243, 0.801554),
        (0.3, 0.757212),
        (0.5, 0.649820),
        (0.553, 0.629565),
        (0.78, 0.564438),
        (1, 0.521888),
        (2, 0.424466),
        (5, 0.337752),
    ],
)
def test_long_run_top_fifth(shape: float, expected: float) -> None:
    """The heaviest fifth buys the printed share in the long run."""
    assert nbd.long_run_top_share(shape) == pytest.approx(expected, abs=SIX)


def test_shape_of_eighty_twenty() -> None:
    """Exactly 80/20 needs k = 0.244829."""
    assert nbd.shape_for_top_share(0.8) == pytest.approx(0.244829, abs=SIX)


@pytest.mark.parametrize(("shape", "expected"), [(0.243, 0.984129), (1, 0.846574), (2, 0.762928)])
def test_long_run_top_half(shape: float, expected: float) -> None:
    """The heavier half buys the printed share; at k = 1 it is (1 + ln 2)/2."""
    assert nbd.long_run_top_share(shape, 0.5) == pytest.approx(expected, abs=SIX)
    assert nbd.long_run_top_share(1, 0.5) == pytest.approx((1 + np.log(2)) / 2)


@pytest.mark.parametrize(
    ("mean", "shape", "buyers", "everyone"),
    [
        (1.456, 0.78, 0.460484, 0.653550),
        (0.902637, 0.243, 0.508021, 0.873755),
        (1, 1, 0.425000, 0.650000),
        (10, 1, 0.506936, 0.537629),
        (20, 0.5, 0.599997, 0.655385),
        (100, 0.5, 0.627002, 0.650944),
        (100, 0.25, 0.720478, 0.796399),
    ],
)
def test_top_fifth_in_a_window(mean: float, shape: float, buyers: float, everyone: float) -> None:
    """The top fifth of buyers has less than the top fifth of everyone, and both are printed."""
    people = Nbd(mean, shape)
    assert people.top_share(0.2).now == pytest.approx(buyers, abs=SIX)
    assert people.top_share(0.2, "everyone").now == pytest.approx(everyone, abs=SIX)


def test_a_long_window_shows_the_long_run() -> None:
    """Watched long enough, the top fifth of everyone approaches the gamma's share."""
    found = Nbd(1, 0.5).over(20_000).top_share(0.2, "everyone").now
    assert found == pytest.approx(nbd.long_run_top_share(0.5), abs=1e-4)


def test_nonsense_is_refused() -> None:
    """More buyers than chance allows, shapes and parts out of range."""
    with pytest.raises(
        ValueError, match=r"penetration is 0.8, but it must be below 0.76\d*: raise"
    ):
        nbd.from_penetration(1.456, 0.8)
    with pytest.raises(ValueError, match="shape is 0, but it must be above 0"):
        Nbd(1, 0)
    with pytest.raises(ValueError, match="part is 20, but it must lie between 0 and 1"):
        Nbd(1, 1).top_share(20)
    with pytest.raises(ValueError, match="among is all, but it must be known: say buyers"):
        Nbd(1, 1).top_share(0.2, "all")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"share is 0.1, but it must lie between 0.2 and 1"):
        nbd.shape_for_top_share(0.1)
    with pytest.raises(ValueError, match=r"share is 0.2, but it must lie between 0.2 and 1"):
        nbd.shape_for_top_share(0.2)
    with pytest.raises(ValueError, match="edge of what is possible"):
        nbd.from_penetration(1, 1e-20)

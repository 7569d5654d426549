"""Statistics of paired worlds, by hand."""

import numpy as np
import pytest

from sim.analysis import statistics
from sim.analysis.statistics import (
    RESAMPLES,
    half_width,
    highest,
    interval,
    paired,
    resampled_means,
    resamples,
    share_on_top,
)
from sim.draws import normal

SHARE = 4 * np.sqrt(0.25 / RESAMPLES)
"""Four standard errors of a share of resamples, at most."""


def test_an_interval_by_hand() -> None:
    """Of 1, 2, 3 the mean is 2 and the half width Student's 4.3027 times 1/√3."""
    found = interval(np.array([1.0, 2.0, 3.0]))
    assert found["mean"] == 2
    assert found["high"] - 2 == pytest.approx(4.302653 / np.sqrt(3), rel=1e-6)
    assert 2 - found["low"] == pytest.approx(found["high"] - 2)


@pytest.mark.parametrize("values", [[], [5.0]])
def test_no_interval_of_less_than_two(values: list[float]) -> None:
    """One value has a mean and no interval, none has neither."""
    found = interval(np.array(values))
    assert found["mean"] == 5 if values else np.isnan(found["mean"])
    assert np.isnan(found["low"])
    assert np.isnan(half_width(np.array(values)))


def test_a_paired_difference_by_hand() -> None:
    """Differences 1, 2, 3 of worlds 10, 20, 30: won in all, with a gain from pairing."""
    base = np.array([10.0, 20.0, 30.0])
    found = paired(np.array([11.0, 22.0, 33.0]), base)
    assert (found["mean"], found["won"], found["runs"]) == (2, 1, 3)
    apart = np.var([11, 22, 33]) + np.var([10, 20, 30])
    assert found["pairing_gain"] == pytest.approx(apart / np.var([1, 2, 3]))
    assert found["independent_runs"] == pytest.approx(3 * apart / np.var([1, 2, 3]))
    assert paired(np.array([11.0, 18.0, 30.0]), base)["won"] == pytest.approx(1 / 3)


def test_equal_arms_differ_by_nothing() -> None:
    """The difference of equal arms is 0, won in no world, without a pairing gain."""
    base = np.array([10.0, 20.0])
    found = paired(base, base)
    assert (found["mean"], found["low"], found["high"], found["won"]) == (0, 0, 0, 0)
    assert np.isnan(found["pairing_gain"])
    assert np.isnan(found["independent_runs"])


def test_luck_of_their_own_needs_as_many_runs() -> None:
    """Of arms that share no luck, 1,000 paired worlds are worth about 1,000 runs of each."""
    chance = np.random.default_rng(1)
    found = paired(*chance.normal(size=(2, 1000)))
    assert found["independent_runs"] == pytest.approx(1000, abs=4 * 1000 * np.sqrt(1 / 1000))


def test_what_is_undefined_in_a_world_is_won_by_nobody() -> None:
    """A difference that is not a number is neither won nor lost."""
    found = paired(np.array([1.0, np.nan]), np.zeros(2))
    assert np.isnan(found["won"])
    assert np.isnan(found["mean"])


# ── the best ──────────────────────────────────────────────────────────────────────────────────


def test_worlds_won_by_hand() -> None:
    """Of four worlds the first arm is highest in three, the third in none."""
    won, _ = highest(np.array([[1.0, 2.0, 3.0, 9.0], [0.0, 3.0, 2.0, 1.0], [0.0, 0.0, 0.0, 0.0]]))
    assert won.tolist() == [0.75, 0.25, 0]


def test_arms_that_tie_share() -> None:
    """A tie of two is half a world each; three equal arms are a third each, in both numbers."""
    assert share_on_top(np.array([[1.0, 2.0], [1.0, 3.0]])).tolist() == [0.25, 0.75]
    for shares in highest(np.array([[0.1, 0.7, 1e9]] * 3)):
        assert shares == pytest.approx([1 / 3] * 3, abs=1e-12)


def test_a_confidence_by_hand() -> None:
    """Two worlds, +3 and −1: only the resample of −1 twice, a quarter, has a negative mean."""
    _, confidence = highest(np.array([[3.0, 0.0], [0.0, 1.0]]))
    assert confidence == pytest.approx([0.75, 0.25], abs=SHARE)
    assert confidence.sum() == pytest.approx(1)


def test_the_best_of_every_world_is_the_best_for_sure() -> None:
    """Ahead in all worlds: ahead in all resamples."""
    won, confidence = highest(np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]]))
    assert won.tolist() == confidence.tolist() == [0, 1]


def test_nothing_is_the_best_of_nothing() -> None:
    """Without a world there are no shares."""
    won, confidence = highest(np.zeros((2, 0)))
    assert np.isnan(won).all()
    assert np.isnan(confidence).all()


@pytest.mark.parametrize("errors", [0.0, 1.0, 1.644854])
def test_a_confidence_is_the_normal_one(errors: float) -> None:
    """With 200 worlds a mean that many standard errors above 0 is the highest with Φ of them."""
    spread = np.array([normal((place + 0.5) / 200) for place in range(200)])
    spread /= spread.std()
    _, confidence = highest(np.array([spread + errors / np.sqrt(200), np.zeros(200)]))
    wanted = {0.0: 0.5, 1.0: 0.841345, 1.644854: 0.95}[errors]
    assert confidence[0] == pytest.approx(wanted, abs=SHARE)


def test_a_confidence_is_seldom_high_without_reason() -> None:
    """Of 400 pairs of like arms, 5 % have more than 95 % confidence in the first."""
    chance = np.random.default_rng(4)
    pairs = chance.normal(size=(400, 2, 40))
    surprised = np.mean([highest(pair)[1][0] > 0.95 for pair in pairs])
    assert surprised == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 400))


def test_resamples_draw_with_replacement() -> None:
    """Each draws as many worlds as there are; a world comes 1 time on average, variance 1 − 1/n."""
    drawn = resamples(0, RESAMPLES, 30)
    assert (drawn.sum(axis=1) == 30).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(30), abs=4 * np.sqrt(1 / RESAMPLES))
    assert drawn.var() == pytest.approx(1 - 1 / 30, rel=0.02)
    correlations = np.atleast_2d(np.corrcoef(drawn.T))
    assert correlations[~np.eye(30, dtype=bool)].mean() == pytest.approx(-1 / 29, abs=1e-3)


def test_resamples_are_the_same_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many worlds that the table does not fit at once change no number."""
    values = np.random.default_rng(2).normal(size=(3, 9))
    whole = resampled_means(values)
    assert whole.shape == (3, RESAMPLES)
    monkeypatch.setattr(statistics, "LARGEST", 9 * 700)
    assert resampled_means(values) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize("worlds", [4, 10, 30])
def test_means_spread_like_student_s(worlds: int) -> None:
    """The middle 95 % of the means of normal values is Student's interval, to a tenth."""
    values = np.random.default_rng(1).normal(7, 3, worlds)
    low, high = np.quantile(resampled_means(values[None])[0], [0.025, 0.975])
    found = interval(values)
    assert high - low == pytest.approx(found["high"] - found["low"], rel=0.1)
    assert (low + high) / 2 == pytest.approx(found["mean"], abs=0.1 * (high - low))


def test_what_is_paired_stays_paired() -> None:
    """An arm that is 5 more in every world is 5 more in every resample, to rounding."""
    values = np.random.default_rng(1).normal(0, 9, 8)
    one, other = resampled_means(np.array([values, values + 5]))
    assert other - one == pytest.approx(np.full(RESAMPLES, 5.0))

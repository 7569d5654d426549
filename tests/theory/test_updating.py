"""Where trust, reputation and satisfaction settle: rows D21 and D22 of the docking table."""

import pytest

from sim.theory import updating

SIX = 0.51e-6  # six printed decimals


def test_trust_in_the_head() -> None:
    """Half the promises kept, equal steps of a half: trust is a half, half the way each event."""
    assert updating.trust_mean(0.5, 0.5, 0.5) == 0.5
    assert updating.trust_rate(0.5, 0.5, 0.5) == 0.5
    assert updating.trust_half_life(0.5, 0.5, 0.5) == pytest.approx(1)


@pytest.mark.parametrize(
    ("kept", "gain", "loss", "mean", "repair"),
    [
        (0.95, 0.05, 0.2, 0.826087, 13.019818),
        (0.90, 0.05, 0.2, 0.692308, 7.243901),
        (0.95, 0.1, 0.1, 0.95, 10.105406),
        (0.99, 0.02, 0.3, 0.868421, 54.048365),
    ],
)
def test_mean_trust_and_repair(
    kept: float, gain: float, loss: float, mean: float, repair: float
) -> None:
    """The long-run mean and the successes that repair one failure from there are printed."""
    found = updating.trust_mean(kept, gain, loss)
    assert found == pytest.approx(mean, abs=SIX)
    assert updating.successes_to_repair(found, gain, loss) == pytest.approx(repair, abs=SIX)


def test_the_mean_is_where_trust_stays() -> None:
    """The expected step from the long-run mean is zero, and elsewhere `rate` of the distance."""
    kept, gain, loss = 0.95, 0.05, 0.2
    for trust in (updating.trust_mean(kept, gain, loss), 0.3):
        step = kept * gain * (1 - trust) - (1 - kept) * loss * trust
        distance = updating.trust_mean(kept, gain, loss) - trust
        assert step == pytest.approx(updating.trust_rate(kept, gain, loss) * distance, abs=1e-12)


def test_rate_and_half_life() -> None:
    """Rate 0.0575 and half-life 11.704740 at 95 per cent, 10.313347 at 90."""
    assert updating.trust_rate(0.95, 0.05, 0.2) == pytest.approx(0.0575)
    assert updating.trust_half_life(0.95, 0.05, 0.2) == pytest.approx(11.704740, abs=SIX)
    assert updating.trust_half_life(0.90, 0.05, 0.2) == pytest.approx(10.313347, abs=SIX)


def test_reputation_that_forgets() -> None:
    """With a memory of ten events and 95 per cent kept, (9.5 + 1)/12 = 0.875."""
    assert updating.reputation(0.95, 0.9) == pytest.approx(0.875)
    assert updating.reputation(1, 0) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("kappa", "fixed", "adaptive"),
    [
        (1.5, -0.199471, -0.210261),
        (1.955, -0.380990, -0.401599),
        (2.25, -0.498678, -0.525653),
    ],
)
def test_variance_alone_costs_satisfaction(kappa: float, fixed: float, adaptive: float) -> None:
    """Losses that count more than gains pull the mean down; an adapting expectation adds 5.4 %."""
    assert updating.mean_satisfaction(kappa, 1) == pytest.approx(fixed, abs=SIX)
    assert updating.mean_satisfaction(kappa, 1, 0.2) == pytest.approx(adaptive, abs=SIX)
    assert updating.mean_satisfaction(kappa, 2) == pytest.approx(2 * fixed, abs=2 * SIX)


def test_disconfirmation_of_an_adapting_expectation() -> None:
    """Following quality by a fifth makes disconfirmation 1.054093 times as wide."""
    assert updating.disconfirmation_sd(1, 0.2) == pytest.approx(1.054093, abs=SIX)
    assert updating.disconfirmation_sd(3) == 3


def test_without_loss_aversion_variance_is_free() -> None:
    """Kappa 1: gains and losses cancel."""
    assert updating.mean_satisfaction(1, 5) == 0


@pytest.mark.parametrize(
    ("weight", "expected"), [(0.1, 0.052632), (0.2, 0.111111), (0.3, 0.176471), (0.5, 0.333333)]
)
def test_variance_of_an_exponential_average(weight: float, expected: float) -> None:
    """Weight/(2 - weight) of the variance is left."""
    assert updating.averaging_variance(weight) == pytest.approx(expected, abs=SIX)


def test_nonsense_is_refused() -> None:
    """Shares out of range and trust that cannot rise are named."""
    with pytest.raises(ValueError, match=r"kept is 1.1, but it must lie from 0 to 1"):
        updating.trust_mean(1.1, 0.05, 0.2)
    with pytest.raises(ValueError, match="gain is 0, but it must lie between 0 and 1"):
        updating.trust_rate(0.9, 0, 0.2)
    with pytest.raises(ValueError, match="trust is 1, but it must be 0 or more and below 1"):
        updating.successes_to_repair(1, 0.05, 0.2)
    with pytest.raises(ValueError, match="loss_aversion is 0, but it must be above 0"):
        updating.mean_satisfaction(0, 1)

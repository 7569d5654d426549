"""When partners keep their word: row D23 of the docking table."""

import pytest

from sim.theory import game


@pytest.mark.parametrize(
    ("penalty", "expected"), [(0, 0.5), (1, 1 / 3), (1.5, 0.2), (2, 0), (3, 0), (5, 0)]
)
def test_patience_needed(penalty: float, expected: float) -> None:
    """T, R, P = 5, 3, 1: half without a contract, none once the penalty eats the temptation."""
    assert game.patience_needed(5, 3, 1, penalty) == pytest.approx(expected)


@pytest.mark.parametrize("penalty", [0, 1, 1.5])
def test_at_the_threshold_both_ways_pay_alike(penalty: float) -> None:
    """R/(1-delta) equals T - K + delta P/(1-delta), K being paid once, with the breach."""
    patience = game.patience_needed(5, 3, 1, penalty)
    betrayal = 5 - penalty + patience * 1 / (1 - patience)
    assert 3 / (1 - patience) == pytest.approx(betrayal)


def test_cooperation_holds_from_the_threshold_on() -> None:
    """At a half it holds, below it does not."""
    assert game.cooperates(0.5, 5, 3, 1)
    assert not game.cooperates(0.49, 5, 3, 1)


def test_payoffs_out_of_order_are_refused() -> None:
    """It is no dilemma unless T > R > P."""
    with pytest.raises(ValueError, match=r"\(T, R, P\) is \(3, 3, 1\), but it must fall"):
        game.patience_needed(3, 3, 1)
    with pytest.raises(ValueError, match="penalty is -1, but it must be 0 or more"):
        game.patience_needed(5, 3, 1, -1)

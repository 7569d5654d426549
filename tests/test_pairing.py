"""How many runs a difference needs: the arithmetic, and that addresses are worth their price."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.pairing import arms, in_sequence, npv, table, with_addresses
from benchmarks.pairing_picture import draw, rounded
from benchmarks.pairing_statistics import (
    MONTHS,
    PEOPLE,
    Cell,
    apart,
    gain,
    runs,
    runs_needed,
    together,
)
from sim import draws
from tests.reference.luck import InSequence
from tests.reference.model import Reference

SEED = 3


def test_runs_from_a_standard_deviation() -> None:
    """A half width of 1.96 sd takes one run, of .196 sd a hundred."""
    assert runs(np.array(5.0**2), 1.96 * 5.0) == pytest.approx(1.0, rel=1e-4)
    assert runs(np.array(5.0**2), 0.196 * 5.0) == pytest.approx(100.0, rel=1e-4)


def test_variances_of_a_difference() -> None:
    """Arms of variances 1 and 4 differ by 1 world by world, by 5 if they share nothing."""
    both = np.array([[0.0, 0.0], [2.0, 4.0], [1.0, 2.0]])
    assert together(both) == pytest.approx(1.0)
    assert apart(both) == pytest.approx(5.0)
    assert together(np.stack([both, 3.0 * both])) == pytest.approx([1.0, 9.0])


def test_runs_paired_and_not() -> None:
    """Runs follow the variance: paired ones are fewer by the gain."""
    rng = np.random.default_rng(SEED)
    both = rng.normal(size=(30, 1)) + rng.normal(size=(30, 2)) / 4.0
    alone, pairs = (runs_needed(both, 0.1, paired=paired).mean for paired in (False, True))
    assert pairs == pytest.approx(1.96**2 * np.diff(both).var(ddof=1) / 0.01, rel=1e-4)
    assert alone / pairs == pytest.approx(gain(both).mean)


def test_the_interval_covers() -> None:
    """A gain of (1 + 2) / 1 lies in about 95 of 100 intervals, each from 40 normal worlds."""
    rng = np.random.default_rng(SEED)
    held = 0
    for _ in range(200):
        first, more = rng.normal(size=(2, 40))
        found = gain(np.stack([first, first + more], axis=1))
        held += found.low <= 3.0 <= found.high
    assert held / 200 > 0.95 - 4.0 * np.sqrt(0.95 * 0.05 / 200)


def test_a_sequence_forgets_addresses() -> None:
    """The same question twice has two answers; another sequence of the seed has the same ones."""
    luck, again = InSequence(SEED), InSequence(SEED)
    asked = [luck.four(1, 0, 0, draws.STEP, 0) for _ in range(2)]
    assert asked[0] != asked[1]
    assert asked == [again.four(7, 5, 3, draws.PERSON, 1) for _ in range(2)]
    assert luck.gumbel(0.3) == pytest.approx(draws.gumbel(0.3))


def test_a_sequence_is_uniform() -> None:
    """4,000 numbers have the mean and variance of a uniform, to four standard errors."""
    luck = InSequence(SEED)
    numbers = np.array([luck.four(0, 0, 0, draws.STEP, 0) for _ in range(1_000)]).ravel()
    assert numbers.mean() == pytest.approx(1 / 2, abs=4 * np.sqrt(1 / 12 / 4_000))
    assert numbers.var() == pytest.approx(1 / 12, abs=4 * np.sqrt(1 / 180 / 4_000))


def test_equal_policies_do_not_differ() -> None:
    """One seed and one policy: exactly the same money, whichever way numbers are drawn."""
    today, _ = arms(60, 1.0, months=6)
    for lived in (in_sequence, with_addresses):
        values = lived([today, today], 2)
        assert (values[:, 0] == values[:, 1]).all()
        assert values[0, 0] != values[1, 0]


def test_both_markets_are_the_same_market() -> None:
    """The plain market fed with addressed draws earns what the fast one earns."""
    cases = [case.override({"precision": "double"}) for case in arms(60, 4.0, months=6)]
    plain = [npv(Reference(case, replication=2)) for case in cases]
    assert plain == pytest.approx(with_addresses(cases, 3)[2], rel=1e-9)


def test_strength_of_word_of_mouth() -> None:
    """0 is silence; 2 is twice the default tellings of the setting."""
    told = [arms(60, talk)[1].spec.rules.word_of_mouth for talk in (0.0, 1.0, 2.0)]
    assert (told[0].base, told[0].positive_weight, told[0].negative_weight) == (0.0, 0.0, 0.0)
    assert (told[1].base, told[1].positive_weight, told[1].negative_weight) == (0.25, 0.2, 1.5)
    assert (told[2].base, told[2].positive_weight, told[2].negative_weight) == (0.5, 0.4, 3.0)


@pytest.mark.parametrize("talk", [0.0, 4.0])
def test_addressed_draws_need_fewer_runs(talk: float) -> None:
    """At least ten times fewer than independent seeds, four standard errors clear of it."""
    found = with_addresses(arms(100, talk, months=12), 40)
    error = np.sqrt(2 / 39 + 2 / 39)  # of the logarithm of a ratio of two variances, at most about
    assert np.log(gain(found).mean) - 4.0 * error > np.log(10.0)


def test_what_is_told(tmp_path: Path) -> None:
    """A line for each strength and size, what was not lived is said so, and a picture."""
    values = np.random.default_rng(SEED).normal(100.0, 1.0, size=(12, 2))
    cells = [Cell(PEOPLE, talk, values, values) for talk in (0.0, 1.0)]
    told = table([*cells, Cell(10 * PEOPLE, 1.0, values, None)])
    assert told.count("| × ") == 2
    assert "| 3,000 | not measured |" in told
    assert draw([*cells, Cell(10 * PEOPLE, 1.0, values, None)], tmp_path / "p.png").exists()
    assert (rounded(1234.0), rounded(36.4), MONTHS) == (1200, 36, 24)

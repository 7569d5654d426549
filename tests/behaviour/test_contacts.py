"""Contacts: each does less than the one before, and the weary want no more."""

import pytest

from sim.behaviour.contacts import Contacts, chance_of_opting_out, risen, wearier


def test_a_contact_in_the_head() -> None:
    """A tenth of what is missing for the rested, half of that for the half weary, then nothing."""
    assert risen(0.4, 0.1, 0.0) == pytest.approx(0.46)
    assert risen(0.4, 0.1, 0.5) == pytest.approx(0.43)
    assert risen(0.4, 0.1, 1.0) == 0.4


def test_weariness_adds_up() -> None:
    """Of .2 each, three contacts make 1 - .8³ = .488, and never more than 1."""
    fatigue = 0.0
    for _ in range(3):
        fatigue = wearier(fatigue, 0.2)
    assert fatigue == pytest.approx(0.488)
    assert wearier(1.0, 0.2) == 1.0


def test_opting_out_rises_with_the_square() -> None:
    """.002 for the rested, .0145 at half fatigue, .052 at full; never more than certain."""
    assert chance_of_opting_out(0.0, 0.002, 0.05) == 0.002
    assert chance_of_opting_out(0.5, 0.002, 0.05) == pytest.approx(0.0145)
    assert chance_of_opting_out(1.0, 0.002, 0.05) == pytest.approx(0.052)
    assert chance_of_opting_out(1.0, 0.8, 0.8) == 1.0


def test_short_intervals_cost_more_than_they_bring() -> None:
    """Twelve in a row warm less than twice as much as six, and lose more than twice as many."""

    def series(count: int) -> tuple[float, float]:
        rules, warm, fatigue, subscribed = Contacts(), 0.0, 0.0, 1.0
        for _ in range(count):
            warm = risen(warm, rules.warmth, fatigue)
            subscribed *= 1.0 - chance_of_opting_out(fatigue, rules.opt_out, rules.opt_out_weary)
            fatigue = wearier(fatigue, rules.weariness)
        return warm, 1.0 - subscribed

    (few, lost), (many, lost_by_many) = series(6), series(12)
    assert few < many < 2 * few
    assert lost_by_many > 2 * lost

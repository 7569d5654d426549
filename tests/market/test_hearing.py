"""Forgetting, advertising and messages: what people know before a need arises."""

from typing import Any

import numpy as np
import pytest

from sim.market.compile import as_records
from sim.market.context import Month
from sim.market.hearing import drift, forget, hear, see_advertising
from sim.market.model import Market
from sim.market.state import (
    ADVERTISING,
    PRESENT,
    VERDICT_UNIT,
    WALK_IN,
    WORD_OF_MOUTH,
    World,
)
from tests.market.worlds import ALONE, LIKE, Data, made, stepped


def one_person(*changes: Data) -> tuple[Month, World, Any]:
    """Month, tables and the relation to the firm of a market of one person and one firm."""
    market = made(ALONE, *changes)
    w = as_records(market.world)
    return market.now(), w, w.relations[0, 0]


# ── forgetting and drift ──────────────────────────────────────────────────────────────────────


def test_six_per_cent_is_forgotten() -> None:
    """Salience 1 is .94 a month later, and .94 of that after another."""
    m, w, relation = one_person()
    forget(m, w, 0, 0)
    assert relation.salience == pytest.approx(0.94)
    forget(m, w, 0, 0)
    assert relation.salience == pytest.approx(0.94**2)


@pytest.mark.parametrize(("setting", "kept"), [("subscription", 1.0), ("repertoire", 0.85)])
def test_the_present_provider_is_not_forgotten(setting: str, kept: float) -> None:
    """A provider is not forgotten; the firm last bought from in a repertoire market is."""
    m, w, relation = one_person({"setting": setting})
    w.people[0].provider = 0
    forget(m, w, 0, 0)
    assert relation.salience == pytest.approx(kept)


def test_forgetting_in_weeks_makes_the_month() -> None:
    """What is left after the 52 weeks of a year is what is left after its 12 months."""
    m, w, relation = one_person({"step": "week"})
    for _ in range(52):
        forget(m, w, 0, 0)
    assert relation.salience == pytest.approx(0.94**12)


def test_drift_without_business() -> None:
    """Satisfaction goes 3 % of the way to expectation, commitment loses 3 %, per month."""
    m, w, relation = one_person({"mechanisms": {"forgetting": {"expectation": 0.5}}})
    relation.purchases, relation.last = 1, -5
    relation.satisfaction, relation.expectation, relation.first_expectation = 0.9, 0.5, 0.7
    relation.commitment = 0.4
    drift(m, w, 0, 0)
    assert relation.satisfaction == pytest.approx(0.9 - 0.03 * 0.4)
    assert relation.commitment == pytest.approx(0.4 * 0.97)
    assert relation.expectation == pytest.approx(0.6)


def test_no_drift_with_business_nor_of_what_was_never_felt() -> None:
    """A provider's customer does not drift, and who never bought has no satisfaction to relax."""
    m, w, relation = one_person()
    relation.satisfaction, relation.expectation = 0.9, 0.5
    drift(m, w, 0, 0)
    assert relation.satisfaction == 0.9
    relation.purchases, w.people[0].provider = 1, 0
    drift(m, w, 0, 0)
    assert relation.satisfaction == 0.9


# ── messages ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("praise", "blame", "salience"), [(1, 0, 0.7), (2, 0, 0.85), (0, 1, 0.2), (1, 1, 0.35)]
)
def test_messages_move_salience(praise: int, blame: int, salience: float) -> None:
    """From .4, praise fills half the headroom each time, blame halves: .4 → .7 → .85; .4 → .2."""
    m, w, relation = one_person()
    relation.salience, relation.praise, relation.blame = 0.4, praise, blame
    hear(m, w, 0, 0)
    assert relation.salience == pytest.approx(salience)
    assert (relation.praise, relation.blame, relation.verdict) == (0, 0, 0)
    assert relation.first_cue == (WORD_OF_MOUTH if praise else WALK_IN)


@pytest.mark.parametrize(("purchases", "openness"), [(0, 1.0), (3, 0.3)])
def test_messages_move_expectation(purchases: int, openness: float) -> None:
    """Two tellers of satisfaction .9 and .7 lead towards .8, less for those who know the firm."""
    m, w, relation = one_person()
    relation.expectation, relation.purchases = 0.5, purchases
    relation.praise, relation.verdict = 2, int(1.6 * VERDICT_UNIT)
    hear(m, w, 0, 0)
    moved = 1 - (1 - 0.3 * openness) ** 2
    assert relation.expectation == pytest.approx(0.5 + moved * 0.3, abs=1e-5)


def test_an_empty_box_says_nothing() -> None:
    """Without messages nothing changes."""
    m, w, relation = one_person()
    before = relation.copy()
    hear(m, w, 0, 0)
    assert relation == before


# ── advertising ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("purchases", "openness"), [(0, 1.0), (1, 0.3)])
def test_an_advertisement_is_seen(purchases: int, openness: float) -> None:
    """Salience .4 becomes .7; expectation goes 30 % of the way to the promise, or 9 %."""
    m, w, relation = one_person()
    w.firms[0].reach = 1.0
    relation.salience, relation.expectation, relation.purchases = 0.4, 0.65, purchases
    see_advertising(m, w, 0, 0)
    assert relation.salience == pytest.approx(0.7)
    assert relation.expectation == pytest.approx(0.65 + 0.3 * openness * 0.1)
    assert relation.first_cue == relation.last_cue == ADVERTISING


def test_no_advertisement_is_seen_without_reach() -> None:
    """A reach of 0 reaches nobody."""
    m, w, relation = one_person()
    relation.salience = 0.4
    see_advertising(m, w, 0, 0)
    assert relation.salience == 0.4
    assert relation.last_cue == WALK_IN


def test_the_first_cue_stays() -> None:
    """What first brought a firm to mind is kept, what did last is replaced."""
    m, w, relation = one_person()
    relation.praise = 1
    hear(m, w, 0, 0)
    w.firms[0].reach = 1.0
    see_advertising(m, w, 0, 0)
    assert (relation.first_cue, relation.last_cue) == (WORD_OF_MOUTH, ADVERTISING)


AIMED: Data = {
    "population": {"size": 300},
    "mechanisms": {"word_of_mouth": "off", "choice": {"staying": 0}},
    "groups": {"young": {"share": 0.4}},
    "firms": {name: {"policy": {"split": {}}} for name in LIKE["firms"]},
    "instruments": {"advertising": {"ceiling": 1, "rate": 1000}},
}
"""Nobody has had any cue; who is reached is certain as soon as there is money."""


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize("target", ["all", "prospects", "lapsed", "customers", "young"])
def test_advertising_reaches_its_target_only(target: str, setting: str) -> None:
    """With money without end everyone of the target sees it, and nobody else."""
    market = stepped(made(LIKE, AIMED, {"setting": setting, "active_months": 3}), 4)
    policy = {"split": {"advertising": 1.0}, "targets": {"advertising": target}}
    branch = market.branch({"firms.acme.policy": policy})
    aimed = targeted(branch, target)
    branch.step()
    there = branch.world.people["present"] == PRESENT
    there &= branch.world.people["arrived"] < branch.clock - 1
    reached = branch.world.relations["last_cue"][:, 0] == ADVERTISING
    assert np.array_equal(reached[there], aimed[there])
    assert aimed[there].any()
    assert aimed[there].all() == (target == "all")


def targeted(market: Market, target: str) -> Any:
    """(people,) who belongs to the target of acme as of the end of the last step."""
    people, relation = market.world.people, market.world.relations[:, 0]
    bought = relation["purchases"] > 0
    if market.spec.setting == "subscription":
        customer = people["provider"] == 0
    else:
        customer = bought & (market.clock - relation["last"].astype(int) <= 3)
    return {
        "all": np.full(len(people), True),
        "prospects": ~bought,
        "lapsed": bought & ~customer,
        "customers": customer,
        "young": people["group"] == 1,
    }[target]

"""Word of mouth: which first purchases it came before, and which it brought about."""

import json
from typing import Any

import numpy as np
import pytest

from sim.analysis.counterfactual import WordOfMouth, silenced, word_of_mouth
from sim.experiments.arms import Design, Failure, Future, design_of
from sim.experiments.runner import replicate
from sim.scenario.loading import scenario_from
from sim.scenario.paths import merge
from tests.market.worlds import LIKE, Data

ONLY_TALK: Data = {
    "warm_up": 0,
    "horizon": 6,
    "population": {"size": 200, "entry": {"closure": "cohort"}},
    "customers": {"expectation": 0.6, "exit": 0},
    "start": {"customers": {"acme": 0.3}, "salience": 0, "satisfaction": 1},
    "mechanisms": {
        "needs": {"look_rate": 1},
        "salience": {"floor": 0},
        "choice": {"outside": "none"},
        "forgetting": "off",
        "word_of_mouth": {},
    },
    "firms": {"acme": {"quality": 1, "policy": {"budget": {"amount": 0}}}},
    "policies": {"as_today": {}, "dear": {"firms.acme.price": 24}},
}
"""A firm that nobody knows but its customers, who tell."""
KNOWN: Data = {
    "start": {"salience": 1},
    "mechanisms": {"salience": {"floor": 1}, "expectation": {"message_weight": 0}},
}
"""Everybody knows it, and messages change nobody's mind."""


def design(*changes: Data) -> Design:
    """The two policies of that market."""
    data = ONLY_TALK
    for change in changes:
        data = merge(data, change)
    case = scenario_from(data)
    return design_of(case, {n: case.under_policy(n) for n in data["policies"]}, "acme")


def found(plan: Design, runs: int = 2, **how: Any) -> WordOfMouth:
    """Both shares in a few worlds."""
    return word_of_mouth(plan, replicate(plan, runs)[0], **how)


def future(replication: int, arm: str, acquired: float, share: float) -> Future:
    """A future of which only this is known."""
    return Future(replication, arm, {"acquired": acquired, "word_of_mouth": share}, np.zeros(1))


# ── what the shares are ───────────────────────────────────────────────────────────────────────


def test_where_nobody_talks() -> None:
    """Without talk in the first place nothing is missing, and nobody came through it."""
    walk_in = {"mechanisms": {"word_of_mouth": "off", "salience": {"floor": 1}}}
    shares = found(design(walk_in))
    for arm in ("as_today", "dear"):
        assert shares.counterfactual(arm).tolist() == [0, 0]
        assert shares.first_cue(arm).tolist() == [0, 0]


def test_where_talk_is_all_there_is() -> None:
    """Of a firm that one cannot know without being told, all first purchases are missing."""
    shares = found(design())
    assert shares.first_cue("as_today").tolist() == [1, 1]
    assert shares.counterfactual("as_today").tolist() == [1, 1]


def test_what_is_heard_is_not_what_decides() -> None:
    """Of a firm that everybody knows, praise comes first to some, and brings no one."""
    slow = {"mechanisms": {"needs": {"look_rate": 0.3}}}
    shares = found(design(KNOWN, slow))
    assert (shares.first_cue("as_today") > 0.1).all()
    assert shares.counterfactual("as_today").tolist() == [0, 0]


def test_memories_of_the_warm_up_remain() -> None:
    """Who was told before month 0 may buy after it in silence; where none ever talked, nobody."""
    told = design({"warm_up": 3, "mechanisms": {"needs": {"look_rate": 0.3}}})
    now, ever = found(told), found(told, always=True)
    assert (now.counterfactual("as_today") > 0).all()
    assert (now.counterfactual("as_today") < 1).all()
    assert ever.counterfactual("as_today").tolist() == [1, 1]
    assert ever.first_cue("as_today").tolist() == now.first_cue("as_today").tolist()


def test_shares_by_hand() -> None:
    """60 of 100 and 90 of 100 come anyway: .4 and .1 are missing, a quarter on average."""
    pairs = [
        (future(0, "one", 100, 0.3), future(0, "one", 60, 0)),
        (future(1, "one", 100, 0.5), future(1, "one", 90, 0)),
        (future(0, "two", 50, 0.2), future(0, "two", 75, 0)),
        (future(1, "two", 0, np.nan), future(1, "two", 5, 0)),
    ]
    shares = WordOfMouth(("one", "two"), pairs, [], 0.0)
    one, two = shares.table.to_dict("records")
    assert (one["arm"], one["runs"]) == ("one", 2)
    assert one["first_cue"] == pytest.approx(0.4)
    assert one["counterfactual"] == pytest.approx(0.25)
    half = 12.706204736 * 0.15  # Student's t with one degree of freedom, standard error .15
    assert one["counterfactual_low"] == pytest.approx(0.25 - half)
    assert one["counterfactual_high"] == pytest.approx(0.25 + half)
    assert (two["runs"], two["first_cue"], two["counterfactual"]) == (1, 0.2, -0.5)
    assert np.isnan(two["counterfactual_low"])


# ── how they are found ────────────────────────────────────────────────────────────────────────


def test_talk_ends_at_month_0() -> None:
    """Silence is in the arms; in the warm-up too only where it was always so."""
    plan = design()
    before = json.dumps([plan.base, plan.arms])
    for always in (False, True):
        silent = silenced(plan, always)
        assert list(silent.arms) == list(plan.arms)
        assert {arm["mechanisms"]["word_of_mouth"] for arm in silent.arms.values()} == {"off"}
        assert (silent.base["mechanisms"]["word_of_mouth"] == "off") is always
        assert silent.arms["dear"]["firms"]["acme"]["price"] == 24
    assert json.dumps([plan.base, plan.arms]) == before


def test_the_worlds_are_those_of_the_comparison() -> None:
    """Worlds keep their numbers; no more are lived than the comparison has, nor than asked for."""
    plan = design(LIKE, {"warm_up": 1, "horizon": 2})
    lived = replicate(plan, 3)[0]
    told: list[tuple[int, int]] = []
    shares = word_of_mouth(plan, lived, progress=lambda *so_far: told.append(so_far))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [(talk.replication, talk.arm) for talk, _ in shares.pairs] == [
        (number, arm) for number in range(3) for arm in ("as_today", "dear")
    ]
    for talk, silence in shares.pairs:
        assert (talk.replication, talk.arm) == (silence.replication, silence.arm)
        assert any(talk is one for one in lived)
    assert {t.replication for t, _ in word_of_mouth(plan, lived, runs=2).pairs} == {0, 1}
    assert shares.seconds > 0


def test_worlds_that_broke_are_left_out() -> None:
    """A world missing among those lived is missing here; one that breaks in silence is named."""
    plan = design(LIKE, {"warm_up": 1, "horizon": 2})
    lived = [one for one in replicate(plan, 3)[0] if one.replication != 1]
    assert {talk.replication for talk, _ in word_of_mouth(plan, lived).pairs} == {0, 2}
    lost = word_of_mouth(plan._replace(focal="nobody"), lived)
    assert lost.pairs == []
    assert [failure.replication for failure in lost.failures] == [0, 1, 2]
    assert lost.table["runs"].tolist() == [0, 0]


def test_as_plain_data() -> None:
    """What machines read is the table, with null where there is no number."""
    pair = (future(0, "one", 100, 0.3), future(0, "one", 60, 0))
    said = WordOfMouth(("one",), [pair], [Failure(1, "broke")], 1.23456).to_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    (row,) = said["shares"]
    assert (row["arm"], row["runs"]) == ("one", 1)
    assert (row["first_cue"], row["first_cue_low"]) == (0.3, None)
    assert row["counterfactual"] == pytest.approx(0.4)
    assert said["failures"] == [{"replication": 1, "error": "broke"}]
    assert said["seconds"] == 1.235

"""Challenges: rows by hand, findings in words, and a whole one in a tiny market."""

import json

import numpy as np
import pytest

from sim.analysis.attempts import Attempt, Lived
from sim.analysis.challenge import Challenge, Span, challenge, listed, rows_of
from sim.experiments.arms import Design, Failure, Future
from sim.experiments.outcomes import ALWAYS
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data

POLICIES: Data = {"today": {}, "win": {}, "keep": {}}
ARMS = tuple(POLICIES)
Npv = dict[str, list[float]]


def lived(factor: str, value: str, npv: Npv) -> Lived:
    """A comparison whose arms have these present values, world by world."""
    design = Design({}, {}, None, "acme")  # type: ignore[arg-type]
    futures = [
        Future(number, arm, dict.fromkeys(ALWAYS, 0.0) | {"npv": each}, np.zeros(1))
        for arm, values in npv.items()
        for number, each in enumerate(values)
    ]
    return Attempt(factor, value, value[:5], npv is not BASE, design), futures, []


BASE: Npv = {"today": [90, 80, 100], "win": [95, 95, 95], "keep": [109, 110, 111]}
TURNED: Npv = {"today": [0, 0, 0], "win": [119, 121, 120], "keep": [110, 110, 110]}
PERHAPS: Npv = {"today": [0, 0, 0], "win": [100, 140, 110], "keep": [110, 110, 110]}
SHAKY: Npv = {"today": [0, 0, 0], "win": [100, 110, 118], "keep": [110, 110, 110]}


def found(*more: Lived, base: Npv | None = None, against: str | None = None) -> Challenge:
    """A challenge of the base with these ends."""
    case = scenario_from({**LIKE, "policies": POLICIES})
    rows = rows_of([lived("", "as it is", base or BASE), *more], ARMS, against)
    return Challenge(case, ARMS, rows, {}, [], 1.0)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────


def test_a_row_by_hand() -> None:
    """keep is 14, 15 and 16 ahead of win: 15 on average, give or take 4.303 / sqrt(3)."""
    base = found().base
    assert base is not None
    half = 4.30265 / np.sqrt(3)
    assert (base.winner, base.second, base.against, base.runs) == ("keep", "win", "win", 3)
    assert base.lead == pytest.approx((15, 15 - half, 15 + half), rel=1e-5)
    assert base.gap == base.lead
    assert base.over == Span(0, 0, 0)
    assert base.won == 1
    assert not base.surely


def test_the_gap_stays_between_the_same_two() -> None:
    """Where win is 10 ahead of keep, the gap of keep over win is -10, and win's lead is 10."""
    row = found(lived("rivals", "match", TURNED)).rows[0]
    assert (row.winner, row.second) == ("win", "keep")
    assert (row.gap.mean, row.lead.mean, row.over.mean) == (-10, 10, 10)
    assert row.surely
    assert row.won == 1


def test_the_gap_may_be_that_over_another_policy() -> None:
    """Against today, which earns 90 where keep earns 110; against the winner itself means none."""
    assert found(against="today").all_rows()[0].gap.mean == 20
    assert found(against="keep").all_rows()[0].against == "win"


def test_the_share_of_worlds_won() -> None:
    """win has the highest value in one world of three, in another draws with keep."""
    row = found(lived("rivals", "match", PERHAPS)).rows[0]
    assert row.winner == "win"
    assert row.won == pytest.approx(2 / 3)


def test_ends_with_too_few_worlds_are_left_out() -> None:
    """One world has no interval; without the scenario as it is there is nothing at all."""
    one: Npv = {arm: [1.0] for arm in ARMS}
    assert found(lived("rivals", "match", one)).rows == []
    nothing = found(lived("rivals", "match", TURNED), base=one)
    assert nothing.base is None
    assert nothing.rows == nothing.turned == nothing.changes == []
    assert nothing.notes[0].startswith("No answer: fewer than two paired worlds of the scenario")
    assert nothing.table.empty


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def test_what_turns_the_verdict_comes_last() -> None:
    """First who wins, then what is shaky, last what puts another ahead, surely or perhaps."""
    case = found(
        lived("rivals", "rivals that match", TURNED),
        lived("closure", "nobody new", PERHAPS),
        lived("exits", "half the exits", SHAKY),
        lived("exits", "as many exits", BASE),
    )
    assert case.notes == [
        "As it is, keep earns more than win: 15 EUR [13, 17] over 3 paired worlds.",
        "keep is still ahead, but not surely, with half the exits.",
        "With rivals that match, win earns more than keep: 10 EUR [8, 12].",
        "With nobody new, win earns more than keep: 7 EUR [-45, 58]; not surely, as the interval "
        "holds 0.",
    ]
    assert [row.value for row in case.turned] == ["rivals that match", "nobody new"]
    assert len(case.changes) == 3
    assert repr(case) == "<Challenge of today, win, keep: 2 of 3 turn>"


def test_a_verdict_that_stands() -> None:
    """Nothing turns it: one line says of how many changes."""
    other = {arm: [value + 1 for value in values] for arm, values in BASE.items()}
    other["keep"][0] += 1
    case = found(lived("rivals", "rivals that match", other))
    assert case.notes[-1] == "keep is ahead in all 1 changes that were tried."


def test_a_verdict_that_was_not_sure() -> None:
    """The first line says so, and what is as unsure is not repeated."""
    case = found(lived("exits", "half the exits", SHAKY), base=SHAKY)
    assert case.notes[0].endswith("over 3 paired worlds; not surely, as the interval holds 0.")
    assert len(case.notes) == 2


def test_what_was_not_tried_and_what_broke() -> None:
    """Missing factors and broken worlds have a line each."""
    base = found()
    rows, broken = base.all_rows(), [Failure(number, "Traceback") for number in range(4)]
    case = Challenge(base.case, ARMS, rows, {"exits": "nobody leaves"}, broken, 1.0)
    assert case.notes[1] == "Not tried: exits, because nobody leaves."
    assert case.notes[2] == "4 paired worlds broke and are left out."
    assert case.to_json()["failures"][3] == {"replication": 3, "error": "Traceback"}


@pytest.mark.parametrize(
    ("words", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_in_a_row(words: list[str], text: str) -> None:
    """As one says them."""
    assert listed(words) == text


def test_the_table_and_the_data() -> None:
    """A row for the scenario and each end; as JSON the same numbers."""
    case = found(lived("rivals", "rivals that match", TURNED))
    table = case.table
    assert list(table["winner"]) == ["keep", "win"]
    assert list(table["turned"]) == [False, True]
    assert list(table["gap"]) == [15, -10]
    assert (table["gap_low"] < table["gap"]).all()
    data = json.loads(json.dumps(case.to_json()))
    assert [row["over"] for row in data["rows"]] == [0, 10]
    assert data["currency"] == "EUR"
    assert data["notes"] == case.notes


# ── a whole one ───────────────────────────────────────────────────────────────────────────────

TINY: Data = {
    "warm_up": 1,
    "horizon": 6,
    "population": {"size": 60},
    "firms": {"acme": {}, "bolt": {}},
    "policies": {
        "today": {},
        "gift": {"firms.acme.unit_cost": 5},
        "cheap": {"firms.acme.price": 15},
    },
}


@pytest.fixture(scope="module")
def tiny() -> Challenge:
    """Two firms, 60 people, half a year, two worlds for each end."""
    return challenge(scenario_from(TINY), runs=2, jobs=1)


def test_a_whole_challenge(tiny: Challenge) -> None:
    """Ten ends; two of them are the scenario itself; the others differ from it."""
    assert tiny.arms == ("today", "gift", "cheap")
    assert len(tiny.rows) == 10
    assert len(tiny.changes) == 8
    assert tiny.base is not None
    assert tiny.base.winner == "gift"
    assert all(row.runs == 2 for row in tiny.rows)
    assert tiny.missing == {}
    assert tiny.failures == []


def test_the_challenge_is_the_comparison_repeated(tiny: Challenge) -> None:
    """The end at which rivals match has the numbers of a scenario whose rivals match."""
    bolt = {"reaction": {"kind": "match", "lag": 3, "fraction": 1.0}}
    case = scenario_from({**TINY, "firms": {"acme": {}, "bolt": bolt}})
    other = challenge(case, runs=2, jobs=1)
    assert other.base is not None
    assert other.base[4:] == tiny.rows[1][4:]
    assert other.rows[0][4:] == tiny.base[4:]  # type: ignore[index]
    assert [row.value for row in other.rows if not row.changed] == [
        "rivals that match", "leavers replaced",
    ]  # fmt: skip


def test_a_broken_world_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds that break everywhere leave no answer; ends that are as it is add no failures."""
    monkeypatch.setattr("sim.experiments.runner.live", lambda design, number: 1 / 0)
    broken = challenge(scenario_from(TINY), runs=2, jobs=1)
    assert broken.base is None
    assert len(broken.failures) == 2 * 9
    assert "ZeroDivisionError" in broken.failures[0].error


def test_some_policies_only() -> None:
    """Those named are compared, the others are not; an unknown one is refused."""
    case = scenario_from({**TINY, "horizon": 1})
    assert challenge(case, ["cheap", "gift"], runs=2, jobs=1).arms == ("cheap", "gift")
    with pytest.raises(ScenarioError, match="must name policies of the scenario"):
        challenge(case, ["chaep", "gift"], runs=2, jobs=1)

"""Words about a comparison: the answer, how sure it is, and what stands beside it."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis import verdict
from sim.analysis.compare import Comparison
from tests.analysis.told import comparison
from tests.market.worlds import Data

AROUND = [95.0, 105.0, 90.0, 110.0, 99.0, 101.0, 100.0, 100.0, 97.0, 103.0, 98.0, 102.0]
"""Twelve present values whose mean is 100."""


def ahead_by(*gaps: float) -> list[float]:
    """Twelve worlds that are ahead of those by these, over and over."""
    return [value + gaps[place % len(gaps)] for place, value in enumerate(AROUND)]


def test_a_sure_winner() -> None:
    """The interval lies above 0: the winner, by how much, against whom, and how surely."""
    found = comparison(as_today=AROUND, gift=ahead_by(19.0, 21.0))
    assert found.answer == (
        "gift earns acme most: over 6 months its net present value is 20 EUR (20.0 %; 95 % "
        "interval 19 to 21) above that of as_today, the next best. gift is the highest in 100 % of "
        "12 paired worlds; the confidence that its mean is the highest is over 99.9 %."
    )


def test_no_sure_winner() -> None:
    """The interval holds 0: it says so, how sure it is all the same, and what would help."""
    found = comparison(as_today=AROUND, gift=ahead_by(3.0, -2.0))
    confidence = found.best["confidence"][1]
    assert 0.6 < confidence < 0.95
    assert found.answer == (
        "No sure winner for acme: over 6 months gift is ahead of as_today by 0 EUR (0.5 %; 95 % "
        "interval -1 to 2) in net present value, an interval that holds 0. gift is the highest in "
        f"50 % of 12 paired worlds; the confidence that its mean is the highest is "
        f"{100 * confidence:.0f} %. "
        "More paired worlds (runs) than 12 would narrow it."
    )


def test_the_baseline_may_win() -> None:
    """The first policy is a competitor like the others."""
    found = comparison(as_today=ahead_by(20.0, 21.0), gift=AROUND)
    assert found.answer.startswith("as_today earns acme most:")
    assert "above that of gift, the next best" in found.answer


def test_the_best_two_decide() -> None:
    """Against the next best, not the baseline: a close second leaves no sure winner."""
    close = comparison(as_today=[0.0] * 12, gift=ahead_by(0.0, 1.0, -0.5), the_same=AROUND)
    assert close.answer.startswith("No sure winner")
    assert close.ranking == ["gift", "the_same", "as_today"]


def test_a_gain_on_nothing_has_no_per_cent() -> None:
    """Where the next best earns exactly nothing, the gain is said in money only."""
    found = comparison(as_today=[0.0, 0.0, 0.0], gift=[9.0, 10.0, 11.0])
    assert "is 10 EUR (95 % interval 8 to 12) above that of as_today" in found.answer


def test_few_worlds_have_no_confidence() -> None:
    """Nine worlds are no ground for a bootstrap, ten are."""
    for runs, words in {
        9: "9 paired worlds, too few to tell",
        10: "the highest is over 99.9 %",
    }.items():
        found = comparison(as_today=AROUND[:runs], gift=ahead_by(5.0, 6.0)[:runs])
        assert words in found.answer


@pytest.mark.parametrize("values", [[], [1.0]])
def test_no_answer_from_less_than_two_worlds(values: list[float]) -> None:
    """Where all but one world broke there is no answer, and the notes name what broke."""
    found = comparison(failures=2, as_today=values, gift=values)
    assert found.answer == "No answer: fewer than two paired worlds were finished."
    assert found.notes[-1] == "2 paired worlds broke and are left out: 90, 91."


def test_an_answer_on_the_way_says_of_how_many() -> None:
    """Without advice about more worlds: they are being lived."""
    found = comparison(as_today=AROUND, gift=ahead_by(3.0, -2.0))
    words = verdict.preliminary(found, 30)
    assert words.startswith("After 12 of 30 paired worlds: No sure winner for acme")
    assert "More paired worlds" not in words
    asked = comparison({"compare": {"precision": {}}}, as_today=AROUND, gift=AROUND)
    assert verdict.preliminary(asked, 30).startswith("After 12 of at least 30 paired worlds: ")


@pytest.mark.parametrize(
    ("share", "words"), [(0.5, "50 %"), (0.984, "98 %"), (0.994, "99.4 %"), (1.0, "over 99.9 %")]
)
def test_a_certainty_is_never_claimed(share: float, words: str) -> None:
    """A bootstrap that never saw another winner is over 99.9 %, not 100 %."""
    assert verdict.certainty(share) == words


# ── notes ─────────────────────────────────────────────────────────────────────────────────────


def test_circumstances_come_first() -> None:
    """Closure, rivals, warm-up; nothing else where arms are equal and have spent the same."""
    assert comparison(as_today=[1, 2], gift=[1, 2]).notes == [
        "Closure replace; rivals hold; 2 months of warm-up.",
        "All policies go on from one shared warm-up under common luck.",
    ]


def test_a_firm_alone_has_no_rivals() -> None:
    """And the closure is the scenario's."""
    alone: Data = {
        "firms": {"acme": {}},
        "population": {"size": 80, "entry": {"closure": "cohort"}},
    }
    found = comparison(alone, as_today=[1, 2], gift=[1, 2])
    assert found.notes[0] == "Closure cohort; no rivals; 2 months of warm-up."
    assert found.to_json()["closure"] == {"as_today": "cohort", "gift": "cohort"}
    assert found.to_json()["reactions"] == {"as_today": {}, "gift": {}}


def test_rivals_that_differ_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """By firm where they differ within an arm, by arm where they differ between arms."""
    found = comparison(as_today=[1, 2], gift=[1, 2])
    kinds = {"as_today": ["hold", "hold"], "gift": ["hold", "match"]}
    told = {arm: dict(zip(["bolt", "cora"], each, strict=True)) for arm, each in kinds.items()}
    by_case = {id(found.cases[arm]): each for arm, each in told.items()}
    monkeypatch.setattr(verdict, "reactions", lambda case: by_case[id(case)])
    assert verdict.circumstances(found)[:2] == [
        "as_today: Closure replace; rivals hold; 2 months of warm-up.",
        "gift: Closure replace; rivals: bolt hold, cora match; 2 months of warm-up.",
    ]
    assert found.to_json()["reactions"] == told


def test_what_common_luck_was_worth() -> None:
    """The worlds used, and those that luck of their own would have taken, arm by arm."""
    found = comparison(as_today=AROUND, gift=ahead_by(3.0, -2.0), the_same=AROUND)
    row = found.differences.query("arm == 'gift' and metric == 'npv'").iloc[0]
    assert (row["runs"], row["independent_runs"]) == (12, 12 * row["pairing_gain"])
    assert found.notes[2] == (
        "12 paired worlds tell the differences in net present value as sharply as this many with "
        f"luck of their own: {row['independent_runs']:.0f} (gift)."
    )


def test_arms_that_did_not_spend_the_same_are_named() -> None:
    """Any two that differ by more than 1 % at the horizon: the two that differ most."""
    found = comparison(as_today=[1, 2], gift=[1, 2], the_same=[1, 2])
    for future in found.futures:
        future.outcomes["spending"] = {"as_today": 100.0, "the_same": 99.5, "gift": 100.4}[
            future.arm
        ]
    assert len(verdict.spending(found)) == 0
    found.futures[1].outcomes["spending"] += 2.0
    assert found.futures[1].arm == "gift"
    assert verdict.spending(found) == [
        "The arms did not spend the same: gift spent 101 EUR, the_same 100; part of the "
        "difference is the budget's."
    ]


def sharp(half_width: float | str, *gaps: float, **more: object) -> Comparison:
    """A comparison of 36 worlds for which a precision is asked for."""
    asked: Data = {"compare": {"precision": {"half_width": half_width, **more}, "at_most": 60}}
    rng = np.random.default_rng(1).normal(size=36)
    base = [100.0 + 10 * noise for noise in rng]
    return comparison(asked, as_today=base, gift=[v + gaps[i % 2] for i, v in enumerate(base)])


def test_a_precision_that_was_reached() -> None:
    """Differences 4 and 6 in turn: half width .34 on a mean of about 100."""
    found = sharp("1 %", 4.0, 6.0)
    assert verdict.sharpness(found) == [
        "Precision reached: after 36 paired worlds the half width of the difference between the "
        f"two best is {100 * found.look.width:.2g} % of as_today's mean npv; 1 % was asked for."
    ]
    assert found.look.width == pytest.approx(0.0034, rel=0.1)


def test_a_precision_that_was_not_reached() -> None:
    """Says what was, about how many worlds it would take, and what stopped it."""
    found = sharp(0.001, 4.0, 6.0)
    (words,) = verdict.sharpness(found)
    assert words.startswith("Precision not reached: after 36 paired worlds the half width of the")
    needed = np.ceil(36 * (found.look.width / 0.001) ** 2)
    assert words.endswith(
        f"0.1 % was asked for, which about {needed:.0f} would reach (compare.at_most is 60)."
    )


def test_a_precision_of_what_is_undefined() -> None:
    """No width, no promise."""
    found = sharp(0.01, 4.0, 6.0, metric="customer_equity")
    for future in found.futures:
        future.outcomes["customer_equity"] = np.nan
    (words,) = verdict.sharpness(found)
    assert "between the two best is undefined; 1 % was asked for (compare" in words
    assert words.startswith("Precision not reached: ")
    assert "would reach" not in words
    assert found.to_json()["precision"]["half_width"] is None


# ── after the horizon ─────────────────────────────────────────────────────────────────────────


def with_run_off(found: Comparison, **worth: float) -> Comparison:
    """The same comparison, each arm bringing this much more after the horizon."""
    futures = [
        replace(f, outcomes=f.outcomes | {"npv_run_off": f.outcomes["npv"] + worth[f.arm]})
        for f in found.futures
    ]
    return Comparison(found.case, found.cases, futures, [], 1.0)


def test_customers_of_the_horizon_may_turn_the_order() -> None:
    """Ahead by 5 at the horizon and behind by 5 with 10 more to come: then, and only then."""
    found = comparison(as_today=[100, 105, 110], gift=[95, 100, 105])
    turned = with_run_off(found, as_today=0, gift=10)
    assert any("gift is ahead of as_today by 5 EUR" in note for note in turned.notes)
    assert not any("run-off" in note for note in with_run_off(found, as_today=9, gift=10).notes)


def test_a_run_off_that_does_not_end_is_said() -> None:
    """What is left out after 600 months is named by arm."""
    found = comparison(as_today=[100, 105], gift=[95, 100])
    for future in found.futures:
        future.outcomes["remainder"] = 7.0
    assert found.notes[-1].endswith("leave out: 7 (as_today), 7 (gift).")

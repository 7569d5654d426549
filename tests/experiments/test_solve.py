"""Points of retention: what first-year retention is, and the chance that raises it."""

from typing import Any

import numpy as np
import pytest

from sim.experiments.solve import (
    first_year_retention,
    mean_retention,
    solved,
    solved_arms,
    unsolved,
    warmed_up,
    without,
)
from sim.market.model import Market
from sim.scenario.loading import Case, scenario_from
from sim.scenario.paths import merge
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data

RENEWING: Data = merge(
    ALONE,
    {
        "horizon": 24,
        "billing_months": 12,
        "population": {"size": 4000},
        "start": {"customers": {"acme": 1}, "first_renewal": "immediate"},
        "mechanisms": {
            "choice": {"staying": 0, "outside": 0},
            "needs": {"look_rate": 0},
            **dict.fromkeys(("satisfaction", "trust", "commitment", "loyalty"), "off"),
        },
        "firms": {"acme": {"appeal": float(np.log(4))}},
    },
)
"""Everybody is won in month 0 and asked once a year; .8 go on, the others are lost for good."""


def case(*interventions: Data, **more: Any) -> Case:
    """That market with interventions."""
    return scenario_from(merge(RENEWING, {"interventions": list(interventions), **more}))


def points(asked: float, **more: Any) -> Data:
    """An intervention that asks for points."""
    return {"hold": {"points_of_retention": asked}, **more}


# ── first-year retention ──────────────────────────────────────────────────────────────────────


def test_first_year_retention_of_fixed_renewal() -> None:
    """Of 4,000 who are won in month 0 about 3,200 are customers at the end of month 12."""
    retention, won = first_year_retention(Market(case()), "acme")
    assert won == 4000
    assert retention == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 4000))


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize("step", ["month", "week"])
def test_first_year_retention_by_hand(setting: str, step: str) -> None:
    """The same count from the tables of customers that a market keeps of each month."""
    year = {"month": 12, "week": 52}[step]
    data = merge(LIKE, {
        "setting": setting, "step": step, "horizon": 2 * year, "customers": {"exit": 0.02},
        "active_months": 3, "record": {"customers_at": list(range(2 * year))},
        "population": {"size": 300},
    })  # fmt: skip
    market = Market(data)
    while market.month < 0:
        market.step()
    kept = market.branch().run_model()
    window = round(3 / market.spec.months)
    won = stayed = 0
    for month in range(year):
        _, relations, *_ = kept.history.kept[month]
        won += int(kept.history.ledgers[market.clock + month]["acquired"][1])
        people, relations, *_ = kept.history.kept[month + year]
        now = market.clock + month + year
        mine = relations["first"][:, 1] == market.clock + month
        holds = people["provider"] == 1
        bought = relations["last"][:, 1] > now - window
        customer = holds if setting == "subscription" else bought
        stayed += int((mine & (people["present"] == 1) & customer).sum())
    assert 0 < stayed < won
    assert first_year_retention(market.branch(), "bolt") == (stayed / won, won)


def test_customers_from_before_do_not_count() -> None:
    """Contracts that ran before month 0 are nobody's acquisition: there is no share."""
    retention, won = first_year_retention(Market(case(start={"first_renewal": "deferred"})), "acme")
    assert won == 0
    assert np.isnan(retention)


# ── the chance ────────────────────────────────────────────────────────────────────────────────


def test_five_points_of_twenty_are_a_quarter() -> None:
    """Where .2 would leave a quarter of them has to stay, within what .001 of retention is."""
    found = solved(case(points(5)), "acme", runs=4)
    (gift,) = found.spec.interventions
    error = 4 * np.sqrt(0.25 * 0.75 / 3200)
    assert gift.points == 5
    assert gift.chance == pytest.approx(0.25, abs=error + 0.001 / 0.2)
    assert not unsolved(found)
    worlds = [warmed_up(case(), number) for number in range(4)]
    with_it, without_it = (mean_retention(worlds, c, "acme")[0] for c in (found, case()))
    assert with_it - without_it == pytest.approx(0.05, abs=0.001)


def test_what_stands_beside_is_left_alone() -> None:
    """Other interventions, dates and reasons are those of the question; nothing else is solved."""
    price: Data = {"from": 3, "shift": {"price": 1}}
    asked = case(price, points(5, until=20, why="a gift"))
    first, second = solved(asked, "acme", runs=1).spec.interventions
    assert first == asked.spec.interventions[0]
    assert (second.until, second.why) == (20, "a gift")
    nothing = case(price, {"hold": 0.3})
    assert solved(nothing, "acme", runs=1) is nothing
    assert without(nothing) is nothing
    assert without(asked).spec.interventions == (first,)


def test_all_arms_are_solved_and_the_first_stays_as_it_is() -> None:
    """Arms that ask are answered, each by itself; those that do not are the same objects."""
    base = case()
    arms = {"as_it_is": base, "two": case(points(2)), "eight": case(points(8))}
    found = solved_arms(base, arms, "acme", runs=2)
    assert list(found) == list(arms)
    assert found["as_it_is"] is base
    two, eight = (found[name].spec.interventions[0].chance for name in ("two", "eight"))
    assert two == pytest.approx(0.1, abs=0.03)
    assert eight == pytest.approx(0.4, abs=0.05)


def test_who_waits_is_told_of_every_world() -> None:
    """Two warm-ups, two futures without, and as many for every chance that is tried."""
    heard: list[int] = []
    solved_arms(case(), {"two": case(points(2))}, "acme", runs=2, progress=heard.append)
    assert heard == list(range(1, len(heard) + 1))
    assert len(heard) >= 8
    assert len(heard) % 2 == 0


def test_where_all_stay_nobody_can_be_won() -> None:
    """If every leaver of three firms stayed, a few of 80 people would be left to win, or none."""
    data = merge(LIKE, {
        "population": {"size": 80, "entry": {"closure": "cohort"}}, "customers": {"exit": 0},
        "mechanisms": {"choice": {"outside": "none", "staying": -3}},
    })  # fmt: skip
    everyone = scenario_from(merge(data, {"interventions": [{"hold": 1}]}))
    worlds = [warmed_up(scenario_from(data), number) for number in range(3)]
    retention, won = mean_retention(worlds, everyone, "acme")
    assert won == 0
    assert np.isnan(retention)
    asked = scenario_from(merge(data, {"interventions": [points(20)]}))
    (question,) = solved(asked, "acme", runs=3).spec.interventions
    assert 0 < question.chance < 1


def test_a_question_in_the_scenario_itself() -> None:
    """Where every arm asks, the warm-up is lived without the question."""
    base = case(points(5))
    found = solved_arms(base, {"one": base, "dearer": base.override({"firms.acme.price": 21})},
                        "acme", runs=1)  # fmt: skip
    assert all(arm.spec.interventions[0].chance > 0.15 for arm in found.values())


def test_a_firm_that_is_named_is_the_one_that_counts() -> None:
    """Points for bolt raise bolt's retention, although the comparison is about acme."""
    data = merge(LIKE, {"population": {"size": 400}, "interventions": [points(10, firm="bolt")]})
    found = solved(scenario_from(data), "acme", runs=2)
    worlds = [warmed_up(without(scenario_from(data)), number) for number in range(2)]
    before, after = (
        mean_retention(worlds, c, "bolt") for c in (without(scenario_from(data)), found)
    )
    assert after[0] - before[0] == pytest.approx(0.1, abs=1.5 / (2 * before[1]))


def test_a_short_horizon_is_no_hindrance() -> None:
    """Two years are lived for the answer, whatever the horizon."""
    assert solved(case(points(5), horizon=3), "acme", runs=1).spec.interventions[0].chance > 0.15


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((points(30),), "must be within reach of acme, which keeps 8.*, is 30; ask for at most 1"),
        ((points(5), points(5)), "must be asked for by one intervention .* is asked for by 2"),
        ((points(5, until=3),), "must be within reach of acme, .* ask for at most 0.0"),
    ],
)
def test_questions_without_an_answer(asked: tuple[Data, ...], words: str) -> None:
    """Refused where they stand, with what there is to get."""
    with pytest.raises(ScenarioError, match=words) as refusal:
        solved(case(*asked), "acme", runs=1)
    assert refusal.value.problems[0].key.endswith("hold.points_of_retention")


def test_a_firm_that_wins_nobody() -> None:
    """Without newcomers there is no first year."""
    asked = case(points(5), start={"first_renewal": "deferred"})
    with pytest.raises(ScenarioError, match="must be about a firm that wins customers; acme wins"):
        solved(asked, "acme", runs=1)

"""The frontier: known curves are found again, corners and flat stretches are said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.frontier import Frontier, frontier, percents
from sim.analysis.spending import BUDGETS, TODAY, frontier_points
from sim.experiments.arms import Failure, Future, future_of
from sim.experiments.outcomes import ALWAYS
from sim.market.model import Market
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data

Shape = Callable[[float], float]
SPLIT = {"advertising": 0.7, "service": 0.3}


def case(split: Data | None = None, **settings: Any) -> Case:
    """Three firms; acme spends 30 % on keeping customers."""
    policy = {"split": split or SPLIT, "budget": {"amount": 100}}
    firms = {**LIKE["firms"], "acme": {"policy": policy}}
    return scenario_from({**LIKE, "firms": firms, "compare": {"frontier": settings}})


def made(share: Shape, budget: Shape, luck: float = 1.0, worlds: int = 10, **more: Any) -> Frontier:
    """A frontier from worlds in which npv is a function of the place, a level, and some luck."""
    rng, of = np.random.default_rng(1), case(**more)
    level, truths = rng.normal(0, 50, worlds), {"share": share, "budget": budget}
    arms = {p.arm: truths[p.kind](p.at) for p in frontier_points(of)}
    futures = [
        Future(n, arm, dict.fromkeys(ALWAYS, 6.0) | {"npv": npv + level[n]}, np.zeros(1))
        for arm, mean in arms.items()
        for n, npv in enumerate(rng.normal(mean, luck, worlds))
    ]
    return Frontier(of, futures, [], 1.0)


def hill(top: float, best: float, fall: float) -> Shape:
    """A parabola."""
    return lambda at: top - fall * (at - best) ** 2


LEVEL = hill(1000, 0.5, 0.0)
TODAY_IS_BEST = hill(964, 1.0, 300)
"""Of budgets; it meets the shares where today lies on both."""


def test_a_known_parabola_is_found_again() -> None:
    """Highest at .6 and 1,000, 36 above today's .3; flat where less than 10 is lost: ± .16."""
    found = made(hill(1000, 0.6, 400), TODAY_IS_BEST)
    curve, gain = found.curve("share"), found.gain("share")
    assert curve.low <= 0.6 <= curve.high
    assert curve.high - curve.low < 0.05
    assert curve.optimum == pytest.approx(0.6, abs=0.02)
    assert curve.flat == pytest.approx((0.6 - np.sqrt(1 / 40), 0.6 + np.sqrt(1 / 40)), abs=0.02)
    assert gain["low"] <= 36 <= gain["high"]
    assert gain["high"] - gain["low"] < 5
    budget = found.curve("budget")
    assert budget.low <= 1 <= budget.high


def test_the_larger_gain_is_said_first() -> None:
    """In words: where it is highest, how surely, where it is flat, what moving would earn."""
    found = made(hill(1000, 0.6, 400), TODAY_IS_BEST)
    share, budget = found.curve("share"), found.curve("budget")
    assert found.answer.startswith(
        "acme earns most with 60 % of its budget spent on keeping customers "
        f"[{percents(share.low, share.high)}]; the curve is flat between 44 and 76 %. "
        "Today's 30 % lies outside it: spending more on keeping them would earn 3"
    )
    assert f"[{percents(budget.low, budget.high)}]" in found.answer
    assert "Today's 100 % lies in that range: little is to be gained" in found.answer


def test_the_first_answer_may_be_to_spend_less() -> None:
    """Half of today's budget is best and today divides it well: that is said first."""
    found = made(hill(875, 0.3, 100), hill(1000, 0.5, 500))
    assert found.answer.startswith("Divided as today, acme earns most with 50 % of today's budget")
    assert "Today's 100 % lies outside it: spending less would earn 12" in found.answer
    assert found.curve("budget").low <= 0.5 <= found.curve("budget").high


def test_a_corner_is_said() -> None:
    """All on keeping customers: the last value that was tried."""
    found = made(lambda at: 900 + 100 * at, lambda at: 930 - 90 * (at - 1))
    assert found.curve("share").end == "last"
    assert "earns most with 100 % of its budget" in found.answer
    assert "%], the last value that was tried; the curve is" in found.answer
    assert "most with 0 % of today's budget [0 to 0 %], the first value" in found.answer


def test_a_flat_frontier_is_said() -> None:
    """Nothing but luck: flat from end to end, and no move that would surely earn more."""
    found = made(LEVEL, LEVEL, luck=20)
    assert found.curve("share").flat == (0, 1)
    assert "flat between 0 and 100 %. Today's 30 % lies in that range" in found.answer
    assert "would earn" not in found.answer


def test_a_gain_may_be_unsure() -> None:
    """Today is off the curve of its own mix: outside the flat range, yet not surely worse."""
    found = made(hill(1000, 0.9, 4000), hill(1000, 1, 1), luck=1, keeping={"loyalty": 1})
    for future in found.futures:
        if future.arm == TODAY:
            future.outcomes["npv"] += (-1) ** future.replication * 500
    assert "spending more on keeping them would not surely earn more: " in found.answer
    assert "Today's mix is another: today is no point of the curve of shares." in found.notes


def test_the_gain_is_that_of_the_same_worlds() -> None:
    """Worlds differ by 50 in level; the gain of 36 is told to 5 because they are paired."""
    found = made(hill(1000, 0.6, 400), TODAY_IS_BEST)
    spread = found.points.set_index("at")["high"] - found.points.set_index("at")["low"]
    assert spread.min() > 40
    assert found.gain("share")["high"] - found.gain("share")["low"] < 5


def test_points_have_a_row_each() -> None:
    """Eleven shares, today's among them, eight budgets; today differs from itself by nothing."""
    found = made(hill(1000, 0.6, 400), TODAY_IS_BEST)
    assert found.points["kind"].tolist() == ["share"] * 11 + ["budget"] * len(BUDGETS)
    row = found.points[(found.points["kind"] == "share") & np.isclose(found.points["at"], 0.3)]
    assert row[["difference", "difference_low", "difference_high"]].to_numpy().tolist() == [[0] * 3]
    assert found.today == pytest.approx({"share": 0.3, "budget": 1})


def test_notes_say_the_mix_and_how_well_the_curve_fits() -> None:
    """Mixes, worlds, what brackets and flat mean, goodness, what broke."""
    found = made(hill(1000, 0.6, 400), TODAY_IS_BEST, keeping={"service": 0.8, "loyalty": 0.2})
    found.failures.append(Failure(7, "Traceback"))
    assert found.notes[0] == (
        "Winning customers: advertising 100 %. Keeping them: service 80 %, loyalty 20 %."
    )
    assert found.notes[1].startswith("10 paired worlds of 6 months. Closure replace; rivals hold;")
    assert "Flat: the curve is at most 1 % of the best value under it, or not" in found.notes[2]
    assert "Share: a penalised spline through 11 points explains 99.9" in found.notes[3]
    assert found.notes[-1] == "1 paired worlds broke and are left out: 7."


@pytest.mark.parametrize("worlds", [0, 1])
def test_no_answer_from_less_than_two_worlds(worlds: int) -> None:
    """No curve, no answer, and still plain data."""
    found = made(LEVEL, LEVEL, worlds=worlds)
    assert found.answer == "No answer: fewer than two paired worlds were finished."
    assert found.to_json()["curves"] == {}
    assert found.to_json()["points"][0]["low"] is None
    with pytest.raises(ValueError, match=f"at least 2 finished paired worlds, has {worlds}; let"):
        found.curve("share")


# ── a real market ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def small() -> Frontier:
    """Five shares and the budgets of a market of 80 people, three worlds, in this process."""
    return frontier(case(shares=5, runs=3), jobs=1)


def test_a_market_from_end_to_end(small: Frontier) -> None:
    """Every point is lived in every world; a budget of nothing is not spent."""
    assert small.runs == 3
    assert len(small.futures) == 3 * (1 + 5 + 7)
    spent = small.points.set_index(["kind", "at"])["spending"]
    assert spent["budget", 0.0] < 0.05 * spent["budget", 1.0]
    assert spent["budget", 2.0] == pytest.approx(2 * spent["budget", 1.0], rel=0.05)
    assert spent["share", 0.0] == pytest.approx(600, rel=0.05)
    assert small.answer.count("Today's") == 2
    assert repr(small) == "<Frontier of acme, 14 points, 3 paired worlds>"


def test_points_are_the_scenario_so_divided(small: Frontier) -> None:
    """The point at share 1 earns what the scenario earns with all on service from month 0."""
    market = Market(small.case)
    while market.month < 0:
        market.step()
    kept = small.case.override({"firms.acme.policy.split": {"service": 1.0}})
    lived = future_of(market.branch_into(kept).run_model(), "share 1", "acme")
    assert small.values("share 1")[0] == lived.outcomes["npv"]


def test_two_processes_give_the_same(small: Frontier) -> None:
    """The numbers do not depend on how many processes live the worlds."""
    assert frontier(small.case, jobs=2).points.equals(small.points)


def test_runs_and_progress_are_passed_on(small: Frontier) -> None:
    """Two worlds instead of the scenario's three, told one by one; they are the first two."""
    heard: list[tuple[int, int]] = []
    found = frontier(small.case, runs=2, jobs=1, progress=lambda *world: heard.append(world))
    assert heard == [(1, 2), (2, 2)]
    assert found.values(TODAY).tolist() == small.values(TODAY)[:2].tolist()


def test_an_interrupted_frontier_keeps_what_is_finished(small: Frontier) -> None:
    """Ctrl-C after the second world leaves two."""
    stops: list[str] = []

    def press(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    found = frontier(small.case, jobs=1, progress=press, interrupted=lambda: stops.append("stop"))
    assert stops == ["stop"]
    assert found.runs == 2
    assert found.curve("share").places.tolist() == small.curve("share").places.tolist()


def test_saved_frontiers(small: Frontier, tmp_path: Path) -> None:
    """Points as Parquet, everything else as JSON, the scenario beside."""
    folder = small.save(tmp_path / "frontier")
    assert pd.read_parquet(folder / "frontier.parquet").equals(small.points)
    data = json.loads((folder / "frontier.json").read_text("utf-8"))
    assert data["answer"] == small.answer
    assert data["curves"]["share"]["optimum"]["at"] == small.curve("share").optimum
    assert len(data["curves"]["share"]["fitted"]) == len(data["curves"]["share"]["at"])
    assert (folder / "scenario.yaml").exists()


def test_a_budget_that_follows_revenue_is_refused() -> None:
    """Before anything is lived."""
    share = case().override({"firms.acme.policy.budget": {"share_of_revenue": 0.1}})
    with pytest.raises(ScenarioError, match="must not be a share of revenue"):
        frontier(share, jobs=1)

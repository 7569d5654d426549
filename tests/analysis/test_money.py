"""The next unit of money: what comes back by hand, and that no instrument is a money machine."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.money import STEPS, Money, money, uses_of
from sim.analysis.spending import TODAY, raised
from sim.experiments.arms import Failure, Future
from sim.experiments.outcomes import ALWAYS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.loading import Case, load_scenario, scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE

SPLIT = {"advertising": 0.6, "service": 0.3, "loyalty": 0.1}


def case(**more: Any) -> Case:
    """Three firms of which acme spends 100 a month."""
    policy = {"split": SPLIT, "budget": {"amount": 100}}
    return scenario_from({**LIKE, "firms": {**LIKE["firms"], "acme": {"policy": policy}}, **more})


def made(earned: dict[str, list[float]], people: dict[str, list[float]] | None = None) -> Money:
    """From worlds in which each use of 10 extra earns so much net; others just pay back.

    Today a world books 100 of spending, 20 people won and 200 kept.
    """
    of, rows = case(), (people or {})
    zero = [0.0] * 3
    arms = {TODAY: (zero, zero, 0.0)}
    for use in uses_of(of):
        net, more = earned.get(use.name, zero), rows.get(use.name, zero)
        arms |= {use.arm(step): (net, more, 100.0 * step) for step in STEPS}
    futures = [
        Future(
            n,
            arm,
            dict.fromkeys(ALWAYS, 0.0)
            | {"npv": 50.0 * n + net[n], "outlay": 80 + 0.8 * extra, "spending": 100 + extra}
            | {"acquired": 20 + more[n], "kept": 200 + more[n]},
            np.zeros(1),
        )
        for arm, (net, more, extra) in arms.items()
        for n in range(3)
    ]
    return Money(of, STEPS, futures, [], 1.0)


def row(found: Money, use: str, step: float = 0.1) -> Any:
    """The row of a use and a step."""
    table = found.table
    return table[(table["use"] == use) & (table["step"] == step)].iloc[0]


def test_what_comes_back_by_hand() -> None:
    """10 extra are 8 discounted; with 4 earned net, 12 came back: 1.5 for each."""
    found = row(made({"service": [4.0, 4.0, 4.0]}), "service")
    assert (found["returned"], found["returned_low"], found["returned_high"]) == (
        pytest.approx(1.5), pytest.approx(1.5), pytest.approx(1.5),
    )  # fmt: skip
    assert (found["extra"], found["outlay"]) == pytest.approx((10, 8))


def test_one_just_pays_back() -> None:
    """No net gain is 1; a loss of all of it is 0; the interval is Student's over worlds."""
    found = made({"service": [0.0, 0.0, 0.0], "loyalty": [-8.0, -9.0, -7.0]})
    assert row(found, "service")["returned"] == pytest.approx(1)
    assert row(found, "loyalty")["returned"] == pytest.approx(0)
    half = 4.302653 / np.sqrt(3) / 8
    assert row(found, "loyalty")["returned_high"] == pytest.approx(half, rel=1e-6)


def test_returns_at_the_larger_step_are_of_the_whole_of_it() -> None:
    """With the same 4 net on 40 discounted: 1.1."""
    assert row(made({"service": [4.0] * 3}), "service", 0.5)["returned"] == pytest.approx(1.1)


def test_marginal_costs_by_hand() -> None:
    """10 extra win 2, 2.2 and 1.8 more: 5 each; today 60 of 100 are spent on 20 won: 3."""
    found = row(made({}, {"advertising": [2.0, 2.2, 1.8]}), "advertising")
    assert found["people"] == pytest.approx(2)
    assert found["marginal"] == pytest.approx(5)
    assert found["marginal_low"] < 5 < found["marginal_high"]
    assert found["average"] == pytest.approx(0.6 * 100 / 20)
    assert row(made({}), "service")["average"] == pytest.approx(0.4 * 100 / 200)


@pytest.mark.parametrize("more", [[2.0, -2.0, 1.0], [-2.0, -2.1, -1.9], [0.0, 0.0, 0.0]])
def test_no_marginal_cost_of_what_is_not_surely_more(more: list[float]) -> None:
    """Perhaps none, surely fewer, exactly as many: none."""
    found = row(made({}, {"advertising": more}), "advertising")
    assert np.isnan([found["marginal"], found["marginal_low"], found["marginal_high"]]).all()


def test_the_answer_names_the_best_and_what_loses() -> None:
    """Service first, surely ahead of the next; what surely returns under 1 is better saved."""
    found = made({"service": [4.0, 4.4, 3.6], "loyalty": [-4.0, -4.4, -3.6], "save": [0.1] * 3})
    assert found.answer == (
        "The next EUR of acme goes furthest in service: each brings back 1.50 [1.38, 1.62] EUR of "
        "present value (1 just pays back). Extra money on these is better saved: loyalty."
    )
    assert found.ranking[0] == "service"
    assert found.ranking[-1] == "loyalty"


def test_the_answer_says_when_nothing_pays_back() -> None:
    """The best may lie above 1 or below it: said; nothing else is surely a loss."""
    found = made({"service": [1.0, -1.0, 1.0]})
    assert "service: each brings back 1.04 [" in found.answer
    assert "Even that does not surely pay back." in found.answer
    assert "better saved" not in found.answer


def test_the_answer_says_when_the_best_is_not_sure() -> None:
    """Loyalty is a little behind in one world and a little ahead in another."""
    found = made({"service": [4.0, 4.4, 3.6], "loyalty": [3.0, 4.6, 3.4]})
    assert "It is not surely ahead of loyalty (each brings back 1.46 [" in found.answer


def test_every_instrument_of_the_setting_and_both_sides() -> None:
    """None that the firm can use is forgotten; none of another setting or of foundations."""
    for setting in ("subscription", "repertoire"):
        uses = {use.name: use for use in uses_of(case(setting=setting))}
        sided = {
            name: i for name, i in INSTRUMENTS.items() if i.side != "foundations" and not i.needs
        }
        known = {name for name, i in sided.items() if setting in i.settings}
        assert set(uses) == known | {"acquisition", "retention"}
        assert all(uses[name].side == INSTRUMENTS[name].side for name in known)
    assert uses["retention"].extra == pytest.approx({"service": 0.75, "loyalty": 0.25})
    assert uses["retention"].whole
    assert not uses["service"].whole


@pytest.mark.parametrize("worlds", [0, 1])
def test_no_answer_from_less_than_two_worlds(worlds: int) -> None:
    """No intervals, no answer, and still plain data."""
    whole = made({})
    found = Money(whole.case, STEPS, [f for f in whole.futures if f.replication < worlds], [], 1.0)
    assert found.answer == "No answer: fewer than two paired worlds were finished."
    assert found.to_json()["table"][0]["returned_low"] is None


@pytest.mark.parametrize("steps", [(), (0.0, 0.1), (0.5, 0.1)])
def test_steps_that_do_not_rise_are_refused(steps: tuple[float, ...]) -> None:
    """With rule, value and remedy."""
    with pytest.raises(ValueError, match=r"steps must rise from more than 0, are \[.*\]; write"):
        money(case(), steps=steps, jobs=1)


def test_a_budget_that_follows_revenue_is_refused() -> None:
    """Before anything is lived."""
    share = case().override({"firms.acme.policy.budget": {"share_of_revenue": 0.1}})
    with pytest.raises(ScenarioError, match="must not be a share of revenue"):
        money(share, jobs=1)


# ── a real market ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def small() -> Money:
    """All instruments of a market of 80 people, three worlds, in this process."""
    return money(case(), runs=3, jobs=1)


def test_a_market_from_end_to_end(small: Money) -> None:
    """A row for each use and step; 10 and 50 % of 600 are booked as extra where they can be."""
    assert len(small.table) == len(small.uses) * len(STEPS)
    assert row(small, "advertising")["extra"] == pytest.approx(60, rel=0.02)
    assert row(small, "service", 0.5)["extra"] == pytest.approx(300, rel=0.02)
    assert row(small, "service")["outlay"] < row(small, "service")["extra"]
    assert small.answer.startswith("The next EUR of acme goes furthest in ")
    assert repr(small) == f"<Money of acme, {len(small.uses)} uses, 3 paired worlds>"


def test_arms_are_the_scenario_so_changed(small: Money) -> None:
    """The arm of service is lived with 30 + 10 of 110 on it and the rest as it was."""
    policy: Any = raised(small.case, 0.1, {"service": 1.0}).spec.firms["acme"].policy
    assert policy.budget.amount == pytest.approx(110)
    assert policy.split["service"] == pytest.approx(40 / 110)
    again = money(small.case, runs=2, steps=(0.1,), jobs=1)
    assert again.values("service +0.1", "npv").tolist() == (
        small.values("service +0.1", "npv")[:2].tolist()
    )


def test_notes_say_what_was_done(small: Money) -> None:
    """The extra money, what comes back, the mixes, marginal cost, worlds, what broke."""
    assert small.notes[0].startswith("Each use gets 10 % and 50 % of today's budget on top")
    assert small.notes[1] == (
        "Acquisition as a whole: advertising 100 %. Retention: service 75 %, loyalty 25 %."
    )
    broken = Money(small.case, STEPS, small.futures, [Failure(9, "Traceback")], 1.0)
    assert broken.notes[-1] == "1 paired worlds broke and are left out: 9."


def test_saved_results(small: Money, tmp_path: Path) -> None:
    """The table as Parquet, everything else as JSON, the scenario beside."""
    folder = small.save(tmp_path / "money")
    assert pd.read_parquet(folder / "money.parquet").equals(small.table)
    data = json.loads((folder / "money.json").read_text("utf-8"))
    assert data["answer"] == small.answer
    assert data["ranking"] == small.ranking
    assert (folder / "scenario.yaml").exists()


# ── no money machines ─────────────────────────────────────────────────────────────────────────

LEAST, MOST = -0.5, 4.0
"""What an extra unit of money may bring back in a shipped scenario.

Not more than 4: a firm that got back four times what it spent would have found out long ago, and
published returns on marketing at the margin of real budgets lie far below; where a default split
leaves an instrument at nothing, its first units may earn twice or three times their cost. Not under
-0.5: money may be wasted (0), and a reward or a contact may annoy or draw the wrong people, but an
instrument that destroys more than half of every unit besides the unit itself would be a mistake in
its response, not a choice a firm faces.
"""
FALLING = 0.1
"""By how much the larger step may seem to bring back more per unit: below it is luck, or the
little help that talk gives to larger efforts."""
SHIPPED = ("retention_vs_acquisition", "retention_vs_acquisition_subscription")


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_no_instrument_is_a_money_machine(name: str) -> None:
    """NPV per extra unit falls with spend and lies between LEAST and MOST, for all instruments."""
    found = money(load_scenario(f"sim:{name}"), runs=10)
    returned = found.table.pivot(index="use", columns="step", values="returned")
    print(f"\n{found.case.spec.title}\n{returned.round(2)}\n{found.answer}")
    assert found.runs == 10
    assert found.table["returned"].between(LEAST, MOST).all()
    for use in found.uses:
        first, last = (row(found, use.name, step) for step in (STEPS[0], STEPS[-1]))
        luck = first["returned_high"] - first["returned"]
        assert last["returned"] <= first["returned"] + max(FALLING, luck), use.name

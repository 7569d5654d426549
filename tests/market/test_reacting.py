"""Rivals who answer: matching, adapting, imitating, by numbers one can do in one's head."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.firms import SPENT
from sim.market.model import Market
from sim.market.reacting import budgeted, directions, shifted, steps
from sim.market.saving import load_market
from sim.policy.targets import CODES
from sim.scenario.offers import Amount, PerHead, Policy
from tests.market.worlds import LIKE, Data, alike, made, stepped

POLICY: Data = {"budget": {"amount": 1000}, "split": {"advertising": 0.5, "service": 0.5}}
MATCH: Data = {"kind": "match", "lag": 2, "fraction": 0.5}
ADAPT: Data = {"kind": "adapt", "every": 2, "step": 0.1}


def rivals(reaction: Any, **more: Any) -> Data:
    """Three firms that spend 1,000 on advertising and service by halves; bolt answers."""
    firms = {name: {"policy": POLICY} for name in ("acme", "bolt", "cora")}
    firms["bolt"] = {"policy": POLICY, "reaction": reaction}
    return {"horizon": 12, "firms": firms, **more}


def paths(market: Market, firm: str) -> Iterator[tuple[float, dict[str, float]]]:
    """The firm's price and what it means to spend on each instrument, step by step."""
    while market.running:
        market.step()
        seller = market.firm(firm)
        yield float(seller.terms["price"]), seller.intended()


def prices(market: Market, firm: str) -> list[float]:
    """The firm's price in each step."""
    return [price for price, _ in paths(market, firm)]


def money(market: Market, firm: str, instrument: str) -> list[float]:
    """The firm's money for an instrument in each step."""
    return [meant[instrument] for _, meant in paths(market, firm)]


def branched(changes: Data, reaction: Any = MATCH, at: int = 2, **more: Any) -> Market:
    """The market of ``rivals`` changed from some step on; by default in month 0."""
    return stepped(made(LIKE, rivals(reaction, **more)), at).branch(changes)


# ── match ─────────────────────────────────────────────────────────────────────────────────────


def test_a_price_is_matched_by_half_after_two_months() -> None:
    """acme goes from 20 to 16 in month 0; bolt stays at 20 for two months, then asks 18."""
    assert prices(branched({"firms.acme.price": 16.0}), "bolt") == [20, 20] + [18] * 10
    assert prices(branched({"firms.acme.price": 16.0}), "cora") == [20] * 12


def test_a_matched_price_is_the_one_people_meet() -> None:
    """How dear bolt feels, what it earns a unit and what a saved leaver gets all follow."""
    market = branched({"firms.acme.price": 16.0}).run_model()
    terms = market.firm("bolt").terms
    assert terms["price_gap"] == pytest.approx(np.log(0.9))
    assert terms["save_gap"] == pytest.approx(np.log(0.9 * 0.8))
    assert terms["save_discount"] == pytest.approx(18 * 0.2)
    entry = market.history.last[1]
    assert entry["revenue"] == pytest.approx(18 * entry["units"])


def test_a_rivals_own_price_is_where_it_starts() -> None:
    """bolt asks 30, acme takes 4 off, bolt takes 2 off."""
    market = made(LIKE, rivals(MATCH), {"firms": {"bolt": {"price": 30}}})
    assert prices(stepped(market, 2).branch({"firms.acme.price": 16.0}), "bolt")[2:] == [28] * 10


def test_money_is_matched_instrument_by_instrument() -> None:
    """acme moves 300 of 1,000 from advertising to service; bolt moves 150, to 350 and 650."""
    split = {"advertising": 0.2, "service": 0.8}
    change = {"firms.acme.policy.split": split}
    assert money(branched(change), "bolt", "advertising") == [500, 500] + [350] * 10
    assert money(branched(change), "bolt", "service") == [500, 500] + [650] * 10


def test_a_larger_budget_is_matched_in_money() -> None:
    """acme doubles 1,000 and spends .2 of it on loyalty: 400 more; bolt, which had none, 200."""
    policy = {"budget": {"amount": 2000}, "split": {"service": 0.8, "loyalty": 0.2}}
    market = branched({"firms.acme.policy": policy})
    assert money(market, "bolt", "loyalty") == pytest.approx([0, 0] + [200] * 10)
    assert market.firm("bolt").intended() == pytest.approx(
        dict.fromkeys(SPENT, 0.0) | {"advertising": 250, "service": 500 + 550, "loyalty": 200}
    )


def test_matched_money_is_never_below_nothing() -> None:
    """acme takes 2,500 off advertising, of which bolt has only 500."""
    big = {"firms": {"acme": {"policy": {"budget": {"amount": 5000}}}}}
    market = stepped(made(LIKE, rivals(MATCH | {"fraction": 1.0}), big), 2)
    branch = market.branch({"firms.acme.policy.split": {"service": 1.0}})
    assert money(branch, "bolt", "advertising")[2:] == [0] * 10


def test_a_matched_price_stays_above_nothing() -> None:
    """acme asks 25 less than before, bolt's own price is 20; it goes down to a hundredth of it."""
    dear = {"firms": {"acme": {"price": 30}}}
    market = stepped(made(LIKE, rivals(MATCH | {"fraction": 1.0}), dear), 2)
    assert prices(market.branch({"firms.acme.price": 5.0}), "bolt")[-1] == pytest.approx(0.2)


def test_matching_follows_every_move_and_back() -> None:
    """acme asks 16 in months 0 to 3 and 20 again from month 4: bolt is 18 in months 2 to 5."""
    market = stepped(branched({"firms.acme.price": 16.0}), 4).branch({"firms.acme.price": 20.0})
    moves = [float(row["price"][0]) for row in market.history.moves]
    assert moves == [0, 0, -4, -4, -4, -4]
    assert market.firm("bolt").terms["price"] == 18
    assert prices(market, "bolt") == [18, 18] + [20] * 6


def test_what_is_not_policy_is_not_matched() -> None:
    """With money by the head, fewer people are no change of policy, of which there would be two."""
    policy = {"budget": {"per_head": 10}, "split": {"service": 1.0}}
    people = {"size": 80, "entry": {"closure": "cohort"}}
    firms = {"acme": {"policy": policy}, "bolt": {"policy": policy, "reaction": MATCH}}
    market = made(LIKE, {"firms": firms, "population": people, "customers": {"exit": 0.2}})
    market.run_model()
    assert market.present < 60
    assert market.firm("bolt").intended()["service"] == pytest.approx(10 * market.present)


def test_without_a_warm_up_the_beginning_is_what_changes_are_from() -> None:
    """A market that begins with month 0 has no change of its own; a branch of its start has."""
    start = made(LIKE, rivals(MATCH), {"warm_up": 0})
    assert prices(start.branch(), "bolt") == [20] * 12
    assert prices(start.branch({"firms.acme.price": 16.0}), "bolt") == [20, 20] + [18] * 10


def test_a_change_during_the_warm_up_is_no_change() -> None:
    """What acme does in the last step before month 0 is what later moves are counted from."""
    market = branched({"firms.acme.price": 16.0}, at=1)
    assert prices(market, "bolt") == [20] * 13


def test_lags_are_months_in_a_weekly_market() -> None:
    """Three months are thirteen weeks, one is four, none is less than a week."""
    weekly = made(LIKE, {"step": "week"}).spec
    assert [steps(months, weekly) for months in (1, 3, 12)] == [4, 13, 52]
    lag = {"kind": "match", "lag": 1, "fraction": 1.0}
    market = branched({"firms.acme.price": 16.0}, lag, step="week")
    assert prices(market, "bolt") == [20] * 4 + [16] * 8


def test_money_is_matched_by_the_week() -> None:
    """300 a month are 300 * 12/52 a week."""
    change = {"firms.acme.policy.split": {"advertising": 0.2, "service": 0.8}}
    market = branched(change, MATCH | {"lag": 1}, step="week")
    assert money(market, "bolt", "service")[4:] == pytest.approx([650 * 12 / 52] * 8)


# ── adapt ─────────────────────────────────────────────────────────────────────────────────────


def test_directions_are_tried_in_the_order_of_names() -> None:
    """More and less money first, then more and less for each instrument of the split."""
    policy = Policy(budget=Amount(amount=100.0), split={"service": 0.5, "advertising": 0.5})
    assert [what for what, _ in directions(policy)][::2] == [None, "advertising", "service"]
    assert [sign for _, sign in directions(policy)] == [1, -1] * 3


def test_steps_in_budget_and_split() -> None:
    """A tenth more of 2 a head; ten points more for one of two; the others keep proportion."""
    policy = Policy(budget=PerHead(per_head=2.0), split={"service": 0.5, "loyalty": 0.5})
    assert budgeted(policy, 0.1).budget == PerHead(per_head=2.2)
    assert shifted(policy, "service", 0.1).split == pytest.approx({"service": 0.6, "loyalty": 0.4})
    three = Policy(split={"service": 0.2, "loyalty": 0.2, "advertising": 0.6})
    assert shifted(three, "service", -0.2).split == pytest.approx(
        {"service": 0, "loyalty": 0.25, "advertising": 0.75}
    )
    assert shifted(three, "loyalty", 0.9).split["loyalty"] == 1
    alone = Policy(split={"service": 1.0})
    assert shifted(alone, "service", -0.1) == alone
    most = Policy(budget=PerHead(per_head=1e6))
    assert budgeted(most, 0.1) == most


def adapting(profits: list[float], split: Data, monkeypatch: pytest.MonkeyPatch) -> list[Policy]:
    """bolt's policy in each step, where its profit in each step is as given."""
    table = np.array(profits)

    def earned(market: Market, width: int) -> np.ndarray:
        return np.full(3, table[market.clock - width : market.clock].sum())

    monkeypatch.setattr("sim.market.reacting.earned", earned)
    market = made(LIKE, rivals(ADAPT))
    market = stepped(market, 1).branch({"firms.bolt.policy.split": split})
    found = [market.firm("bolt").policy]
    while market.running:
        market.step()
        found.append(market.firm("bolt").policy)
    return found


def amounts(policies: list[Policy]) -> list[float]:
    """Their budgets."""
    return [getattr(policy.budget, "amount", 0.0) for policy in policies]


def test_what_pays_is_kept_and_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Profit rises with every quarter: 10 % more money in months 0, 2, 4 and on."""
    found = amounts(adapting(list(range(14)), {"service": 1.0}, monkeypatch))
    rising = [1000 * 1.1**n for n in range(1, 7) for _ in range(2)]
    assert found == pytest.approx([1000, 1000, *rising])


def test_what_does_not_pay_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Profit never rises: more money, then less instead, then more again; always from 1,000."""
    found = amounts(adapting([5.0] * 14, {"service": 1.0}, monkeypatch))
    assert found[2:] == pytest.approx([1100, 1100, 900, 900] * 3)


def test_a_failure_is_no_mark_to_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quarters of 10, 2 and 6: the third did better than the second, which failed, and fails."""
    quarters = [5.0, 5.0, 1.0, 1.0, 3.0, 3.0] + [0.0] * 8
    found = amounts(adapting(quarters, {"service": 1.0}, monkeypatch))
    assert found[2:8] == pytest.approx([1100, 1100, 900, 900, 1100, 1100])


def test_the_split_is_tried_after_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two failures of the budget, then ten points more and ten points less for advertising."""
    split = {"advertising": 0.5, "service": 0.5}
    found = adapting([5.0] * 14, split, monkeypatch)
    assert [p.split["advertising"] for p in found[2::2]] == pytest.approx(
        [0.5, 0.5, 0.6, 0.4, 0.4, 0.6]
    )
    assert amounts(found)[6:] == [1000] * 8


def test_nothing_can_be_tried_without_money_and_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """No budget and no split: the firm stays as it is."""
    monkeypatch.setattr("sim.market.reacting.earned", lambda market, width: np.zeros(3))
    nothing = {"budget": {"amount": 0}, "split": {}}
    firms = {"bolt": {"reaction": ADAPT, "policy": nothing}}
    market = Market({**LIKE, "firms": {"acme": {}, **firms}}).run_model()
    assert market.firm("bolt").policy == market.firm("bolt").offer.policy
    assert market.firm("bolt").stance.trial is None


@pytest.mark.parametrize(("warm_up", "first"), [(0, 2), (1, 2), (2, 0), (5, 0)])
def test_adapting_begins_in_month_0_or_when_there_is_a_past(warm_up: int, first: int) -> None:
    """Two steps are needed to compare with; the warm-up counts, and nothing is tried in it."""
    market = made(LIKE, rivals(ADAPT), {"warm_up": warm_up})
    budgets = [sum(meant.values()) for _, meant in paths(market, "bolt")]
    changes = np.flatnonzero(np.diff(budgets))
    assert changes[0] + 1 == warm_up + first


def test_an_adapting_firm_does_not_do_worse_by_its_own_light() -> None:
    """Where money is only lost (nothing responds), budgets go down, a tenth each quarter."""
    dead = {name: {"ceiling": 0} for name in ("advertising", "service")}
    market = made(LIKE, rivals(ADAPT | {"every": 1}), {"instruments": dead, "horizon": 30})
    assert sum(market.run_model().firm("bolt").intended().values()) < 600


# ── imitate ───────────────────────────────────────────────────────────────────────────────────


def test_the_policy_that_earned_most_is_taken_over() -> None:
    """cora, whose goods cost nothing, earns most; bolt has its policy from month 3 on."""
    policy = {"budget": {"per_head": 1}, "split": {"advertising": 0.9, "service": 0.1},
              "targets": {"advertising": "lapsed"}}  # fmt: skip
    best = {"firms": {"cora": {"unit_cost": 0, "policy": policy}}}
    market = made(LIKE, rivals({"kind": "imitate", "lag": 3}), best)
    before = stepped(market, 5).firm("bolt")
    assert before.policy == before.offer.policy
    after = stepped(market, 1).firm("bolt")
    assert after.policy == market.firm("cora").policy
    assert after.intended() == market.firm("cora").intended()
    assert after.terms["advertising_target"] == CODES["lapsed"]


def test_the_best_firm_imitates_itself() -> None:
    """bolt, which spends next to nothing, earns most: it goes on as before."""
    best = {"firms": {"bolt": {"policy": {"budget": {"amount": 9}}}}}
    firm = made(LIKE, rivals({"kind": "imitate", "lag": 1}), best).run_model().firm("bolt")
    assert firm.policy == firm.offer.policy


def test_imitators_see_what_was_at_the_end_of_the_last_step() -> None:
    """Two who imitate each other swap: the order of the firms decides nothing."""
    copy = {"kind": "imitate", "lag": 1}
    one, other = ({"budget": {"amount": a}, "split": {"service": 1}} for a in (100, 200))
    market = made(LIKE, {"firms": {"acme": {"policy": one, "reaction": copy},
                                   "bolt": {"policy": other, "reaction": copy}}}, {"firms": {
                                       "cora": {"unit_cost": 500}}})  # fmt: skip
    earned = np.zeros((1, 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.market.reacting.earned", lambda market, width: earned[0])
        stepped(market, 3)  # month 0 is lived, nobody has copied yet
        earned[0] = [0, 1, 0]
        stepped(market, 1)
        assert amounts([firm.policy for firm in market.firms[:2]]) == [200, 200]


@pytest.mark.parametrize("names", [("bolt", "cora"), ("cora", "bolt")])
def test_of_equals_the_last_by_name_is_imitated(names: tuple[str, str]) -> None:
    """acme, which earns least, copies cora and not bolt, whichever stands first in the file."""
    policies = {"bolt": {"amount": 100}, "cora": {"amount": 200}}
    others = {n: {"policy": {"budget": policies[n], "split": {"service": 1}}} for n in names}
    firms = {"acme": {"reaction": {"kind": "imitate", "lag": 1}}, **others}
    market = made({**LIKE, "firms": firms})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.market.reacting.earned", lambda market, width: np.array([0, 1, 1]))
        stepped(market, 4)
    assert amounts([market.firm("acme").policy]) == [200]


# ── all of them ───────────────────────────────────────────────────────────────────────────────

ANSWERS: list[Data] = [MATCH, ADAPT, {"kind": "imitate", "lag": 2}]


@pytest.mark.parametrize("reaction", ANSWERS, ids=lambda answer: str(answer["kind"]))
def test_nobody_answers_before_month_0(reaction: Data) -> None:
    """The warm-up is that of rivals who hold."""
    warm: Data = {"warm_up": 8}
    answering = stepped(made(LIKE, rivals(reaction), warm), 8)
    assert alike(answering, stepped(made(LIKE, rivals({"kind": "hold"}), warm), 8))


@pytest.mark.parametrize("at", [0, 2, 3, 7])
@pytest.mark.parametrize("reaction", ANSWERS, ids=lambda answer: str(answer["kind"]))
def test_answers_go_on_in_branches_and_from_files(reaction: Data, at: int, tmp_path: Path) -> None:
    """Branched or saved at any step, rivals go on as they would have, to the last bit."""
    change = {"firms.acme.price": 16.0, "firms.acme.policy.budget": {"amount": 300}}
    whole = branched(change, reaction)
    market = stepped(branched(change, reaction), at)
    loaded, branch = load_market(market.save(tmp_path)), market.branch()
    for other in (loaded, branch):
        assert [firm.price for firm in other.firms] == [firm.price for firm in market.firms]
        assert [float(firm.terms["price"]) for firm in other.firms] == [
            f.price for f in other.firms
        ]
    whole.run_model()
    for other in (loaded.run_model(), branch.run_model(), market.run_model()):
        assert alike(other, whole)
        assert [firm.stance for firm in other.firms] == [firm.stance for firm in whole.firms]
        assert [firm.carried for firm in other.firms] == [firm.carried for firm in whole.firms]
        assert np.array_equal(np.stack(other.history.moves), np.stack(whole.history.moves))
    assert whole.firm("bolt").stance != whole.firm("cora").stance


@pytest.mark.parametrize("reaction", [{"kind": "adapt", "every": 1}, {"kind": "imitate", "lag": 1}])
def test_what_is_set_from_outside_takes_the_place_of_what_was_learned(reaction: Data) -> None:
    """A branch that gives bolt a policy puts aside the one it had come to."""
    rich = {"firms": {"cora": {"unit_cost": 0, "policy": {"budget": {"amount": 50}}}}}
    market = stepped(made(LIKE, rivals(reaction), rich), 6)
    assert market.firm("bolt").policy != market.firm("bolt").offer.policy
    new = {"budget": {"amount": 7.0}, "split": {"service": 1.0}}
    firm = stepped(market.branch({"firms.bolt.policy": new, "firms.bolt.reaction": HOLD}), 1)
    assert firm.firm("bolt").policy == firm.spec.firms["bolt"].policy
    kept = stepped(market.branch({"firms.bolt.reaction": HOLD}), 3)
    assert kept.firm("bolt").policy == market.firm("bolt").policy


HOLD: Data = {"kind": "hold"}


def test_a_market_of_holders_does_not_change() -> None:
    """Who holds has its offer's policy and price in every step, whatever the others do."""
    market = branched({"firms.acme.price": 16.0}).run_model()
    assert market.firm("cora").stance.policy == market.spec.firms["cora"].policy
    moved = np.stack(market.history.moves)
    assert not any(moved[name][:, 2].any() for name in ("price", *SPENT))

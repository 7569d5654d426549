"""Firms: budgets, plans, terms of instruments, what is charged and what is carried over."""

from typing import Any

import numpy as np
import pytest

from sim.market.firms import OF_ALL, SPENT, TRIFLE, profit
from sim.market.model import Market
from sim.market.state import LEDGER
from sim.policy.targets import CODES
from tests.market.worlds import ALONE, LIKE, Data, lived, made, stepped


def with_policy(budget: Any, split: Data, **changes: Any) -> Data:
    """One firm with a policy, and a market of 100 people who buy each month."""
    policy = {"budget": budget, "split": split}
    return {"population": {"size": 100}, "firms": {"acme": {"policy": policy}}, **changes}


# ── budget and plan ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("step", "months"), [("month", 1.0), ("week", 12 / 52)])
@pytest.mark.parametrize(
    ("budget", "monthly"), [({"amount": 300}, 300), ({"per_head": 0.5}, 50)], ids=["sum", "heads"]
)
def test_budgets(budget: Any, monthly: float, step: str, months: float) -> None:
    """A sum, or so much for every person of the market, per month: a share of it in a week."""
    market = made(ALONE, with_policy(budget, {"service": 1.0}, step=step))
    assert market.firms[0].budget() == pytest.approx(monthly * months)


def test_a_share_of_revenue() -> None:
    """A tenth of last month's revenue: nothing first, then 200."""
    market = made(ALONE, with_policy({"share_of_revenue": 0.1}, {"service": 1.0}))
    budgets = []
    for _ in range(3):
        budgets.append(market.firms[0].budget())
        market.step()
    assert budgets == pytest.approx([0, 200, 200])


def test_the_plan_follows_the_split() -> None:
    """A budget of 1,000 split .7 to .3, and what was left over or overspent is added."""
    market = made(ALONE, with_policy({"amount": 1000}, {"advertising": 0.7, "service": 0.3}))
    firm = market.firms[0]
    firm.carried["service"] = 50.0
    firm.carried["advertising"] = -800.0
    firm.plan()
    assert firm.planned["service"] == pytest.approx(350)
    assert firm.planned["advertising"] == 0
    assert firm.carried["advertising"] == pytest.approx(-100)
    assert firm.planned["loyalty"] == 0


@pytest.mark.parametrize(
    ("left", "planned"),
    [
        (TRIFLE * 100.0, 0.0),  # a billionth of the 100 that were spent: rounding
        (TRIFLE * 100.001, TRIFLE * 100.001),  # more than that: money
        (0.5, 0.5),
        (-1e-12, 0.0),
    ],
)
def test_what_rounding_left_is_no_money(left: float, planned: float) -> None:
    """Of 100 spent on service in the last month, up to a billionth counts as nothing now."""
    market = made(ALONE, with_policy({"amount": 0}, {}))
    firm = market.firms[0]
    market.history.last["service"][0] = 100.0
    firm.carried["service"] = left
    firm.plan()
    assert firm.planned["service"] == planned
    assert firm.carried["service"] == (planned if left > 0 else left)


@pytest.mark.parametrize(("money", "has"), [(0.0, False), (0.5, True)])
def test_half_a_unit_is_money(money: float, has: bool) -> None:
    """Nothing is not."""
    firm = made(ALONE, with_policy({"amount": 0}, {})).firms[0]
    firm.planned["service"] = money
    assert firm.has_money_for("service") == has


def test_an_instrument_at_rest_is_left_alone() -> None:
    """Its terms are set while there is money, once more when there is none, and then no more."""
    firm = made(ALONE, with_policy({"amount": 0}, {})).firms[0]
    row, untouched = firm.terms, 0.123
    firm.set_terms()
    assert firm.at_work == set()
    row["seen"] = row["reward_cost"] = untouched
    firm.planned["loyalty"] = 0.9
    firm.set_terms()
    assert firm.at_work == {"loyalty"}
    assert row["seen"] == untouched  # at rest
    assert row["reward_cost"] == 0.0  # at work: .9 for rewarded purchases, of which there were none
    row["reward_cost"] = untouched
    firm.planned["loyalty"] = 0.0
    firm.set_terms()
    assert (row["reward_cost"], firm.at_work) == (0.0, set())
    row["reward_cost"] = untouched
    firm.set_terms()
    assert row["reward_cost"] == untouched


@pytest.mark.parametrize(("goodwill", "at_work"), [(0.5, {"advertising"}), (0.0, set())])
def test_goodwill_is_still_at_work(goodwill: float, at_work: set[str]) -> None:
    """What is left of earlier advertising reaches people without new money."""
    change = {"instruments": {"advertising": {"carry_over": 0.5}}}
    firm = made(ALONE, with_policy({"amount": 0}, {}), change).firms[0]
    firm.set_terms()
    firm.goodwill = 2.0 * goodwill
    firm.at_work = {"advertising"}
    firm.set_terms()
    assert (firm.goodwill, firm.at_work) == (goodwill, at_work)
    assert (firm.terms["reach"] > 0) == (goodwill > 0)


def test_who_is_there_is_at_work_without_money() -> None:
    """Staff, help desk, managers, distributors and what joins departments need terms each step."""
    own: Data = {"staff": {}, "helpdesk": {}, "managers": {"people": {"ann": {}}}, "path": {}}
    change: Data = {
        "setting": "b2b",
        "firms": {"acme": own},
        "distributors": {"shop": {"to": "acme"}},
    }
    firm = made(ALONE, with_policy({"amount": 0}, {}), change).firms[0]
    firm.set_terms()
    firm.planned["loyalty"] = 1.0
    firm.set_terms()
    people = {"staff", "automation", "recovery", "hospitality", "distributors", "integration"}
    assert firm.at_work == people | {"loyalty"}


def test_an_offer_that_stays_is_not_written_again() -> None:
    """Neither price nor how dear it feels has changed: what is in the table stays as it is."""
    firm = made(ALONE).firms[0]
    firm.terms["standing"] = 0.123
    firm.take_in()
    assert firm.terms["standing"] == 0.123


@pytest.mark.parametrize(("linear", "felt"), [(False, np.log(2)), (True, 1.0)])
def test_what_people_remember_changes_what_they_meet(linear: bool, felt: float) -> None:
    """The price stays at 20; once it is remembered as 10, it feels dearer by ln 2, or by 10/10."""
    rules = {"price_memory": {"loss": 1.0}, "choice": {"linear_price": linear}}
    firm = made(ALONE, {"mechanisms": rules}).firms[0]
    firm.usual = 10.0
    firm.take_in()
    assert firm.terms["price_gap"] == pytest.approx(felt)


def test_what_suppliers_deliver_is_taken_in() -> None:
    """Half of the product is bought: .4 of it beside own work of .72 make .56."""
    market = made(ALONE, {"suppliers": {"mill": {"to": "acme", "share": 0.5}}})
    market.suppliers[0].delivered = 0.4
    market.firms[0].take_in()
    assert market.firms[0].terms["quality"] == pytest.approx(0.56)


def test_without_money_as_many_complaints_are_put_right_as_by_default() -> None:
    """The offer says so before any instrument is at work."""
    firm = made(ALONE, {"mechanisms": {"experience": {"recover": 0.35}}}).firms[0]
    assert firm.terms["recover"] == 0.35


# ── campaigns ─────────────────────────────────────────────────────────────────────────────────


def test_a_campaign_is_added_to_what_is_left() -> None:
    """Of earlier months 7 are left, for each of 100 prospects 2 are given: 207."""
    campaign = {"instrument": "advertising", "per_head": 2}
    firm = made(ALONE, campaigning(campaign)).firms[0]
    firm.carried["advertising"] = 7.0
    firm.plan()
    firm.campaign()
    assert (firm.planned["advertising"], firm.carried["advertising"]) == (207, 207)


def campaigning(*campaigns: Data, **changes: Any) -> Data:
    """One firm without a budget, and its campaigns."""
    offer = with_policy({"amount": 0}, {}, **changes)
    offer["firms"]["acme"]["policy"]["campaigns"] = list(campaigns)
    return offer


@pytest.mark.parametrize(("step", "months"), [("month", 1.0), ("week", 12 / 52)])
def test_a_campaign_spends_by_the_head(step: str, months: float) -> None:
    """3 a month for each of 100 people aimed at, beside the budget, and nothing is carried over."""
    change = campaigning({"instrument": "advertising", "per_head": 3}, step=step)
    market = stepped(made(ALONE, change), 2)
    spent = market.history.ledger()["advertising"][:, 0]
    assert spent == pytest.approx([300 * months] * 2)
    assert market.firms[0].carried["advertising"] == pytest.approx(0)
    reach = 0.3 * (1 - np.exp(-1.2 * 3))
    found = 1 - (1 - float(market.firms[0].terms["reach"])) ** (1 / months)
    assert found == pytest.approx(reach)


def test_a_campaign_has_its_time() -> None:
    """From month 1 until month 3, counted from the end of the warm-up; two of them add up."""
    change = campaigning(
        {"instrument": "advertising", "per_head": 1, "from": 1, "until": 3},
        {"instrument": "advertising", "per_head": 2, "from": 2},
        warm_up=2,
    )
    market = stepped(made(ALONE, change), 7)
    assert market.history.ledger()["advertising"][:, 0].tolist() == [0, 0, 0, 100, 300, 200, 200]


def test_a_campaign_for_customers_follows_their_number() -> None:
    """Nobody is a customer in month 0, all are from month 1 on, and each costs what was said."""
    for instrument in ("service", "contact"):
        market = made(ALONE, campaigning({"instrument": instrument, "per_head": 2}))
        ledger = stepped(market, 3).history.ledger()
        assert ledger[instrument][:, 0] == pytest.approx([0, 200, 200])
        assert market.firms[0].planned[instrument] == pytest.approx(200)


def test_a_campaign_paid_per_event_goes_by_those_of_last_month() -> None:
    """Rewards at 4 each: none before there were any purchases to reward, then 4 for each."""
    market = made(ALONE, campaigning({"instrument": "loyalty", "per_head": 4}))
    stepped(market, 4)
    assert float(market.firms[0].terms["reward_cost"]) == pytest.approx(4)
    assert market.history.ledger()["loyalty"][:, 0] == pytest.approx([0, 0, 400, 400])


def test_a_campaign_comes_on_top_of_the_budget() -> None:
    """A budget of 50 and 1 a head for 100 people make 150."""
    policy = with_policy({"amount": 50}, {"advertising": 1.0})
    policy["firms"]["acme"]["policy"]["campaigns"] = [{"instrument": "advertising", "per_head": 1}]
    assert stepped(made(ALONE, policy), 1).history.ledger()["advertising"][0, 0] == 150


# ── terms ─────────────────────────────────────────────────────────────────────────────────────


def test_the_offer() -> None:
    """Price, appeal less friction, and how dear it feels, also with a save discount of a fifth."""
    offer = {"price": 40, "appeal": 0.5, "friction": 0.2, "quality": 0.6, "promise": 0.9}
    terms = made(ALONE, {"firms": {"acme": offer}}).firms[0].terms
    assert terms["standing"] == pytest.approx(0.3)
    assert terms["price_gap"] == pytest.approx(np.log(2))
    assert terms["save_gap"] == pytest.approx(np.log(1.6))
    assert (terms["price"], terms["quality"], terms["promise"]) == (40, 0.6, 0.9)


def test_pressure_on_accounts() -> None:
    """How hard a firm presses accounts is in its terms as it was said."""
    offer: Data = {"setting": "b2b", "firms": {"acme": {"pressure": 0.4}}}
    assert made(ALONE, offer).firms[0].terms["pressure"] == 0.4


@pytest.mark.parametrize("step", ["month", "week"])
def test_advertising_reach(step: str) -> None:
    """1 a head and month reaches .3 (1 - e^-1.2) a month; four and a third weeks make the same."""
    market = made(ALONE, with_policy({"amount": 100}, {"advertising": 1.0}, step=step))
    stepped(market, 1)
    reach = float(market.firms[0].terms["reach"])
    months = market.spec.months
    assert 1 - (1 - reach) ** (1 / months) == pytest.approx(0.3 * (1 - np.exp(-1.2)))
    assert market.history.ledger()["advertising"][0, 0] == pytest.approx(100 * months)


@pytest.mark.parametrize(
    ("target", "heads"), [("all", 100), ("prospects", 60), ("customers", 30), ("lapsed", 10)]
)
def test_heads_of_a_target(target: str, heads: int) -> None:
    """Money is divided by those aimed at: of 100 people 40 ever bought and 30 are customers."""
    market = made(ALONE, with_policy({"amount": 300}, {"advertising": 1.0}))
    firm = market.firms[0]
    firm.last["buyers"], firm.last["customers"] = 40, 30
    assert market.heads(firm, CODES[target]) == heads


def test_heads_of_a_group() -> None:
    """A named group is counted by its members present."""
    groups = {"young": {"share": 0.3}, "old": {"share": 0.2}}
    market = made(LIKE, {"groups": groups, "population": {"size": 400}})
    members = np.bincount(market.world.people["group"], minlength=3)
    for position, name in enumerate(groups, start=1):
        target = {"advertising": name}
        policy = {"firms": {"acme": {"policy": {"targets": target}}}}
        firm = stepped(
            made(LIKE, {"groups": groups, "population": {"size": 400}}, policy), 0
        ).firms[0]
        firm.plan()
        assert firm.targeted("advertising") == members[position] > 40


def test_money_for_nobody_is_kept() -> None:
    """Where nobody has lapsed, advertising to the lapsed spends nothing and carries the money."""
    policy = with_policy({"amount": 300}, {"advertising": 1.0})
    policy["firms"]["acme"]["policy"]["targets"] = {"advertising": "lapsed"}
    market = stepped(made(ALONE, policy), 2)
    assert market.history.ledger()["advertising"].sum() == 0
    assert market.firms[0].carried["advertising"] == pytest.approx(600)


def test_service_terms() -> None:
    """2 a customer lift quality by .6 (1 - e^-1.4) of its headroom and spare half the failures."""
    market = made(ALONE, with_policy({"amount": 200}, {"service": 1.0}), {
        "mechanisms": {"experience": {"failure": 0.1}}, "start": {"customers": {"acme": 1}},
    })  # fmt: skip
    stepped(market, 1)
    terms = market.firms[0].terms
    assert terms["care"] == pytest.approx(2)
    assert terms["lift"] == pytest.approx(0.6 * (1 - np.exp(-1.4)))
    assert terms["failure"] == pytest.approx(0.1 * (1 - 0.5 * (1 - np.exp(-1.4))))


def test_service_without_customers_waits() -> None:
    """Service planned for nobody is carried, and the first customers do not get it all at once."""
    market = made(ALONE, with_policy({"amount": 200}, {"service": 1.0}))
    stepped(market, 1)
    assert market.history.ledger()["service"][0, 0] == 0
    assert market.firms[0].carried["service"] == pytest.approx(200)


# ── memory ────────────────────────────────────────────────────────────────────────────────────

LAUNCH: Data = {"launch": {"month": 6, "product": {"price": 8.0, "unit_cost": 3.0}}}


def test_what_belongs_to_a_firm_is_remembered() -> None:
    """Skill of its staff and what was heard for its launch go into its memory and out again."""
    change: Data = {"firms": {"acme": {"staff": {}} | LAUNCH}}
    firm, other, plain = (made(ALONE, each).firms[0] for each in (change, change, {}))
    assert firm.staff is not None
    assert firm.launch is not None
    firm.staff.skill["front"], firm.launch.voices = 0.125, 7.0
    memory = firm.memory()
    other.remember(memory)
    assert other.memory() == memory
    plain.remember(memory)  # in a branch without them
    assert (plain.memory()["staff"], plain.memory()["launch"]) == (None, None)
    other.remember(plain.memory())  # in a branch that begins with them
    assert other.memory() == memory


def test_posts_are_remembered_by_name() -> None:
    """Two had Ann's post before, Bob's is gone; a firm without posts has and changes none."""

    def with_posts(*names: str) -> Market:
        """A market of one account, whose firm has these posts."""
        posts: Data = {"managers": {"people": {name: {} for name in names}}} if names else {}
        return made(ALONE, {"setting": "b2b", "firms": {"acme": posts}})

    before, after, without = with_posts("bob", "ann"), with_posts("ann", "cid"), with_posts()
    managers = before.firms[0].managers
    assert managers is not None
    managers.generation = [1, 2]
    after.world.dealings["manager"] = 2
    after.firms[0].remember(before.firms[0].memory())
    assert after.firms[0].memory()["managers"] == {"ann": 2, "cid": 0}
    assert after.world.dealings["manager"].tolist() == [[1]]
    without.world.dealings["manager"] = 2
    without.firms[0].remember(before.firms[0].memory())
    assert without.firms[0].memory()["managers"] is None
    assert without.world.dealings["manager"].tolist() == [[0]]
    before.firms[0].remember(without.firms[0].memory())
    assert managers.generation == [1, 2]


@pytest.mark.parametrize(("own", "held"), [({}, 0b1000), (LAUNCH, 0b1001)])
def test_lines_are_remembered_by_name(own: Data, held: int) -> None:
    """Tea was the second line and is the third; a new product stays with who still sells one."""

    def selling(*names: str) -> Market:
        """A market of one person, the second of whose firms has these lines."""
        lines = {name: {"price": 5.0, "unit_cost": 2.0} for name in names}
        return made(ALONE, {"firms": {"bolt": {"lines": lines} | own}})

    market = selling("jam", "ham", "tea")
    market.world.dealings["lines"] = 0b101
    market.firms[1].remember(selling("rum", "tea").firms[1].memory())
    assert market.world.dealings["lines"].tolist() == [[0b101, held]]


# ── books ─────────────────────────────────────────────────────────────────────────────────────


def test_acquisition_spending_waits_for_an_acquisition() -> None:
    """A month without an acquisition carries its spending on; the next who is won carries all."""
    market = made(ALONE, with_policy({"amount": 90}, {"advertising": 1.0}))
    firm, entry = market.firms[0], market.world.ledger[0]
    firm.spent["advertising"] = 90.0
    firm.charge()
    assert (firm.waiting["advertising"], firm.terms["acquisition_cost"]) == (90, 0)
    entry["acquired_advertising"] = 6
    firm.charge()
    assert (firm.waiting["advertising"], firm.terms["acquisition_cost"]) == (0, 30)


def test_what_was_won_before_month_0_is_not_charged_after() -> None:
    """Spending of the warm-up that met nobody is not carried into the books."""
    unseen = {"advertising": {"ceiling": 0}}
    change = with_policy({"amount": 90}, {"advertising": 1.0}, warm_up=3, horizon=2)
    market = lived(ALONE, change, {"instruments": unseen})
    assert market.history.ledger()["unallocated"][:, 0].tolist() == [90, 180, 270, 90, 180]


def test_profit_of_a_ledger() -> None:
    """Revenue less what a firm pays for all and every instrument."""
    ledger = np.zeros(1, LEDGER)
    for position, name in enumerate((*OF_ALL, *SPENT)):
        ledger[name] = 2.0**position
    ledger["revenue"] = 2.0**40
    assert profit(ledger)[0] == 2.0**40 - (2.0 ** len((*OF_ALL, *SPENT)) - 1.0)


def test_a_firm_is_a_mesa_agent() -> None:
    """Firms are in the model's agents, with names and numbers."""
    market = made(LIKE)
    assert [firm.name for firm in market.agents] == list(LIKE["firms"])
    assert [firm.position for firm in market.firms] == [0, 1, 2]
    assert market.firms[1].offer == market.spec.firms["bolt"]

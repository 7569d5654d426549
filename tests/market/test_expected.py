"""The expected-value mode: closed forms, the mean of the market, refusals."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.market.expected import expected, next_unit
from sim.market.run import run
from sim.scenario.loading import Case, load_scenario, scenario_from
from sim.scenario.paths import merge
from sim.scenario.problems import ScenarioError
from sim.theory import clv, stock
from sim.theory.blattberg_deighton import Prospects

Data = dict[str, Any]
EXACT = 1e-9

PLAIN: Data = {
    "warm_up": 0,
    "horizon": 24,
    "population": {"size": 3_000, "entry": {"closure": "cohort"}, "network": {"kind": "complete"}},
    "customers": {"basket": 1, "taste": 0, "price_sensitivity": 2, "exit": 0},
    "start": {"customers": {"acme": 0.4}},
    "mechanisms": {
        "satisfaction": "off",
        "trust": "off",
        "commitment": "off",
        "word_of_mouth": "off",
        "salience": {"advertising_gain": 1},
        "choice": {"staying": 2.5, "outside": 0.5},
    },
    "firms": {"acme": {"policy": {"budget": {"amount": 0}, "split": {}}}},
}
"""One firm and 3,000 people, without anything that feeds back and without spending."""


def of(*changes: Mapping[str, Any]) -> Case:
    """The plain market with changes merged into it."""
    data: Data = PLAIN
    for change in changes:
        data = merge(data, change)
    return scenario_from(data)


def policy(split: Data, budget: Data | None = None, **more: Any) -> Data:
    """What acme spends."""
    spent = {"budget": budget or {"amount": 4_000.0}, "split": split, **more}
    return {"firms": {"acme": {"policy": spent}}}


# ── numbers one can do in one's head ──────────────────────────────────────────────────────────


def test_a_cohort_that_halves() -> None:
    """At even odds 1,200 customers become 600, 300, 150; each pays 20 and costs 12."""
    even = {"choice": {"staying": 0, "outside": 0}, "needs": {"look_rate": 0}}
    found = expected(of({"mechanisms": even, "discount_rate": 0.0}))
    assert found.measured["customers"][:3] == pytest.approx([600, 300, 150], rel=EXACT)
    assert found.measured["revenue"][:2] == pytest.approx([12_000, 6_000], rel=EXACT)
    assert found.measured["profit"][:2] == pytest.approx([4_800, 2_400], rel=EXACT)
    assert found.npv == pytest.approx(9_600 * (1 - 0.5**24), rel=EXACT)
    assert found.measured["retention"] == pytest.approx([0.5] * 24, rel=EXACT)


def test_an_advertisement_reaches_its_share() -> None:
    """1 a head reaches .3 (1 - e^-1.2) of 3,000 prospects; in the first month all of them buy."""
    market = {"start": {"customers": "none", "salience": 0}}
    sure = {"choice": {"outside": "none"}, "needs": {"look_rate": 1}}
    spent = policy({"advertising": 1.0}, {"amount": 3_000.0})
    found = expected(of(market, {"mechanisms": sure}, spent))
    reach = 0.3 * (1 - np.exp(-1.2))
    assert found.measured["acquired"][0] == pytest.approx(3_000 * reach, rel=EXACT)
    assert found.measured["advertising"] == pytest.approx([3_000] * 24, rel=EXACT)


def test_the_table_of_months() -> None:
    """A row a month; cash and outlay add up to what the columns say."""
    found = expected(of(policy({"advertising": 0.6, "save": 0.4})))
    table = found.firms
    assert table["month"].tolist() == list(range(24))
    assert table["cash"].iloc[-1] == pytest.approx(table["profit"].sum(), rel=EXACT)
    assert (table["spending"] == table["advertising"] + table["save"]).all()
    assert found.npv == table["npv"].iloc[-1]
    assert found.outlay == table["outlay"].iloc[-1] < table["spending"].sum()


# ── closed forms ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("retention", "discount"), [(0.8, 0.1), (0.9, 0.1), (0.55, 0.02)])
@pytest.mark.parametrize("timing", ["immediate", "deferred"])
def test_value_of_a_customer(timing: clv.Timing, retention: float, discount: float) -> None:
    """A head is worth (1 + i)/(1 + i - r), or r/(1 + i - r) one month before month 0."""
    case = load_scenario(f"sim:theory/d01_retention_value_{timing}")
    odds = float(np.log(retention / (1 - retention)))
    found = expected(case, {"firms.acme.appeal": odds, "discount_rate": discount, "horizon": 300})
    per_head = found.npv / 20_000 / (1 if timing == "immediate" else 1 + discount)
    assert per_head == pytest.approx(clv.value(retention, discount, timing=timing), rel=EXACT)


def test_stock_under_a_fixed_inflow() -> None:
    """100 come a month and .8 stay: N* + (N0 - N*) .8^t customers, in every month."""
    case = load_scenario("sim:theory/d01_retention_value_immediate").override(
        {
            "population.entry": {"closure": "poisson", "per_month": 100.0,
                                 "on_arrival": {"customer_of": "acme"}},
            "horizon": 40,
        }
    )  # fmt: skip
    found = expected(case).measured["customers"]
    exact = [stock.customers_after(month, 100, 0.8, 20_100) for month in range(40)]
    assert found == pytest.approx(exact, rel=EXACT)


def test_exits_are_replaced() -> None:
    """Of all people a share 1 - e^-.1 goes a month, customers or not; as many come the next."""
    entry = {"closure": "replace", "on_arrival": {"customer_of": "acme"}}
    case = of({"customers": {"exit": 0.1}, "population": {"entry": entry}})
    sure = {"mechanisms.choice.outside": "none", "mechanisms.needs.look_rate": 0}
    found, gone = expected(case, sure).measured, 1 - np.exp(-0.1)
    held = np.append(1_200, found["customers"][:-1])
    assert found["exited"] == pytest.approx(held * gone, rel=EXACT)
    assert found["acquired"][:2] == pytest.approx([0, 3_000 * gone], rel=EXACT)
    assert found["customers"] == pytest.approx(held * (1 - gone) + found["acquired"], rel=EXACT)


def test_groups_have_their_share_and_their_character() -> None:
    """A quarter likes the firm by ln 3: of 300 and 900 customers 3/4 and 1/2 renew."""
    fond = {"share": 0.25, "customers": {"taste": float(np.log(3))}}
    even = {"choice": {"staying": 0, "outside": 0}, "needs": {"look_rate": 0}}
    found = expected(of({"groups": {"fond": fond}, "mechanisms": even})).measured["customers"]
    assert found[:2] == pytest.approx([225 + 450, 168.75 + 225], rel=EXACT)


def test_contracts_of_three_months_end_in_turn() -> None:
    """A third of the contracts ends in each month; each bill is for three months."""
    never_again = {"mechanisms.choice.outside": 0, "mechanisms.choice.staying": 0,
                   "mechanisms.needs.look_rate": 0}  # fmt: skip
    found = expected(of({"billing_months": 3}), never_again).measured
    assert found["customers"][:4] == pytest.approx([1_000, 800, 600, 500], rel=EXACT)
    assert found["revenue"][:4] == pytest.approx([200 * 60, 200 * 60, 200 * 60, 6_000], rel=EXACT)


def test_a_share_of_leavers_is_held() -> None:
    """Holding a quarter of the leavers from month 2 on makes .8 of .8 into .85 from there."""
    case = load_scenario("sim:theory/d01_retention_value_deferred")
    gift = {"interventions": [{"from": 2, "hold": 0.25}], "horizon": 4}
    kept = expected(case, gift).measured["retention"]
    assert kept == pytest.approx([0.8, 0.8, 0.85, 0.85], rel=EXACT)


def test_a_saved_leaver_decides_again_with_the_same_luck() -> None:
    """Of leavers who are seen, those stay whose luck a discount of a fifth turns round."""
    spent = policy({}, campaigns=[{"instrument": "save", "per_head": 1.0}])
    gap = {"choice": {"staying": 0, "outside": 0}, "needs": {"look_rate": 0}}
    found = expected(of({"mechanisms": gap}, spent)).measured
    seen = 0.2 * (1 - np.exp(-0.05))
    cheaper = 1 / (1 + np.exp(2 * np.log(0.8)))
    leavers = found["customers"][0] * 0.5
    assert found["would_leave"][1] == pytest.approx(leavers, rel=EXACT)
    assert found["saved"][0] == 0  # no would-be leavers were seen before: no money is planned
    assert found["saved"][1] == pytest.approx(leavers * seen * (cheaper - 0.5) / 0.5, rel=EXACT)


# ── the mean of the market ────────────────────────────────────────────────────────────────────

BACK: Data = {"mechanisms": {"needs": {"look_rate": 0.3}}}
BY_GROUP: Data = {
    "step": "week",
    "groups": {"thrifty": {"share": 0.3, "customers": {"price_sensitivity": 6}}},
    "customers": {"exit": 0.05},
    "population": {"entry": {"closure": "replace", "on_arrival": "prospect"}},
    "billing_months": 2,
    "start": {"customers": "sorted"},
    "firms": {"acme": {"price": 24}},
}
WARM: Data = {
    "mechanisms": {
        "commitment": {"weight": 3, "learning": 0},
        "trust": {"weight": 0, "start": 0, "gain": 0, "loss": 0},
        "contacts": {"warmth": 0.4, "weariness": 0, "opt_out": 0, "opt_out_weary": 0},
        "forgetting": {"commitment": 1},
    }
}
ARRIVING: Data = {
    "warm_up": 5,
    "population": {"entry": {"closure": "poisson", "per_month": 60.0}},
    "start": {"customers": {"acme": 0.5}, "first_renewal": "immediate"},
    "interventions": [
        {"from": 4, "until": 9, "set": {"price": 18}},
        {"from": 6, "hold": 0.3},
        {"from": 8, "shift": {"mechanisms.needs.look_rate": 0.3}},
    ],
}
SCENARIOS: dict[str, Case] = {
    "advertising to prospects, and people who come back": of(
        BACK,
        policy({"advertising": 1.0}, targets={"advertising": "prospects"}),
    ),
    "money paid per event": of(
        BACK,
        policy({"introductory_price": 0.3, "loyalty": 0.4, "save": 0.3}, {"per_head": 1.0}),
    ),
    "two groups, weeks, contracts of two months": of(
        BY_GROUP, policy({"advertising": 0.5, "save": 0.5}, {"share_of_revenue": 0.1})
    ),
    "contacts that warm": of(WARM, policy({"contact": 1.0})),
    "arrivals, a cut in price and a gift": of(
        ARRIVING,
        policy({"advertising": 1.0}, campaigns=[{"instrument": "loyalty", "per_head": 0.5}]),
    ),
}
WATCHED = ("customers", "acquired", "reactivated", "left", "purchases", "revenue", "spending",
           "npv")  # fmt: skip
WORLDS = 12


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_market_has_these_means(name: str) -> None:
    """Over twelve worlds each measure lies within 4 standard errors, early, in between and late."""
    case = SCENARIOS[name]
    found = expected(case).firms
    worlds = [run(case, replication=number).firms for number in range(WORLDS)]
    for measure in WATCHED:
        lived = np.array([world[measure].to_numpy(np.float64) for world in worlds])
        for month in (1, 8, 23):
            here = lived[:, month]
            error = here.std(ddof=1) / np.sqrt(WORLDS)
            near = 4 * error + 1e-6 * abs(found[measure][month])
            assert abs(here.mean() - found[measure][month]) < near, (measure, month)


# ── the next unit of money ────────────────────────────────────────────────────────────────────


def test_at_the_optimum_the_next_unit_brings_back_itself() -> None:
    """Blattberg & Deighton: at R* a unit for keeping is worth 1, below it more, above it less."""
    case = load_scenario("sim:theory/d03_winning_and_keeping").override({"horizon": 60})
    of_theory = Prospects(50, 0.4, 0.05753641449035618, 0.7, 0.08472978603872034, 0.15)
    best = of_theory.optimum().retention_spend
    path = "firms.acme.policy.campaigns.1.per_head"
    low, there, high = (
        next_unit(case.override({path: best * factor}))["contact"] for factor in (0.8, 1.0, 1.2)
    )
    assert there == pytest.approx(1, abs=1e-5)
    assert low > 1.05
    assert high < 0.95


def test_an_instrument_without_heads_has_no_next_unit() -> None:
    """Nobody has a contract and nobody comes: only advertising finds anybody to spend on."""
    case = of({"start": {"customers": "none"}, "mechanisms": {"needs": {"look_rate": 0}}})
    assert next_unit(case) == {"advertising": pytest.approx(0, abs=1e-6)}


# ── what it refuses ───────────────────────────────────────────────────────────────────────────

FEEDBACK = "nothing may answer what has happened"
REFUSED: dict[str, tuple[Data, str]] = {
    "setting": ({"setting": "repertoire"}, r"setting: must be 'subscription' .*, is 'repertoire'"),
    "rivals": ({"firms": {"bolt": {}}}, "firms: must be one firm beside the outside option"),
    "taste": ({"customers": {"taste": {"distribution": "normal", "sd": 1.0}}},
              r"customers.taste: must be the same for everybody .*, is 'normal'; write a number"),
    "group": ({"groups": {"few": {"share": 0.1, "customers": {
        "price_sensitivity": {"distribution": "gamma", "shape": 2.0, "mean": 1.0}}}}},
        "groups.few.customers.price_sensitivity: must be the same for everybody"),
    "satisfaction": ({"mechanisms": {"satisfaction": {"weight": 2}}},
                     rf"satisfaction.weight: must be 0 .*{FEEDBACK}, is 2; .*satisfaction: off"),
    "talk": ({"mechanisms": {"word_of_mouth": {"base": 0.1}}}, f"word_of_mouth.base: .*{FEEDBACK}"),
    "imitation": ({"mechanisms": {"imitation": {"imitation": 0.3}}}, "imitation.imitation: must"),
    "commitment": ({"mechanisms": {"commitment": {"weight": 1}, "trust": {"weight": 0}}},
                   "commitment.learning: must be 0"),
    "later": ({"interventions": [{"from": 3, "set": {"mechanisms.trust.weight": 1}}]},
              "mechanisms.trust.weight: must be 0"),
    "trait": ({"interventions": [{"set": {"price_sensitivity": 1}}]},
              "interventions.0.set.price_sensitivity: must not be changed"),
    "points": ({"interventions": [{"hold": {"points_of_retention": 5}}]},
               "must have a chance to stay before a market can be lived"),
    "service": (policy({"service": 1.0}), "split.service: must get no money .* people learn, is 1"),
    "selection": (policy({"loyalty": 1.0}, targets={"loyalty": "new"}),
                  "targets.loyalty: must be aimed at all, prospects, lapsed or customers"),
    "weariness": (policy({"contact": 1.0}), "contacts.weariness: must be 0"),
    "memory": ({**policy({"advertising": 1.0}), "mechanisms": {"salience": {
        "advertising_gain": 0.5}}}, "advertising_gain: must be 0 or 1 .*, is 0.5"),
    "suppliers": ({"suppliers": {"mill": {"to": "acme"}}},
                  "suppliers.mill: must not be there where values are expected"),
    "distributors": ({"distributors": {"shop": {"to": "acme"}}},
                     "distributors.shop: must not be there where values are expected"),
    "direct": ({"firms": {"acme": {"direct": 0.5}}}, "firms.acme.direct: must be 1 .*, is 0.5"),
    "reaction": ({"firms": {"acme": {"reaction": {"kind": "adapt"}}}},
                 "reaction.kind: must be 'hold'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    """Whatever feeds back, or differs between people, is named with its value and a remedy."""
    change, words = REFUSED[name]
    with pytest.raises(ScenarioError, match=words) as refused:
        expected(of(change))
    assert "sim run" in str(refused.value) or name == "points"


def test_what_has_no_say_may_be_on() -> None:
    """Failures, disappointments and expectations may happen where nobody minds them."""
    minded = {"experience": {"failure": 0.5}, "expectation": {"learning": 0.9}}
    assert expected(of({"mechanisms": minded})).npv == expected(of()).npv

"""Knowledge of customers in the market: how it grows, what using it does, what it costs."""

from typing import Any

import numpy as np
import pytest

from sim.market.approaching import be_contacted
from sim.market.compile import as_records
from sim.market.expected import expected
from sim.market.hearing import forget
from sim.market.measures import firm_months
from sim.market.personalising import beyond_tolerance, relevance
from sim.market.purchase import buy
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

HELD: Data = {"start": {"customers": {"acme": 1}}}
KNOWN: Data = {"personalisation": 1.0}
PATIENT: Data = {"tolerance": 1.0, "spread": 0.0}


def knowing(use: Data | None = None, **rules: Any) -> Data:
    """A firm that uses all it knows but for this, among people who bear all but for that."""
    crm = KNOWN | (use or {})
    return {"firms": {"acme": {"crm": crm}}, "mechanisms": {"personalisation": PATIENT | rules}}


def paying(per_head: float) -> Data:
    """A campaign for knowledge, of which all is written down for a lot of money."""
    campaigns = [{"instrument": "crm", "per_head": per_head}]
    policy: Data = {"firms": {"acme": {"policy": {"campaigns": campaigns}}}}
    return policy | {"instruments": {"crm": {"ceiling": 1.0, "rate": 1000.0}}}


def one_person(knowledge: float, *changes: Data) -> tuple[Any, Any, Any]:
    """Month, tables and relation of a market of one person, who is a customer and known so well."""
    market = made(ALONE, HELD, *changes)
    w = as_records(market.world)
    w.dealings[0, 0].knowledge = knowledge
    return market.now(), w, w.relations[0, 0]


def known(market: Any) -> float:
    """What the first firm knows of the first person."""
    return float(market.world.dealings["knowledge"][0, 0])


# ── getting to know ───────────────────────────────────────────────────────────────────────────


def test_purchases_show_and_knowledge_ages() -> None:
    """Half of what is missing with each purchase, a fifth lost before: .5, then .4 + .3, so on."""
    market = made(ALONE, HELD, knowing(insight=0.5, ageing=0.2), paying(1.0))
    found = [known(stepped(market, 1)) for _ in range(3)]
    assert found == pytest.approx([0.5, 0.7, 0.78])


def test_nothing_is_known_without_money() -> None:
    """A firm that could know, and does not pay for it, is as if it could not, to the last bit."""
    market = lived(ALONE, HELD, knowing())
    assert known(market) == 0.0
    assert alike(market, lived(ALONE, HELD))


def test_knowledge_ages_when_money_stops() -> None:
    """What was known is not lost at once, but by a tenth a month."""
    market = stepped(made(ALONE, HELD, knowing(insight=0.5, ageing=0.1), paying(1.0)), 1)
    after = stepped(market.branch({"firms.acme.policy.campaigns": []}), 2)
    assert known(after) == pytest.approx(0.5 * 0.81)


def test_half_of_it_is_written_down() -> None:
    """A ceiling of a half halves what a purchase shows."""
    half = {"instruments": {"crm": {"ceiling": 0.5}}}
    assert known(stepped(made(ALONE, HELD, knowing(insight=0.5), paying(1.0), half), 1)) == 0.25


def test_only_those_aimed_at_are_known() -> None:
    """Aimed at the best fifth, one in five is on file, paid for and known."""
    aimed: Data = {"firms": {"acme": {"policy": {"targets": {"crm": {"top_share": 0.2}}}}}}
    market = stepped(
        made(ALONE, HELD, knowing(), paying(2.0), aimed, {"population": {"size": 50}}), 1
    )
    assert market.history.last["on_file"][0] == 10
    assert market.history.last["crm"][0] == pytest.approx(20)
    assert np.count_nonzero(market.world.dealings["knowledge"]) == 10


def test_a_newcomer_is_not_known() -> None:
    """Who takes the place of somebody known is unknown."""
    leaving: Data = {
        "customers": {"exit": 5},
        "population": {"size": 9, "entry": {"closure": "replace"}},
    }
    market = lived(ALONE, HELD, leaving, knowing(), paying(1.0))
    market.entry.admit(market.world, market.clock, market.freed)
    new = market.world.people["arrived"] == market.clock
    assert new.any()
    assert (market.world.dealings["knowledge"][new] == 0).all()


# ── what it does ──────────────────────────────────────────────────────────────────────────────


def test_a_purchase_by_one_who_is_known() -> None:
    """K = .8, all used: .64 relevant, so half of the lift fills .32 of the headroom of .28."""
    m, w, _ = one_person(0.8, knowing(lift=0.5))
    buy(m, w, 0, 0, 0, 0.0)
    assert w.ledger[0].quality == pytest.approx(1 - 0.28 * 0.68)
    assert w.ledger[0].relevance == pytest.approx(0.64)


def test_treated_wrongly() -> None:
    """Hardly known and treated as if known, quality falls: K = .1 and u = 1 give .8 too little."""
    m, w, _ = one_person(0.1, knowing({"careful": False}, lift=0.5))
    buy(m, w, 0, 0, 0, 0.0)
    assert w.ledger[0].relevance == pytest.approx(-0.8)
    assert w.ledger[0].quality == pytest.approx(1 - 0.28 * 1.4)


def test_bought_and_not_used() -> None:
    """What is known and not used does nothing: everything but the cost of knowing is the same."""
    idle = lived(LIKE, knowing({"personalisation": 0.0}), paying(0.5))
    without = lived(LIKE)
    assert idle.world.dealings["knowledge"].max() > 0.3
    for table in ("people", "relations"):
        assert same(getattr(idle.world, table), getattr(without.world, table))
    costs = idle.history.ledger()["crm"].sum()
    assert costs > 0
    paid = without.world.accounts["profit"].sum() - idle.world.accounts["profit"].sum()
    departed = [
        sum(part[2]["profit"].sum() for part in each.history.departed) for each in (without, idle)
    ]
    assert paid + departed[0] - departed[1] == pytest.approx(idle.history.ledger()["crm"][2:].sum())


@pytest.mark.parametrize(("setting", "cost"), [("subscription", 0.0), ("repertoire", 2 * 0.9)])
def test_who_is_known_costs_less_to_serve(setting: str, cost: float) -> None:
    """K = .5, all used: a quarter relevant; of the 40 per cent to save a tenth is saved."""
    m, w, _ = one_person(0.5, knowing(saves=0.4), {"setting": setting})
    buy(m, w, 0, 0, 0, 0.0)
    assert w.ledger[0].serving == pytest.approx(cost)


def test_a_month_of_service_to_one_who_is_known() -> None:
    """The same by contract, at the month's end, with what is known then."""
    market = stepped(made(ALONE, HELD, knowing(saves=0.4, insight=0.5), paying(1.0)), 1)
    assert market.history.last["serving"][0] == pytest.approx(2 * 0.9)


def test_attention_binds() -> None:
    """Half oriented, fully known, a bond of 1: half of what was missing to 1 opens."""
    plain_m, plain_w, plain = one_person(0.0, knowing(lift=0.0))
    buy(plain_m, plain_w, 0, 0, 0, 0.0)
    m, w, relation = one_person(1.0, knowing(lift=0.0, bond=1.0))
    buy(m, w, 0, 0, 0, 0.0)
    opened = plain.commitment / 0.1
    assert relation.commitment == pytest.approx(0.1 * (1 - (1 - opened) * 0.5))


def test_a_contact_that_fits() -> None:
    """K = .5, all used: a quarter more, .0375 of full commitment and .125 of salience."""
    m, w, relation = one_person(0.5, knowing())
    relation.salience = 0.0
    be_contacted(m, w, 0, 0, 1.0)
    assert relation.commitment == pytest.approx(0.0375)
    assert relation.salience == pytest.approx(0.125)


# ── too far ───────────────────────────────────────────────────────────────────────────────────


def test_what_goes_too_far() -> None:
    """All known and used, .6 tolerated: .4 too far costs a fifth at a reactance of .5."""
    strict = knowing(tolerance=0.6, reactance=0.5)
    m, w, relation = one_person(1.0, strict, {"mechanisms": {"contacts": {"warmth": 0.0}}})
    relation.trust, relation.commitment = 0.5, 0.5
    be_contacted(m, w, 0, 0, 1.0)
    assert relation.trust == pytest.approx(0.4)
    assert relation.commitment == pytest.approx(0.4)
    assert w.ledger[0].crept_out == 1
    assert beyond_tolerance(m, w, 0, 0) == pytest.approx(0.4)


def test_people_differ_in_what_they_tolerate() -> None:
    """From .2 to .8, evenly: of 4,000 known by a half and treated by all of it half recoil."""
    many: Data = {"population": {"size": 4000}, "start": {"customers": {"acme": 1}}}
    market = made(ALONE, many, knowing({"careful": False}, tolerance=0.5, spread=0.3))
    w, m = as_records(market.world), market.now()
    w.dealings["knowledge"] = 0.5
    recoils = [beyond_tolerance(m, w, i, 0) > 0.0 for i in range(4000)]
    assert abs(np.mean(recoils) - 0.5) < 4 * np.sqrt(0.25 / 4000)
    again = [beyond_tolerance(m._replace(step=7), w, i, 0) > 0.0 for i in range(4000)]
    assert recoils == again


def test_a_firm_without_crm_beside_one_with_it() -> None:
    """Nobody is treated by anything there, nothing creeps anybody out, and nothing is relevant."""
    months = firm_months(lived(LIKE, knowing(tolerance=0.1, spread=0.0), paying(0.5)))
    by_firm = months.groupby("firm")[["knowledge", "crept_out", "crm"]].sum()
    assert (by_firm.loc[["bolt", "cora"]] == 0).all(axis=None)
    assert (by_firm.loc["acme"] > 0).all()


# ── books, saving, expectation ────────────────────────────────────────────────────────────────


def test_knowledge_is_saved(tmp_path: Any) -> None:
    """A market saved half-way and gone on with is the same market."""
    market = stepped(made(LIKE, knowing(), paying(0.5)), 4)
    market.save(tmp_path)
    again = load_market(tmp_path).run_model()
    assert alike(market.run_model(), again)
    assert same(market.world.dealings, again.world.dealings)


def test_forgetting_weariness_and_age_go_together() -> None:
    """Forgetting a firm and the firm's knowing of one are apart."""
    m, w, relation = one_person(0.5, knowing(ageing=0.5))
    salience = relation.salience
    forget(m, w, 0, 0)
    assert w.dealings[0, 0].knowledge == 0.25
    assert relation.salience == salience  # of the present provider
    assert relevance(w, 0, 0) == pytest.approx(0.0625)


def test_it_cannot_be_expected() -> None:
    """What lives on what customers have shown is refused where values are expected."""
    with pytest.raises(ScenarioError, match=r"firms\.acme\.crm"):
        expected(made(ALONE, HELD, knowing()).case)

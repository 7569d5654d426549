"""Paths in the market: who is lost on the way, and what integration does about it."""

from pathlib import Path

import pytest

from sim.market.expected import expected
from sim.market.firms import profit
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

MANY: Data = {"population": {"size": 1000}}


def way(friction: float, departments: int = 3) -> Data:
    """A firm whose orders go this way."""
    return {"firms": {"acme": {"path": {"friction": friction, "departments": departments}}}}


def joining(per_department: float, **response: float) -> Data:
    """A campaign for integration, and how integration answers."""
    campaigns = [{"instrument": "integration", "per_head": per_department}]
    return {
        "firms": {"acme": {"policy": {"campaigns": campaigns}}},
        "instruments": {"integration": response},
    }


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_who_would_buy_is_lost(setting: str) -> None:
    """A half at each of two passages: of those who would buy first, three in four do not."""
    market = stepped(made(ALONE, MANY, way(0.5), {"setting": setting}), 1)
    last = market.history.last
    wanted = last["lost_on_the_way"][0] + last["purchases"][0]
    assert wanted == 1000 if setting == "subscription" else wanted > 900
    spread = 4 * (0.75 * 0.25 * wanted) ** 0.5
    assert abs(last["lost_on_the_way"][0] - 0.75 * wanted) < spread


def test_who_renews_is_not_on_the_way() -> None:
    """A contract is renewed where it is: nobody is lost, with all friction there is."""
    held = {"start": {"customers": {"acme": 1}}}
    market = stepped(made(ALONE, MANY, held, way(1.0)), 1)
    assert market.history.last["purchases"][0] == 1000
    assert market.history.last["lost_on_the_way"][0] == 0


def test_who_is_lost_stays_where_he_was() -> None:
    """All want from acme to bolt and none gets there: acme renews, and nobody has left it."""
    firms: Data = {"acme": {"appeal": -40.0}, "bolt": {"path": {"friction": 1.0}}}
    held = {"start": {"customers": {"acme": 1}}, "firms": firms}
    last = stepped(made(ALONE, MANY, held), 1).history.last
    assert last["lost_on_the_way"].tolist() == [0, 1000]
    assert last["purchases"].tolist() == [1000, 0]
    assert last["switched"].tolist() == [0, 0]


def test_integration_is_a_stock() -> None:
    """A half of what is missing is built each month: .5, .75; the chance falls with it."""
    rule: Data = {"ceiling": 0.5, "rate": 1000.0, "decay": 0.0}
    market = made(ALONE, way(0.5, 2), joining(100, **rule))
    chances = []
    for _ in range(2):
        market.step()
        chances.append(market.world.firms["lost"][0])
    assert market.history.ledger()["integrated"][:, 0].tolist() == pytest.approx([0.5, 0.75])
    assert chances == pytest.approx([0.25, 0.125])
    assert market.history.ledger()["integration"][:, 0].tolist() == [200, 200]


@pytest.mark.parametrize(("step", "steps"), [("month", 12), ("week", 52)])
def test_a_year_is_a_year(step: str, steps: int) -> None:
    """Without upkeep a tenth a month goes, in steps of either length."""
    market = made(ALONE, way(0.5), {"instruments": {"integration": {"decay": 0.1}}, "step": step})
    market.firms[0].integrated = 0.8
    for _ in range(steps):
        market.firms[0].set_terms()
    assert market.firms[0].integrated == pytest.approx(0.8 * 0.9**12)


def test_what_integration_saves() -> None:
    """Half integrated: a tenth of the unit cost, and a quarter of the cost to serve, are saved."""
    rule: Data = {"ceiling": 0.5, "rate": 1000.0, "saves_goods": 0.2, "saves_serving": 0.5}
    held = {"start": {"customers": {"acme": 1}}}
    for desk in (None, {"agents": 2, "wage": 0.0}):
        change = {"firms": {"acme": {"helpdesk": desk}}}
        market = stepped(made(ALONE, held, way(0.5), joining(100, **rule), change), 1)
        assert market.history.last["goods"][0] == pytest.approx(9)
        assert market.history.last["serving"][0] == pytest.approx(1.5)
        later = stepped(market, 1).history.last  # .5 · .98, and half of the rest
        assert later["goods"][0] == pytest.approx(10 * (1 - 0.2 * (0.49 + 0.51 / 2)))


def test_it_is_the_firms_cost_and_nobodys() -> None:
    """200 a month for two departments, and nothing else, where it saves nothing."""
    none: Data = {"saves_goods": 0.0, "saves_serving": 0.0}
    free, paid = (lived(ALONE, way(0.0, 2), joining(money, **none)) for money in (0, 100))
    earned = profit(free.history.ledger()) - profit(paid.history.ledger())
    assert earned[:, 0] == pytest.approx([200] * 12)
    assert same(paid.world.accounts, free.world.accounts)


@pytest.mark.parametrize("change", [{"mechanisms": {"path": "off"}}, way(0.0), way(1.0, 1)])
def test_without_friction_nobody_is_lost(change: Data) -> None:
    """Off, without friction, or in one department: as if there were no path, to the last bit."""
    some = way(0.3) if "mechanisms" in change else {}
    assert alike(lived(LIKE, some, change), lived(LIKE))


def test_it_is_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    market = stepped(made(LIKE, way(0.2), joining(50)), 3)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    market.run_model()
    assert market.history.ledger()["integrated"][-1, 0] > 0
    for other in others:
        assert alike(other.run_model(), market)


def test_money_without_a_path_and_expected_values_are_refused() -> None:
    """Integration needs departments to integrate; and those who are lost are lost by luck."""
    with pytest.raises(ScenarioError, match="must get no money from a firm without path"):
        made(ALONE, joining(10))
    with pytest.raises(ScenarioError, match="must be null where values are expected"):
        expected(made(ALONE, way(0.1)).case)

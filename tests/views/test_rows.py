"""The page of rows: what each part of the market does, none left out."""

from pathlib import Path

import pytest

from sim.behaviour.rules import MECHANISMS
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.scenario.loading import load_scenario
from sim.scenario.offers import Firm
from sim.views import facade
from sim.views.rows import SCENARIO, main, rows

PARTS = {"staff", "helpdesk", "programme", "lines", "launch", "path", "differentiation", "crm"}


@pytest.fixture(scope="module")
def compared() -> facade.Comparison:
    """Two small worlds with everything, and without each part."""
    small = {"population.size": 120, "warm_up": 3, "horizon": 14, "firms.acme.launch.month": 1}
    early = {"firms.dune.enters": 2, "interventions": [], "customers.exit": 0.2}
    return facade.compare(SCENARIO, runs=2, overrides=small | early, jobs=1)


def test_every_part_of_a_firm_is_on() -> None:
    """The one scenario has all parts of a firm, all partners, and leaves no mechanism off."""
    spec = load_scenario(SCENARIO).spec
    acme = spec.firms["acme"]
    assert all(getattr(acme, part) for part in PARTS | {"channels"})
    assert set(Firm.model_fields) >= PARTS
    assert all((spec.suppliers, spec.distributors, spec.agencies, spec.investors))
    assert spec.interventions
    assert {"breadth", "programme", "complaints"} <= set(MECHANISMS)


def test_every_policy_takes_something_away() -> None:
    """None but the first is the market as it is."""
    case = load_scenario(SCENARIO)
    policies = dict(case.spec.policies)
    assert not policies.pop("all_on")
    told = {name: case.override(changes).resolved() for name, changes in policies.items()}
    assert all(resolved != case.resolved() for resolved in told.values())


def test_a_row_for_every_part(compared: facade.Comparison) -> None:
    """Each policy but the first is a row: what was changed, and three effects with intervals."""
    names = [row[0].replace(" ", "_") for row in rows(compared)]
    assert names == list(compared.case.spec.policies)[1:]
    for _, changed, *effects, word in rows(compared):
        assert changed.startswith("`")
        assert all("[" in effect for effect in effects)
        assert word in ("", "unsure", "nothing")


def test_acme_borrows_and_pays_back() -> None:
    """In debt after the launch and out of it in the end, so that the investor matters."""
    case = load_scenario(SCENARIO)
    market = Market(case)
    while market.month < 0:
        market.step()
    free = market.branch_into(case.under_policy("no_investor")).run_model()
    with_it, without = (
        firm_months(each).query("firm == 'acme'") for each in (market.run_model(), free)
    )
    assert with_it["cash"].iloc[5:12].min() < -1_000 < 0 < with_it["cash"].iloc[-1]
    assert with_it["interest"].sum() > 0 == without["interest"].sum()
    assert with_it["spending"].sum() < without["spending"].sum()
    assert with_it["cash"].gt(0).iloc[36:].all()


@pytest.mark.slow
def test_the_books_of_everything_balance(tmp_path: Path) -> None:
    """Ten years with all rows on: customers' profit less what nobody causes is the firm's."""
    run = facade.run(SCENARIO)
    table = run.firms.query("firm == 'acme'")
    nobodys = ["wages", "fixed_cost", "partnering", "launching", "interest"]
    founded = ["staff", "integration", "distributors", "automation"]
    earned = run.customers.query("firm == 'acme'")["profit"].sum()
    owed = table["unallocated"].iloc[-1] + table[[*nobodys, *founded]].to_numpy().sum()
    assert earned - owed == pytest.approx(table["cash"].iloc[-1], rel=1e-6)
    assert main(["--runs", "2", "--into", str(tmp_path), "--set", "population.size=200"]) == 0
    assert (tmp_path / "pictures" / "rows.png").stat().st_size > 10_000

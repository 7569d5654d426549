"""A run: lived to the horizon, told on the way, written down, and lived again from its files."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.market.compile import source_hash
from sim.market.run import Run, case_of, manifest_of, run, versions
from sim.scenario.loading import load_scenario
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data, alike, lived

SETTINGS = ["subscription", "repertoire"]
SMALL = {"population.size": 60, "warm_up": 2, "horizon": 4}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_run_is_a_market_at_its_horizon(setting: str) -> None:
    """`run` lives the same market that is lived step by step."""
    whole = run({**LIKE, "setting": setting})
    assert alike(whole.market, lived(LIKE, {"setting": setting}))
    assert whole.market.month == 6
    assert whole.seconds > 0
    assert repr(whole) == "<Run of '': 6 months>"


def test_overrides_sets_seed_and_replication() -> None:
    """Each way to change a scenario changes it; later ones win."""
    found = run(
        "sim:first_market",
        overrides={**SMALL, "firms.acme.price": 30.0},
        sets=["firms.acme.price=25", "firms.bolt.price=15"],
        seed=7,
        replication=3,
    ).market
    assert found.spec.seed == 7
    assert found.replication == 3
    assert (found.spec.firms["acme"].price, found.spec.firms["bolt"].price) == (30, 15)


def test_sets_on_data_and_cases() -> None:
    """Sets work on plain data and on cases as on files."""
    for scenario in (LIKE, load_scenario("sim:first_market")):
        assert case_of(scenario, sets=["firms.acme.price=25"]).spec.firms["acme"].price == 25
    with pytest.raises(ScenarioError, match="price"):
        case_of(LIKE, sets=["firms.acme.price=-1"])


def test_progress_is_told() -> None:
    """After every step the steps lived so far and all of them."""
    told: list[tuple[int, int]] = []
    run(LIKE, progress=lambda done, total: told.append((done, total)))
    assert told == [(step, 8) for step in range(1, 9)]


@pytest.mark.parametrize("name", ["scenario.yaml", "scenario.json"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_saved_scenario_runs_again(setting: str, name: str, tmp_path: Path) -> None:
    """The resolved scenario beside the tables gives the same numbers, from either file."""
    odd: Data = {
        "setting": setting,
        "mechanisms": {"choice": {"outside": "none"}, "trust": "off"},
        "customers": {
            "taste": {"distribution": "dirichlet", "strengths": {"acme": 1e-5, "cora": 3e4}},
        },
        "switching_costs": {"acme": {"bolt": "never"}},
        "discount_rate": 1e-7,
        "seed": 2**63 - 1,
        "policies": {"old": {}, "dear": {"firms.acme.price": 30}},
    }
    first = run(
        {**LIKE, **odd, "firms": {"zeta": {}, "cora": {}, "bolt": {}, "acme": {}, "no": {}}}
    )
    first.save(tmp_path)
    again = run(tmp_path / name)
    assert alike(first.market, again.market)
    assert again.market.spec.focal == "zeta"
    assert list(again.market.spec.policies) == ["old", "dear"]
    assert again.market.case.digest() == first.market.case.digest()
    assert again.firms.equals(first.firms)


@pytest.mark.parametrize("name", ["scenario.yaml", "scenario.json"])
def test_a_saved_scenario_with_files_runs_again(name: str, tmp_path: Path) -> None:
    """Files that a scenario names are saved beside it, whatever folders they lay in."""
    for folder, text in (("people", "step\n0\n1\n1\n4\n"), ("ties", "from,to\n0,1\n1,2\n2,3\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "table.csv").write_text(text, "utf-8")
    population = {
        "size": 0,
        "entry": {"closure": "listed", "file": "people/table.csv"},
        "network": {"kind": "edges", "file": "ties/table.csv"},
    }
    data = {**LIKE, "population": population, "start": {"salience": 1}}
    (tmp_path / "market.json").write_text(json.dumps(data), "utf-8")
    first = run(tmp_path / "market.json")
    saved = first.save(tmp_path / "saved")
    (tmp_path / "people" / "table.csv").unlink()
    again = run(saved / name)
    assert alike(first.market, again.market)
    assert len(again.market.customers) == 4 - again.market.history.tally()["exits"].sum()
    assert run(saved / name).save(saved) == saved


def test_saved_tables(tmp_path: Path) -> None:
    """Tables are Parquet, equal to those in memory; purchases only where they were recorded."""
    lived_once = run({**LIKE, "record": {"transactions": True}})
    folder = lived_once.save(tmp_path / "new" / "folder")
    for name, table in (
        ("firms", lived_once.firms),
        ("customers", lived_once.customers),
        ("transactions", lived_once.transactions),
    ):
        assert pd.read_parquet(folder / f"{name}.parquet").equals(table), name
    assert not list(folder.glob("*.part"))
    plain = run(LIKE).save(tmp_path / "plain")
    assert not (plain / "transactions.parquet").exists()


def test_the_manifest(tmp_path: Path) -> None:
    """What was run, with what: the resolved scenario, its hash, the source's, seed and versions."""
    lived_once = run({**LIKE, "seed": 11}, replication=2)
    manifest: Any = json.loads((lived_once.save(tmp_path) / "manifest.json").read_text("utf-8"))
    assert manifest == json.loads(json.dumps(lived_once.manifest()))
    assert manifest["scenario"] == lived_once.market.case.resolved()
    assert manifest["scenario_hash"] == lived_once.market.case.digest()
    assert manifest["source_hash"] == source_hash()
    assert (manifest["seed"], manifest["replication"], manifest["months"]) == (11, 2, 6)
    assert manifest["drift"] == []
    assert {"python", "machine", "relmarket", "mesa", "numba", "numpy"} <= set(versions())


def test_the_manifest_reports_drift() -> None:
    """A warm-up of two years and more is judged, firm by firm."""
    judged = run({**LIKE, "warm_up": 24}).manifest()["drift"]
    assert [row["firm"] for row in judged] == ["acme", "bolt", "cora"]
    assert all(isinstance(row["settled"], bool) for row in judged)


def test_the_hash_tells_scenarios_apart() -> None:
    """Another value is another hash; what only restates a default is not."""
    default = case_of(LIKE)
    assert default.override({"horizon": 6}).digest() == default.digest()
    assert default.override({"horizon": 7}).digest() != default.digest()
    assert manifest_of(default, 1.23456)["seconds"] == 1.235


def test_drift_of_a_run() -> None:
    """The report is a table with a row for each firm."""
    assert len(Run(lived(LIKE, {"warm_up": 30}), 0.0).drift) == 3

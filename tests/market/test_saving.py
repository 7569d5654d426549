"""Saving and loading: the same market goes on, and nothing else is accepted."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.market import saving
from sim.market.model import Market
from sim.market.run import Run
from sim.market.saving import load_market
from sim.scenario.loading import scenario_from
from tests.market.worlds import LIKE, Data, alike, lived, made, stepped

RECORDED: Data = {
    "customers": {"exit": 0.1},
    "record": {"transactions": True, "customers_at": [0, 4]},
}


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize("at", [0, 1, 2, 4, 8])
def test_a_loaded_market_goes_on(setting: str, at: int, tmp_path: Path) -> None:
    """Saved at any moment, a market becomes what it would have become: books, tables and all."""
    change = {**RECORDED, "setting": setting}
    market = stepped(made(LIKE, change), at)
    loaded = load_market(market.save(tmp_path))
    assert loaded.clock == market.clock
    assert alike(loaded.run_model(), lived(LIKE, change))
    one, other = Run(loaded, 0.0), Run(lived(LIKE, change), 0.0)
    assert one.firms.equals(other.firms)
    assert one.customers.equals(other.customers)
    assert one.transactions.equals(other.transactions)
    assert one.customers_at(0).equals(other.customers_at(0))


def test_replication_and_clock_are_kept(tmp_path: Path) -> None:
    """The loaded market has the same luck and Mesa's clock goes on."""
    market = stepped(Market(LIKE, replication=5), 3)
    loaded = load_market(market.save(tmp_path))
    assert loaded.replication == 5
    assert (loaded.steps, loaded.time) == (3, 3)
    assert alike(loaded.run_model(), Market(LIKE, replication=5).run_model())


def test_saving_twice_over_itself(tmp_path: Path) -> None:
    """A market that was loaded from a folder can be saved into it again."""
    (tmp_path / "steps.csv").write_text("step\n0\n2\n3\n", "utf-8")
    entry = {"closure": "listed", "file": "steps.csv"}
    population = {"size": 0, "entry": entry, "network": {"kind": "complete"}}
    market = Market(scenario_from({**LIKE, "population": population}, tmp_path))
    folder = stepped(market, 2).save(tmp_path / "saved")
    stepped(load_market(folder), 2).save(folder)
    assert alike(load_market(folder).run_model(), market.run_model())


def test_files_of_a_saved_market(tmp_path: Path) -> None:
    """Tables without pickle, JSON, the scenario twice; no part of a file is left over."""
    made(LIKE).save(tmp_path)
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == ["scenario.json", "scenario.yaml", "state.json", "state.npz"]
    with np.load(tmp_path / "state.npz", allow_pickle=False) as stored:
        assert "world.people" in stored.files


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("state.json", None, "holds no saved market"),
        ("state.npz", "no archive", "holds no saved market"),
        ("state.json", "{", "holds no saved market"),
        ("state.json", '{"format": 99}', "must have format 6, has 99; load it with the version"),
    ],
)
def test_what_is_no_saved_market(name: str, text: str | None, words: str, tmp_path: Path) -> None:
    """A folder that holds something else is refused with its name and what to do."""
    made(LIKE).save(tmp_path)
    (tmp_path / name).unlink()
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=words):
        load_market(tmp_path)


def test_a_scenario_changed_after_saving_is_refused(tmp_path: Path) -> None:
    """A saved market goes on under its own scenario only."""
    made(LIKE).save(tmp_path)
    data = json.loads((tmp_path / "scenario.json").read_text("utf-8"))
    data["firms"]["acme"]["price"] = 99
    (tmp_path / "scenario.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(ValueError, match="the scenario was changed after saving; save the market"):
        load_market(tmp_path)


def test_a_changed_file_is_a_changed_scenario(tmp_path: Path) -> None:
    """Ties that were edited beside a saved market are noticed."""
    (tmp_path / "ties.csv").write_text("from,to\n0,1\n", "utf-8")
    network = {"kind": "edges", "file": "ties.csv"}
    data = {**LIKE, "population": {"size": 80, "network": network}}
    folder = Market(scenario_from(data, tmp_path)).save(tmp_path / "saved")
    (folder / "network.csv").write_text("from,to\n0,2\n", "utf-8")
    with pytest.raises(ValueError, match="the scenario was changed after saving"):
        load_market(folder)


def test_an_interrupted_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """Files are written under another name first; what cannot be written replaces nothing."""
    file = tmp_path / "table.json"
    saving.write_json({"a": 1}, file)
    with pytest.raises(TypeError):
        saving.write_json({"a": object()}, file)
    assert json.loads(file.read_text("utf-8")) == {"a": 1}

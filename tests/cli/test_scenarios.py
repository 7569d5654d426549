"""`sim check`, `sim new`, `sim list` and `sim schema`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.market import memory
from sim.scenario import shipped
from sim.scenario.loading import load_scenario
from sim.views.json_schema import json_schema
from sim.views.starter import starter


def sim(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, arguments)


def refused(*arguments: str) -> str:
    """What is said on stderr by a command that must end with exit code 2."""
    done = sim(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


# ── check ─────────────────────────────────────────────────────────────────────────────────────


def test_check_says_what_a_scenario_takes() -> None:
    """People, firms, steps, memory and hash; changed people change them."""
    case = load_scenario("sim:first_market").override({"population.size": 20_000, "seed": 4})
    done = sim("check", "sim:first_market", "--set", "population.size=20_000", "--seed", "4")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "ok\n  people    20,000\n  firms     acme, bolt, cora, dune\n  policies  none\n"
        f"  steps     180\n  memory    about {memory.worded(memory.needed(case))}\n"
        f"  hash      {case.digest()}\n"
    )


def test_check_tells_machines_the_same() -> None:
    """In one object."""
    case = load_scenario("sim:retention_vs_acquisition")
    data = json.loads(sim("check", "sim:retention_vs_acquisition", "--json").stdout)
    assert data["ok"] is True
    assert data["memory_bytes"] == memory.needed(case)
    assert (data["policies"], data["steps"]) == (["as_today", "win", "keep"], 180)
    assert data["scenario_hash"] == case.digest()


@pytest.mark.parametrize("name", shipped.names())
def test_everything_that_ships_is_all_right(name: str) -> None:
    """Each shipped scenario, with all of its policies."""
    assert sim("check", f"sim:{name}").stdout.startswith("ok\n")


def test_check_finds_what_only_a_policy_says(tmp_path: Path) -> None:
    """A price of 0 that a policy sets is found where it stands."""
    file = tmp_path / "market.yaml"
    file.write_text(
        "extends: sim:first_market\npolicies:\n  today: {}\n  gift: {firms.acme.price: 0}\n"
    )
    assert f"{file}:4:28  firms.acme.price: must be greater than 0" in refused("check", str(file))


def test_check_reads_the_files_that_a_scenario_names(tmp_path: Path) -> None:
    """Ties to people who are not there, and arrivals at no step, are found before any run."""
    (tmp_path / "ties.csv").write_text("from,to\n0,99\n")
    (tmp_path / "people.csv").write_text("step\nsoon\n")
    file = tmp_path / "market.yaml"
    start = "extends: sim:first_market\npopulation:\n  size: 10\n"
    file.write_text(start + "  network: {kind: edges, file: ties.csv}\n")
    assert "ties.csv, row 2: to must be a place" in refused("check", str(file))
    file.write_text(
        start + "  network: {kind: complete}\n  entry: {closure: listed, file: people.csv}\n"
    )
    assert "people.csv: step must be a whole number" in refused("check", str(file))


def test_check_builds_a_network_that_may_not_fit() -> None:
    """Five people, and hardly anybody to come, cannot have eight neighbours each."""
    few = "population={size: 5, entry: {closure: poisson, per_month: 0.0001}}"
    assert "neighbours must be" in refused("check", "sim:first_market", "--set", few)


def test_check_refuses_what_does_not_fit_into_memory() -> None:
    """Ten million people for 20,000 months."""
    more = ["--set", "population.size=10_000_000", "--set", "horizon=20_000"]
    words = refused("check", "sim:first_market", *more)
    assert "population.size: must fit into the " in words
    assert "10,000,000 people" in words


# ── new ───────────────────────────────────────────────────────────────────────────────────────


def test_new_writes_a_starter_that_is_all_right(tmp_path: Path) -> None:
    """Under the name that was given, and it can be checked at once."""
    file = tmp_path / "mine.yaml"
    done = sim("new", str(file))
    assert (done.exit_code, done.stdout) == (0, f"Wrote {file}; go on with: sim run {file}\n")
    assert file.read_text(encoding="utf-8") == starter("mine.yaml")
    assert sim("check", str(file)).exit_code == 0


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    """What is there stays, and another name is asked for."""
    file = tmp_path / "mine.yaml"
    file.write_text("precious")
    assert refused("new", str(file)) == (
        f"{file}: must not exist yet, is there; name another file\n"
    )
    assert file.read_text() == "precious"


def test_new_has_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name it is market.yaml, here."""
    monkeypatch.chdir(tmp_path)
    assert sim("new").exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["market.yaml"]


# ── list and schema ───────────────────────────────────────────────────────────────────────────


def test_list_names_what_ships_with_titles() -> None:
    """A line each, its title behind it."""
    lines = sim("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"sim:{name}" for name in shipped.names()]
    first = next(line for line in lines if line.startswith("sim:first_market "))
    assert first.endswith("  A first market of four like firms")
    data = json.loads(sim("list", "--json").stdout)
    assert data["scenarios"]["sim:first_market"] == "A first market of four like firms"


def test_schema_is_the_json_schema() -> None:
    """As JSON, and nothing else."""
    done = sim("schema")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads(json.dumps(json_schema()))

"""`sim run`: what is printed, what is written, what Ctrl-C leaves."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.market.model import Market
from sim.views import facade

TINY = ["--set", "population.size=60", "--set", "warm_up=2", "--set", "horizon=4"]


def sim(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, arguments)


def run_tiny(*more: str) -> Result:
    """A first market of 60 people and 4 months."""
    return sim("run", "sim:first_market", *TINY, *more)


# ── sim run ───────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_printed_for_people() -> None:
    """Title, table and notes on stdout, nothing on stderr, which is no terminal."""
    done = run_tiny()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("A first market of four like firms\n")
    assert "\nacme " in done.stdout


def test_a_run_is_one_object_for_machines() -> None:
    """Nothing else on stdout; the numbers are those of the same run in Python."""
    data = json.loads(run_tiny("--json", "--seed", "5").stdout)
    changes = {"population.size": 60, "warm_up": 2, "horizon": 4}
    same = facade.run("sim:first_market", seed=5, overrides=changes)
    assert (data["seed"], data["months"], data["interrupted"], data["files"]) == (5, 4, False, [])
    assert data["scenario_hash"] == same.market.case.digest()
    assert [row["npv"] for row in data["firms"]] == same.firms.tail(4)["npv"].tolist()


def test_a_run_writes_tables_manifest_and_picture(tmp_path: Path) -> None:
    """Into a folder that need not exist, where other files stay as they are."""
    out = tmp_path / "new" / "results"
    out.mkdir(parents=True)
    (out / "mine.txt").write_text("keep me")
    data = json.loads(run_tiny("--out", str(out), "--json").stdout)
    wanted = {"customers.parquet", "firms.parquet", "manifest.json", "run.png"}
    names = {Path(file).name for file in data["files"]}
    assert wanted <= names
    assert "mine.txt" not in names
    assert (out / "mine.txt").read_text() == "keep me"
    assert len(pd.read_parquet(out / "firms.parquet")) == 4 * 4
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["scenario"]["population"]["size"] == 60
    assert manifest["scenario_hash"] == data["scenario_hash"]
    assert {"seed", "versions", "seconds"} <= manifest.keys()
    assert (out / "run.png").read_bytes().startswith(b"\x89PNG")


def test_people_are_told_where_files_went(tmp_path: Path) -> None:
    """The folder, and what is in it."""
    out = tmp_path / "results"
    stdout = run_tiny("--out", str(out)).stdout
    assert f"Written to {out}: customers.parquet, firms.parquet, manifest.json, run.png" in stdout


def test_a_folder_that_cannot_be_written_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after it."""
    monkeypatch.setattr(facade, "run", None)
    (tmp_path / "file").touch()
    done = run_tiny("--out", str(tmp_path / "file" / "results"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "file/results: Not a directory; name another one" in done.stderr


def test_files_come_from_the_root_too(tmp_path: Path) -> None:
    """A parent outside the scenario's folder is refused without --root, and taken with it."""
    (tmp_path / "base.yaml").write_text("extends: sim:first_market\npopulation: {size: 60}\n")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "market.yaml").write_text(
        "extends: ../base.yaml\nwarm_up: 0\nhorizon: 1\n"
    )
    file = str(tmp_path / "mine" / "market.yaml")
    refused = sim("run", file)
    assert refused.exit_code == 2
    assert "must lie in the folder of the scenario" in refused.stderr
    assert sim("run", file, "--root", str(tmp_path)).exit_code == 0


def press_at(monkeypatch: pytest.MonkeyPatch, clocks: Sequence[int]) -> None:
    """Let Ctrl-C be pressed in the middle of these steps."""
    step = Market.step

    def pressed(market: Market) -> None:
        if market.clock in clocks:
            signal.raise_signal(signal.SIGINT)
        step(market)

    monkeypatch.setattr(Market, "step", pressed)


def test_ctrl_c_leaves_the_months_that_are_lived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed in the second booked month of four: two months, whole, saved and said."""
    changes = {"population.size": 60, "warm_up": 2, "horizon": 4}
    whole = facade.run("sim:first_market", overrides=changes).firms
    press_at(monkeypatch, [3])
    done = run_tiny("--out", str(tmp_path))
    assert done.exit_code == 130
    assert done.stderr == "Interrupted after 2 of 4 months.\n"
    assert "60 people, 2 months" in done.stdout
    firms = pd.read_parquet(tmp_path / "firms.parquet")
    assert firms["cash"].tolist() == whole["cash"].tolist()[: 2 * 4]
    assert json.loads((tmp_path / "manifest.json").read_text())["months"] == 2


def test_ctrl_c_is_told_to_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The object says that it is of a shorter run."""
    press_at(monkeypatch, [3])
    done = run_tiny("--json")
    data = json.loads(done.stdout)
    assert (done.exit_code, data["interrupted"], data["months"]) == (130, True, 2)


def test_ctrl_c_in_the_warm_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is booked then, and nothing is written or printed."""
    press_at(monkeypatch, [0])
    done = run_tiny("--out", str(tmp_path))
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "Interrupted: nothing was finished.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_second_ctrl_c_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a step, so that nothing of the run can be kept."""
    monkeypatch.setattr(Market, "step", lambda market: twice())

    def twice() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("lived on")

    done = run_tiny()
    assert (done.exit_code, done.stdout) == (130, "")


def test_ctrl_c_is_the_terminal_s_again_after_a_run() -> None:
    """The handler that was there before is back."""
    before = signal.getsignal(signal.SIGINT)
    run_tiny()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_real_ctrl_c_ends_a_real_command(tmp_path: Path) -> None:
    """In a Python of its own: exit code 130 and no traceback, whenever it comes."""
    command = [sys.executable, "-m", "sim", "run", "sim:first_market", "--set", "horizon=20000"]
    living = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        living.wait(4)
    living.send_signal(signal.SIGINT)
    _, stderr = living.communicate(timeout=60)
    assert living.returncode == 130
    assert stderr.startswith("Interrupted")
    assert len(stderr.splitlines()) == 1

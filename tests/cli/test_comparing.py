"""`sim compare`: what is printed, what is written, what goes beyond, what Ctrl-C leaves."""

import json
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.market.model import Market
from sim.views import facade

POLICIES = (
    "title: Win or keep?\nextends: sim:first_market\nwarm_up: 1\nhorizon: 3\n"
    "population: {size: 60}\ncompare: {runs: 3}\n"
    "policies:\n  as_today: {}\n"
    "  win: {firms.acme.policy.split: {advertising: 0.8, service: 0.2}}\n"
    "  keep: {firms.acme.policy.split: {advertising: 0.2, service: 0.8}}\n"
)


def sim(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, arguments)


def press_at(monkeypatch: pytest.MonkeyPatch, clocks: Sequence[int]) -> None:
    """Let Ctrl-C be pressed in the middle of these steps."""
    step = Market.step

    def pressed(market: Market) -> None:
        if market.clock in clocks:
            signal.raise_signal(signal.SIGINT)
        step(market)

    monkeypatch.setattr(Market, "step", pressed)


@pytest.fixture
def policies(tmp_path: Path) -> str:
    """A file with three policies to compare."""
    file = tmp_path / "policies.yaml"
    file.write_text(POLICIES)
    return str(file)


def test_a_comparison_ends_with_its_answer(policies: str) -> None:
    """The last line on stdout is the answer of the same comparison in Python."""
    done = sim("compare", policies, "--jobs", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == facade.compare(policies, jobs=1).answer


def test_a_comparison_is_one_object_for_machines(policies: str) -> None:
    """With the policies, worlds and seed that were asked for."""
    asked = ["--policies", "keep, win", "--runs", "2", "--seed", "3", "--jobs", "1", "--json"]
    data = json.loads(sim("compare", policies, *asked).stdout)
    same = facade.compare(policies, policies=["keep", "win"], runs=2, seed=3, jobs=1)
    assert (data["arms"], data["runs"], data["interrupted"]) == (["keep", "win"], 2, False)
    assert data["answer"] == same.answer


def test_a_comparison_writes_tables_manifest_and_picture(policies: str, tmp_path: Path) -> None:
    """And says so before the answer, which stays last."""
    out = tmp_path / "results"
    done = sim("compare", policies, "--jobs", "1", "--out", str(out))
    assert done.stdout.startswith(f"Written to {out}: compare.png, differences.parquet, manifest")
    assert len(pd.read_parquet(out / "outcomes.parquet")) == 3 * 3
    assert (out / "compare.png").read_bytes().startswith(b"\x89PNG")


def test_ctrl_c_leaves_the_worlds_that_are_finished(
    policies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed in the second world: one world, which has no interval and no picture."""
    step = Market.step

    def pressed(market: Market) -> None:
        if market.replication == 1:
            signal.raise_signal(signal.SIGINT)
        step(market)

    monkeypatch.setattr(Market, "step", pressed)
    done = sim("compare", policies, "--jobs", "1", "--out", str(tmp_path / "results"))
    assert done.exit_code == 130
    assert done.stderr == "Interrupted after 1 of 3 paired worlds.\n"
    assert done.stdout.splitlines()[-1].startswith("No answer")
    assert len(pd.read_parquet(tmp_path / "results" / "outcomes.parquet")) == 3
    assert not (tmp_path / "results" / "compare.png").exists()


def test_ctrl_c_in_the_first_world_leaves_nothing(
    policies: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a table without numbers."""
    press_at(monkeypatch, [0])
    done = sim("compare", policies, "--jobs", "1")
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "Interrupted: nothing was finished.\n"


def test_worlds_that_all_break_are_bad_input(policies: str) -> None:
    """Five people, and hardly anybody to come, cannot have eight neighbours each.

    How many come is known only in each world: the reason, and no table of nothing.
    """
    few = "population={size: 5, entry: {closure: poisson, per_month: 0.0001}}"
    done = sim("compare", policies, "--set", few, "--runs", "2", "--jobs", "1")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "neighbours must be" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--policies", "as_today,wim"], "did you mean win?"),
        (["--runs", "1"], "compare.runs: must be at least 2, is 1"),
        (["--jobs", "0"], "jobs must be a number of processes"),
        (["--runs", "3", "--precision", "1 %"], "must not be given together with a precision"),
        (["--precision", "sharp"], "half_width: must be a number, not text, is 'sharp'"),
        (["--precision", "-1"], "half_width: must be greater than 0, is -1"),
    ],
)
def test_what_cannot_be_compared_is_refused(policies: str, asked: list[str], words: str) -> None:
    """In words, with exit code 2."""
    done = sim("compare", policies, *asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_worlds_are_lived_to_a_precision(policies: str) -> None:
    """30 are enough for an interval as wide as the mean; the last lines say so."""
    done = sim("compare", policies, "--precision", "100 %", "--jobs", "1", "--policies", "win,keep")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "acme in 30 paired worlds" in done.stdout
    assert "Precision reached: after 30 paired worlds" in done.stdout


def test_no_words_on_the_way_for_machines(policies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --json nobody is told the answer of the first ten; without it, the terminal is."""
    handed: list[object] = []
    compare = facade.compare

    def watched(*cases: Any, preliminary: Any, **asked: Any) -> facade.Comparison:
        handed.append(preliminary)
        return compare(*cases, preliminary=preliminary, **asked)

    monkeypatch.setattr(facade, "compare", watched)
    done = sim("compare", policies, "--runs", "2", "--jobs", "1", "--json")
    sim("compare", policies, "--runs", "2", "--jobs", "1")
    silent, default = handed
    assert default is None
    assert callable(silent)
    assert silent("After 10 of 30") is None
    assert json.loads(done.stdout)["runs"] == 2
    assert "After" not in done.stdout + done.stderr


def test_two_scenarios_are_compared(policies: str, tmp_path: Path) -> None:
    """Each by the name of its file, under the same --set; each is written down."""
    other = tmp_path / "village.yaml"
    other.write_text(f"extends: {Path(policies).name}\npopulation: {{size: 40}}\n")
    out = tmp_path / "results"
    asked = ["--set", "horizon=2", "--runs", "2", "--jobs", "1", "--out", str(out), "--json"]
    data = json.loads(sim("compare", policies, str(other), *asked).stdout)
    assert data["arms"] == ["policies", "village"]
    assert any("Each scenario lives a warm-up of its own" in note for note in data["notes"])
    assert (out / "village" / "scenario.yaml").exists()


@pytest.mark.parametrize(
    ("more", "asked", "words"),
    [
        ("horizon: 9", [], "horizon: must be the same in all scenarios that are compared, 3 in"),
        ("currency: CHF", [], "currency: must be the same"),
        ("", ["--policies", "win,keep"], "must not be chosen where several scenarios are compared"),
    ],
)
def test_scenarios_that_cannot_be_compared_are_refused(
    policies: str, tmp_path: Path, more: str, asked: list[str], words: str
) -> None:
    """In words, with exit code 2."""
    other = tmp_path / "other.yaml"
    other.write_text(f"extends: {Path(policies).name}\n{more}\n")
    done = sim("compare", policies, str(other), *asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


# ── beyond a comparison ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def beyond(tmp_path: Path) -> str:
    """Two policies, and a frontier of few shares and worlds."""
    file = tmp_path / "beyond.yaml"
    few = "compare: {runs: 2, frontier: {shares: 5, runs: 2}}\n"
    file.write_text(POLICIES.replace("compare: {runs: 3}\n", few))
    return str(file)


def test_a_frontier_is_printed_and_written_beside(beyond: str, tmp_path: Path) -> None:
    """After the comparison; the answer of the comparison is the last line still."""
    out = tmp_path / "out"
    done = sim("compare", beyond, "--frontier", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] in done.stdout.split("budget")[0]
    names = {file.name for file in out.iterdir()}
    assert {"compare.png", "frontier.png", "frontier.parquet", "frontier.json"} <= names


def test_machines_get_one_object_of_everything(
    beyond: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Money and challenge are parts of it; each is lived once, for the policies that are asked."""
    from sim.views import further

    asked: list[Any] = []

    class Lived:
        runs = 0

        def to_json(self) -> dict[str, int]:
            return {"seen": len(asked)}

    def money(case: Any, **_: Any) -> Lived:
        asked.append("money")
        return Lived()

    def challenge(case: Any, policies: Any, **_: Any) -> Lived:
        asked.append(policies)
        return Lived()

    monkeypatch.setattr(further, "money", money)
    monkeypatch.setattr(further, "challenge", challenge)
    more = ("--challenge", "--money", "--policies", "win,keep", "--json")
    data = json.loads(sim("compare", beyond, *more).stdout)
    assert asked == ["money", ["win", "keep"]]
    assert (data["money"], data["challenge"]) == ({"seen": 2}, {"seen": 2})
    assert data["arms"] == ["win", "keep"]
    assert "frontier" not in data


def test_several_scenarios_have_no_frontier(beyond: str) -> None:
    """What is asked of one scenario is refused for two, before anything is lived."""
    done = sim("compare", beyond, beyond, "--frontier", "--challenge")
    assert done.exit_code == 2
    assert "--frontier, --challenge must be asked of one scenario, there are 2" in done.stderr


def test_a_report_is_everything_in_one_file(beyond: str, tmp_path: Path) -> None:
    """Answer, pictures and the command that makes it again; the folder is made."""
    file = tmp_path / "new" / "report.html"
    done = sim("compare", beyond, "--report", str(file))
    assert done.exit_code == 0, done.output
    page = file.read_text("utf-8")
    assert page.count("<img") == 4
    assert "Win or keep?" in page
    assert "sim " in page

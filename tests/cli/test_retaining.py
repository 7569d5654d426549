"""`sim five-percent`: what is printed, what is written, what is refused, what Ctrl-C leaves."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.analysis import closure
from sim.analysis import five_percent as analysis
from sim.cli import main

ASKING = (
    "title: Five points?\nextends: sim:first_market\nwarm_up: 1\nhorizon: 13\n"
    "population: {size: 60}\ncompare: {runs: 2}\n"
    "policies:\n  as_today: {}\n  gift:\n    interventions:\n"
    "      - {firm: acme, hold: {points_of_retention: 5, chance: 0.3}}\n"
)


def sim(*arguments: str) -> Result:
    """The command, in this process, on one core."""
    return CliRunner().invoke(main, ["five-percent", *arguments, "--jobs", "1"])


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """First years are measured in one world."""
    real = analysis.five_percent

    def five_percent(*scenario: Any, **asked: Any) -> Any:
        return real(*scenario, **asked | {"pairs": 1})

    monkeypatch.setattr(analysis, "five_percent", five_percent)


@pytest.fixture
def asking(tmp_path: Path) -> str:
    """A file with a policy that asks for points."""
    file = tmp_path / "asking.yaml"
    file.write_text(ASKING)
    return str(file)


def test_a_table_and_the_answer_last(asking: str) -> None:
    """For people; nothing on stderr."""
    done = sim(asking, "--closures", "cohort, replace")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Five points?"
    assert lines[-1].startswith("With 5 points more retention at acme, acme ")
    assert [line.split(":")[0] for line in lines if "changes" in line] == ["cohort", "replace"]


def test_one_object_for_machines(asking: str) -> None:
    """With the closures, worlds, seed and changes that were asked for."""
    asked = ["--closures", "cohort", "--runs", "3", "--seed", "4", "--set", "horizon=12", "--json"]
    data = json.loads(sim(asking, *asked).stdout)
    assert [each["closure"] for each in data["closures"]] == ["cohort"]
    assert (data["runs"], data["interrupted"], data["files"]) == (3, False, [])
    assert [row["years"] for row in data["table"]] == [1.0]


def test_tables_and_a_picture_are_written(asking: str, tmp_path: Path) -> None:
    """And named before the table."""
    out = tmp_path / "results"
    done = sim(asking, "--closures", "cohort", "--seed", "4", "--out", str(out))
    assert done.stdout.startswith(f"Written to {out}: five_percent.json, five_percent.parquet")
    assert len(pd.read_parquet(out / "five_percent.parquet")) == 2
    assert json.loads((out / "five_percent.json").read_text())["seed"] == 4
    assert (out / "five_percent.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["sim:first_market"], "policies: must have at least two policies"),
        (["sim:retention_vs_acquisition"], "must have a policy, beside the first, that asks for"),
        (["--runs", "1"], "compare.runs: must be at least 2"),
        (["--closures", "cohorts"], "did you mean cohort?"),
        (["--set", "policies.gift.interventions=[{hold: {points_of_retention: 200}}]"], "100"),
    ],
)
def test_what_cannot_be_answered_is_refused(asked: list[str], words: str) -> None:
    """In words, with exit code 2; without a file it is the shipped scenario."""
    done = sim(*asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_keeps_the_closures_that_are_finished(
    asking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed in the second of two; pressed in the first nothing is left."""

    def pressed(case: Any, *rest: Any) -> Any:
        if case.spec.population.entry.closure == "replace":
            raise KeyboardInterrupt
        return closure.lived(case, *rest)

    monkeypatch.setattr("sim.analysis.five_percent.lived", pressed)
    done = sim(asking, "--closures", "cohort,replace")
    assert done.exit_code == 130
    assert done.stderr == "Interrupted after 1 of 2 closures.\n"
    assert done.stdout.splitlines()[-1].startswith("With 5 points")
    none = sim(asking, "--closures", "replace")
    assert (none.exit_code, none.stdout) == (130, "")
    assert none.stderr == "Interrupted: nothing was finished.\n"


def test_worlds_that_all_break_are_bad_input(asking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason of the first, and no table of nothing."""
    from sim.experiments import runner

    def live(*_: object) -> None:
        raise ValueError("broken on purpose")

    monkeypatch.setattr(runner, "live", live)
    done = sim(asking, "--closures", "cohort")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "2 paired worlds broke, too many; the first one said: broken on purpose" in done.stderr

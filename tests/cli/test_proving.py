"""`sim theory`: what is printed, drawn and refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.analysis.docking.rows import rows
from sim.cli import main
from sim.views.docking_table import text


def sim(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, ["theory", *arguments])


def test_a_list() -> None:
    """A line a row, for people."""
    done = sim("list")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines()] == list(rows())


def test_a_list_for_machines() -> None:
    """With everything that is known of a row."""
    listed = json.loads(sim("list", "--json").stdout)["rows"]
    assert [each["name"] for each in listed] == list(rows())
    (bass,) = (each for each in listed if each["id"] == "D12")
    assert bass["parameters"] == {"innovation": 0.03, "imitation": 0.38}
    assert bass["ranges"]["innovation"] == [0.01, 0.1]


def test_a_row_for_people() -> None:
    """By its number; what is printed is the row as it is lived; nothing on stderr."""
    done = sim("show", "D21", "--set", "kept=0.9")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == text(rows()["trust"].docked({"kept": 0.9})) + "\n"
    assert done.stdout.splitlines()[-1].startswith("All 13 figures agree within 4 standard errors")


def test_a_row_for_machines() -> None:
    """The last of two values of a parameter counts."""
    done = sim("show", "trust", "--set", "gain=.1", "--set", "gain = .04", "--json")
    data = json.loads(done.stdout)
    assert data["parameters"] == {"kept": 0.95, "gain": 0.04, "loss": 0.2}
    assert (data["agrees"], data["files"]) == (True, [])
    assert data["figures"][-1]["deviation"] is None


def test_a_picture(tmp_path: Path) -> None:
    """Is written, into a folder that is made for it, and named."""
    file = tmp_path / "new" / "trust.png"
    done = sim("show", "trust", "--out", str(file))
    assert done.stdout.startswith(f"Drawn into {file}\n\nD21 trust")
    assert file.read_bytes().startswith(b"\x89PNG")
    machine = sim("show", "trust", "--out", str(file), "--json")
    assert json.loads(machine.stdout)["files"] == [str(file)]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["bas"], "bas: must be a row of the docking table, is none; see them by: sim theory"),
        (["bass", "--set", "p=.02"], "p: must be a parameter of bass, is none; name one of inno"),
        (["bass", "--set", "innovation=2"], "innovation: must be a number from 0.01 to 0.1, is 2"),
        (["bass", "--set", "innovation=nan"], "must be a number from 0.01 to 0.1, is nan"),
        (["bass", "--set", "innovation"], "--set innovation: must be a parameter and a number"),
        (["bass", "--set", "innovation=much"], "write it like innovation=.02"),
        (["bass", "--out", "bass.jpg"], "bass.jpg: must be a picture that ends in .png; name it"),
    ],
)
def test_what_is_refused(asked: list[str], words: str) -> None:
    """In one sentence, with exit code 2, before anything is lived; to machines as one object."""
    done = sim("show", *asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    machine = sim("show", *asked, "--json")
    assert machine.exit_code == 2
    assert words in json.loads(machine.stdout)["error"][0]["rule"]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    done = sim("show", "trust", "--out", str(tmp_path / "file" / "trust.png"))
    assert done.exit_code == 2
    assert str(tmp_path / "file") in done.stderr

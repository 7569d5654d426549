"""One command draws the pictures of the documents: each of them, and the same one each time."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main as command
from sim.views import pictures
from sim.views.documents import DOCS

QUICK = (
    "population.size=200", "horizon=12", "warm_up=1", "customers.exit=0.2",
    "compare.frontier.shares=5", "compare.frontier.runs=2",
)  # fmt: skip
SMALL = ["--runs", "2", *(word for each in QUICK for word in ("--set", each))]


def test_every_picture_of_the_documents_is_drawn() -> None:
    """The files in docs/pictures, those that pages show or name, and those drawn are the same.

    Two are drawn by the benchmarks, which measure them, and one with the page of rows.
    """
    pages = [*DOCS.glob("*.md"), DOCS.parent / "README.md"]
    shown = {n for page in pages for n in re.findall(r"pictures/(\w+)\.png\)", page.read_text())}
    there = {file.stem for file in (DOCS / "pictures").iterdir()}
    assert shown == there == set(pictures.PICTURES) | {"pairing", "speed", "rows"}


def test_a_picture_is_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drawn twice it is byte for byte the same, which is said; of other luck it is another one."""
    file = tmp_path / "new" / "cdnow.png"
    for seed in (1, 1, 2):
        asked = ["cdnow", "--into", str(file.parent), "--runs", "2", "--set", f"seed={seed}"]
        assert pictures.main(asked) == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out.splitlines() == [
        f"{file}: drawn anew",
        f"{file}: the same, byte for byte",
        f"{file}: drawn anew",
    ]


def test_the_pictures_are_those_of_the_command(tmp_path: Path) -> None:
    """`sim compare --frontier --out` writes the same two files, from however many processes."""
    asked = ["compare", "sim:retention_vs_acquisition", "--frontier", "--jobs", "1"]
    done = CliRunner().invoke(command, [*asked, *SMALL, "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    pictures.main(["retention_vs_acquisition", "frontier", "--into", str(tmp_path / "p"), *SMALL])
    for theirs, ours in {"compare": "retention_vs_acquisition", "frontier": "frontier"}.items():
        written, drawn = tmp_path / f"{theirs}.png", tmp_path / "p" / f"{ours}.png"
        assert written.read_bytes() == drawn.read_bytes()


def test_a_picture_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with those there are."""
    with pytest.raises(SystemExit):
        pictures.main(["frontiers"])
    assert "frontiers: there is no such picture; name some of" in capsys.readouterr().err

"""Mutilated files: a clean refusal with a place, or a scenario that means what it says."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.market.model import Market
from sim.scenario.loading import load_scenario
from sim.scenario.paths import get, put
from sim.scenario.problems import ScenarioError
from sim.scenario.reading import read_text
from tests.scenario.mutilations import CUT, FURTHER_VALUES, HARMLESS, REFUSED, SOUND, VALUES, paths

LONGEST = 20  # seconds of a file, on a busy machine
DATA: Any = read_text(SOUND, "market.yaml").data
PLACE = re.compile(r"^\S*(market|nothing)\.\w+:\d+:\d+  \S", re.MULTILINE)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compiling is not what takes too long."""
    Market({"population": {"size": 2, "network": {"kind": "complete"}}, "firms": {"a": {}}}).step()


@contextmanager
def in_time() -> Iterator[None]:
    """Fail what takes too long instead of waiting for it."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not done after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(file: Path, raw: bytes) -> Result:
    """`sim check` of a file with these bytes, in this process and in time."""
    file.write_bytes(raw)
    with in_time():
        return CliRunner().invoke(main, ["check", str(file)])


def test_there_are_enough_of_them() -> None:
    """At least two hundred kinds of mutilation, none of them twice."""
    kinds = [*CUT.values(), *REFUSED.values()]
    assert len(kinds) + len(VALUES) + len(FURTHER_VALUES) >= 200
    assert len(set(kinds)) == len(kinds)


def test_the_sound_file_says_much() -> None:
    """It names what most kinds of problems are about, and can be lived."""
    assert set(DATA) >= {"population", "customers", "groups", "firms", "interventions", "policies"}
    assert len(list(paths(DATA))) > 80


@pytest.mark.parametrize("name", REFUSED)
def test_what_means_nothing_is_refused(name: str, tmp_path: Path) -> None:
    """Exit code 2, a sentence with file, line and column, no traceback, nothing on stdout."""
    done = check(tmp_path / "market.yaml", REFUSED[name])
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert PLACE.search(done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 50_000
    assert all(letter.isprintable() or letter == "\n" for letter in done.stderr)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_means_the_same_is_the_same(name: str, tmp_path: Path) -> None:
    """Another way of writing it is the same scenario to the last digit."""
    file = tmp_path / "market.yaml"
    file.write_text(SOUND, "utf-8")
    sound = load_scenario(file).digest()
    assert check(file, HARMLESS[name]).exit_code == 0
    assert load_scenario(file).digest() == sound


@pytest.mark.parametrize("name", CUT)
def test_a_cut_file_is_refused_or_lived(name: str, tmp_path: Path) -> None:
    """What is left of a file says what it says, or nothing."""
    file = tmp_path / "market.yaml"
    done = check(file, CUT[name])
    if done.exit_code == 0:
        said: Any = read_text(CUT[name].decode(), "market.yaml").data
        assert means(file, said, [path for path in paths(said) if path[0] != "extends"]) == []
    else:
        assert done.exit_code == 2
        assert PLACE.search(done.stderr), done.stderr


def means(file: Path, said: Any, where: list[tuple[str | int, ...]]) -> list[Any]:
    """Values of a file that its scenario, which must be able to live, does not have as written."""
    case = load_scenario(file)
    Market(case).step()
    resolved: Any = case.resolved()
    return [path for path in where if not as_written(get(said, path), found(resolved, path))]


def found(resolved: Any, path: tuple[str | int, ...]) -> Any:
    """The value that a scenario has at a path of its file; shorter ways of writing are followed."""
    try:
        return get(resolved, path)
    except ScenarioError:
        return None


def as_written(said: Any, has: Any) -> bool:
    """Whether a scenario has a value as it was written, or as a written short form stands for."""
    if isinstance(said, dict):
        return isinstance(has, dict)
    if isinstance(said, list):
        return isinstance(has, list) and len(has) == len(said)
    if isinstance(has, dict):  # a plain number for a distribution, `off` for a mechanism
        return said == "off" or (has.get("distribution") == "fixed" and has["value"] == said)
    if isinstance(has, float) and isinstance(said, int):
        said = float(said)  # a whole number of so many digits is rounded
    return bool(said == has) and isinstance(said, bool) == isinstance(has, bool)


EVERYWHERE = [
    *VALUES.items(),
    *(pytest.param(*item, marks=pytest.mark.slow) for item in FURTHER_VALUES.items()),
]


@pytest.mark.parametrize(("name", "text"), EVERYWHERE)
def test_any_value_anywhere(name: str, text: str, tmp_path: Path) -> None:
    """In the place of every value in turn: refused with its place, or meant as it is written."""
    file, value = tmp_path / "market.yaml", read_or_none(text)
    for path in paths(DATA):
        file.write_text(flow(put(DATA, path, Written(text))), "utf-8")
        with in_time():
            try:
                assert means(file, put(DATA, path, value), [path]) == [], path
            except ScenarioError as error:
                unplaced = [str(p) for p in error.problems if not (p.place and p.rule)]
                if unplaced:
                    pytest.fail(f"{path}: {unplaced}")


class Written(str):
    """Text that is put into a file as it stands."""


def read_or_none(text: str) -> Any:
    """The value that a file would have here."""
    try:
        return read_text(f"x: {text}", "f").data["x"]
    except ScenarioError:
        return None


def flow(value: Any) -> str:
    """Data as YAML within brackets, text in quotes unless it is put in as it stands."""
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    words: dict[Any, str] = {True: "true", False: "false", None: "null"}
    return words[value] if value is None or isinstance(value, bool) else repr(value)


# ── what is no file, or not alone ─────────────────────────────────────────────────────────────


def refused(file: Path) -> str:
    """What is said about what cannot be read."""
    with in_time():
        done = CliRunner().invoke(main, ["run", str(file)])
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert "Traceback" not in done.stderr
    return done.stderr


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, links to nowhere and to themselves, a device."""
    file = tmp_path / "market.yaml"
    assert "market.yaml:1:1  must be a file, is missing" in refused(file)
    file.mkdir()
    assert "market.yaml:1:1  must be a file, is a folder" in refused(file)
    file.rmdir()
    os.mkfifo(file)
    assert "market.yaml:1:1  must be a file, is a device or pipe" in refused(file)
    for target in (tmp_path / "nowhere", file):
        file.unlink()
        file.symlink_to(target)
        assert "market.yaml:1:1  must be" in refused(file)
    assert "zero:1:1  must be a file" in refused(Path("/dev/zero"))


def test_files_that_lead_back_are_refused(tmp_path: Path) -> None:
    """Two scenarios that extend each other, and a chain that is too long, are named at a place."""
    file = tmp_path / "market.yaml"
    file.write_text("extends: other.yaml\nfirms: {acme: {}}\n")
    (tmp_path / "other.yaml").write_text("extends: market.yaml\n")
    assert "other.yaml:1:10  extends: must not lead back to itself" in refused(file)
    for number in range(30):
        (tmp_path / f"m{number}.yaml").write_text(f"extends: m{number + 1}.yaml\n")
    assert "must lead through at most 20 files" in refused(tmp_path / "m0.yaml")


@pytest.mark.parametrize("name", ["UTF-16", "a billion laughs", "a python call", "deep lists"])
def test_a_process_of_its_own_ends_in_time(name: str, tmp_path: Path) -> None:
    """The command itself ends with 2 and a sentence, and neither hangs nor dies."""
    (tmp_path / "market.yaml").write_bytes(REFUSED[name])
    done = subprocess.run(
        [sys.executable, "-m", "sim", "run", str(tmp_path / "market.yaml")],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert PLACE.search(done.stderr)
    assert "Traceback" not in done.stderr

"""Broken files: each is refused with place, rule, value and remedy, in pinned words."""

from pathlib import Path

import pytest

from sim.scenario.loading import load_scenario
from sim.scenario.problems import ScenarioError

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))


def message(file: Path) -> str:
    """What a user reads, with the file's name alone."""
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(file).files()
    return str(refusal.value).replace(f"{file.parent}/", "")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_message_is_pinned(file: Path) -> None:
    """A broken file gets exactly the message that stands beside it."""
    assert message(file) + "\n" == file.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_problem_names_a_place_and_a_remedy(file: Path) -> None:
    """Every problem says where it is and what to do."""
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(file).files()
    for problem in refusal.value.problems:
        assert problem.place is not None
        assert problem.remedy


def test_there_are_enough_of_them() -> None:
    """At least ten kinds of broken files are kept."""
    assert len(FILES) >= 10

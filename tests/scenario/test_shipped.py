"""Shipped scenarios: every one loads, builds and lives."""

from pathlib import Path

import pytest

from sim.market.model import Market
from sim.scenario import shipped
from sim.scenario.inheritance import load
from sim.scenario.loading import load_scenario
from sim.scenario.problems import ScenarioError
from sim.scenario.world import Edges

NAMES = shipped.names()


def test_names_follow_sim() -> None:
    """Names are sorted paths without an ending, the folder of theory included."""
    assert {"first_market", "cdnow", "theory/choice_alone"} <= set(NAMES)
    assert sorted(NAMES) == NAMES
    assert not any(name.endswith(".yaml") for name in NAMES)


def test_where_they_lie() -> None:
    """In a checkout they are the folder `scenarios`, file by file."""
    assert shipped.folder().is_dir()
    assert shipped.path_of("theory/d12_bass") == shipped.folder() / "theory" / "d12_bass.yaml"
    assert all(shipped.path_of(name).is_file() for name in NAMES)


def test_an_installed_package_brings_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package carries a folder `_shipped`, that one is used."""
    (tmp_path / "_shipped" / "theory").mkdir(parents=True)
    (tmp_path / "_shipped" / "theory" / "mine.yaml").write_text("{}", "utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    assert shipped.folder() == tmp_path / "_shipped"
    assert shipped.names() == ["theory/mine"]


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_lives(name: str) -> None:
    """It has a title, loads without a fault, and lives two steps when made small.

    A file of ties says who is there, so such a scenario keeps its size.
    """
    case = load_scenario(f"sim:{name}")
    assert case.spec.title
    named = isinstance(case.spec.population.network, Edges)
    size = case.spec.population.size if named else min(case.spec.population.size, 60)
    small = case.override({"population.size": size, "warm_up": min(case.spec.warm_up, 1)})
    market = Market(small)
    market.step()
    market.step()
    assert market.history.tally()["present"].max() > 0


COSTS_MORE = {
    ("five_percent", "programme"), ("five_percent", "programme_answered"),
    ("cross_selling", "cross_sell"), ("cross_selling", "advertising"), ("cross_selling", "service"),
    ("investor", "invest_on_a_short_line"), ("investor", "invest_with_patience"),
}  # fmt: skip
"""Policies that spend more than the baseline, because that is what they are about."""


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_of_a_shipped_scenario_loads(name: str) -> None:
    """Policies of shipped scenarios are usable, and spend what the baseline does but for a few."""
    case = load_scenario(f"sim:{name}")
    focal = case.spec.focal
    for policy in case.spec.policies:
        arm = case.under_policy(policy)
        same = arm.spec.firms[focal].policy.budget == case.spec.firms[focal].policy.budget
        assert same == ((name, policy) not in COSTS_MORE)


def test_a_name_that_is_not_shipped() -> None:
    """A misspelt name is refused with the nearest known one."""
    with pytest.raises(ScenarioError, match="first_market"):
        load("sim:first_markt", shipped=shipped.path_of)


def test_a_name_without_its_folder() -> None:
    """A name that lies in a folder is named with it; else the names of one folder are listed."""
    with pytest.raises(ScenarioError, match="did you mean sim:industries/retail_bank"):
        load("sim:retail_bank", shipped=shipped.path_of)
    with pytest.raises(ScenarioError, match="known here: sim:agency") as refused:
        load("sim:xyzzy", shipped=shipped.path_of)
    assert "theory/" not in str(refused.value)

"""One small run and one small comparison, lived once for all tests of what people see."""

from pathlib import Path

import pytest

from sim.analysis.money import Money, money
from sim.scenario.loading import scenario_from
from sim.views.facade import Comparison, Run, compare, run
from tests.market.worlds import LIKE

SMALL = {"population.size": 200, "warm_up": 24, "horizon": 24}


@pytest.fixture(scope="session")
def lived() -> Run:
    """Two years of four like firms and 200 people, after two years of warm-up."""
    return run("sim:first_market", overrides=SMALL)


@pytest.fixture(scope="session")
def begun() -> Run:
    """The same, interrupted before the first month is booked."""
    return run("sim:first_market", overrides=SMALL, interrupted=lambda: True)


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Three policies in four paired worlds of 100 people and a year."""
    file: Path = tmp_path_factory.mktemp("compared") / "market.yaml"
    file.write_text(
        "title: Win or keep?\nextends: sim:first_market\nwarm_up: 2\nhorizon: 12\n"
        "population: {size: 100}\ncompare: {runs: 4}\n"
        "customers: {exit: 0.2}\n"  # the run-off is soon over
        "policies:\n  as_today: {}\n"
        "  win: {firms.acme.policy.split: {advertising: 0.8, service: 0.2}}\n"
        "  keep: {firms.acme.policy.split: {advertising: 0.2, service: 0.8}}\n"
    )
    return compare(file, jobs=1)


@pytest.fixture(scope="session")
def lived_money() -> Money:
    """What more money brings to one of three like firms, of 80 people in two worlds."""
    return money(scenario_from(LIKE), runs=2, jobs=1)

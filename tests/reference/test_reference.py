"""The fast market and the plain one are the same market."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.model import Market
from sim.market.state import LEDGER
from sim.scenario.loading import Case
from tests.market.worlds import LIKE, Data, made
from tests.reference.adopt import adopt
from tests.reference.books import UNTOLD
from tests.reference.close_calls import CloseCalls
from tests.reference.compare import Difference, differences
from tests.reference.model import Reference
from tests.reference.worlds import any_case

SEEDS = range(30)
SINGLE = 1e-6


def in_precision(precision: str, seed: int, folder: Path) -> Case:
    return any_case(seed, folder).override({"precision": precision})


def side_by_side(case: Case, **luck: Any) -> Iterator[tuple[Reference, Market, list[Difference]]]:
    """Every step of both, lived on in the reference's own state, with what differs after it."""
    market, reference = Market(case), Reference(case, **luck)
    while market.running:
        market.step()
        reference.step()
        yield reference, market, list(islice(differences(reference, market), 5))


# ── the same market ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_runs_are_equal_in_double_precision(seed: int, tmp_path: Path) -> None:
    """Every purchase, message, count and choice is the same; states and money to 1e-9."""
    months = 0
    for _, market, found in side_by_side(in_precision("double", seed, tmp_path)):
        assert not found, f"step {market.clock - 1}: {'; '.join(map(str, found))}"
        months += 1
    assert months == market.spec.warm_up + market.spec.horizon


def months_apart(seed: int, folder: Path) -> tuple[int, int]:
    """Decisions in one world in single precision, and the months in which a close one differed."""
    market = Market(in_precision("single", seed, folder))
    luck = CloseCalls(market.spec.seed)
    reference = Reference(market.case, luck=luck)
    differing = 0
    while market.running:
        adopt(reference, market)
        close = luck.close
        market.step()
        reference.step()
        found = list(islice(differences(reference, market, SINGLE), 5))
        if found:
            said = f"seed {seed}, step {market.clock - 1}: {'; '.join(map(str, found))}"
            assert luck.close > close, said
            differing += 1
    return luck.decided, differing


def few_months_apart(seeds: range, folder: Path) -> None:
    """At most one decision in a million goes another way, and only where it is that close."""
    worlds = [months_apart(seed, folder) for seed in seeds]
    decided, differing = (sum(column) for column in zip(*worlds, strict=True))
    assert decided > 5_000 * len(worlds)
    assert differing <= decided / 1e6


def test_months_are_equal_in_single_precision(tmp_path: Path) -> None:
    """Each month, begun where the market stands, has the same events; amounts to 1e-6."""
    few_months_apart(SEEDS[:15], tmp_path)


@pytest.mark.slow
def test_more_months_are_equal_in_single_precision(tmp_path: Path) -> None:
    """The same in the other worlds, and in 120 more."""
    few_months_apart(range(15, 150), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30, 150))
def test_more_whole_runs_are_equal(seed: int, tmp_path: Path) -> None:
    """The same in 120 more worlds."""
    test_whole_runs_are_equal_in_double_precision(seed, tmp_path)


def test_nothing_is_left_untried(tmp_path: Path) -> None:
    """Everything happens that is counted and lived here, every act and reaction is there."""
    counted = np.zeros(len(LEDGER.names or ()))
    said: set[str] = set()
    for seed in SEEDS:
        spec = in_precision("double", seed, tmp_path).spec
        ledger = Market(in_precision("double", seed, tmp_path)).run_model().history.ledger()
        counted += [np.abs(ledger[name]).sum() for name in LEDGER.names or ()]
        said |= {spec.setting, spec.step, spec.population.entry.closure}
        said |= {spec.population.network.kind, spec.start.first_renewal, str(spec.start.customers)}
        said |= {each.act for each in spec.interventions}
        said |= {firm.reaction.kind for firm in spec.firms.values()}
    found = dict(zip(LEDGER.names or (), counted > 0, strict=True))
    assert found == {name: name not in UNTOLD for name in LEDGER.names or ()}
    assert said >= {
        "subscription", "repertoire", "b2b", "month", "week", "replace", "poisson", "cohort",
        "listed", "complete", "random", "small_world", "scale_free", "edges", "spread", "deferred",
        "immediate", "sorted", "none", "set", "shift", "hold", "match", "adapt", "imitate",
    }  # fmt: skip


# ── the corners ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "corner",
    [
        {"population": {"size": 1}},
        {"population": {"size": 0, "entry": {"closure": "poisson", "per_month": 3}}},
        {"population": {"network": {"kind": "complete"}}, "mechanisms": {"choice": "off"}},
        {"customers": {"exit": 3}, "population": {"entry": {"closure": "cohort"}}},
    ],
)
def test_corners_are_equal(corner: Data) -> None:
    """One person; nobody at the start; no ties; a market that empties."""
    data = {**LIKE, "precision": "double"}
    if "size" in corner.get("population", {}):
        corner["population"]["network"] = {"kind": "complete"}
    for _, _, found in side_by_side(made(data, corner).case):
        assert not found, "; ".join(map(str, found))


def test_a_difference_is_found() -> None:
    """The comparison is not blind: a ten-millionth of trust is seen, and so is one message."""
    case = made(LIKE, {"precision": "double"}).case
    market, reference = Market(case), Reference(case)
    market.step()
    reference.step()
    assert not list(differences(reference, market))
    reference.customers[3].relations[1].trust += 1e-7
    reference.customers[5].relations[2].praise += 1
    assert {(d.what, d.whom) for d in differences(reference, market)} == {
        ("trust", (3, 1)),
        ("praise", (5, 2)),
    }

"""The network that a scenario asks for."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market import edges, network
from sim.market.network import Ties
from sim.market.ties import build_ties
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE, Data, lived, made, same

KINDS: dict[str, Data] = {
    "complete": {"kind": "complete"},
    "poisson": {"kind": "random", "neighbours": 6},
    "regular": {"kind": "random", "neighbours": 6, "degrees": "regular"},
    "small_world": {"kind": "small_world", "neighbours": 6, "rewiring": 0.2},
    "scale_free": {"kind": "scale_free", "links": 3},
    "edges": {"kind": "edges", "file": "edges.csv"},
}
RUN = made(LIKE).run_key


def case(kind: Data, folder: Path) -> Case:
    """A scenario with that network; four ties lie in the file that may be named."""
    (folder / "edges.csv").write_text("from,to\n0,1\n0,2\n1,2\n2,79\n", "utf-8")
    return scenario_from({**LIKE, "population": {"size": 80, "network": kind}}, folder)


def equal(one: Ties, other: Ties) -> bool:
    """Whether two networks are the same."""
    return all(same(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", KINDS)
def test_the_asked_network_is_built(name: str, tmp_path: Path) -> None:
    """Each kind is the network of that name with the scenario's numbers."""
    expected: dict[str, Any] = {
        "complete": lambda: network.complete(80),
        "poisson": lambda: network.random(80, 6, "poisson", RUN),
        "regular": lambda: network.random(80, 6, "regular", RUN),
        "small_world": lambda: network.small_world(80, 6, 0.2, RUN),
        "scale_free": lambda: network.scale_free(80, 3, RUN),
        "edges": lambda: edges.from_edges(80, np.array([[0, 1], [0, 2], [1, 2], [2, 79]])),
    }
    assert equal(build_ties(case(KINDS[name], tmp_path), 80, RUN), expected[name]())


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"complete", "edges"}))
@pytest.mark.parametrize("anew", [False, True])
def test_weak_ties_beside(name: str, anew: bool, tmp_path: Path) -> None:
    """Weak ties are stored with their weight, or not at all where they are met anew."""
    weak = {"neighbours": 2, "weight": 0.25, "met_anew": anew}
    plain = build_ties(case(KINDS[name], tmp_path), 80, RUN)
    ties = build_ties(case({**KINDS[name], "weak": weak}, tmp_path), 80, RUN)
    assert equal(ties, plain if anew else network.with_weak(plain, 2, 0.25, RUN))


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"edges"}))
def test_a_market_lives_on_every_network(name: str) -> None:
    """The market builds the same network, scale-free ties by compiled code, and talks over it."""
    market = made(LIKE, {"population": {"network": KINDS[name]}})
    assert equal(market.ties, build_ties(market.case, 80, market.run_key))
    ledger = market.run_model().history.ledger()
    assert ledger["praise"].sum() > 0


def test_who_is_tied_hears() -> None:
    """Without any tie nobody hears anything; on a ring people do."""
    lonely: Data = {"kind": "random", "neighbours": 1}
    heard = [
        lived(LIKE, {"population": {"network": kind}, "horizon": 24}).history.ledger()
        for kind in (lonely, KINDS["small_world"])
    ]
    won = [ledger["acquired_word_of_mouth"].sum() for ledger in heard]
    assert won[0] < won[1]


def test_a_file_that_names_strangers(tmp_path: Path) -> None:
    """A tie to a place that is not there is refused with its row."""
    (tmp_path / "ties.csv").write_text("from,to\n0,1\n0,80\n", "utf-8")
    wanted = {"kind": "edges", "file": "ties.csv"}
    unusable = scenario_from({**LIKE, "population": {"size": 80, "network": wanted}}, tmp_path)
    with pytest.raises(ValueError, match="row 3: to must be a place, a whole number from 0 to 79"):
        build_ties(unusable, 80, RUN)

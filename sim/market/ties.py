"""The network that a scenario asks for, over all places of the market."""

from collections.abc import Callable
from typing import Any

from sim import draws
from sim.market import edges, network
from sim.market.network import Ties
from sim.scenario.loading import Case
from sim.scenario.world import Edges, RandomNetwork, ScaleFree, SmallWorld


def build_ties(
    case: Case, places: int, run: draws.Key, grow: Callable[..., Any] = network.grow_scale_free
) -> Ties:
    """Return the ties between ``places`` people; ``grow`` may be the compiled form.

    Raises:
        ScenarioError: a network that cannot be built on so many places, or an unusable file of
            ties, at its place in the scenario.
    """
    with case.at("population", "network"):
        return built(case, places, run, grow)


def built(case: Case, places: int, run: draws.Key, grow: Callable[..., Any]) -> Ties:
    """The same. Raises ValueError without a place."""
    wanted = case.spec.population.network
    match wanted:
        case SmallWorld():
            ties = network.small_world(places, wanted.neighbours, wanted.rewiring, run)
        case RandomNetwork():
            ties = network.random(places, wanted.neighbours, wanted.degrees, run)
        case ScaleFree():
            ties = network.scale_free(places, wanted.links, run, grow)
        case Edges():
            file = case.file("population", "network", "file")
            ties = edges.read_edges(file, places)
        case _:
            return network.complete(places)
    if wanted.weak is not None and not wanted.weak.met_anew:
        return network.with_weak(ties, wanted.weak.neighbours, wanted.weak.weight, run)
    return ties

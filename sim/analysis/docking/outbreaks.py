"""News that people pass on, in independent worlds, each lived until it has died out."""

import math
from collections.abc import Mapping
from itertools import count, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.market.model import Market
from sim.scenario.loading import Case

Array = NDArray[np.float64]


def generations(case: Case, replication: int, enough: float = math.inf) -> Array:
    """(generations,) people won in each month, until nobody is, or ``enough`` have been in all."""
    market = Market(case, replication=replication)
    won: list[float] = []
    while market.running:
        market.step()
        won.append(float(market.history.last["acquired"].sum()))
        if not won[-1] or sum(won) >= enough:
            break
    return np.array(won)


def large_ones(case: Case, number: int, least: float) -> Array:
    """(number,) how many people the first outbreaks reach that reach ``least``."""
    sizes = (generations(case, replication).sum() for replication in count())
    return np.array(list(islice((size for size in sizes if size >= least), number)))


def told(network: Mapping[str, Any], people: int, mean: float, talk: float) -> dict[str, Any]:
    """Overrides: how many people there are, who knows whom, how much each tells.

    Args:
        network: as a scenario says it; on any but the complete one each tie hears by itself.
        people: all of them, the first customer included, who arrives.
        mean: messages that each one sends on average.
        talk: how often a scenario's base goes into that, which has an upper limit.
    """
    return {
        "population.size": people - 1,
        "population.network": dict(network),
        "mechanisms.word_of_mouth.base": mean / talk,
        "mechanisms.word_of_mouth.per_tie": network["kind"] != "complete",
        "customers.talkativeness": talk,
    }

"""Saving a market, going on from it, and branching it into several futures."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.market.history import History
from sim.market.network import Ties
from sim.market.state import World
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.market.model import Market

FIXED = (
    "setting", "step", "warm_up", "precision", "seed", "billing_months", "population",
    "customers", "groups", "start",
)  # fmt: skip
"""What a market that has begun cannot change."""


class Snapshot(NamedTuple):
    """All that a market needs to go on."""

    world: World
    ties: Ties
    clock: int
    freed: npt.NDArray[np.int64]
    firms: list[dict[str, Any]]
    history: History


def snapshot(market: "Market") -> Snapshot:
    """Copy a market's state; the network, which never changes, is shared."""
    return Snapshot(
        world=World(*(table.copy() for table in market.world)),
        ties=market.ties,
        clock=market.clock,
        freed=market.freed.copy(),
        firms=[{"carried": dict(f.carried), "waiting": f.waiting} for f in market.firms],
        history=copy_of(market.history),
    )


def copy_of(history: History) -> History:
    """A history that grows by itself; what is kept is never written to, so it is shared."""
    other = History()
    for name, value in vars(history).items():
        setattr(other, name, value.copy() if isinstance(value, list | dict) else value)
    return other


def resume(market: "Market", state: Snapshot) -> None:
    """Put a snapshot into a market that has just been made."""
    market.world, market.ties, market.clock, market.freed = state[:4]
    market.history = state.history
    market.steps = state.clock
    market.running = market.month < market.spec.horizon
    for firm, books in zip(market.firms, state.firms, strict=True):
        firm.carried = dict(books["carried"])
        firm.waiting = books["waiting"]


def refuse_another_market(old: Case, new: Case) -> None:
    """Refuse to go on under a case that is no future of this market. Raises ScenarioError."""
    problems = [
        Problem(
            new.loaded.place((name,)),
            name,
            "must stay as it is in a market that has begun",
            "changed",
            "make a new market, or change firms, policies, mechanisms or the horizon",
        )
        for name in FIXED
        if getattr(old.spec, name) != getattr(new.spec, name)
    ]
    if list(old.spec.firms) != list(new.spec.firms):
        rule = "must be the same firms in a market that has begun"
        remedy = f"keep {', '.join(old.spec.firms)}"
        problems.append(
            Problem(new.loaded.place(("firms",)), "firms", rule, ", ".join(new.spec.firms), remedy)
        )
    if problems:
        raise ScenarioError(problems)

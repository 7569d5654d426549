"""A market lived to its horizon, and what was seen of it after every step."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.market.firms import SPENT, Firm
from sim.market.model import Market
from sim.market.run import Run
from sim.market.state import LEAVING, PRESENT
from sim.scenario.loading import Case

Table = npt.NDArray[Any]


@dataclass
class Life:
    """What there is to hold laws against, once it is over. Lists have an entry a step."""

    run: Run
    people: list[Table]  # present at the end, and those who have just left
    relations: list[Table]  # of the same people
    accounts: list[Table]
    firms: list[Table]
    dealings: list[Table]  # of those people, where there are any
    planned: npt.NDArray[np.float64]  # (firms, instruments) all money that was ever meant for them

    @property
    def market(self) -> Market:
        """The market at its horizon."""
        return self.run.market

    @cached_property
    def ledger(self) -> Table:
        """(steps, firms) all ledgers."""
        return self.market.history.ledger()

    @cached_property
    def tally(self) -> Table:
        """(steps,) all tallies."""
        return self.market.history.tally()


def live(case: Case) -> Life:
    """Live a market step by step, looking at it after each."""
    market = Market(case)
    life = Life(Run(market, 0.0), [], [], [], [], [], np.zeros((len(market.firms), len(SPENT))))
    for firm in market.firms:
        note_plans(firm, life.planned[firm.position])
    while market.running:
        market.step()
        look(life)
    return life


def note_plans(firm: Firm, planned: Table) -> None:
    """Let a firm add to a row what it means to spend, by its budget and in campaigns."""
    plan, campaign = firm.plan, firm.campaign

    def planning() -> None:
        planned[:] += list(firm.intended().values())
        plan()

    def campaigning() -> None:
        before = dict(firm.carried)
        campaign()
        planned[:] += [firm.carried[name] - before[name] for name in firm.carried]

    firm.plan = planning  # type: ignore[method-assign]
    firm.campaign = campaigning  # type: ignore[method-assign]


def look(life: Life) -> None:
    """Copy what there is to see after a step."""
    w, freed = life.market.world, life.market.freed
    here = np.flatnonzero(w.people["present"] == PRESENT)
    people = w.people[np.concatenate([here, freed])]
    people["present"][len(here) :] = LEAVING
    life.people.append(people)
    life.relations.append(w.relations[np.concatenate([here, freed])])
    life.accounts.append(w.accounts[np.concatenate([here, freed])])
    life.firms.append(w.firms.copy())
    if w.dealings.size:
        life.dealings.append(w.dealings[np.concatenate([here, freed])])

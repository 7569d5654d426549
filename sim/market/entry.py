"""Entry: who comes when people leave, the closure of the market.

A person's number is fixed by where and when they come, never by counting exits, because policies
change exits: the person after the g-th at place p is number p + size · g. Where newcomers arrive by
a list (``poisson``, ``listed``) the whole list is known before the first step and is the same in
every arm; everyone on it has a place from the beginning.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.market.people import Newcomers
from sim.market.state import NO_FIRM, World
from sim.scenario.loading import Case
from sim.scenario.schema import Scenario
from sim.scenario.world import CustomerOf, Edges, PoissonArrivals, Replace

Steps = npt.NDArray[np.int64]
HIGHEST_NUMBER = 2**32 - 1


def arrival_steps(scenario: Scenario, run: draws.Key, file: Path | None) -> Steps:
    """Steps at which the people of the list arrive, ascending; empty without a list.

    Args:
        scenario: the scenario.
        run: key of the run.
        file: where the list lies that a ``listed`` entry names.

    Raises:
        ValueError: a listed file that cannot be read or holds something else than steps.
    """
    entry = scenario.population.entry
    if isinstance(entry, PoissonArrivals):
        from scipy import special

        steps = np.arange(scenario.warm_up + scenario.horizon)
        u, *_ = draws.columns(run, 0, draws.NOBODY, steps, draws.POPULATION)
        counts = np.ceil(special.pdtrik(u, entry.per_month * scenario.months))
        return np.repeat(steps, np.maximum(counts, 0).astype(np.int64))
    if file is not None:
        return read_steps(file)
    return np.zeros(0, np.int64)


def arrivals(case: Case, run: draws.Key) -> Steps:
    """Steps at which people arrive by the list of a case. Raises ScenarioError, placed in it."""
    listed = case.files().get(("population", "entry", "file"))
    with case.at("population", "entry"):
        return arrival_steps(case.spec, run, listed)


def read_steps(file: Path) -> Steps:
    """Read the column ``step`` of a CSV file, sorted."""
    import pandas as pd

    try:
        column = pd.read_csv(file)["step"]
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(
            f"{file.name}: a list of arrivals must be a CSV file with a column `step`; "
            f"reading it gave: {str(error).strip()}. "
            "Write one row a person with the step of arrival."
        ) from error
    steps = pd.to_numeric(column, errors="coerce").to_numpy(np.float64)
    wrong = ~((steps >= 0) & (steps == np.floor(steps)) & (steps < 2**15))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"{file.name}: step must be a whole number from 0 to 32767, is "
            f"{str(column.iloc[row])!r} in row {row + 1}; correct that row."
        )
    return np.sort(steps).astype(np.int64)


class Entry:
    """Brings people in, step by step."""

    def __init__(self, scenario: Scenario, newcomers: Newcomers, steps: Steps) -> None:
        self.newcomers = newcomers
        self.steps = steps
        self.at_start = scenario.population.size
        self.places = self.at_start + len(steps)
        self.replaces = isinstance(scenario.population.entry, Replace)
        self.open = True
        self.came = 0
        self.seats = self.spread_out(scenario)
        arrival = getattr(scenario.population.entry, "on_arrival", None)
        self.trial = NO_FIRM
        if isinstance(arrival, CustomerOf):
            self.trial = list(scenario.firms).index(arrival.customer_of)

    def spread_out(self, scenario: Scenario) -> Steps:
        """(people,) the place of each person of the start and of the list.

        Where people arrive by a list, chance spreads them over the network, whose first places
        would else be those of the first arrivals. A network from a file names its people itself.
        """
        everyone = np.arange(self.places)
        if not len(self.steps) or isinstance(scenario.population.network, Edges):
            return everyone
        run = self.newcomers.run
        _, u, _, _ = draws.columns(run, everyone, draws.NOBODY, 0, draws.POPULATION)
        return np.argsort(u, kind="stable")

    def begin(self, w: World) -> None:
        """Fill the places of the start."""
        people = np.arange(self.at_start)
        if len(people):
            self.newcomers.settle(w, self.seats[people], people, 0, NO_FIRM)
            self.newcomers.distribute(w, self.seats[people])

    def admit(self, w: World, step: int, freed: Steps) -> None:
        """Let newcomers in at the beginning of a step, into places freed by the last one."""
        self.came = 0
        if not self.open:
            return
        if self.replaces and len(freed):
            numbers = w.people["number"][freed].astype(np.int64) + self.places
            if numbers.max() > HIGHEST_NUMBER:
                raise OverflowError(
                    f"person numbers must stay below 2**32, the next one is {numbers.max()}; "
                    "shorten the horizon or lower exits"
                )
            self.newcomers.settle(w, freed, numbers, step, self.trial)
            self.came = len(freed)
        first, last = np.searchsorted(self.steps, (step, step + 1))
        if last > first:
            people = np.arange(self.at_start + first, self.at_start + last)
            self.newcomers.settle(w, self.seats[people], people, step, self.trial)
            self.came += len(people)

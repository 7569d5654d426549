"""Entry: who comes when people leave, and at which place."""

import csv
from typing import TYPE_CHECKING

from scipy import stats

from sim import draws
from sim.scenario.world import CustomerOf, Edges, Listed, PoissonArrivals, Replace
from tests.reference.customer import Customer
from tests.reference.traits import give_relations, give_traits

if TYPE_CHECKING:
    from tests.reference.model import Reference


class Entry:
    """The closure of the market.

    Attributes:
        arrivals: step of each person of the list, in order; known before the first step.
        seats: the place of each person of the start, then of the list.
    """

    def __init__(self, model: "Reference") -> None:
        self.model = model
        self.at_start = model.spec.population.size
        self.arrivals = arrivals(model)
        self.size = self.at_start + len(self.arrivals)
        self.seats = seats(model, self.size, scattered=bool(self.arrivals))
        self.closure = model.spec.population.entry
        given = getattr(self.closure, "on_arrival", None)
        self.trial = given.customer_of if isinstance(given, CustomerOf) else None

    def admit(self) -> None:
        """Let newcomers in, into places freed by the last step and those of the list."""
        model = self.model
        if isinstance(self.closure, Replace):
            for leaver in model.leavers:
                self.arrive(leaver.place, leaver.number + self.size)
        for position, step in enumerate(self.arrivals, start=self.at_start):
            if step == model.clock:
                self.arrive(self.seats[position], position)

    def arrive(self, place: int, number: int) -> None:
        """Somebody new at a place, perhaps with a first purchase to make."""
        newcomer = settle(self.model, place, number)
        if self.trial is not None:
            firm = self.model.firm(self.trial)
            newcomer.trial = newcomer.relations[firm.position]


def settle(model: "Reference", place: int, number: int) -> Customer:
    """A new person at a place: traits drawn, memory empty."""
    newcomer = Customer(model, place, number)
    give_traits(newcomer)
    give_relations(newcomer)
    model.places[place] = newcomer
    return newcomer


def arrivals(model: "Reference") -> list[int]:
    """Steps at which the people of a list arrive, ascending."""
    spec, entry = model.spec, model.spec.population.entry
    if isinstance(entry, PoissonArrivals):
        mean = entry.per_month * spec.months
        steps: list[int] = []
        for step in range(spec.warm_up + spec.horizon):
            u, _, _, _ = model.luck.four(0, 0, step, draws.POPULATION, 0)
            steps += [step] * int(stats.poisson.ppf(u, mean))
        return steps
    if isinstance(entry, Listed):
        with model.case.file("population", "entry", "file").open(encoding="utf-8") as file:
            return sorted(int(row["step"]) for row in csv.DictReader(file))
    return []


def seats(model: "Reference", size: int, scattered: bool) -> list[int]:
    """Places in order, or, where people come by a list, scattered over a network by chance."""
    everyone = list(range(size))
    if not scattered or isinstance(model.spec.population.network, Edges):
        return everyone
    chance = [model.luck.four(i, 0, 0, draws.POPULATION, 0)[1] for i in everyone]
    return sorted(everyone, key=lambda i: chance[i])

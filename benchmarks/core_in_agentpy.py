"""The core of word of mouth in AgentPy: an agent per person, as its tutorials write models."""

import math
from importlib.util import find_spec
from typing import Any

from benchmarks.core_in_c import parameters
from sim.market.model import Market


class Relation:
    """A person's memory of a firm."""

    def __init__(self, row: Any) -> None:
        self.taste, self.first_expectation = float(row["taste"]), float(row["first_expectation"])
        self.salience, self.expectation = float(row["salience"]), float(row["expectation"])
        self.satisfaction = float(row["satisfaction"])
        self.purchases, self.first, self.last = (
            int(row[name]) for name in ("purchases", "first", "last")
        )
        self.revenue = self.profit = self.verdict = 0.0
        self.praise = self.blame = 0


def is_installed() -> bool:
    """Whether AgentPy is there."""
    return find_spec("agentpy") is not None


def made(market: Market) -> Any:
    """A model in AgentPy that begins from the state of one of our markets."""
    import agentpy as ap

    (need, forgetting, gain, loss, message_weight, experienced, weight, reference, staying,
     delivered, noise, learning, delight, disappointment, adaptation, price, cost, base,
     positive, negative, relaxation) = parameters(market)  # fmt: skip
    ties, w, window = market.ties, market.world, market.window

    class Person(ap.Agent):  # type: ignore[misc]
        def begin(self, place: int) -> None:
            self.place = place
            self.relations = [Relation(row) for row in w.relations[place]]
            self.provider = int(w.people["provider"][place])
            self.ties = ties.tie[ties.start[place] : ties.start[place + 1]].tolist()

        def live(self) -> None:
            for relation in self.relations:
                self.forget_and_hear(relation)
            for _ in range(poisson(self.model.random.random(), need)):
                chosen = self.choose()
                if chosen >= 0:
                    self.buy(self.relations[chosen])
                    self.provider = chosen
            for relation in self.relations:
                if relation.purchases and relation.last < self.model.t:
                    gap = relation.expectation - relation.satisfaction
                    relation.satisfaction += relaxation * gap

        def forget_and_hear(self, relation: Relation) -> None:
            relation.salience *= 1 - forgetting
            heard = relation.praise + relation.blame
            if not heard:
                return
            relation.salience += (1 - (1 - gain) ** relation.praise) * (1 - relation.salience)
            relation.salience *= (1 - loss) ** relation.blame
            believed = message_weight * (experienced if relation.purchases else 1.0)
            gap = relation.verdict / heard - relation.expectation
            relation.expectation += (1 - (1 - believed) ** heard) * gap
            relation.praise = relation.blame = 0
            relation.verdict = 0.0

        def choose(self) -> int:
            best, best_value, draw = -1, -math.inf, self.model.random.random
            for position, relation in enumerate(self.relations):
                if position != self.provider and draw() >= relation.salience:
                    continue
                opinion = relation.satisfaction if relation.purchases else relation.expectation
                value = relation.taste + weight * (opinion - reference)
                value += staying if position == self.provider else 0.0
                value -= math.log(-math.log(1.0 - draw()))
                if value > best_value:
                    best, best_value = position, value
            return best

        def buy(self, relation: Relation) -> None:
            if not relation.purchases:
                relation.first = self.model.t
                relation.satisfaction = relation.expectation
            relation.revenue += price
            relation.profit += price - cost
            quality = min(1.0, max(0.0, self.model.random.gauss(delivered, noise)))
            gap = quality - relation.expectation
            met = quality + (delight if gap >= 0 else disappointment) * gap
            relation.satisfaction += learning * (min(1.0, max(0.0, met)) - relation.satisfaction)
            relation.expectation += adaptation * (quality - relation.expectation)
            relation.purchases += 1
            relation.last = self.model.t
            relation.salience = 1.0
            self.model.counts["purchases"] += 1

        def talk(self) -> None:
            for position, relation in enumerate(self.relations):
                if not relation.purchases or relation.last != self.model.t:
                    continue
                above = relation.satisfaction - reference
                mean = base + (positive * above if above >= 0 else -negative * above)
                for _ in range(poisson(self.model.random.random(), mean)):
                    box = self.model.people[self.model.random.choice(self.ties)].relations[position]
                    box.praise += above >= 0
                    box.blame += above < 0
                    box.verdict += relation.satisfaction
                    self.model.counts["praise" if above >= 0 else "blame"] += 1

    class Core(ap.Model):  # type: ignore[misc]
        def setup(self) -> None:
            self.people = ap.AgentList(self, self.p.people, Person)
            for place, person in enumerate(self.people):
                person.begin(place)

        def step(self) -> None:
            self.counts = dict.fromkeys(("purchases", "praise", "blame"), 0)
            self.people.live()
            self.people.talk()

        def book(self) -> dict[str, float]:
            """Last month's counts, and the sum of customers' satisfaction."""
            relations = (relation for person in self.people for relation in person.relations)
            levels = [
                relation.satisfaction
                for relation in relations
                if relation.purchases and self.t - relation.last < window
            ]
            return {**self.counts, "customers": len(levels), "satisfaction": sum(levels)}

    model = Core({"people": w.people.size, "steps": 10**6})
    model.sim_setup()
    model.t = market.clock - 1  # months bear the numbers they bear in the market
    return model


def poisson(u: float, mean: float) -> int:
    """Inverse of the Poisson distribution."""
    count, term = 0, math.exp(-mean)
    total = term
    while u > total and term > 0:
        count += 1
        term *= mean / count
        total += term
    return count

"""The network: who is tied to whom, and how strongly. It is taken as it is built for the market."""

from sim import draws
from sim.market.ties import build_ties
from sim.scenario.loading import Case


class Network:
    """The ties between places.

    Attributes:
        is_complete: everybody is tied to everybody, and nothing is stored.
        weighs_alike: all ties of a place are equally strong.
        rows: by place its ties, each with the share of weight up to and including it.
        strength: by place the total weight of its ties.
        met_anew: weight of the weak ties that are other people each time.
    """

    def __init__(self, case: Case, size: int, key: draws.Key) -> None:
        ties = build_ties(case, size, key)
        self.is_complete = ties.complete
        self.weighs_alike = not len(ties.reach)
        self.rows: list[list[tuple[int, float]]] = []
        for begin, end in zip(ties.start[:-1].tolist(), ties.start[1:].tolist(), strict=True):
            count = end - begin
            alike = [position / count for position in range(1, count + 1)]
            upto = alike if self.weighs_alike else ties.reach[begin:end].tolist()
            self.rows.append(list(zip(ties.tie[begin:end].tolist(), upto, strict=True)))
        degrees = [float(len(row)) for row in self.rows]
        self.strength = degrees if not len(ties.strength) else ties.strength.tolist()
        weak = getattr(case.spec.population.network, "weak", None)
        self.met_anew = weak.neighbours * weak.weight if weak and weak.met_anew else 0.0

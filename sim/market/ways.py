"""Ways: how people come to a firm's product.

Everybody buys from a firm directly, or from one of its distributors, by luck and for good. Where
every product is there for everybody, directly, the table of ways has no rows and nobody has one.
"""

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.market.state import WAY, Table, World
from sim.scenario.schema import Scenario

Numbers = npt.NDArray[np.int64]
SERVED, DIRECT = 0, 1
"""Words of the draws that decide."""
NOTHING = 1e-9
"""Share of people that is none: what rounding left of it."""


def wants_ways(spec: Scenario) -> bool:
    """Whether anybody, at whatever date, may find a product not there."""
    kept_away = any(firm.direct < 1.0 for firm in spec.firms.values())
    changed = any("direct" in intervention.values for intervention in spec.interventions)
    return bool(spec.distributors) or kept_away or changed


def empty_ways(spec: Scenario) -> Table:
    """The table: a row for each firm's direct sale, then one for each distributor."""
    rows = len(spec.firms) + len(spec.distributors) if wants_ways(spec) else 0
    return np.zeros(rows, WAY)


def assign(w: World, rows: Numbers, numbers: Numbers, spec: Scenario, run: draws.Key) -> None:
    """Give people of these numbers, in these rows, their way to each firm."""
    for f, firm in enumerate(spec.firms):
        ways, liking = [f], [liked(direct_share(spec, firm), run, numbers, firm, DIRECT)]
        for k, (name, each) in enumerate(spec.distributors.items()):
            if each.to == firm:
                ways.append(len(spec.firms) + k)
                liking.append(liked(each.share, run, numbers, name, SERVED))
        w.dealings["way"][rows, f] = np.array(ways)[np.argmax(liking, axis=0)]


def direct_share(spec: Scenario, firm: str) -> float:
    """Share of people who buy directly from a firm."""
    served = sum(each.share for each in spec.distributors.values() if each.to == firm)
    return 1.0 - served if served < 1.0 - NOTHING else 0.0


def liked(
    share: float, run: draws.Key, numbers: Numbers, name: str, word: int
) -> npt.NDArray[np.float64]:
    """How near a way lies to each person: the nearest is taken, by as many as its share."""
    u = draws.four(run, numbers, draws.address_of(name), 0, draws.WAY, 0)[word]  # type: ignore[arg-type]
    with np.errstate(divide="ignore"):  # the logarithm of a share of 0
        return np.asarray(np.log(share) - np.log(-np.log(u)))

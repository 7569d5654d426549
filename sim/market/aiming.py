"""Whom firms select: the new, the unhappy, the best, cells of scores, named groups.

A selection is made before the step from what is known at the end of the last one, and kept as a bit
of the relation. In subscription, people on running contracts have all bought equally recently, so
that recency tells only former customers apart.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.market.customers import customers_of
from sim.market.state import PRESENT, World
from sim.market.terms import HEADS
from sim.policy import targets
from sim.scenario.offers import Scores, Target, TopShare

if TYPE_CHECKING:
    from sim.market.firms import Firm

People = npt.NDArray[np.bool_]
FIFTHS = 5


def aim(firm: "Firm", instrument: str) -> tuple[int, int]:
    """Code of the target of an instrument in this step, and the people selected (0: live)."""
    if instrument == "contact" and firm.level.contact > 0.0:
        return targets.CUSTOMERS, 0
    if instrument in HEADS and not firm.has_money_for(instrument):
        return targets.NOBODY, 0
    target = firm.target_of(instrument)
    if isinstance(target, str) and target in targets.CODES:
        return targets.CODES[target], 0
    chosen = audience(firm, instrument) & selected(firm, target)
    aims = firm.model.world.relations["aims"][:, firm.position]
    bit = targets.BITS[instrument]
    aims[:] = np.where(chosen, aims | bit, aims & (255 - bit))
    return targets.SELECTED, int(np.count_nonzero(chosen))


def heads(target: int, present: float, bought: float, customers: float) -> float:
    """People of a target that needs no selection; 0 for a selection."""
    by_target = {
        targets.ALL: present,
        targets.PROSPECTS: max(0.0, present - bought),
        targets.LAPSED: max(0.0, bought - customers),
        targets.CUSTOMERS: customers,
    }
    return by_target.get(target, 0.0)


def audience(firm: "Firm", instrument: str) -> People:
    """(people,) those among whom a firm may select for an instrument."""
    w, f = firm.model.world, firm.position
    here = w.people["present"] == PRESENT
    bought = w.relations["purchases"][:, f] > 0
    if instrument == "advertising":
        return np.asarray(here)
    if instrument == "introductory_price":
        return np.asarray(here & ~bought)
    customers = customers_of(firm.model, firm.position)
    return np.asarray(here & bought & ~customers if instrument == "win_back" else here & customers)


def selected(firm: "Firm", target: Target) -> People:
    """(people,) those who meet a target, within and outside the audience."""
    model, w, f = firm.model, firm.model.world, firm.position
    relations = w.relations[:, f]
    if isinstance(target, TopShare):
        return top(customers_of(firm.model, firm.position), bought_lately(w, f), target.top_share)
    if isinstance(target, Scores):
        return in_cells(w, f, target)
    if target == "new":
        steps = model.clock - relations["first"].astype(int)
        recent = steps * model.spec.months <= targets.NEW_MONTHS
        return np.asarray(customers_of(firm.model, firm.position) & recent)
    if target == "at_risk":
        unhappy = relations["satisfaction"] < model.rules.satisfaction.reference
        return np.asarray(customers_of(firm.model, firm.position) & unhappy)
    return np.asarray(w.people["group"] == 1 + list(model.spec.groups).index(str(target)))


def bought_lately(w: World, f: int) -> Any:
    """(people,) units bought from firm f in the running year and the one before."""
    return purchases_lately(w, f) * w.people["basket"].astype(float)


def purchases_lately(w: World, f: int) -> Any:
    """(people,) purchases from firm f in the running year and the one before."""
    relations = w.relations[:, f]
    return relations["this_year"].astype(float) + relations["last_year"]


def top(customers: People, value: npt.NDArray[np.float64], share: float) -> People:
    """(people,) the ``share`` of customers with the highest values; places break ties."""
    chosen = np.zeros(len(customers), bool)
    places = np.flatnonzero(customers)
    ordered = places[np.argsort(-value[places], kind="stable")]
    chosen[ordered[: round(share * len(places))]] = True
    return chosen


def in_cells(w: World, f: int, cells: Scores) -> People:
    """(people,) buyers whose scores for recency, frequency and money are among those asked for."""
    bought = (w.people["present"] == PRESENT) & (w.relations["purchases"][:, f] > 0)
    values = {
        "recency": w.relations["last"][:, f].astype(float),
        "frequency": purchases_lately(w, f),
        "money": bought_lately(w, f),
    }
    chosen = bought.copy()
    for name, value in values.items():
        wanted = getattr(cells, name)
        if wanted is not None:
            chosen[bought] &= np.isin(fifths(value[bought]), wanted)
    return np.asarray(chosen)


def fifths(values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Score of each value, 1 for the lowest fifth to 5 for the highest; equals score alike."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    middle = (below + upto) / (2.0 * max(len(values), 1))
    return np.minimum(1 + np.floor(FIFTHS * middle), FIFTHS).astype(np.int64)

"""Choice at a purchase occasion: which firms come to mind, which one is worth most."""

import math

from sim import draws
from sim.behaviour import availability, choice, imitation, information, salience
from sim.market.context import (
    Month,
    has_dealings,
    has_lines,
    has_pipeline,
    has_ways,
    is_aimed,
    is_stopped,
    regard,
)
from sim.market.lines import bond
from sim.market.luck import CHOOSE, CONSIDER
from sim.market.pipeline import has_offer_in, negotiated_gap, personal
from sim.market.programme import pull
from sim.market.purchase import is_introduced
from sim.market.state import COURTED, NO_FIRM, OPEN, World
from sim.policy import targets


def choose(m: Month, w: World, i: int, occasion: int, saving: bool) -> int:
    """The firm that comes to mind, is there and is worth most at this moment, or NO_FIRM."""
    last = w.people[i].provider
    dice = m.luck.occasion
    best = NO_FIRM
    best_value = m.rules.choice.outside
    if best_value > -math.inf:
        best_value += dice[CHOOSE, m.firms]
    looks_at_rivals = last == NO_FIRM or searches(m, w, i, last)
    nobody = True
    for f in range(m.firms):
        if is_stopped(w, i, f):
            continue
        if f != last and not comes_up(m, w, i, f, looks_at_rivals):
            continue
        if has_ways(w) and not is_there(m, w, i, f, occasion):
            w.ledger[f].missed += not saving
            continue
        nobody = False
        value = worth(m, w, i, f, saving) + dice[CHOOSE, f]
        if value > best_value:
            best, best_value = f, value
    if nobody and m.rules.choice.outside == -math.inf:
        w.tally[0].lost += 1
    return best


def comes_up(m: Month, w: World, i: int, f: int, looks_at_rivals: bool) -> bool:
    """Whether a firm that is not the last one is compared: it comes to mind, or has an offer in."""
    if has_pipeline(m):
        return has_offer_in(m, w, i, f)
    return looks_at_rivals and strikes(m, w, i, f, m.luck.occasion[CONSIDER, f])


def searches(m: Month, w: World, i: int, last: int) -> bool:
    """Whether a person who has a firm looks at its rivals at this occasion."""
    openness = salience.openness(m.rules.salience.immunity, w.relations[i, last].commitment)
    u = m.luck.occasion[CONSIDER, m.firms]
    return information.looks_at_rivals(u, m.rules.information.search, openness)


def strikes(m: Month, w: World, i: int, f: int, u: float) -> bool:
    """Whether a firm that is not the last one comes to mind, of those in the market."""
    if not w.firms[f].there:
        return False
    relation = w.relations[i, f]
    bass = m.rules.imitation
    present = relation.salience
    if relation.purchases == 0 and bass.innovation + bass.imitation > 0.0:
        present = imitation.salience(w.firms[f].share, bass.innovation, bass.imitation)
    return salience.comes_to_mind(u, present, m.rules.salience.floor)


def is_there(m: Month, w: World, i: int, f: int, occasion: int) -> bool:
    """Whether a product is there where a person would buy it; who is under contract has it."""
    person = w.people[i]
    if m.subscription and person.provider == f:
        return True
    _, _, u, _ = draws.four(m.run, person.number, w.firms[f].address, m.step, draws.WAY, occasion)
    return availability.is_there(u, w.ways[w.dealings[i, f].way].available)


def worth(m: Month, w: World, i: int, f: int, saving: bool) -> float:
    """Utility of firm f to person i, before the noise of the moment."""
    person = w.people[i]
    relation = w.relations[i, f]
    firm = w.firms[f]
    rules = m.rules
    relationship = regard(m, w, i, f)
    rewarded = relation.purchases > 0
    if rewarded and is_aimed(m, w, i, f, firm.loyalty_target, targets.LOYALTY):
        relationship += rules.loyalty.weight * firm.reward
    if relation.approach & OPEN > 0:
        relationship += rules.referral.bonus
    if has_dealings(w):
        relationship += pull(m, w, i, f)
    if has_dealings(w) and w.dealings[i, f].accompanied > 0:
        relationship += rules.referral.bond
    last = person.provider
    inertia = rules.choice.staying if f == last else 0.0
    inertia += firm.standing - w.switching[last, f]
    if has_lines(w):
        inertia += bond(m, w, i, f)
    gap = firm.save_gap if saving and f == last else felt_gap(m, w, i, f)
    if has_pipeline(m):
        relationship += personal(m, w, i, f)
        gap -= negotiated_gap(m, w, i, f)
    return choice.utility(relation.taste, relationship, inertia, person.price_sensitivity, gap)


def felt_gap(m: Month, w: World, i: int, f: int) -> float:
    """How dear a firm's price feels, with what it offers to strangers and to former customers."""
    if w.relations[i, f].approach & COURTED > 0:
        return w.firms[f].win_back_gap
    introduced = is_introduced(m, w, i, f)
    gap = w.firms[f].introductory_gap if introduced else w.firms[f].price_gap
    return gap + w.firms[f].invited_relief if w.relations[i, f].approach & OPEN > 0 else gap

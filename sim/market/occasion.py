"""A purchase occasion: what sets it off, which firms come to mind, which one is chosen."""

import math

from sim import draws
from sim.behaviour import availability, choice, imitation, information, needs, salience
from sim.market.approaching import is_aimed, note_decision
from sim.market.complaining import count_lost
from sim.market.context import Month, counted, is_due, is_held, is_stopped, regard
from sim.market.lines import bond
from sim.market.luck import CHOOSE, CONSIDER, LOOK, NEED, throw_at_occasion
from sim.market.pipeline import close_opportunities, has_offer_in, negotiated_gap, personal
from sim.market.programme import pull
from sim.market.purchase import buy, is_introduced
from sim.market.state import COURTED, LEAVING, NO_FIRM, OPEN, World
from sim.policy import targets


def take_up_trial(m: Month, w: World, i: int) -> None:
    """The first purchase of someone who came as a customer: given, not chosen."""
    person = w.people[i]
    throw_at_occasion(m.luck, m.run, person.number, m.step, 0)
    buy(m, w, i, counted(person.trial), 0, 0.0)
    person.trial = NO_FIRM
    person.due = m.billing - m.months


def renew_or_look(m: Month, w: World, i: int) -> None:
    """Subscription: a contract that ends is decided on; without one, people may look around."""
    if wants_to_decide(m, w, i):
        decide(m, w, i)
    else:
        w.people[i].due -= m.months


def wants_to_decide(m: Month, w: World, i: int) -> bool:
    """Whether a contract ends in this step, or a person without one looks around."""
    person = w.people[i]
    return is_looking(m, w, i) if person.provider == NO_FIRM else is_due(m, person.due)


def decide(m: Month, w: World, i: int) -> None:
    """Choose a provider, unless the present one can hold or save the person; buy and learn."""
    person = w.people[i]
    present = counted(person.provider)
    if present != NO_FIRM and m.rules.needs.buy_once:
        return
    w.tally[0].occasions += 1
    throw_at_occasion(m.luck, m.run, person.number, m.step, 0)
    discount = 0.0
    chosen = choose(m, w, i, 0, False)
    if chosen != present and is_lost(m, w, i, chosen, 0):
        chosen = present
    if present != NO_FIRM and chosen != present:
        if is_held(m, w, i, present, 0):
            chosen = present
        elif is_saved(m, w, i):
            chosen = present
            discount = w.firms[present].save_discount
        else:
            depart(w, i, chosen)
    carried_over = person.due if chosen == present else 0.0
    if chosen != NO_FIRM:
        buy(m, w, i, chosen, 0, discount)
        person.due = carried_over + m.billing - m.months
    if m.pipeline:
        close_opportunities(m, w, i, chosen)
    note_decision(m, w, i)


def is_lost(m: Month, w: World, i: int, f: int, occasion: int) -> bool:
    """Whether somebody who would buy from f is lost on the way through its departments."""
    if f == NO_FIRM or w.firms[f].lost <= 0.0:
        return False
    u, _, _, _ = draws.four(
        m.run, w.people[i].number, w.firms[f].address, m.step, draws.PATH, occasion
    )
    gone = u < w.firms[f].lost
    w.ledger[f].lost_on_the_way += gone
    return gone


def is_looking(m: Month, w: World, i: int) -> bool:
    """Whether a person without a provider looks around in this step."""
    return draws.uniform(m.luck.lots[LOOK, i]) < m.rules.needs.look_rate


def is_saved(m: Month, w: World, i: int) -> bool:
    """Whether a would-be leaver is seen in time and stays, the same draws with a discount."""
    person = w.people[i]
    firm = w.firms[person.provider]
    entry = w.ledger[person.provider]
    entry.would_leave += 1
    entry.save += firm.save_cost
    w.accounts[i, person.provider].profit -= firm.save_cost
    if firm.seen <= 0.0:
        return False
    _, u, _, _ = draws.four(m.run, person.number, firm.address, m.step, draws.CONTACT, 0)
    if u >= firm.seen or choose(m, w, i, 0, True) != person.provider:
        return False
    entry.saved += 1
    return True


def depart(w: World, i: int, chosen: int) -> None:
    """A contract was not renewed: the customer went to a rival, or out of the category."""
    count_lost(w, i, counted(w.people[i].provider))
    person = w.people[i]
    if chosen == NO_FIRM:
        w.ledger[person.provider].left += 1
    else:
        w.ledger[person.provider].switched += 1
    person.provider = NO_FIRM


def shop(m: Month, w: World, i: int) -> None:
    """Repertoire: purchase occasions of the step, one after the other, until the person leaves."""
    person = w.people[i]
    u = draws.uniform(m.luck.lots[NEED, i])
    count = needs.occasions(u, person.need_rate, m.season, person.alive)
    for occasion in range(count):
        if m.rules.needs.buy_once and person.provider != NO_FIRM:
            break
        w.tally[0].occasions += 1
        throw_at_occasion(m.luck, m.run, person.number, m.step, occasion)
        chosen = choose(m, w, i, occasion, False)
        if chosen != NO_FIRM and not is_lost(m, w, i, chosen, occasion):
            buy(m, w, i, chosen, occasion, 0.0)
        note_decision(m, w, i)
        if person.present == LEAVING:
            return


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
        if w.ways.size > 0 and not is_there(m, w, i, f, occasion):
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
    if m.pipeline:
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
    if w.dealings.size > 0:
        relationship += pull(m, w, i, f)
    if w.dealings.size > 0 and w.dealings[i, f].accompanied > 0:
        relationship += rules.referral.bond
    last = person.provider
    inertia = rules.choice.staying if f == last else 0.0
    inertia += firm.standing - w.switching[last, f]
    if w.lines.size > 0:
        inertia += bond(m, w, i, f)
    gap = firm.save_gap if saving and f == last else felt_gap(m, w, i, f)
    if m.pipeline:
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

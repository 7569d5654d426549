"""A purchase occasion: what sets it off, how it is decided, who holds or loses the person.

In subscription an occasion is a contract that ends, or a look around by somebody without one; in
b2b the same, where offers are in; in repertoire a need. Who came as a customer of a firm is given a
first purchase.
"""

from sim import draws
from sim.behaviour import needs
from sim.market.accounts import tender
from sim.market.approaching import note_decision
from sim.market.choosing import choose
from sim.market.complaining import count_lost
from sim.market.context import Month, counted, has_pipeline, is_due, is_held
from sim.market.luck import LOOK, NEED, throw_at_occasion
from sim.market.pipeline import close_opportunities
from sim.market.purchase import buy
from sim.market.state import LEAVING, NO_FIRM, World


def take_occasions(m: Month, w: World, i: int) -> None:
    """The purchase occasions of the step, one after the other, until the person leaves."""
    person = w.people[i]
    count = occasions(m, w, i)
    if m.subscription and count == 0:
        person.due -= m.months
    for occasion in range(count):
        if m.rules.needs.buy_once and person.provider != NO_FIRM:
            return
        take_occasion(m, w, i, occasion)
        if person.present == LEAVING:
            return


def occasions(m: Month, w: World, i: int) -> int:
    """How often a person buys, or may buy, in this step."""
    person = w.people[i]
    if person.trial != NO_FIRM:
        return 1
    if m.subscription:
        decides = is_looking(m, w, i) if person.provider == NO_FIRM else is_due(m, person.due)
        return 1 if (tender(m, w, i, decides) if has_pipeline(m) else decides) else 0
    u = draws.uniform(m.luck.lots[NEED, i])
    return needs.occasions(u, person.need_rate, m.season, person.alive)


def is_looking(m: Month, w: World, i: int) -> bool:
    """Whether a person without a provider looks around in this step."""
    return draws.uniform(m.luck.lots[LOOK, i]) < m.rules.needs.look_rate


def take_occasion(m: Month, w: World, i: int, occasion: int) -> None:
    """Decide, buy and learn; the first purchase of who came as a customer is given, not chosen."""
    person = w.people[i]
    throw_at_occasion(m.luck, m.run, person.number, m.step, occasion)
    chosen, discount = counted(person.trial), 0.0
    given = chosen != NO_FIRM
    if not given:
        chosen, discount = decide(m, w, i, occasion)
    if chosen != NO_FIRM:
        carried_over = person.due if chosen == person.provider else 0.0
        buy(m, w, i, chosen, occasion, discount)
        if m.subscription:
            person.due = carried_over + m.billing - m.months
    if given:
        person.trial = NO_FIRM
        return
    if has_pipeline(m):
        close_opportunities(m, w, i, chosen)
    note_decision(m, w, i)


def decide(m: Month, w: World, i: int, occasion: int) -> tuple[int, float]:
    """Choose, unless the provider under contract holds or saves the person: firm and discount."""
    w.tally[0].occasions += 1
    present = counted(w.people[i].provider) if m.subscription else NO_FIRM
    chosen = choose(m, w, i, occasion, False)
    if chosen == present or is_lost(m, w, i, chosen, occasion):
        return present, 0.0
    if present == NO_FIRM:
        return chosen, 0.0
    if is_held(m, w, i, present, occasion):
        return present, 0.0
    if is_saved(m, w, i):
        return present, w.firms[present].save_discount
    depart(w, i, chosen)
    return chosen, 0.0


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

"""The month: what happens to people in one step, in order.

The market calls three passes over its people, in this order::

    set_out    exits are drawn; who is a customer now is counted for the firms
    live       forget, see advertising, be approached, hear last month's messages; need, consider,
               choose, buy, experience, learn
    close      talk and invite (into next month's boxes); relationships without business drift;
               charge what winning people cost, count

Firms set the terms of their instruments between the first and the second; the share of acquisition
spending that each new customer carries is known after the second. What others do is therefore seen
as of the end of last month, while a person's own memory is up to date after every purchase.

What each line does is in ``hearing``, ``approaching``, ``occasion``, ``purchase``, ``talking`` and
``stock``; the equations are in ``behaviour/``. To add a mechanism: write its file there, give it a
field in ``behaviour/rules.py``, name it in ``compile.RULES``, and call its rules at the place in
the month where they belong.
"""

from sim import draws
from sim.behaviour import leaving, needs
from sim.market.approaching import anyone_approaches, be_approached, be_invited, invite
from sim.market.context import (
    Month,
    counted,
    has_business,
    has_dealings,
    is_due,
    is_held,
    leave_the_market,
)
from sim.market.hearing import anyone_advertises, drift, forget, hear, see_advertising
from sim.market.luck import CROWD, EXIT, NEED, cast_lots, throw_at_approach
from sim.market.network import Ties
from sim.market.occasion import take_occasions
from sim.market.programme import keep_membership
from sim.market.state import ABSENT, NO_FIRM, PRESENT, World
from sim.market.stock import (
    anyone_is_cared_for,
    charge_acquisition,
    charge_care,
    count_heads,
    take_stock,
    take_stock_of_salience,
)
from sim.market.talking import protest, talk


def set_out(m: Month, w: World) -> None:
    """Draw who leaves the market in this step, and count whom each firm will care for."""
    cared_for = anyone_is_cared_for(m, w)
    for i in range(w.people.size):
        if i % CROWD == 0:
            cast_lots(m.luck, m.run, m.step, w, i, min(i + CROWD, w.people.size))
        person = w.people[i]
        if person.present != PRESENT:
            continue
        w.tally[0].present += 1
        draw_exit(m, w, i)
        if cared_for and person.present == PRESENT:
            for f in range(m.firms):
                count_heads(m, w, i, f)


def draw_exit(m: Month, w: World, i: int) -> None:
    """In subscription an exit comes before billing; in repertoire it ends the step early."""
    person = w.people[i]
    person.alive = 1.0
    if person.exit_hazard <= 0.0 or m.exit_form == leaving.AFTER_PURCHASE:
        return
    if m.subscription and person.trial != NO_FIRM:  # who comes to buy buys first
        return
    u = draws.uniform(m.luck.lots[EXIT, i])
    if m.exit_form == leaving.PER_PERIOD:
        under_contract = person.provider != NO_FIRM
        if under_contract and is_due(m, person.due) and leaving.quits(u, person.exit_hazard):
            leave_the_market(m, w, i)
        return
    if leaving.outlives_a_step(u, person.exit_hazard):
        return
    time = leaving.time_until_exit(u, person.exit_hazard)
    provider = counted(person.provider)
    if time < 1.0 and m.subscription:
        leave_the_market(m, w, i)
    elif time < 1.0 and not (provider != NO_FIRM and is_held(m, w, i, provider, 0)):
        person.alive = time


def live(m: Month, w: World) -> None:
    """One step in the life of everyone who is present."""
    cared_for = anyone_is_cared_for(m, w)
    advertised, approached = anyone_advertises(m, w), anyone_approaches(m, w)
    for i in range(w.people.size):
        if w.people[i].present != PRESENT:
            continue
        if advertised or approached:
            throw_at_approach(m.luck, m.run, w.people[i].number, m.step)
        for f in range(m.firms):
            if cared_for:
                charge_care(m, w, i, f)
            forget(m, w, i, f)
            if advertised:
                see_advertising(m, w, i, f)
            be_invited(m, w, i, f)
            if approached:
                be_approached(m, w, i, f)
            hear(m, w, i, f)
        take_occasions(m, w, i)
        if w.people[i].alive < 1.0 and w.people[i].present == PRESENT:
            leave_the_market(m, w, i)


def close(m: Month, w: World, ties: Ties) -> None:
    """Talk or drift apart, charge what it cost to win customers, and count."""
    for i in range(w.people.size):
        if w.people[i].present == ABSENT:
            continue
        stays = w.people[i].present == PRESENT
        for f in range(m.firms):
            known = w.relations[i, f].purchases > 0  # of strangers there is little to say
            if known:
                charge_acquisition(m, w, i, f)
                if has_dealings(w):
                    keep_membership(m, w, i, f, stays)
            if not stays:
                continue
            if has_business(m, w, i, f):
                talk(m, w, ties, i, f)
                invite(m, w, ties, i, f)
            else:
                drift(m, w, i, f)
                protest(m, w, ties, i, f)
                if m.rules.word_of_mouth.all_customers:
                    talk(m, w, ties, i, f)
            take_stock_of_salience(w, i, f)
            if known:
                take_stock(m, w, i, f)


def most_purchases(m: Month, w: World) -> int:
    """Upper bound of the purchases of this step: every need met."""
    count = 0
    for i in range(w.people.size):
        person = w.people[i]
        if person.present == PRESENT:
            u = draws.uniform(m.luck.lots[NEED, i])
            needed = needs.occasions(u, person.need_rate, m.season, person.alive)
            count += 1 if m.subscription else max(1, needed)
    return count

"""The month: what happens to people in one step, in order.

The market calls three passes over its people, in this order::

    set_out    exits are drawn; who is a customer now is counted for the firms
    live       forget, see advertising, hear last month's messages; need, consider, choose, buy,
               experience, learn; relationships without business drift
    close      talk (into next month's boxes), charge what winning customers cost, count

Firms set the terms of their instruments between the first and the second; the share of acquisition
spending that each new customer carries is known after the second. What others do is therefore seen
as of the end of last month, while a person's own memory is up to date after every purchase.

To add a mechanism: write its file in ``behaviour/``, give it a field in ``behaviour/rules.py``, and
call its rules here, at the place in the month where they belong.
"""

import math
from typing import NamedTuple

from sim import draws
from sim.behaviour import (
    basket,
    choice,
    commitment,
    expectation,
    experience,
    forgetting,
    imitation,
    leaving,
    needs,
    salience,
    satisfaction,
    trust,
    word_of_mouth,
)
from sim.behaviour.rules import Rules
from sim.market.network import Ties
from sim.market.state import (
    ABSENT,
    ADVERTISING,
    LEAVING,
    NEVER,
    NO_FIRM,
    PRESENT,
    VERDICT_UNIT,
    WORD_OF_MOUTH,
    World,
)
from sim.policy import targets

PROMOTER, DETRACTOR = 0.85, 0.65
"""Satisfaction of those who would recommend (9 or 10 of 10) and of those who would not (0 to 6)."""


class Month(NamedTuple):
    """What is the same for everyone in one step."""

    run: draws.Key
    step: int  # absolute, 0 is the first step of the warm-up
    firms: int
    subscription: bool
    months: float  # length of the step
    billing: float  # months between two renewals
    booked_from: int  # step of month 0, the first after the warm-up
    window: int  # steps after which a buyer no longer counts as active
    season: float  # factor on needs
    exit_form: int  # see behaviour/leaving.py
    weak_met: float  # weight of weak ties that are met anew each time
    market_quality: float  # mean quality that all customers met in the last step
    amount_shape: float  # gamma shape of the units of one purchase; 0: they are always the same
    rules: Rules


# ── first pass ────────────────────────────────────────────────────────────────────────────────


def set_out(m: Month, w: World) -> None:
    """Draw who leaves the market in this step, and count whom each firm will care for."""
    for i in range(w.people.size):
        person = w.people[i]
        if person.present != PRESENT:
            continue
        w.tally[0].present += 1
        draw_exit(m, w, i)
        if person.present == PRESENT:
            for f in range(m.firms):
                if is_customer(m, w, i, f):
                    w.ledger[f].heads += 1


def draw_exit(m: Month, w: World, i: int) -> None:
    """In subscription an exit comes before billing; in repertoire it ends the step early."""
    person = w.people[i]
    person.alive = 1.0
    if person.exit_hazard <= 0.0 or m.exit_form == leaving.AFTER_PURCHASE:
        return
    _, u, _, _ = draws.four(m.run, person.number, draws.NOBODY, m.step, draws.STEP, 0)
    if m.exit_form == leaving.PER_PERIOD:
        if is_due(m, person.due) and leaving.quits(u, person.exit_hazard):
            leave_the_market(m, w, i)
        return
    time = leaving.time_until_exit(u, person.exit_hazard)
    if time < 1.0 and m.subscription:
        leave_the_market(m, w, i)
    elif time < 1.0:
        person.alive = time


def leave_the_market(m: Month, w: World, i: int) -> None:
    """The person is gone at the end of the step; firms lose a customer each."""
    w.people[i].present = LEAVING
    w.tally[0].exits += 1
    for f in range(m.firms):
        if is_customer(m, w, i, f):
            w.ledger[f].exited += 1


def most_purchases(m: Month, w: World) -> int:
    """Upper bound of the purchases of this step: every need met."""
    count = 0
    for i in range(w.people.size):
        person = w.people[i]
        if person.present == PRESENT:
            u, _, _, _ = draws.four(m.run, person.number, draws.NOBODY, m.step, draws.STEP, 0)
            needed = needs.occasions(u, person.need_rate, m.season, person.alive)
            count += 1 if m.subscription else max(1, needed)
    return count


def is_customer(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is a customer of f as of the last step's end, or has become one since.

    Subscription: holds f's contract. Repertoire: bought from f within the window.
    """
    if m.subscription:
        return w.people[i].provider == f
    relation = w.relations[i, f]
    return relation.purchases > 0 and m.step - relation.last <= m.window


def is_due(m: Month, months_left: float) -> bool:
    """Whether a contract ends in this step (the nearest one, where steps are not months)."""
    return months_left < 0.5 * m.months


# ── second pass ───────────────────────────────────────────────────────────────────────────────


def live(m: Month, w: World) -> None:
    """One step in the life of everyone who is present."""
    for i in range(w.people.size):
        if w.people[i].present != PRESENT:
            continue
        charge_care(m, w, i)
        forget(m, w, i)
        see_advertising(m, w, i)
        hear(m, w, i)
        if w.people[i].trial != NO_FIRM:
            take_up_trial(m, w, i)
        elif m.subscription:
            renew_or_look(m, w, i)
        else:
            shop(m, w, i)
        drift(m, w, i)


def charge_care(m: Month, w: World, i: int) -> None:
    """Retention spending is carried by the heads for whom it was spent."""
    for f in range(m.firms):
        if is_customer(m, w, i, f):
            w.accounts[i, f].profit -= w.firms[f].care


def forget(m: Month, w: World, i: int) -> None:
    """Firms slip from memory; a present provider does not."""
    for f in range(m.firms):
        if not (m.subscription and w.people[i].provider == f):
            relation = w.relations[i, f]
            relation.salience = forgetting.faded(
                relation.salience, 0.0, m.rules.forgetting.salience
            )


def see_advertising(m: Month, w: World, i: int) -> None:
    """Those whom advertising reaches think of the firm, and believe some of its promise."""
    person = w.people[i]
    for f in range(m.firms):
        firm = w.firms[f]
        relation = w.relations[i, f]
        if firm.reach <= 0.0 or not targets.is_targeted(
            firm.target, relation.purchases > 0, is_customer(m, w, i, f), person.group
        ):
            continue
        u, _, _, _ = draws.four(m.run, person.number, firm.address, m.step, draws.CONTACT, 0)
        if u < firm.reach:
            relation.salience = salience.after_advertising(
                relation.salience, m.rules.salience.advertising_gain
            )
            weight = m.rules.expectation.advertising_weight * openness(m, relation.purchases)
            relation.expectation = expectation.after_promise(
                relation.expectation, firm.promise, weight
            )
            remember_cue(w, i, f, ADVERTISING)


def openness(m: Month, purchases: int) -> float:
    """How far words still count beside experience."""
    return m.rules.expectation.experienced if purchases > 0 else 1.0


def remember_cue(w: World, i: int, f: int, cue: int) -> None:
    """Keep what first and what last brought the firm to mind."""
    relation = w.relations[i, f]
    if relation.first_cue == 0:
        relation.first_cue = cue
    relation.last_cue = cue


def hear(m: Month, w: World, i: int) -> None:
    """Last month's messages about each firm, all at once; the boxes are empty afterwards."""
    for f in range(m.firms):
        relation = w.relations[i, f]
        heard = relation.praise + relation.blame
        if heard == 0:
            continue
        relation.salience = salience.after_cues(
            relation.salience,
            relation.praise,
            relation.blame,
            m.rules.salience.positive_gain,
            m.rules.salience.negative_loss,
        )
        relation.expectation = expectation.after_messages(
            relation.expectation,
            heard,
            relation.verdict / (heard * VERDICT_UNIT),
            m.rules.expectation.message_weight * openness(m, relation.purchases),
        )
        if relation.praise > 0:
            remember_cue(w, i, f, WORD_OF_MOUTH)
        relation.praise = 0
        relation.blame = 0
        relation.verdict = 0


def take_up_trial(m: Month, w: World, i: int) -> None:
    """The first purchase of someone who came as a customer: given, not chosen."""
    person = w.people[i]
    buy(m, w, i, person.trial, 0, 0.0)
    person.trial = NO_FIRM
    person.due = m.billing - m.months


def renew_or_look(m: Month, w: World, i: int) -> None:
    """Subscription: a contract that ends is decided on; without one, people may look around."""
    person = w.people[i]
    present = person.provider
    if not (is_looking(m, w, i) if present == NO_FIRM else is_due(m, person.due)):
        person.due -= m.months
        return
    if present != NO_FIRM and m.rules.needs.buy_once:
        return
    w.tally[0].occasions += 1
    discount = 0.0
    chosen = choose(m, w, i, 0, False)
    if present != NO_FIRM and chosen != present:
        if is_saved(m, w, i):
            chosen = present
            discount = w.firms[present].save_discount
        else:
            depart(w, i, chosen)
    carried_over = person.due if chosen == present else 0.0
    if chosen != NO_FIRM:
        buy(m, w, i, chosen, 0, discount)
        person.due = carried_over + m.billing - m.months


def is_looking(m: Month, w: World, i: int) -> bool:
    """Whether a person without a provider looks around in this step."""
    _, _, u, _ = draws.four(m.run, w.people[i].number, draws.NOBODY, m.step, draws.STEP, 0)
    return u < m.rules.needs.look_rate


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
    person = w.people[i]
    if chosen == NO_FIRM:
        w.ledger[person.provider].left += 1
    else:
        w.ledger[person.provider].switched += 1
    person.provider = NO_FIRM


def shop(m: Month, w: World, i: int) -> None:
    """Repertoire: purchase occasions of the step, one after the other, until the person leaves."""
    person = w.people[i]
    u, _, _, _ = draws.four(m.run, person.number, draws.NOBODY, m.step, draws.STEP, 0)
    count = needs.occasions(u, person.need_rate, m.season, person.alive)
    for occasion in range(count):
        if m.rules.needs.buy_once and person.provider != NO_FIRM:
            break
        w.tally[0].occasions += 1
        chosen = choose(m, w, i, occasion, False)
        if chosen != NO_FIRM:
            buy(m, w, i, chosen, occasion, 0.0)
        if person.present == LEAVING:
            return
    if person.alive < 1.0:
        leave_the_market(m, w, i)


def choose(m: Month, w: World, i: int, occasion: int, saving: bool) -> int:
    """The firm that comes to mind and is worth most at this moment, or NO_FIRM."""
    person = w.people[i]
    last = person.provider
    u, noise, _, _ = draws.four(
        m.run, person.number, draws.NOBODY, m.step, draws.OCCASION, occasion
    )
    best = NO_FIRM
    best_value = m.rules.choice.outside + draws.gumbel(noise)
    attached = w.relations[i, last].commitment if last != NO_FIRM else 0.0
    looks_at_rivals = salience.open_to_rivals(u, m.rules.salience.immunity, attached)
    nobody = True
    for f in range(m.firms):
        consider, noise, _, _ = draws.four(
            m.run, person.number, w.firms[f].address, m.step, draws.OCCASION, occasion
        )
        if f != last and not (looks_at_rivals and strikes(m, w, i, f, consider)):
            continue
        nobody = False
        value = worth(m, w, i, f, saving) + draws.gumbel(noise)
        if value > best_value:
            best, best_value = f, value
    if nobody and m.rules.choice.outside == -math.inf:
        w.tally[0].lost += 1
    return best


def strikes(m: Month, w: World, i: int, f: int, u: float) -> bool:
    """Whether a firm that is not the last one comes to mind."""
    relation = w.relations[i, f]
    bass = m.rules.imitation
    present = relation.salience
    if relation.purchases == 0 and bass.innovation + bass.imitation > 0.0:
        present = imitation.salience(w.firms[f].share, bass.innovation, bass.imitation)
    return salience.comes_to_mind(u, present, m.rules.salience.floor)


def worth(m: Month, w: World, i: int, f: int, saving: bool) -> float:
    """Utility of firm f to person i, before the noise of the moment."""
    person = w.people[i]
    relation = w.relations[i, f]
    firm = w.firms[f]
    rules = m.rules
    experienced = relation.purchases > 0
    opinion = relation.satisfaction if experienced else relation.expectation
    relationship = (
        rules.satisfaction.weight * (opinion - rules.satisfaction.reference)
        + rules.trust.weight * (relation.trust - rules.trust.start)
        + rules.commitment.weight * relation.commitment
    )
    if experienced:
        relationship += rules.loyalty.weight * firm.reward
    last = person.provider
    inertia = rules.choice.staying if f == last else 0.0
    inertia += firm.standing - w.switching[last, f]
    gap = firm.save_gap if saving and f == last else firm.price_gap
    return choice.utility(relation.taste, relationship, inertia, person.price_sensitivity, gap)


def buy(m: Month, w: World, i: int, f: int, occasion: int, discount: float) -> None:
    """Pay, use what was bought, learn from it, and remember the firm."""
    relation = w.relations[i, f]
    welcome(m, w, i, f)
    pay(m, w, i, f, occasion, discount)
    learn(m, w, i, f, occasion)
    relation.purchases += 1
    relation.this_year += 1
    relation.last = m.step
    relation.salience = 1.0
    w.people[i].provider = f
    if m.exit_form == leaving.AFTER_PURCHASE:
        maybe_quit(m, w, i, f, occasion)


def welcome(m: Month, w: World, i: int, f: int) -> None:
    """Count a customer who is new to the firm, or back again."""
    relation = w.relations[i, f]
    entry = w.ledger[f]
    if relation.purchases == 0:
        relation.first = m.step
        relation.satisfaction = relation.expectation
        entry.acquired += 1
        entry.acquired_advertising += relation.first_cue == ADVERTISING
        entry.acquired_word_of_mouth += relation.first_cue == WORD_OF_MOUTH
    elif not is_customer(m, w, i, f):
        entry.reactivated += 1


def pay(m: Month, w: World, i: int, f: int, occasion: int, discount: float) -> None:
    """Money of one purchase; a discount is booked as spending, not as missing revenue."""
    firm = w.firms[f]
    relation = w.relations[i, f]
    entry = w.ledger[f]
    units = w.people[i].basket * (m.billing if m.subscription else 1.0)
    if m.amount_shape > 0.0:
        units *= basket.gamma_amount(
            m.run, w.people[i].number, firm.address, m.step, occasion, m.amount_shape
        )
    reward = firm.reward_cost if relation.purchases > 0 else 0.0
    entry.purchases += 1
    entry.units += units
    entry.revenue += units * firm.price
    entry.goods += units * firm.unit_cost
    entry.save += units * discount
    entry.loyalty += reward
    entry.rewarded += relation.purchases > 0
    relation.year_revenue += units * firm.price
    account = w.accounts[i, f]
    account.revenue += units * firm.price
    account.profit += units * (firm.price - discount - firm.unit_cost) - reward
    if not m.subscription:
        serve(w, i, f, firm.cost_to_serve)
    if w.log.size > 0:
        log_purchase(m, w, i, f, units)


def log_purchase(m: Month, w: World, i: int, f: int, units: float) -> None:
    """Write a purchase into the log of the step, which the market has made large enough."""
    line = w.log[w.tally[0].logged]
    line.person = w.people[i].number
    line.step = m.step
    line.firm = f
    line.first = w.relations[i, f].purchases == 0
    line.units = units
    line.revenue = units * w.firms[f].price
    w.tally[0].logged += 1


def serve(w: World, i: int, f: int, cost: float) -> None:
    """Cost to serve: per purchase in repertoire, per customer and month in subscription."""
    w.ledger[f].serving += cost
    w.accounts[i, f].profit -= cost


def learn(m: Month, w: World, i: int, f: int, occasion: int) -> None:
    """One experience moves expectation, satisfaction, trust and commitment, all by one quality."""
    relation = w.relations[i, f]
    rules = m.rules
    met, bonus = quality_met(m, w, i, f, occasion)
    quality = experience.clipped(met)
    w.ledger[f].clipped += abs(met - quality)
    w.ledger[f].quality += quality
    disconfirmation = quality - expectation.standard(
        relation.expectation, m.market_quality, rules.expectation.norm
    )
    kept = trust.kept(quality, w.firms[f].promise, relation.expectation, rules.trust.keep)
    relation.trust = trust.updated(relation.trust, kept, rules.trust.gain, rules.trust.loss)
    relation.satisfaction = satisfaction.after_experience(
        relation.satisfaction, quality + bonus, disconfirmation, rules.satisfaction
    )
    relation.expectation = expectation.after_experience(
        relation.expectation, quality, rules.expectation.learning
    )
    relation.commitment = commitment.updated(
        relation.commitment,
        commitment.target(
            relation.trust,
            relation.satisfaction,
            w.people[i].orientation,
            rules.commitment.base,
        ),
        rules.commitment.learning,
    )


def quality_met(m: Month, w: World, i: int, f: int, occasion: int) -> tuple[float, float]:
    """Quality before clipping, and what satisfaction sees above it after a recovery."""
    firm = w.firms[f]
    number = w.people[i].number
    rules = m.rules.experience
    _, _, noise, failure = draws.four(m.run, number, firm.address, m.step, draws.OCCASION, occasion)
    met = experience.delivered(firm.quality, w.relations[i, f].fit, firm.lift)
    if rules.noise > 0.0:
        met += rules.noise * draws.normal(noise)
    if failure >= firm.failure:
        return met, 0.0
    complain, recover, _, _ = draws.four(
        m.run, number, firm.address, m.step, draws.AFTERMATH, occasion
    )
    complained = complain < rules.complain
    recovered = complained and recover < firm.recover
    note_failure(w, i, f, complained, recovered)
    met -= experience.harm(
        complained, recovered, rules.damage, rules.recovered_share, rules.double_deviation
    )
    return met, rules.recovery_bonus if recovered else 0.0


def note_failure(w: World, i: int, f: int, complained: bool, recovered: bool) -> None:
    """Count a failure; a complaint costs the firm what it spends on each."""
    entry = w.ledger[f]
    entry.failures += 1
    entry.complaints += complained
    entry.recovered += recovered
    if complained:
        entry.recovery += w.firms[f].recovery_cost
        w.accounts[i, f].profit -= w.firms[f].recovery_cost


def maybe_quit(m: Month, w: World, i: int, f: int, occasion: int) -> None:
    """Leaving after a repeat purchase, never after the first (BG/NBD)."""
    person = w.people[i]
    bought = 0
    for g in range(m.firms):
        bought += w.relations[i, g].purchases
    if bought <= 1:
        return
    _, _, _, u = draws.four(
        m.run, person.number, w.firms[f].address, m.step, draws.AFTERMATH, occasion
    )
    if leaving.quits(u, person.exit_hazard):
        leave_the_market(m, w, i)


def drift(m: Month, w: World, i: int) -> None:
    """Without business, satisfaction relaxes to expectation, and the rest fades."""
    rules = m.rules
    for f in range(m.firms):
        relation = w.relations[i, f]
        if has_business(m, w, i, f):
            continue
        if relation.purchases > 0:
            relation.satisfaction = forgetting.faded(
                relation.satisfaction, relation.expectation, rules.satisfaction.relaxation
            )
        relation.commitment = forgetting.faded(
            relation.commitment, 0.0, rules.forgetting.commitment
        )
        relation.expectation = forgetting.faded(
            relation.expectation, relation.first_expectation, rules.forgetting.expectation
        )


def has_business(m: Month, w: World, i: int, f: int) -> bool:
    """Whether a person is f's customer (subscription) or bought from f in this step."""
    if m.subscription:
        return w.people[i].provider == f
    return w.relations[i, f].purchases > 0 and w.relations[i, f].last == m.step


# ── third pass ────────────────────────────────────────────────────────────────────────────────


def close(m: Month, w: World, ties: Ties) -> None:
    """Talk, charge what it cost to win customers, and count."""
    for i in range(w.people.size):
        if w.people[i].present == ABSENT:
            continue
        charge_acquisition(m, w, i)
        if w.people[i].present == PRESENT:
            talk(m, w, ties, i)
            take_stock(m, w, i)


def charge_acquisition(m: Month, w: World, i: int) -> None:
    """Those whom advertising won in this step share what it cost."""
    for f in range(m.firms):
        relation = w.relations[i, f]
        if relation.first == m.step and relation.first_cue == ADVERTISING:
            account = w.accounts[i, f]
            account.acquisition_cost += w.firms[f].acquisition_cost
            account.profit -= w.firms[f].acquisition_cost


def talk(m: Month, w: World, ties: Ties, i: int) -> None:
    """Buyers (or all customers) tell others, as much and as kindly as their satisfaction is."""
    rules = m.rules.word_of_mouth
    reference = m.rules.satisfaction.reference
    for f in range(m.firms):
        relation = w.relations[i, f]
        bought = relation.purchases > 0 and relation.last == m.step
        if not (bought or (rules.all_customers and is_customer(m, w, i, f))):
            continue
        mean = word_of_mouth.tellings(
            relation.satisfaction, reference, w.people[i].talkativeness, rules
        )
        if mean <= 0.0:
            continue
        if rules.per_tie:
            tell_each_tie(m, w, ties, i, f, mean)
        else:
            tell_some(m, w, ties, i, f, mean)


def tell_some(m: Month, w: World, ties: Ties, i: int, f: int, mean: float) -> None:
    """A Poisson number of messages, each to one tie drawn by weight."""
    number = w.people[i].number
    address = w.firms[f].address
    _, _, u, _ = draws.four(m.run, number, address, m.step, draws.CONTACT, 0)
    for message in range(draws.poisson(u, mean)):
        tie, strong, met, _ = draws.four(m.run, number, address, m.step, draws.MESSAGE, message)
        deliver(m, w, i, f, whom(m, w, ties, i, tie, strong, met))


def tell_each_tie(m: Month, w: World, ties: Ties, i: int, f: int, mean: float) -> None:
    """Each tie hears with probability 1 − e^(−rate), the rates adding up to the mean."""
    begin, end = ties.start[i], ties.start[i + 1]
    before = 0.0
    for position in range(begin, end):
        upto = ties.reach[position] if ties.reach.size else (position - begin + 1) / (end - begin)
        u, _, _, _ = draws.four(
            m.run,
            w.people[i].number,
            w.firms[f].address,
            m.step,
            draws.MESSAGE,
            position - begin,
        )
        if u < 1.0 - math.exp(-mean * (upto - before)):
            deliver(m, w, i, f, ties.tie[position])
        before = upto


def whom(
    m: Month, w: World, ties: Ties, i: int, u_tie: float, u_strong: float, u_met: float
) -> int:
    """The place that one message goes to, or −1 where there is nobody to tell."""
    if ties.complete:
        return someone_else(u_tie, i, w.people.size)
    begin, count = ties.start[i], ties.start[i + 1] - ties.start[i]
    strength = ties.strength[i] if ties.strength.size else float(count)
    if m.weak_met > 0.0 and u_strong * (strength + m.weak_met) < m.weak_met:
        return someone_else(u_met, i, w.people.size)
    if count == 0:
        return -1
    position = begin + int(u_tie * count)
    if ties.reach.size:
        position = begin
        while ties.reach[position] <= u_tie and position < begin + count - 1:
            position += 1
    return ties.tie[position]


def someone_else(u: float, i: int, size: int) -> int:
    """A place other than i, all equally likely; −1 in a market of one."""
    if size < 2:
        return -1
    place = int(u * (size - 1))
    return place + 1 if place >= i else place


def deliver(m: Month, w: World, i: int, f: int, place: int) -> None:
    """Put a message into another person's box; ties to the absent are silent."""
    told = w.relations[i, f].satisfaction
    praised = word_of_mouth.is_praise(told, m.rules.satisfaction.reference)
    w.ledger[f].praise += praised
    w.ledger[f].blame += not praised
    if place < 0 or w.people[place].present != PRESENT:
        return
    box = w.relations[place, f]
    box.praise += praised
    box.blame += not praised
    box.verdict += int(told * VERDICT_UNIT + 0.5)


def take_stock(m: Month, w: World, i: int) -> None:
    """Count the person for every firm of which they are a customer."""
    for f in range(m.firms):
        relation = w.relations[i, f]
        entry = w.ledger[f]
        entry.salience += relation.salience
        entry.buyers += relation.purchases > 0
        if not m.subscription and relation.purchases > 0:
            entry.lapsed += m.step - relation.last == m.window
        if not is_customer_now(m, w, i, f):
            continue
        if m.subscription:
            serve(w, i, f, w.firms[f].cost_to_serve * m.months)
        take_stock_of_customer(m, w, i, f)


def is_customer_now(m: Month, w: World, i: int, f: int) -> bool:
    """The same as :func:`is_customer`, as of the end of this step."""
    if m.subscription:
        return w.people[i].provider == f
    relation = w.relations[i, f]
    return relation.purchases > 0 and m.step - relation.last < m.window


def take_stock_of_customer(m: Month, w: World, i: int, f: int) -> None:
    """Sums over customers, and whether this one has paid back."""
    relation = w.relations[i, f]
    account = w.accounts[i, f]
    entry = w.ledger[f]
    entry.customers += 1
    entry.satisfaction += relation.satisfaction
    entry.satisfaction_squared += relation.satisfaction**2
    entry.trust += relation.trust
    entry.trust_squared += relation.trust**2
    entry.commitment += relation.commitment
    entry.commitment_squared += relation.commitment**2
    entry.promoters += relation.satisfaction >= PROMOTER
    entry.detractors += relation.satisfaction < DETRACTOR
    entry.unprofitable += account.profit < 0.0
    if account.break_even == NEVER and relation.first >= m.booked_from and account.profit >= 0.0:
        account.break_even = m.step

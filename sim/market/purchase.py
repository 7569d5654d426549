"""A purchase: money, experience, and what is learnt from it."""

from sim import draws
from sim.behaviour import basket, commitment, expectation, experience, leaving, satisfaction, trust
from sim.market.complaining import chance_of_hearing, grievance, note_failure, remember
from sim.market.context import (
    Month,
    has_dealings,
    has_lines,
    has_pipeline,
    has_ways,
    is_aimed,
    is_customer,
    is_held,
    leave_the_market,
)
from sim.market.lines import sell_lines
from sim.market.luck import FAILURE, QUALITY
from sim.market.personalising import get_to_know, recoil, relevance
from sim.market.programme import bond_of_status, thank_referrer, use_card
from sim.market.state import (
    ADVERTISING,
    CAME,
    COURTED,
    NO_FIRM,
    NO_GRIEVANCE,
    OPEN,
    REFERRAL,
    REFERRED,
    RETURNED,
    SURPRISE_UNIT,
    WORD_OF_MOUTH,
    World,
)
from sim.policy import service, targets


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
    if has_dealings(w):
        w.ledger[f].relevance += relevance(w, i, f)
        recoil(m, w, i, f)
        get_to_know(m, w, i, f, m.rules.personalisation.insight)
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
        entry.acquired_referral += relation.first_cue == REFERRAL
        relation.approach = relation.approach | CAME
    elif not is_customer(m, w, i, f):
        entry.reactivated += 1
        relation.approach = relation.approach | CAME


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
    rewarded = relation.purchases > 0 and is_aimed(m, w, i, f, firm.loyalty_target, targets.LOYALTY)
    reward = firm.reward_cost if rewarded else 0.0
    entry.purchases += 1
    entry.units += units
    entry.revenue += units * firm.price
    entry.goods += units * firm.unit_cost
    entry.save += units * discount
    entry.loyalty += reward
    entry.rewarded += rewarded
    relation.year_revenue += units * firm.price
    account = w.accounts[i, f]
    account.revenue += units * firm.price
    account.profit += units * (firm.price - discount - firm.unit_cost) - reward
    keep_promises(m, w, i, f, units)
    if has_dealings(w):
        use_card(m, w, i, f, occasion, units * firm.price)
    if has_ways(w):
        pay_margin(w, i, f, units)
    if not m.subscription:
        serve(m, w, i, f, 1.0)
    if has_pipeline(m):
        let_off(w, i, f, units)
    revenue = units * firm.price
    if has_lines(w):
        revenue += sell_lines(m, w, i, f, occasion, units)
    if w.log.size > 0:
        log_purchase(m, w, i, f, units, revenue)


def pay_margin(w: World, i: int, f: int, units: float) -> None:
    """Leave its share of the price to whoever sold the product."""
    margin = units * w.firms[f].price * w.ways[w.dealings[i, f].way].margin
    w.ledger[f].margins += margin
    w.accounts[i, f].profit -= margin


def is_introduced(m: Month, w: World, i: int, f: int) -> bool:
    """Whether a purchase would be a first one, chosen, and at the introductory price."""
    if w.relations[i, f].purchases > 0 or w.people[i].trial != NO_FIRM:
        return False
    return is_aimed(m, w, i, f, w.firms[f].introductory_price_target, targets.INTRODUCTORY_PRICE)


def keep_promises(m: Month, w: World, i: int, f: int, units: float) -> None:
    """Pay what was promised to strangers, to those who invited them, and to those who return."""
    firm = w.firms[f]
    relation = w.relations[i, f]
    entry = w.ledger[f]
    account = w.accounts[i, f]
    cost = 0.0
    if is_introduced(m, w, i, f):
        entry.introduced += 1
        entry.introductory_price += firm.introductory_cost
        cost += firm.introductory_cost
    if relation.approach & OPEN > 0:
        relation.approach = relation.approach | REFERRED
        entry.referred += 1
        entry.referral_reward += firm.referral_cost
        cost += firm.referral_cost
        if has_dealings(w):
            thank_referrer(w, i, f)
    account.acquisition_cost += cost
    account.profit -= cost
    if relation.approach & COURTED > 0:
        relation.approach = relation.approach - COURTED | RETURNED
        entry.won_back += 1
        entry.win_back += units * firm.win_back_discount
        account.profit -= units * firm.win_back_discount


def log_purchase(m: Month, w: World, i: int, f: int, units: float, revenue: float) -> None:
    """Write a purchase into the log of the step, which the market has made large enough."""
    line = w.log[w.tally[0].logged]
    line.person = w.people[i].number
    line.step = m.step
    line.firm = f
    line.first = w.relations[i, f].purchases == 0
    line.units = units
    line.revenue = revenue
    w.tally[0].logged += 1


def serve(m: Month, w: World, i: int, f: int, times: float) -> None:
    """Cost to serve: per purchase in repertoire, per customer and month in subscription.

    It falls with what the firm knows of a customer, if that is used, and used rightly. What the
    level of the relationship costs does not.
    """
    cost, relating = times * w.firms[f].cost_to_serve, times * w.firms[f].relating
    if has_dealings(w):
        cost *= 1.0 - m.rules.personalisation.saves * relevance(w, i, f)
    w.ledger[f].serving += cost
    w.ledger[f].relating += relating
    w.accounts[i, f].profit -= cost + relating


def let_off(w: World, i: int, f: int, units: float) -> None:
    """What an account has negotiated is booked as a cost, like all discounts."""
    money = units * w.firms[f].price * w.dealings[i, f].discount
    w.ledger[f].discounts += money
    w.accounts[i, f].profit -= money


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
    relation.surprise = int(disconfirmation * SURPRISE_UNIT)
    relation.satisfaction = satisfaction.after_experience(
        relation.satisfaction, quality + bonus, disconfirmation, rules.satisfaction
    )
    relation.expectation = expectation.after_experience(
        relation.expectation, quality, rules.expectation.learning
    )
    relation.commitment = commitment.updated(
        relation.commitment, wish_to_stay(m, w, i, f), rules.commitment.learning
    )


def wish_to_stay(m: Month, w: World, i: int, f: int) -> float:
    """The commitment that fits the relationship; partnership, status and attention open more."""
    relation, orientation = w.relations[i, f], w.people[i].orientation
    trust, satisfied, base = relation.trust, relation.satisfaction, m.rules.commitment.base
    towards = commitment.target(trust, satisfied, orientation, base)
    towards = commitment.bound(towards, w.firms[f].bond, orientation)
    if not has_dealings(w):
        return towards
    towards = commitment.bound(towards, bond_of_status(w, i, f), orientation)
    attention = max(0.0, relevance(w, i, f))
    return commitment.bound(towards, m.rules.personalisation.bond * attention, orientation)


def quality_met(m: Month, w: World, i: int, f: int, occasion: int) -> tuple[float, float]:
    """Quality before clipping, and what satisfaction sees above it after a recovery."""
    firm = w.firms[f]
    number = w.people[i].number
    rules = m.rules.experience
    served = is_aimed(m, w, i, f, firm.service_target, targets.SERVICE)
    lift = firm.lift if served else firm.lift_unserved
    failure = firm.failure if served else firm.failure_unserved
    if served and firm.by_worth > 0.0:
        cared = service.lift(w.dealings[i, f].care / m.months, m.service)
        lift = experience.joined(cared, firm.lift_unserved)
        failure = firm.failure_unserved * service.failures_left(cared, m.service)
    if has_dealings(w):
        lift = experience.joined(lift, m.rules.personalisation.lift * relevance(w, i, f))
    quality = firm.quality
    if has_ways(w):
        quality += w.ways[w.dealings[i, f].way].service
    met = experience.delivered(quality, w.relations[i, f].fit, lift)
    if has_pipeline(m):
        met -= m.rules.attention.neglect * w.dealings[i, f].late
    if rules.noise > 0.0:
        met += rules.noise * draws.normal(m.luck.occasion[QUALITY, f])
    if m.luck.occasion[FAILURE, f] >= failure:
        remember(m, w, i, f, NO_GRIEVANCE)
        return met, 0.0
    complain, recover, _, _ = draws.four(
        m.run, number, firm.address, m.step, draws.AFTERMATH, occasion
    )
    complained = complain < chance_of_hearing(m, w, i, f)
    recovered = complained and recover < firm.recover
    note_failure(w, i, f, complained, recovered)
    remember(m, w, i, f, grievance(complained, recovered))
    met -= experience.harm(
        complained, recovered, rules.damage, rules.recovered_share, rules.double_deviation
    )
    return met, rules.recovery_bonus if recovered else 0.0


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
    if leaving.quits(u, person.exit_hazard) and not is_held(m, w, i, f, occasion):
        leave_the_market(m, w, i)

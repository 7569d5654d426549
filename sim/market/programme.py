"""Members of loyalty programmes in the month: they join, collect, redeem, rise, sleep, forget.

A member may be asleep: the card is forgotten, nothing is collected, and neither points nor status
count in a choice. What is kept of a member, and of a habit, is in the table of dealings.
"""

import numpy as np

from sim import draws
from sim.behaviour import forgetting, programme
from sim.market.context import Month
from sim.market.state import AWAKE, MASTERY, NO_MEMBER, SLEEPING, World
from sim.scenario.programme import MOST_TIERS

# ── at an occasion ────────────────────────────────────────────────────────────────────────────


def pull(m: Month, w: World, i: int, f: int) -> float:
    """Utility that firm f has for person i by points, status and habit."""
    dealing = w.dealings[i, f]
    rules = m.rules.programme
    value = rules.habit * (dealing.habit / MASTERY)
    if not is_awake(w, i, f):
        return value
    terms, tier = w.programmes[f], w.tiers[f, dealing.tier]
    drawn = programme.attraction(
        tier.points * terms.earned, dealing.points, terms.reward_points, rules
    )
    value += programme.status(tier.worth, np.float64(dealing.lost), rules.aversion)
    return value + w.people[i].price_sensitivity * drawn


def is_awake(w: World, i: int, f: int) -> bool:
    """Whether i is a member of firm f's programme who thinks of it."""
    return w.programmes[f].points > 0.0 and w.dealings[i, f].member == AWAKE


# ── at a purchase ─────────────────────────────────────────────────────────────────────────────


def use_card(m: Month, w: World, i: int, f: int, occasion: int, money: float) -> None:
    """Join or not; then collect points for ``money`` spent, and redeem them."""
    terms = w.programmes[f]
    if terms.points <= 0.0:
        return
    shows, asks, promoted, app = draws.four(
        m.run, w.people[i].number, w.firms[f].address, m.step, draws.PROGRAMME, occasion
    )
    if not shows_card(m, w, i, f, shows, app):
        return
    if not terms.at_once and asks < m.rules.programme.asking:
        redeem(w, i, f)
    points = terms.points * w.tiers[f, w.dealings[i, f].tier].points * money
    collect(w, i, f, points * (terms.promoted_points if promoted < terms.promoted_share else 1.0))
    note_purchase(m, w, i, f, money)
    if terms.at_once:
        redeem(w, i, f)


def shows_card(m: Month, w: World, i: int, f: int, u: float, app: float) -> bool:
    """Whether a buyer is a member who thinks of it, or becomes one now."""
    dealing = w.dealings[i, f]
    if dealing.member == NO_MEMBER and u < m.rules.programme.joining:
        enrol(w, i, f, app)
    elif dealing.member == SLEEPING and u < m.rules.programme.waking:
        dealing.member = AWAKE
    return dealing.member == AWAKE


def enrol(w: World, i: int, f: int, app: float) -> None:
    """A customer joins, is welcomed, and takes the app or not."""
    w.dealings[i, f].member = AWAKE
    w.ledger[f].enrolled += 1
    pay_for(w, i, f, w.programmes[f].enrolment_cost)
    collect(w, i, f, w.programmes[f].welcome)
    if app < w.programmes[f].app_share:
        collect(w, i, f, w.programmes[f].app)


def pay_for(w: World, i: int, f: int, cost: float) -> None:
    """What the programme costs for a member, the member carries."""
    w.ledger[f].programme += cost
    w.accounts[i, f].profit -= cost


def collect(w: World, i: int, f: int, points: float) -> None:
    """Credit points."""
    w.dealings[i, f].points += points
    w.ledger[f].points_earned += points


def redeem(w: World, i: int, f: int) -> None:
    """Turn points into as many rewards as they suffice for."""
    terms, dealing = w.programmes[f], w.dealings[i, f]
    rewards = dealing.points // terms.reward_points
    taken = rewards * terms.reward_points
    dealing.points = max(0.0, dealing.points - taken)
    w.ledger[f].points_redeemed += taken
    pay_for(w, i, f, rewards * terms.reward_cost)


def note_purchase(m: Month, w: World, i: int, f: int, money: float) -> None:
    """Remember a purchase with points: spending, status and habit grow."""
    dealing = w.dealings[i, f]
    dealing.collected = m.step
    dealing.spent += money
    dealing.habit = int(
        programme.formed(dealing.habit / MASTERY, m.rules.programme.forming) * MASTERY
    )
    give_tier(w, i, f)


def give_tier(w: World, i: int, f: int) -> None:
    """The tier that fits what was spent in the running period and the one before."""
    dealing = w.dealings[i, f]
    spent, tier = np.float64(dealing.spent) + dealing.spent_before, 0
    while tier < MOST_TIERS and spent >= w.tiers[f, tier + 1].spend:
        tier += 1
    before, now = w.tiers[f, dealing.tier].worth, w.tiers[f, tier].worth
    dealing.lost = programme.loss(np.float64(dealing.lost), before, now)
    dealing.tier = tier


def bond_of_status(w: World, i: int, f: int) -> float:
    """The bond of i's tier in firm f's programme, 0 to 1."""
    return w.tiers[f, w.dealings[i, f].tier].bond if is_awake(w, i, f) else 0.0


# ── invitations ───────────────────────────────────────────────────────────────────────────────


def thank_referrer(w: World, i: int, f: int) -> None:
    """Tell whoever invited this buyer; what it brings is credited at the end of the step."""
    place = int(w.dealings[i, f].referrer_place) - 1
    if place >= 0 and w.people[place].number == w.dealings[i, f].referrer:
        w.dealings[place, f].thanks += 1


# ── at the end of the step ────────────────────────────────────────────────────────────────────


def keep_membership(m: Month, w: World, i: int, f: int, stays: bool) -> None:
    """Let habit and grief fade, and a membership go on for a step."""
    dealing, rules = w.dealings[i, f], m.rules.programme
    dealing.habit = int(forgetting.faded(dealing.habit / MASTERY, 0.0, rules.fading) * MASTERY)
    brought, dealing.thanks = dealing.thanks, 0
    if w.programmes[f].points <= 0.0 or dealing.member == NO_MEMBER:
        return
    if not stays:
        w.ledger[f].points_forfeited += dealing.points
        return
    collect(w, i, f, brought * w.programmes[f].referral)
    doze(m, w, i, f)
    expire(m, w, i, f)
    end_period(m, w, i, f)
    pay_for(w, i, f, w.programmes[f].upkeep)
    count_member(m, w, i, f)


def doze(m: Month, w: World, i: int, f: int) -> None:
    """Who bought nothing may forget the card."""
    dealing, rules = w.dealings[i, f], m.rules.programme
    if dealing.member == SLEEPING or w.relations[i, f].last == m.step or rules.dozing <= 0.0:
        return
    _, _, _, u = draws.four(
        m.run, w.people[i].number, w.firms[f].address, m.step, draws.PROGRAMME, 0
    )
    if u < rules.dozing:
        dealing.member = SLEEPING


def expire(m: Month, w: World, i: int, f: int) -> None:
    """Points of who has not collected for long are gone."""
    dealing = w.dealings[i, f]
    if months_idle(m, w, i, f) + 1e-9 >= w.programmes[f].expiry:
        w.ledger[f].points_expired += dealing.points
        dealing.points = 0.0


def months_idle(m: Month, w: World, i: int, f: int) -> float:
    """Months since a member last collected for a purchase."""
    return (m.step - int(w.dealings[i, f].collected)) * m.months


def end_period(m: Month, w: World, i: int, f: int) -> None:
    """Get over lost status; at a period's end what was spent in it is that of the one before."""
    dealing = w.dealings[i, f]
    dealing.lost = forgetting.faded(np.float64(dealing.lost), 0.0, m.rules.programme.consolation)
    before = (m.step - m.booked_from) * m.months
    if programme.ends_period(before, m.months, w.programmes[f].period):
        dealing.spent_before = dealing.spent
        dealing.spent = 0.0
        give_tier(w, i, f)


def count_member(m: Month, w: World, i: int, f: int) -> None:
    """Count a member, whether active, and the points that wait for a reward."""
    entry = w.ledger[f]
    entry.members += 1
    entry.active_members += months_idle(m, w, i, f) < m.window * m.months
    entry.points_outstanding += w.dealings[i, f].points

"""The loyalty programme: points, rewards, tiers, sleeping members, habit.

Points, spending and lost status are kept in single precision whatever the precision of the rest,
and habit in whole numbers, as docs/model.md says of what is held.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from sim import draws

if TYPE_CHECKING:
    from sim.scenario.programme import Programme, Tier
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

FULL = 65535


def held(value: float) -> float:
    """A number as it is kept."""
    return float(np.float32(value))


def is_awake(relation: "Relation") -> bool:
    """Whether a member who thinks of the programme."""
    return relation.firm.programme is not None and relation.member == "awake"


def tiers(programme: "Programme") -> "list[Tier]":
    """The lowest first."""
    return sorted(programme.tiers.values(), key=lambda tier: tier.spend)


def tier_value(relation: "Relation", what: str, without: float) -> float:
    """What the tier held is in points, worth or bond."""
    assert relation.firm.programme is not None
    if relation.tier == 0:
        return without
    return float(getattr(tiers(relation.firm.programme)[relation.tier - 1], what))


# ── at an occasion ────────────────────────────────────────────────────────────────────────────


def pull(customer: "Customer", relation: "Relation") -> float:
    """Utility of points, status and habit."""
    rules, firm, said = customer.model.rules, relation.firm, relation.firm.programme
    mine = rules.programme
    value = float(mine.habit * relation.habit / FULL)
    if said is None or not is_awake(relation):
        return value
    points = said.points * (1.0 + said.promoted_share * (said.promoted_points - 1.0))
    points *= tier_value(relation, "points", 1.0)
    money = firm.price * points * said.reward_value / said.reward_points
    way_done = min(1.0, relation.points / said.reward_points)
    reward = money / rules.choice.reference_price * mine.weight * (1.0 + mine.gradient * way_done)
    status = tier_value(relation, "worth", 0.0) - (mine.aversion - 1.0) * relation.lost
    return value + customer.price_sensitivity * reward + status


# ── at a purchase ─────────────────────────────────────────────────────────────────────────────


def use_card(customer: "Customer", relation: "Relation", occasion: int, money: float) -> None:
    """Join, wake or not; then redeem and collect in the order of the programme."""
    model, said, rules = customer.model, relation.firm.programme, customer.model.rules.programme
    if said is None:
        return
    shows, asks, promoted, app = model.luck.four(
        customer.number, relation.firm.address, model.clock, draws.PROGRAMME, occasion
    )
    if relation.member == "no" and shows < rules.joining:
        relation.member = "awake"
        relation.firm.ledger.enrolled += 1
        carry(relation, said.enrolment_cost)
        credit(relation, said.welcome)
        credit(relation, said.app if app < said.app_share else 0.0)
    elif relation.member == "asleep" and shows < rules.waking:
        relation.member = "awake"
    if relation.member != "awake":
        return
    if said.given == "later" and asks < rules.asking:
        redeem(relation, said)
    factor = said.promoted_points if promoted < said.promoted_share else 1.0
    credit(relation, said.points * tier_value(relation, "points", 1.0) * money * factor)
    relation.collected = model.clock
    relation.spent = held(relation.spent + money)
    habit = relation.habit / FULL
    relation.habit = int((habit + rules.forming * (1.0 - habit)) * FULL)
    review(relation, said)
    if said.given == "at_once":
        redeem(relation, said)


def carry(relation: "Relation", cost: float) -> None:
    """A cost of the programme, carried by the member."""
    relation.firm.ledger.programme += cost
    relation.profit -= cost


def credit(relation: "Relation", points: float) -> None:
    """Points come in."""
    relation.points = held(relation.points + points)
    relation.firm.ledger.points_earned += points


def redeem(relation: "Relation", said: "Programme") -> None:
    """All the rewards for which points suffice."""
    rewards = relation.points // said.reward_points
    relation.points = held(max(0.0, relation.points - rewards * said.reward_points))
    relation.firm.ledger.points_redeemed += rewards * said.reward_points
    carry(relation, rewards * said.reward_cost)


def review(relation: "Relation", said: "Programme") -> None:
    """The tier by the money of this period and the one before; a loss is remembered."""
    before = tier_value(relation, "worth", 0.0)
    spent = relation.spent + relation.spent_before
    relation.tier = sum(spent >= tier.spend for tier in said.tiers.values())
    now = tier_value(relation, "worth", 0.0)
    relation.lost = held(max(0.0, relation.lost + before - now))


def thank_referrer(customer: "Customer", relation: "Relation") -> None:
    """The inviter learns that somebody bought, and is credited at the end of the step."""
    if relation.referrer is None:
        return
    place, number = relation.referrer
    friend = customer.model.present_at(place)
    if friend is not None and friend.number == number:
        friend.relations[relation.firm.position].thanks += 1


# ── at the end of a step ──────────────────────────────────────────────────────────────────────


def end_step(customer: "Customer", relation: "Relation") -> None:
    """Habit fades; those who leave take their points along; the others' membership goes on."""
    model, said, rules = customer.model, relation.firm.programme, customer.model.rules.programme
    ledger = relation.firm.ledger
    relation.habit = int(relation.habit / FULL * (1.0 - rules.fading) * FULL)
    brought, relation.thanks = relation.thanks, 0
    if said is None or relation.member == "no":
        return
    if customer.is_leaving:
        ledger.points_forfeited += relation.points
        return
    credit(relation, brought * said.referral)
    if relation.member == "awake" and relation.last < model.clock:
        _, _, _, u = model.luck.four(
            customer.number, relation.firm.address, model.clock, draws.PROGRAMME, 0
        )
        if u < rules.dozing:
            relation.member = "asleep"
    idle = (model.clock - relation.collected) * model.months
    if said.expiry is not None and idle + 1e-9 >= said.expiry:
        ledger.points_expired += relation.points
        relation.points = 0.0
    relation.lost = held(relation.lost * (1.0 - rules.consolation))
    if is_period_over(model.month * model.months, model.months, said.period):
        relation.spent_before, relation.spent = relation.spent, 0.0
        review(relation, said)
    carry(relation, said.upkeep * model.months)
    ledger.members += 1
    ledger.active_members += model.clock - relation.collected < model.window
    ledger.points_outstanding += relation.points


def is_period_over(begin: float, months: float, period: int) -> bool:
    """Whether a step that begins so many months after month 0 is the last of a period."""
    return math.floor((begin + months) / period + 1e-9) > math.floor(begin / period + 1e-9)

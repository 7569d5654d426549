"""Instruments: how the money that is planned becomes the terms that people meet."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.reference.in_force import share_in

if TYPE_CHECKING:
    from tests.reference.firm import Firm

FIRST_GUESS = 8


def answer(spend: float, response: Any) -> float:
    """ceiling · (1 − e^(−rate · spend))."""
    return float(response.ceiling * (1.0 - math.exp(-response.rate * spend)))


def each(money: float, events: int) -> float:
    """Money for each of so many events or heads; nothing where there are none."""
    return money / events if events else 0.0


def advertise(firm: "Firm", money: float) -> None:
    """Reach; the goodwill of earlier spending works on where there is a carry-over."""
    months, response = firm.model.months, firm.model.responses.advertising
    heads = firm.heads("advertising")
    firm.spent["advertising"] = money if heads else 0.0
    kept = response.carry_over**months
    monthly = each(money, heads) / months
    firm.goodwill = kept * firm.goodwill + (1.0 - kept) * monthly
    firm.reach = share_in(answer(firm.goodwill, response), months)


def introduce(firm: "Firm", money: float) -> None:
    """A felt discount on the first purchase."""
    response = firm.model.responses.introductory_price
    firm.introductory_cost = each(money, firm.last.introduced)
    discount = answer(firm.introductory_cost / response.spread, response)
    firm.introductory_dearness = firm.dearness_with(discount)


def reward_referrals(firm: "Firm", money: float) -> None:
    """Chance of inviting; a success is paid what the money comes to for each one expected."""
    months, willing = firm.model.months, firm.last.willing
    response = firm.model.responses.referral_reward
    monthly = answer((1.0 - response.friend) * each(money, willing) / months, response)
    firm.invite = share_in(monthly, months)
    conversion = (firm.successes + 1) / (firm.invitations + FIRST_GUESS)
    expected = willing * firm.invite * conversion
    firm.referral_cost = money / expected if expected > 0.0 else 0.0
    first_bill = firm.model.responses.introductory_price
    discount = answer(response.friend * firm.referral_cost / first_bill.spread, first_bill)
    firm.gift_felt = firm.dearness - firm.dearness_with(discount)


def serve(firm: "Firm", money: float) -> None:
    """Lift of quality; fewer failures."""
    response, rules = firm.model.responses.service, firm.model.rules.experience
    firm.care = each(money, firm.ledger.heads)
    firm.lift = answer(firm.care / firm.model.months, response)
    relief = response.failure_relief * firm.lift / response.ceiling if response.ceiling else 0.0
    firm.failure = rules.failure * (1.0 - relief)


def put_right(firm: "Firm", money: float) -> None:
    """Chance that a complaint is put right."""
    base = firm.model.rules.experience.recover
    firm.recovery_cost = each(money, firm.last.complaints)
    more = answer(firm.recovery_cost, firm.model.responses.recovery)
    firm.recover = base + (1.0 - base) * more


def reward(firm: "Firm", money: float) -> None:
    """Reward as perceived, in reference prices."""
    firm.reward_cost = each(money, firm.last.rewarded)
    firm.reward = answer(firm.reward_cost, firm.model.responses.loyalty)


def keep_in_touch(firm: "Firm", money: float) -> None:
    """Chance of a contact; by channels, each buys its own with its part of the money."""
    months = firm.model.months
    parts = sum(channel.part for channel in firm.channels.values())
    for name, channel in firm.channels.items():
        firm.cost[name] = each(money * channel.part / parts, firm.listeners[name])
        spend = firm.cost[name] / months / channel.dearness
        firm.chance[name] = share_in(answer(spend, firm.model.responses.contact), months)
    if firm.channels:
        firm.contact = firm.contact_cost = 0.0
        return
    firm.contact_cost = each(money, firm.ledger.in_touch)
    monthly = answer(firm.contact_cost / months, firm.model.responses.contact)
    own = share_in(monthly, months)
    firm.contact = 1.0 - (1.0 - own) * (1.0 - firm.level.contact)


def offer_lines(firm: "Firm", money: float) -> None:
    """Chance that a line which is not held is offered."""
    firm.cross_sell_cost = each(money, firm.last.pitches)
    firm.cross_sell = answer(firm.cross_sell_cost, firm.model.responses.cross_sell)


def keep_files(firm: "Firm", money: float) -> None:
    """Share of what customers show that is written down."""
    firm.crm_cost = each(money, firm.ledger.on_file)
    firm.collected = answer(firm.crm_cost / firm.model.months, firm.model.responses.crm)


def catch(firm: "Firm", money: float) -> None:
    """Share of would-be leavers seen in time."""
    firm.save_cost = each(money, firm.last.would_leave)
    firm.seen = answer(firm.save_cost, firm.model.responses.save)


def court(firm: "Firm", money: float) -> None:
    """Chance that a former customer is made an offer."""
    months = firm.model.months
    heads = firm.heads("win_back")
    firm.spent["win_back"] = money if heads else 0.0
    monthly = answer(each(money, heads) / months, firm.model.responses.win_back)
    firm.win_back = share_in(monthly, months)


def divided_among(firm: "Firm", instrument: str) -> float:
    """Heads times months, or last step's events, among which money for an instrument is divided."""
    if instrument in EVENTS:
        return float(getattr(firm.last, EVENTS[instrument]))
    ledger = firm.ledger
    heads = {"service": ledger.heads, "contact": ledger.in_touch, "crm": ledger.on_file}
    among = heads[instrument] if instrument in heads else firm.heads(instrument)
    return float(among * firm.model.months)


EVENTS = {
    "introductory_price": "introduced",
    "referral_reward": "willing",
    "recovery": "complaints",
    "loyalty": "rewarded",
    "save": "would_leave",
    "cross_sell": "pitches",
}
TERMS: dict[str, Callable[["Firm", float], None]] = {
    "advertising": advertise,
    "introductory_price": introduce,
    "referral_reward": reward_referrals,
    "service": serve,
    "recovery": put_right,
    "loyalty": reward,
    "contact": keep_in_touch,
    "cross_sell": offer_lines,
    "crm": keep_files,
    "save": catch,
    "win_back": court,
}

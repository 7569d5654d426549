"""From a plan to the terms that people meet: an instrument each.

Every function takes the money that a firm has planned for an instrument in this step, and writes
into the firm's row what the month reads. Terms of instruments that are paid per event are fixed
from the events of the last step.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sim.behaviour import experience, path
from sim.behaviour.parameter import scale
from sim.market.channels import speak
from sim.market.differentiating import serve_by_worth
from sim.market.distributors import open_ways, served
from sim.market.helpdesk import answer
from sim.market.managers import customers_of, look_after
from sim.market.staff import employ, trainees
from sim.policy import (
    advertising,
    automation,
    contact,
    crm,
    cross_sell,
    distributors,
    hospitality,
    integration,
    introductory_price,
    loyalty,
    recovery,
    referral_reward,
    save,
    service,
    staff,
    win_back,
)

if TYPE_CHECKING:
    from sim.market.firms import Firm

Terms = Callable[["Firm", float], None]

HEADS = {"service": "heads", "contact": "in_touch", "crm": "on_file"}
"""Instruments divided among customers who are there in this step: where these are counted."""
EVENTS = {
    "introductory_price": "introduced",
    "referral_reward": "willing",
    "recovery": "complaints",
    "loyalty": "rewarded",
    "cross_sell": "pitches",
    "save": "would_leave",
}
"""Instruments paid per event: where the last step's events are counted."""


def heads(firm: "Firm", instrument: str) -> float:
    """Those among whom an instrument's money is divided: people, or events of the last step."""
    if instrument in EVENTS:
        return firm.before(EVENTS[instrument])
    if instrument == "staff":
        return trainees(firm)
    if instrument == "distributors":
        return served(firm)
    if instrument == "hospitality":
        return float(np.count_nonzero(customers_of(firm)))
    if instrument == "automation":
        return firm.before("customers") if firm.helpdesk else 0.0
    if instrument == "integration":
        return firm.offer.path.departments if firm.offer.path else 0.0
    return firm.now(HEADS[instrument]) if instrument in HEADS else firm.targeted(instrument)


def by_head(firm: "Firm", instrument: str, rate: float) -> float:
    """Money that ``rate`` comes to in this step: per month and head, or per event."""
    months = 1.0 if instrument in EVENTS else firm.months
    return rate * months * heads(firm, instrument)


def advertise(firm: "Firm", money: float) -> None:
    """Advertising: money per targeted head buys reach, or adds to a goodwill that does."""
    response, months = firm.response("advertising"), firm.months
    monthly = spent_on_heads(firm, "advertising", money)
    if firm.agency:
        monthly = firm.agency.campaign(monthly, firm.spent["advertising"])
    firm.goodwill = advertising.goodwill(firm.goodwill, monthly, response.carry_over**months)
    firm.terms["reach"] = scale(advertising.reach(firm.goodwill, response), "share", months)


def introduce(firm: "Firm", money: float) -> None:
    """Introductory price: money per first purchase makes it feel cheaper."""
    row = firm.terms
    row["introductory_cost"] = per_event(money, heads(firm, "introductory_price"))
    off = introductory_price.discount(row["introductory_cost"], firm.response("introductory_price"))
    row["introductory_gap"] = firm.felt(off)


def reward_referrals(firm: "Firm", money: float) -> None:
    """Referral reward: money per satisfied customer sets how many invite, and is paid by success.

    What a success is paid is what that money comes to for each of the successes expected.
    """
    row, months = firm.terms, firm.months
    willing = heads(firm, "referral_reward")
    per_head = per_event(money, willing)
    monthly = referral_reward.inviting(per_head / months, firm.response("referral_reward"))
    row["invite"] = scale(monthly, "share", months)
    conversion = referral_reward.expected_conversion(firm.invitations, firm.successes)
    expected = willing * float(row["invite"]) * conversion
    row["referral_cost"] = money / expected if expected > 0.0 else 0.0
    gift = firm.response("referral_reward").friend * float(row["referral_cost"])
    off = introductory_price.discount(gift, firm.response("introductory_price"))
    row["invited_relief"] = firm.felt(off) - firm.felt(0.0)


def train(firm: "Firm", money: float) -> None:
    """Staff: money per head trains them; then they live a step, and everybody meets their work."""
    row, rules = firm.terms, firm.model.rules
    monthly = spent_on_heads(firm, "staff", money)
    if firm.staff is None:
        return
    done = employ(firm, staff.trained(monthly, firm.response("staff")))
    row["lift_unserved"] = experience.joined(firm.level.learning, rules.staffing.lift * done)
    row["failure_unserved"] = firm.failure * (1.0 - rules.staffing.failures * done)


def support(firm: "Firm", money: float) -> None:
    """Distributors: money per person whom they serve adds to their effort; then they sell."""
    monthly = spent_on_heads(firm, "distributors", money)
    open_ways(firm, distributors.support(monthly, firm.response("distributors")))


def serve(firm: "Firm", money: float) -> None:
    """Service: money per customer fills part of the headroom of quality that staff leave."""
    row, response = firm.terms, firm.response("service")
    row["care"] = per_event(money, heads(firm, "service"))
    lift = service.lift(row["care"] / firm.months, response)
    row["lift"] = experience.joined(lift, row["lift_unserved"])
    row["failure"] = row["failure_unserved"] * service.failures_left(lift, response)
    if firm.offer.differentiation:
        serve_by_worth(firm)


def entertain(firm: "Firm", money: float) -> None:
    """Hospitality: money per account builds bonds; then managers live a step."""
    if firm.managers is None:
        return
    monthly = spent_on_heads(firm, "hospitality", money)
    gifts = hospitality.gifts(monthly, firm.response("hospitality"))
    firm.model.world.accounts["profit"][customers_of(firm), firm.position] -= monthly * firm.months
    look_after(firm, scale(gifts, "share", firm.months))


def automate(firm: "Firm", money: float) -> None:
    """Automation: money beyond the fixed cost answers some contacts, and people the others."""
    row, response = firm.terms, firm.response("automation")
    customers = heads(firm, "automation")
    spent_on_heads(firm, "automation", money)
    share = automation.deflected(money / firm.months, customers, response)
    row["cost_to_serve"] = cost_to_serve(firm) * automation.cost_left(share, response)
    answer(firm, share, response.fails)


def integrate(firm: "Firm", money: float) -> None:
    """Integration: money per department takes friction away, and lowers costs, for a time."""
    row, response, offer = firm.terms, firm.response("integration"), firm.offer
    build = integration.built(spent_on_heads(firm, "integration", money), response)
    if offer.path is None:
        firm.integrated = 0.0
        return
    decay, build = (scale(share, "share", firm.months) for share in (response.decay, build))
    firm.integrated = integration.next_level(firm.integrated, decay, build)
    weight = firm.model.rules.path.weight
    way = offer.path.friction, offer.path.departments
    row["lost"] = path.lost(*way, firm.integrated, weight)
    saved = integration.cost_left(firm.integrated, response.saves_goods)
    row["unit_cost"] = firm.with_parts("unit_cost") * saved
    row["cost_to_serve"] = cost_to_serve(firm)


def cost_to_serve(firm: "Firm") -> float:
    """Cost to serve with what integration saves."""
    saves = firm.response("integration").saves_serving
    return float(firm.offer.cost_to_serve * integration.cost_left(firm.integrated, saves))


def put_right(firm: "Firm", money: float) -> None:
    """Recovery: money per complaint puts more of them right, of those answered well and in time."""
    row = firm.terms
    row["recovery_cost"] = per_event(money, heads(firm, "recovery"))
    base = firm.model.rules.experience.recover
    row["recover"] = recovery.recover(base, row["recovery_cost"], firm.response("recovery"))
    if firm.helpdesk:
        row["recover"] *= firm.helpdesk.put_right


def reward(firm: "Firm", money: float) -> None:
    """Loyalty: money per rewarded purchase."""
    row = firm.terms
    row["reward_cost"] = per_event(money, heads(firm, "loyalty"))
    row["reward"] = loyalty.reward(row["reward_cost"], firm.response("loyalty"))


def keep_in_touch(firm: "Firm", money: float) -> None:
    """Contact: money per customer who wants it buys a chance of being contacted."""
    if firm.offer.channels:
        speak(firm, money)
        return
    row, months = firm.terms, firm.months
    row["contact_cost"] = per_event(money, heads(firm, "contact"))
    monthly = contact.contacted(row["contact_cost"] / months, firm.response("contact"))
    row["contact"] = experience.joined(scale(monthly, "share", months), firm.level.contact)


def offer_lines(firm: "Firm", money: float) -> None:
    """Cross-selling: money per bill or purchase buys a chance of being offered a line."""
    row = firm.terms
    row["cross_sell_cost"] = per_event(money, heads(firm, "cross_sell"))
    row["cross_sell"] = cross_sell.offered(row["cross_sell_cost"], firm.response("cross_sell"))


def keep_files(firm: "Firm", money: float) -> None:
    """CRM: money per customer writes down more of what they show."""
    row = firm.terms
    row["crm_cost"] = per_event(money, heads(firm, "crm"))
    row["collected"] = crm.collected(row["crm_cost"] / firm.months, firm.response("crm"))


def catch(firm: "Firm", money: float) -> None:
    """Save: money per would-be leaver sees some of them in time; what they get comes on top."""
    row = firm.terms
    row["save_cost"] = per_event(money, heads(firm, "save"))
    row["seen"] = save.seen(row["save_cost"], firm.response("save"))


def court(firm: "Firm", money: float) -> None:
    """Win-back: money per former customer makes offers; what they get comes on top."""
    row, response, months = firm.terms, firm.response("win_back"), firm.months
    monthly = win_back.approached(spent_on_heads(firm, "win_back", money), response)
    row["win_back"] = scale(monthly, "share", months)


TERMS: dict[str, Terms] = {
    "advertising": advertise,
    "introductory_price": introduce,
    "referral_reward": reward_referrals,
    "staff": train,
    "distributors": support,
    "service": serve,
    "integration": integrate,
    "hospitality": entertain,
    "automation": automate,
    "recovery": put_right,
    "loyalty": reward,
    "contact": keep_in_touch,
    "cross_sell": offer_lines,
    "crm": keep_files,
    "save": catch,
    "win_back": court,
}
"""How each instrument's money becomes terms, in this order: service meets what staff leave,
and recovery what the help desk answers in time."""


def spent_on_heads(firm: "Firm", instrument: str, money: float) -> float:
    """Spend a sum, if there is anybody to spend it on; what a head gets a month."""
    people = heads(firm, instrument)
    firm.spent[instrument] = money if people else 0.0
    return per_event(money / firm.months, people)


def per_event(money: float, events: float) -> float:
    """Money for each event or head, if there will be as many as these."""
    return money / events if events else 0.0

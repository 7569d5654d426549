"""From a plan to the terms that people meet: an instrument each.

Every function takes the money that a firm has planned for an instrument in this step, and writes
into the firm's row what the month reads. Terms of instruments that are paid per event are fixed
from the events of the last step.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.behaviour.parameter import scale
from sim.policy import (
    advertising,
    contact,
    introductory_price,
    loyalty,
    recovery,
    referral_reward,
    save,
    service,
    win_back,
)

if TYPE_CHECKING:
    from sim.market.firms import Firm

Terms = Callable[["Firm", float], None]


def advertise(firm: "Firm", money: float) -> None:
    """Advertising: money per targeted head buys reach, or adds to a goodwill that does."""
    response, months = firm.response("advertising"), firm.months
    heads = firm.targeted("advertising")
    firm.spent["advertising"] = money if heads else 0.0
    monthly = firm.spent["advertising"] / months / max(heads, 1)
    firm.goodwill = advertising.goodwill(firm.goodwill, monthly, response.carry_over**months)
    firm.terms["reach"] = scale(advertising.reach(firm.goodwill, response), "share", months)


def introduce(firm: "Firm", money: float) -> None:
    """Introductory price: money per first purchase makes it feel cheaper."""
    row = firm.terms
    row["introductory_cost"] = per_event(money, int(firm.last["introduced"]))
    off = introductory_price.discount(row["introductory_cost"], firm.response("introductory_price"))
    row["introductory_gap"] = firm.felt(off)


def reward_referrals(firm: "Firm", money: float) -> None:
    """Referral reward: money per satisfied customer sets how many invite, and is paid by success.

    What a success is paid is what that money comes to for each of the successes expected.
    """
    row, months = firm.terms, firm.months
    willing = int(firm.last["willing"])
    per_head = per_event(money, willing)
    monthly = referral_reward.inviting(per_head / months, firm.response("referral_reward"))
    row["invite"] = scale(monthly, "share", months)
    conversion = referral_reward.expected_conversion(firm.invitations, firm.successes)
    expected = willing * float(row["invite"]) * conversion
    row["referral_cost"] = money / expected if expected > 0.0 else 0.0


def serve(firm: "Firm", money: float) -> None:
    """Service: money per customer fills part of the headroom of quality."""
    row, response = firm.terms, firm.response("service")
    row["care"] = per_event(money, firm.now("heads"))
    row["lift"] = service.lift(row["care"] / firm.months, response)
    row["failure_unserved"] = firm.model.rules.experience.failure
    row["failure"] = row["failure_unserved"] * service.failures_left(row["lift"], response)


def put_right(firm: "Firm", money: float) -> None:
    """Recovery: money per complaint puts more of them right."""
    row = firm.terms
    row["recovery_cost"] = per_event(money, int(firm.last["complaints"]))
    base = firm.model.rules.experience.recover
    row["recover"] = recovery.recover(base, row["recovery_cost"], firm.response("recovery"))


def reward(firm: "Firm", money: float) -> None:
    """Loyalty: money per rewarded purchase."""
    row = firm.terms
    row["reward_cost"] = per_event(money, int(firm.last["rewarded"]))
    row["reward"] = loyalty.reward(row["reward_cost"], firm.response("loyalty"))


def keep_in_touch(firm: "Firm", money: float) -> None:
    """Contact: money per customer who wants it buys a chance of being contacted."""
    row, months = firm.terms, firm.months
    row["contact_cost"] = per_event(money, firm.now("in_touch"))
    monthly = contact.contacted(row["contact_cost"] / months, firm.response("contact"))
    row["contact"] = scale(monthly, "share", months)


def catch(firm: "Firm", money: float) -> None:
    """Save: money per would-be leaver sees some of them in time; what they get comes on top."""
    row = firm.terms
    row["save_cost"] = per_event(money, int(firm.last["would_leave"]))
    row["seen"] = save.seen(row["save_cost"], firm.response("save"))


def court(firm: "Firm", money: float) -> None:
    """Win-back: money per former customer makes offers; what they get comes on top."""
    row, response, months = firm.terms, firm.response("win_back"), firm.months
    heads = firm.targeted("win_back")
    firm.spent["win_back"] = money if heads else 0.0
    monthly = win_back.approached(firm.spent["win_back"] / months / max(heads, 1), response)
    row["win_back"] = scale(monthly, "share", months)


TERMS: dict[str, Terms] = {
    "advertising": advertise,
    "introductory_price": introduce,
    "referral_reward": reward_referrals,
    "service": serve,
    "recovery": put_right,
    "loyalty": reward,
    "contact": keep_in_touch,
    "save": catch,
    "win_back": court,
}
"""How each instrument's money becomes terms."""


def per_event(money: float, events: int) -> float:
    """Money for each event or head, if there will be as many as these."""
    return money / events if events else 0.0

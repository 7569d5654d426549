"""Referral reward: satisfied customers invite people they know, and each success is paid for.

The reward per success is fixed before the month, from the share of earlier invitations that led to
a purchase; before there were any, firms reckon with one in eight (East, Hammond & Lomax 2008). That
share is a forecast only: what the invited do is measured, and the difference is carried over.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating

FIRST_GUESS = 8
"""Invitations per success that a firm without experience reckons with."""


class ReferralReward(NamedTuple):
    """Response of the chance of an invitation to spending."""

    ceiling: Annotated[
        float, Parameter("largest chance that a satisfied customer invites somebody in a month",
                         "share", 0, 1, "assumed"),
    ] = 0.2  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that chance nears its ceiling",
                         "per unit of money per satisfied customer", 0, 1000, "assumed"),
    ] = 1.0  # fmt: skip
    friend: Annotated[
        float, Parameter("share of the reward that the invited gets, as a discount; what is felt "
                         "of it is that of an introductory price, and only the rest moves those "
                         "who invite", "share", 0, 1,
                         "a choice; that both sides may be rewarded: Ryu & Feick 2007"),
    ] = 0.0  # fmt: skip


REFERRAL_REWARD = Instrument(
    name="referral_reward",
    side="acquisition",
    parameters=ReferralReward,
    targets=("customers", "new", "top_share", "scores", "a named group"),
    per="satisfied customer of last month",
    moves="invite: the chance that a satisfied customer invites a tie in a month (0 to 1); what an "
    "invitation does is the mechanism `referral`",
    paid="per event",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · (1 − friend) · spend per satisfied customer)); paid per "
    "success, at what that spending comes to for each expected success",
)


def inviting(spend_per_customer: float, response: ReferralReward) -> float:
    """Chance that a satisfied customer invites somebody in a month of this spending."""
    own = (1.0 - response.friend) * spend_per_customer
    return saturating(own, response.ceiling, response.rate)


def expected_conversion(invitations: int, successes: int) -> float:
    """Share of invitations expected to lead to a purchase, as seen after these."""
    return (successes + 1.0) / (invitations + FIRST_GUESS)

"""Referral: an invitation by somebody one knows brings the firm to mind and vouches for it.

About one recommendation in eight leads to a sale (East, Hammond & Lomax 2008), which the measured
share of converted invitations can be held against.

Referred customers of a bank were worth more and left less (Schmitt, Skiera & Van den Bulte 2011).
Two reasons that have been given are rules here, both off by default; what they come to is measured.
*Homophily*: people think of those who are like them, so that what suits one suits the other. The
*bond*: a firm where one's friend is is more than a firm, as long as the friend stays (that churn is
lower only as long: Van den Bulte, Bayer, Skiera & Schmitt 2018).
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Referral(NamedTuple):
    """What an invitation does to the invited, who never bought from the firm."""

    trust: Annotated[
        float, Parameter("share of the way to full trust that the inviter's word goes", "share",
                         0, 1, "assumed", neutral=0),
    ] = 0.1  # fmt: skip
    bonus: Annotated[
        float, Parameter("what the inviting firm is worth more at the next occasion", "utility",
                         -20, 20, "fitted to one in eight invitations converted (East, Hammond & "
                         "Lomax 2008); repertoire: assumed", neutral=0, repertoire=0.5),
    ] = 2.0  # fmt: skip
    thought_of: Annotated[
        int, Parameter("ties of whom an inviter thinks, to invite the one whose fit with the firm "
                       "is most like the own one: homophily", "ties", 1, 50,
                       "assumed off; homophily of ties McPherson, Smith-Lovin & Cook 2001",
                       neutral=1),
    ] = 1  # fmt: skip
    bond: Annotated[
        float, Parameter("what a firm is worth more to those who were referred to it, as long as "
                         "who referred them is its customer", "utility", 0, 20,
                         "assumed off; sign Van den Bulte et al. 2018", neutral=0),
    ] = 0.0  # fmt: skip


def vouched_for(trust: float, share: float) -> float:
    """Trust (0 to 1) after somebody known has spoken for the firm."""
    return trust + share * (1.0 - trust)


def is_more_alike(own: float, other: float, best: float) -> bool:
    """Whether somebody's fit with a firm is nearer to one's own than the best one so far."""
    return abs(other - own) < abs(best - own)

"""Referral: an invitation by somebody one knows brings the firm to mind and vouches for it.

About one recommendation in eight leads to a sale (East, Hammond & Lomax 2008), which the measured
share of converted invitations can be held against.
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


def vouched_for(trust: float, share: float) -> float:
    """Trust (0 to 1) after somebody known has spoken for the firm."""
    return trust + share * (1.0 - trust)

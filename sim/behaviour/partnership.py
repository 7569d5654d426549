"""Partnership: what grows between a firm and a partner that work together.

Cooperation comes first, and trust follows from it (Anderson & Narus 1990: cooperation is an
antecedent of trust, not its consequence); trust leads to commitment (Morgan & Hunt 1994), the more
of it the better interests agree. A partner in turn cooperates as far as interests agree, and beyond
that as far as trust and commitment carry. The people on both sides like each other more or less,
which comes and goes by itself. Work falls short of its quality as far as effort does, and by what
is withheld in a breach. What was said of trust holds here too: it is won slowly and lost fast.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour import commitment as commitments
from sim.behaviour import trust as trusts
from sim.behaviour.experience import clipped
from sim.behaviour.parameter import Parameter


class Partnership(NamedTuple):
    """How ties between firms and their partners grow."""

    start: Annotated[
        float, Parameter("trust with which a tie to a successor begins", "trust", 0, 1, "assumed"),
    ] = 0.3  # fmt: skip
    trust_weight: Annotated[
        float, Parameter("weight of trust in cooperation, commitment having the rest", "share",
                         0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    gain: Annotated[
        float, Parameter("share of the missing trust won by full cooperation", "share per month",
                         0, 1, "assumed; cooperation before trust: Anderson & Narus 1990",
                         neutral=0, scale="share"),
    ] = 0.05  # fmt: skip
    loss: Annotated[
        float, Parameter("share of trust lost while inputs fail or fall short",
                         "share per month", 0, 1,
                         "assumed; slow gain, fast loss: Slovic 1993", neutral=0, scale="share"),
    ] = 0.2  # fmt: skip
    betrayal: Annotated[
        float, Parameter("share of trust lost by a breach", "share", 0, 1,
                         "assumed; slow gain, fast loss: Slovic 1993", neutral=0),
    ] = 0.5  # fmt: skip
    base: Annotated[
        float, Parameter("commitment open to a tie without common interests", "share", 0, 1,
                         "assumed"),
    ] = 0.5  # fmt: skip
    learning: Annotated[
        float, Parameter("share of the way of commitment to its target", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share"),
    ] = 0.1  # fmt: skip
    liking_weight: Annotated[
        float, Parameter("what the greatest liking adds to cooperation", "cooperation", 0, 1,
                         "assumed", neutral=0),
    ] = 0.1  # fmt: skip
    liking_sd: Annotated[
        float, Parameter("standard deviation of liking in the long run", "liking, -1 to 1", 0, 1,
                         "assumed"),
    ] = 0.3  # fmt: skip
    liking_fade: Annotated[
        float, Parameter("share of liking that fades", "share per month", 0, 1, "assumed",
                         scale="share"),
    ] = 0.05  # fmt: skip


def cooperation(
    trust: float, commitment: float, alignment: float, liking: float, rule: Partnership
) -> float:
    """How much of its best a partner does, 0 to 1, for a tie as it stands."""
    relational = rule.trust_weight * trust + (1.0 - rule.trust_weight) * commitment
    return clipped(alignment + (1.0 - alignment) * relational + rule.liking_weight * liking)


def delivered(quality: float, effort: float, at_stake: float, withheld: float) -> float:
    """Quality of work done with so much effort, of which a share is withheld."""
    return quality * (1.0 - at_stake * (1.0 - effort)) * (1.0 - withheld)


def trust_after(trust: float, was_kept: bool, cooperated: float, rule: Partnership) -> float:
    """Trust after a step in which the partner cooperated so much and kept its promise, or not."""
    return trusts.updated(trust, was_kept, rule.gain * cooperated, rule.loss)


def trust_betrayed(trust: float, rule: Partnership) -> float:
    """Trust after a breach."""
    return trusts.updated(trust, False, 0.0, rule.betrayal)


def commitment_after(commitment: float, trust: float, alignment: float, rule: Partnership) -> float:
    """Commitment, a step nearer to what trust and common interests give."""
    target = (rule.base + (1.0 - rule.base) * alignment) * trust
    return commitments.updated(commitment, target, rule.learning)


def liking_after(liking: float, z: float, rule: Partnership) -> float:
    """Liking a step later, -1 to 1: it fades, and a standard normal ``z`` moves it."""
    left = 1.0 - rule.liking_fade
    moved = left * liking + rule.liking_sd * math.sqrt(1.0 - left * left) * z
    return min(1.0, max(-1.0, moved))

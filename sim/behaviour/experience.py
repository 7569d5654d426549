"""Experience: what the customer actually gets.

Quality leaves a headroom to perfection; whatever lifts quality (service, staff) works on that
headroom, so nothing can promise more than perfection. Now and then service fails; some complain; a
complaint can be put right, and one that is not doubles the damage (double deviation). The customer
remembers a recovery that worked a little better than no failure at all, in satisfaction only (de
Matos, Henrique & Rossi 2007).
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Experience(NamedTuple):
    """What comes between the quality a firm delivers and the quality a customer meets."""

    noise: Annotated[
        float, Parameter("standard deviation of quality from one purchase to the next", "quality",
                         0, 1, "assumed", neutral=0),
    ] = 0.12  # fmt: skip
    failure: Annotated[
        float, Parameter("chance that service fails at a purchase", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.05  # fmt: skip
    damage: Annotated[
        float, Parameter("quality lost by a failure", "quality", 0, 1, "assumed"),
    ] = 0.3  # fmt: skip
    complain: Annotated[
        float, Parameter("share of those who met a failure who complain", "share", 0, 1,
                         "assumed"),
    ] = 0.5  # fmt: skip
    recover: Annotated[
        float, Parameter("share of complaints put right without further spending", "share", 0, 1,
                         "assumed"),
    ] = 0.4  # fmt: skip
    recovered_share: Annotated[
        float, Parameter("share of the damage that a recovery undoes", "share", 0, 1, "assumed"),
    ] = 1.0  # fmt: skip
    double_deviation: Annotated[
        float, Parameter("what the damage is multiplied with when a complaint is not put right",
                         "factor", 1, 5, "assumed"),
    ] = 2.0  # fmt: skip
    recovery_bonus: Annotated[
        float, Parameter("what satisfaction sees above quality after a recovery", "quality", 0, 1,
                         "assumed; sign de Matos, Henrique & Rossi 2007"),
    ] = 0.05  # fmt: skip


def delivered(quality: float, fit: float, lift: float) -> float:
    """Mean quality for one person: ``lift`` (0 to 1) works on the headroom to perfection."""
    return 1.0 - max(0.0, 1.0 - quality - fit) * (1.0 - lift)


def joined(lift: float, further: float) -> float:
    """Two lifts as one: each works on the headroom that the other leaves."""
    return lift + (1.0 - lift) * further


def harm(complained: bool, recovered: bool, damage: float, undone: float, double: float) -> float:
    """Quality that a failure costs, given what came after it."""
    if not complained:
        return damage
    return damage * (1.0 - undone) if recovered else damage * double


def clipped(value: float) -> float:
    """A quality, satisfaction or share brought into 0 to 1."""
    return min(1.0, max(0.0, value))

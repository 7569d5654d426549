"""Opportunism: a partner that takes its advantage against the word it gave.

The chance falls with trust and with the strength of the contract. At a complementarity of 0 each
takes the same share of the chance away whatever the other does; above 0 each makes the other take a
larger share, as contracts and relational norms were found to be complements rather than substitutes
(Poppo & Zenger 2002). Only the sign is theirs.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Opportunism(NamedTuple):
    """How often partners break their word, and what stands against it."""

    chance: Annotated[
        float, Parameter("chance of a breach without trust and contract", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share"),
    ] = 0.1  # fmt: skip
    cut: Annotated[
        float, Parameter("share of input quality withheld in the step of a breach", "share", 0, 1,
                         "assumed"),
    ] = 0.3  # fmt: skip
    oral: Annotated[
        float, Parameter("strength of an oral contract", "share", 0, 1, "assumed"),
    ] = 0.2  # fmt: skip
    documented: Annotated[
        float, Parameter("strength of a documented contract", "share", 0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    complementarity: Annotated[
        float, Parameter("how far trust and contract make each other more effective", "share",
                         0, 1, "assumed; sign Poppo & Zenger 2002"),
    ] = 0.5  # fmt: skip


def strength(is_oral: bool, is_documented: bool, rule: Opportunism) -> float:
    """Strength of a contract, 0 to 1: what is said and written closes different gaps."""
    unsaid = 1.0 - rule.oral if is_oral else 1.0
    return 1.0 - unsaid * (1.0 - rule.documented if is_documented else 1.0)


def chance(trust: float, contract: float, rule: Opportunism) -> float:
    """Chance of a breach in a step, for a contract of this strength."""
    together = 1.0 - rule.complementarity * trust * contract
    return rule.chance * (1.0 - trust) * (1.0 - contract) * together

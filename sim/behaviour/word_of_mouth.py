"""Word of mouth: who talks, how much, and whether it is praise.

Tellings are Poisson. Their mean has a base and rises with satisfaction on either side of the
reference, more steeply on the dark side (asymmetric U: Anderson 1998). Praise or blame is decided
by the level of satisfaction: talk by disconfirmation would adapt away whatever the quality.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class WordOfMouth(NamedTuple):
    """How much people tell in a month."""

    base: Annotated[
        float, Parameter("tellings at the reference satisfaction", "messages per month", 0, 50,
                         "fitted to 3 positive per negative (East, Hammond & Wright 2007)",
                         neutral=0, scale="rate"),
    ] = 0.25  # fmt: skip
    positive_weight: Annotated[
        float, Parameter("tellings added per unit of satisfaction above the reference",
                         "messages per month", 0, 100, "fitted, as base", neutral=0,
                         scale="rate"),
    ] = 0.2  # fmt: skip
    negative_weight: Annotated[
        float, Parameter("tellings added per unit of satisfaction below the reference",
                         "messages per month", 0, 100, "fitted, as base", neutral=0,
                         repertoire=1.5, scale="rate"),
    ] = 4.5  # fmt: skip
    by_disconfirmation: Annotated[
        bool, Parameter("talk follows how the last purchase differed from expectation, not the "
                        "level of satisfaction", "true or false", 0, 1,
                        "form Anderson 1998; off: it adapts away"),
    ] = False  # fmt: skip
    all_customers: Annotated[
        bool, Parameter("everyone who is a customer talks, not only this step's buyers",
                        "true or false", 0, 1, "assumed"),
    ] = False  # fmt: skip
    per_tie: Annotated[
        bool, Parameter("each tie hears independently, instead of each message finding one tie",
                        "true or false", 0, 1, "Goldenberg, Libai & Muller 2001"),
    ] = False  # fmt: skip


def tellings(level: float, reference: float, talk: float, mechanism: WordOfMouth) -> float:
    """Mean number of tellings in a step of a person with talkativeness ``talk``.

    ``level`` is satisfaction, against its reference; or disconfirmation, against 0.
    """
    above = mechanism.positive_weight * max(0.0, level - reference)
    below = mechanism.negative_weight * max(0.0, reference - level)
    return talk * (mechanism.base + above + below)


def is_praise(level: float, reference: float) -> bool:
    """Whether a person at this level speaks well of the firm."""
    return level >= reference

"""Reciprocity: who expects the tie to last, and an answer in kind, keeps the word given.

A partner that weighs a breach compares what it brings once with what cooperation brings for as long
as the tie lasts, against a partner who never forgives (grim trigger, Friedman 1971). How much the
future counts is the partner's patience times commitment, which is the expectation that the tie will
go on. Who keeps the word for this reason is not tempted by opportunity.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Reciprocity(NamedTuple):
    """What partners who reckon with an answer have to gain and to lose."""

    foresight: Annotated[
        float, Parameter("how far partners reckon with the future; 0: not at all", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 1.0  # fmt: skip
    temptation: Annotated[
        float, Parameter("what a breach brings once above cooperation", "payoff", 0, 1000,
                         "assumed; form Friedman 1971"),
    ] = 2.0  # fmt: skip
    worth: Annotated[
        float, Parameter("what cooperation brings each time above distrust", "payoff", 0, 1000,
                         "assumed; form Friedman 1971"),
    ] = 2.0  # fmt: skip
    penalty: Annotated[
        float, Parameter("what a contract of full strength takes from who breaks it", "payoff",
                         0, 1000, "assumed"),
    ] = 2.0  # fmt: skip


def patience_needed(temptation: float, worth: float, penalty: float) -> float:
    """Least weight of the next period, 0 to 1, at which cooperation pays more than one breach."""
    gained = temptation - penalty
    return gained / (gained + worth) if gained > 0.0 else 0.0


def keeps_word(future: float, temptation: float, worth: float, penalty: float) -> bool:
    """Whether a partner for whom the next period has the weight ``future`` keeps its word."""
    return future >= patience_needed(temptation, worth, penalty)


def future_weight(patience: float, commitment: float, foresight: float) -> float:
    """Weight of the next period for a patient partner who is committed to the tie."""
    return foresight * patience * commitment

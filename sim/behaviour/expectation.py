"""Expectation: what a person thinks the firm will deliver.

Experience moves it (adaptive "will" expectation, Boulding, Kalra, Staelin & Zeithaml 1993), and so
do the promises of advertising and what others tell; both weigh less on those who know the firm.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Expectation(NamedTuple):
    """How an expectation learns."""

    learning: Annotated[
        float, Parameter("weight of the latest experience", "share", 0, 1,
                         "assumed; form Boulding, Kalra, Staelin & Zeithaml 1993", neutral=0),
    ] = 0.2  # fmt: skip
    advertising_weight: Annotated[
        float, Parameter("weight of an advertised promise", "share", 0, 1, "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    message_weight: Annotated[
        float, Parameter("weight of one message from another person", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.3  # fmt: skip
    norm: Annotated[
        float, Parameter("weight of last month's mean quality in the whole market in what counts "
                         "as expected (rising norms)", "share", 0, 1,
                         "assumed off; form Boulding, Kalra, Staelin & Zeithaml 1993 (should)",
                         neutral=0),
    ] = 0.0  # fmt: skip
    experienced: Annotated[
        float, Parameter("factor on both weights for those who have bought from the firm",
                         "factor", 0, 1, "assumed"),
    ] = 0.3  # fmt: skip


def standard(expectation: float, market_quality: float, norm: float) -> float:
    """What quality is held against: the expectation, or partly what others deliver."""
    return (1.0 - norm) * expectation + norm * market_quality


def after_experience(expectation: float, quality: float, learning: float) -> float:
    """Expectation after an experience of ``quality``."""
    return expectation + learning * (quality - expectation)


def after_promise(expectation: float, promise: float, weight: float) -> float:
    """Expectation after an advertised ``promise``."""
    return expectation + weight * (promise - expectation)


def after_messages(expectation: float, count: int, verdict: float, weight: float) -> float:
    """Expectation after ``count`` messages whose tellers' mean satisfaction is ``verdict``."""
    return expectation + (1.0 - (1.0 - weight) ** count) * (verdict - expectation)

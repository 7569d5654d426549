"""Forgetting: what nobody renews fades.

Salience fades unless the firm is the person's present provider; commitment to a firm from which
nothing was bought in the step fades towards 0, the expectation of it towards where it began. The
weariness of being contacted goes with time.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Forgetting(NamedTuple):
    """Shares lost a month; 0 is never."""

    salience: Annotated[
        float, Parameter("share of salience forgotten", "share per month", 0, 1,
                         "fitted to shares of requirements and churn", neutral=0,
                         repertoire=0.15, scale="share", half_life=True),
    ] = 0.06  # fmt: skip
    commitment: Annotated[
        float, Parameter("share of commitment lost in a month without business",
                         "share per month", 0, 1, "assumed", neutral=0,
                         scale="share", half_life=True),
    ] = 0.03  # fmt: skip
    expectation: Annotated[
        float, Parameter("share of the way back to the first expectation in a month without "
                         "business", "share per month", 0, 1, "assumed", neutral=0,
                         scale="share", half_life=True),
    ] = 0.0  # fmt: skip
    fatigue: Annotated[
        float, Parameter("share of the weariness of contacts that goes", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share", half_life=True),
    ] = 0.25  # fmt: skip


def faded(value: float, towards: float, share: float) -> float:
    """A ``value`` that has lost ``share`` of its distance to ``towards``."""
    return value + share * (towards - value)

"""Loyalty reward: something back for coming again, weighed against the price."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Loyalty(NamedTuple):
    """How a reward weighs in choice."""

    weight: Annotated[
        float, Parameter("weight of a reward worth one reference price", "utility", 0, 50,
                         "assumed", neutral=0),
    ] = 1.0  # fmt: skip

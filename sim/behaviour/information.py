"""Information: whether a person who has a firm looks at any other.

Searching costs time and trouble (Stigler 1961), so not everybody compares at every occasion. Who
does not search stays, without a look at what rivals offer, and buys from none only if the present
firm is worth less than that.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Information(NamedTuple):
    """How much customers search."""

    search: Annotated[
        float, Parameter("chance that a person who has a firm looks at its rivals at an occasion",
                         "share", 0, 1, "assumed off; costs of searching: Stigler 1961",
                         neutral=1),
    ] = 1.0  # fmt: skip


def looks_at_rivals(u: float, search: float, openness: float) -> bool:
    """Whether a person searches, and is open (0 to 1) to what may be found."""
    return u < search * openness

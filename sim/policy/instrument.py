"""What every instrument declares about itself."""

from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["acquisition", "retention", "foundations"]
Paid = Literal["as planned", "per event"]


@dataclass(frozen=True)
class Instrument:
    """One thing that a firm can spend money on.

    Attributes:
        name: its key in ``policy.split`` and ``instruments`` of a scenario.
        side: whether it serves to win customers, to keep them, or to build what both rest on.
        parameters: the NamedTuple of its response, declared like a mechanism's.
        targets: whom it may be aimed at; the first is the default.
        per: the heads that its spending is divided by.
        moves: the rule input that it moves, with unit.
        paid: a whole sum as planned, or per event at terms fixed from last month's events.
        settings: the settings in which it exists.
        form: the response in words.
        needs: what a firm must declare to spend on it, its key; none for most.
    """

    name: str
    side: Side
    parameters: type[Any]
    targets: tuple[str, ...]
    per: str
    moves: str
    paid: Paid
    settings: tuple[str, ...]
    form: str
    needs: str | None = None

"""How policies are compared: how many worlds, how sharply, along which frontier."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from sim.scenario.fields import CHOICE, Name, Specification, declare

_PER_CENT = re.compile(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*%\s*")


def share_of_text(value: Any) -> Any:
    """The share that a text such as ``1 %`` stands for; anything else as it is."""
    found = _PER_CENT.fullmatch(value) if isinstance(value, str) else None
    return float(found[1]) / 100.0 if found else value


class Precision(Specification):
    """How sharply a comparison shall tell the best policy from the next best."""

    metric: str = declare("the outcome whose difference is to be told", "npv")
    half_width: Annotated[float, BeforeValidator(share_of_text)] = declare(
        "half width of the 95 % interval of the difference, as a share of the baseline's mean; "
        "a text such as 1 % is read too",
        0.01,
        unit="share",
        source=CHOICE,
        gt=0,
        le=1,
    )


Mix = dict[str, Annotated[float, declare("share of the side", unit="share", ge=0, le=1)]]


class Frontier(Specification):
    """How the budget is moved between winning and keeping customers."""

    shares: int = declare(
        "shares of the budget for keeping customers that are tried, evenly from 0 to 1",
        11,
        unit="shares",
        source=CHOICE,
        ge=5,
        le=101,
    )
    runs: int = declare(
        "paired replications", 10, unit="paired worlds", source=CHOICE, ge=2, le=100_000
    )
    winning: Mix | None = declare(
        "instruments of acquisition by share of that side; null: as in the focal firm's split",
        None,
    )
    keeping: Mix | None = declare(
        "instruments of retention by share of that side; null: as in the focal firm's split", None
    )


class Compare(Specification):
    """How ``sim compare`` compares."""

    focal: Name | None = declare("the firm whose policies are compared; null: the first", None)
    runs: int = declare(
        "paired replications, where no precision is asked for",
        30,
        unit="paired worlds",
        source=CHOICE,
        ge=2,
        le=100_000,
    )
    precision: Precision | None = declare(
        "live batches of paired worlds (30, then 10 at a time) until the difference is told so "
        "sharply; null: `runs` of them",
        None,
    )
    at_most: int = declare(
        "with a precision: paired replications at most",
        200,
        unit="paired worlds",
        source=CHOICE,
        ge=30,
        le=100_000,
    )
    frontier: Frontier = declare("how the frontier is drawn", Frontier())

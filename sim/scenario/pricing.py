"""Pricing: by what rule a firm sets its price from month to month."""

from typing import Annotated, Literal

from pydantic import Discriminator

from sim.scenario.fields import Specification, declare

Yardstick = Literal["mean", "cheapest"]


class ListPrice(Specification):
    """The list price is asked."""

    kind: Literal["list"] = "list"


class Relative(Specification):
    """What is said of a price that follows those of the others."""

    every: int = declare("time between two looks at the others", 3, unit="months", ge=1, le=120)
    least: float = declare(
        "share of the own list price below which it never goes", 0.5, unit="share", gt=0, le=1
    )


class Premium(Relative):
    """So much more than the others is asked."""

    kind: Literal["premium"] = "premium"
    of: Yardstick = declare(
        "the price of the others that counts: their mean, or the lowest", "mean"
    )
    over: float = declare("share of it that is added", 0.1, unit="share", ge=-0.9, le=10)
    most: float = declare(
        "multiple of the own list price above which it never goes",
        2.0,
        unit="multiple",
        ge=1,
        le=10,
    )


class MatchPrice(Relative):
    """The list price is asked, or what the others ask if that is less."""

    kind: Literal["match"] = "match"
    of: Yardstick = declare(
        "the price of the others that counts: their mean, or the lowest", "cheapest"
    )


class Promotions(Specification):
    """The list price is asked, and at times less."""

    kind: Literal["promotions"] = "promotions"
    depth: float = declare("share of the list price taken off", 0.2, unit="share", ge=0, le=0.99)
    every: int = declare(
        "months from the beginning of one promotion to that of the next", 6, unit="months", ge=1,
        le=120,
    )  # fmt: skip
    length: int = declare("months that one lasts", 1, unit="months", ge=1, le=120)


Pricing = Annotated[ListPrice | Premium | MatchPrice | Promotions, Discriminator("kind")]

"""Partners of firms: who works with whom, on what terms."""

from typing import Literal

from sim.scenario.fields import Name, Specification, declare

MOST_PARTNERS = 100


class Partner(Specification):
    """What is said of any tie between a firm and a partner."""

    to: Name = declare("the firm that it works with")
    contract: Literal["oral", "documented", "both"] = declare(
        "how the tie is agreed on; what is said and what is written protect together", "documented"
    )
    term: float = declare("time for which a contract is signed", 24.0, unit="months", ge=1, le=600)
    alignment: float = declare(
        "how far its interests agree with the firm's", 0.5, unit="share", ge=0, le=1
    )
    patience: float = declare(
        "weight of the next period in its reckoning, were the tie sure to go on",
        0.9,
        unit="share",
        ge=0,
        le=1,
    )
    trust: float = declare("trust of the tie at the start", 0.5, unit="0 to 1", ge=0, le=1)
    commitment: float = declare(
        "commitment of the tie at the start", 0.3, unit="0 to 1", ge=0, le=1
    )
    quality: float = declare("quality of its work at its best", 0.72, unit="quality", ge=0, le=1)
    search_time: float = declare(
        "time until another is found in its place", 0.0, unit="months", ge=0, le=120
    )
    search_cost: float = declare(
        "cost of finding another in its place", 5000.0, unit="money", ge=0, le=1e12
    )
    contract_cost: float = declare(
        "cost of drawing up a documented contract, whenever one is signed",
        500.0,
        unit="money",
        ge=0,
        le=1e12,
    )


class Supplier(Partner):
    """Who makes a part of a firm's product."""

    share: float = declare(
        "share of the product that comes from it: by it its quality and cost count",
        0.3,
        unit="share",
        gt=0,
        le=1,
    )
    quality: float = declare("quality of its inputs at its best", 0.72, unit="quality", ge=0, le=1)
    unit_cost: float = declare(
        "what a whole unit would cost at its prices", 10.0, unit="money", ge=0, le=1e9
    )
    reliability: float = declare(
        "share of the time in which it supplies", 0.98, unit="share", ge=0, le=1
    )
    drift: float = declare(
        "how its quality changes on its own", 0.0, unit="quality a month", ge=-1, le=1
    )
    wander: float = declare(
        "standard deviation of chance changes of its quality in a month",
        0.0,
        unit="quality",
        ge=0,
        le=1,
    )


class Distributor(Partner):
    """Who sells for a firm to a share of the people."""

    share: float = declare(
        "share of the people who buy from it; who buys from none buys directly",
        0.3,
        unit="share",
        gt=0,
        le=1,
    )
    quality: float = declare("quality of its service at its best", 0.72, unit="quality", ge=0, le=1)
    availability: float = declare(
        "share of occasions at which the product is there, at its best",
        0.95,
        unit="share",
        ge=0,
        le=1,
    )
    margin: float = declare("share of the price that it keeps", 0.15, unit="share", ge=0, le=1)
    search_time: float = declare(
        "time until another is found in its place", 3.0, unit="months", ge=0, le=120
    )


class Agency(Partner):
    """Who makes a firm's campaigns."""

    quality: float = declare(
        "quality of its campaigns at its best", 0.8, unit="quality", ge=0, le=1
    )
    fee: float = declare(
        "share of the firm's advertising money that it keeps", 0.15, unit="share", ge=0, le=1
    )

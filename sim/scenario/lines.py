"""What a firm sells beside its main product: lines for its customers, and a new product."""

from sim.scenario.fields import Specification, declare

MOST_LINES = 8


class Line(Specification):
    """Something else that customers of the firm may take from it."""

    price: float = declare("price of a unit", 5.0, unit="money", gt=0, le=1e9)
    unit_cost: float = declare("cost of a unit", 2.5, unit="money", ge=0, le=1e9)
    elsewhere: float = declare(
        "price at which the need is met elsewhere", 5.0, unit="money", gt=0, le=1e9
    )
    need: float = declare(
        "share of people who need it, the same people at every firm that sells a line of this name",
        0.4,
        unit="share",
        ge=0,
        le=1,
    )
    fit: float = declare(
        "how much better it goes with the main product than what is sold elsewhere", 0.0,
        unit="utility", ge=-50, le=50,
    )  # fmt: skip


class Launch(Specification):
    """A new product for the firm's customers, whose quality nobody knows before it is there."""

    month: int = declare("when it is launched", 12, unit="month", ge=0, le=20_000)
    product: Line = declare("what is sold, and to whom", Line())
    quality: float = declare(
        "quality if it is just what customers want", 0.8, unit="quality", ge=0, le=1
    )
    spread: float = declare(
        "standard deviation of what a firm misses that hears nobody",
        0.3,
        unit="quality",
        ge=0,
        le=1,
    )
    listens: float = declare(
        "share of complaints, contacts and calls that are heard as advice on it", 0.0, unit="share",
        ge=0, le=1,
    )  # fmt: skip
    preparation: int = declare("for how long before the launch", 12, unit="months", ge=0, le=240)
    hearing: float = declare("cost of each voice heard", 0.0, unit="money", ge=0, le=1e9)
    cost: float = declare("cost of development, due at launch", 5000.0, unit="money", ge=0, le=1e12)
    upkeep: float = declare("cost of having it on sale", 0.0, unit="money a month", ge=0, le=1e12)
    trial: int = declare("time after which it is judged, once", 24, unit="months", ge=1, le=240)
    goal: float = declare(
        "share of the firm's customers who must have it then, or it is withdrawn", 0.05,
        unit="share", ge=0, le=1,
    )  # fmt: skip

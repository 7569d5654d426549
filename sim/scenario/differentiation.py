"""How a firm treats customers by what they are worth to it: serves more, serves less, stops."""

from sim.scenario.fields import Specification, declare


class Differentiation(Specification):
    """Service in proportion to worth, and an end to what does not pay."""

    trailing: float = declare(
        "mean age of the profit that worth is made of, acquisition left out", 6.0, unit="months",
        gt=0, le=120,
    )  # fmt: skip
    judged_after: float = declare(
        "time as a customer, and of watching, before one is judged", 12.0, unit="months", ge=0,
        le=600,
    )  # fmt: skip
    proportional: float = declare(
        "share of the money for service that goes to those who are judged by their worth; the rest "
        "is divided evenly",
        0.0,
        unit="share",
        ge=0,
        le=1,
    )
    stop_below: float | None = declare(
        "worth below which the firm ends the relationship; null: nobody is stopped",
        None,
        unit="money a month",
        ge=-1e12,
        le=1e12,
    )

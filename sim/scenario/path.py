"""The way of an order through a firm."""

from sim.scenario.fields import Specification, declare


class PathToPurchase(Specification):
    """Departments that an order goes through, and what is lost between them."""

    departments: int = declare(
        "through how many an order goes", 4, unit="departments", ge=1, le=100
    )
    friction: float = declare(
        "chance that a would-be buyer is lost between two of them, without integration", 0.05,
        unit="share", ge=0, le=1,
    )  # fmt: skip

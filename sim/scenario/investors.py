"""Investors: who lends to a firm, how much, and for how long."""

from sim.scenario.fields import Name, Specification, declare


class Investor(Specification):
    """Who lends to a firm."""

    to: Name = declare("the firm that it lends to")
    cash: float = declare(
        "what the firm holds at the beginning of month 0", 0.0, unit="money", ge=0, le=1e12
    )
    line: float = declare("how far the firm may be in debt", 20_000.0, unit="money", ge=0, le=1e12)
    patience: float = declare(
        "losses in a row that it stands; after more, it lends nothing until the debt is paid",
        12.0,
        unit="months",
        ge=0,
        le=1200,
    )

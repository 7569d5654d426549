"""Where customers turn to a firm: who answers, and when."""

from sim.scenario.fields import Specification, declare


class Helpdesk(Specification):
    """People who answer questions and complaints from one line."""

    agents: int = declare("how many answer", 2, unit="people", ge=1, le=10_000)
    wage: float = declare("wage of each", 2000.0, unit="money a month", ge=0, le=1e9)
    pace: float = declare(
        "contacts that one of them deals with in an hour, on average", 5.0, unit="per hour", gt=0,
        le=1e6,
    )  # fmt: skip
    hours: float = declare("how long the line is open", 160.0, unit="hours a month", gt=0, le=744)
    proactive: float = declare(
        "share of failures nobody complains of that the firm asks about by itself (0: reactive)",
        0.0,
        unit="share",
        ge=0,
        le=1,
    )

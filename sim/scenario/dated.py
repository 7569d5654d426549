"""What holds from one month to another: interventions, campaigns."""

from typing import Any

from pydantic import create_model, model_validator

from sim.scenario.fields import Specification, declare, refuse

SINCE: Any = {  # `from` is a word of Python's, so no class body can hold it
    "from": (int, declare("its first month, from month 0 on", 0, unit="months", ge=0, le=20_000))
}
Begun: Any = create_model("Begun", __base__=Specification, **SINCE)


class Dated(Begun):  # type: ignore[misc]
    """Something with a first month and, if it ends, a month before which it does."""

    until: int | None = declare(
        "the month before which it ends; null: it lasts to the end",
        None,
        unit="months",
        ge=1,
        le=20_000,
    )

    @model_validator(mode="after")
    def _some_time(self) -> "Dated":
        if self.until is not None and self.until <= self.since:
            raise refuse(
                f"must end after it begins: from {self.since} until {self.until} is no time",
                "`from` is the first month of it, `until` the first month without it",
            )
        return self

    @property
    def since(self) -> int:
        """The first month of it."""
        return int(getattr(self, "from"))

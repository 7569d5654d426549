"""The staff that a firm has: who works there, for what wage, with how many customers to serve."""

from typing import Literal

from sim.scenario.fields import Specification, declare


class Department(Specification):
    """People who do one part of the work."""

    heads: float = declare(
        "how many work there, part-time counted in parts", 2.0, unit="people", gt=0, le=1e7
    )
    wage: float = declare("wage of each", 2000.0, unit="money a month", ge=0, le=1e9)
    norm: float = declare(
        "customers whom one of them has time for", 1000.0, unit="customers per head", gt=0, le=1e9
    )
    skill: float = declare("skill before the first step", 0.6, unit="0 to 1", ge=0, le=1)
    morale: float = declare("morale before the first step", 0.6, unit="0 to 1", ge=0, le=1)


class Staff(Specification):
    """A firm's people, in two departments."""

    front: Department = declare("the front line, whom customers meet", Department())
    back: Department = declare("the back office", Department())
    trained: Literal["all", "front"] = declare(
        "whom the instrument `staff` trains: everybody, or the front line only", "all"
    )

    @property
    def departments(self) -> dict[str, Department]:
        """Both by name."""
        return {"front": self.front, "back": self.back}

    @property
    def trainees(self) -> dict[str, Department]:
        """Those that are trained."""
        return {"front": self.front} if self.trained == "front" else self.departments

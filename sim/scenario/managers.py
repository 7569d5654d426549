"""Who looks after the accounts of a firm in a b2b market."""

from sim.scenario.fields import Name, Specification, declare

MOST_MANAGERS = 250


class Manager(Specification):
    """An account manager, or several alike."""

    count: int = declare(
        "how many alike; several are called by name and number, as in anna_1",
        1,
        unit="people",
        ge=1,
        le=MOST_MANAGERS,
    )
    capacity: float = declare(
        "accounts whose requests would fill all the time there is",
        40.0,
        unit="accounts",
        ge=0.01,
        le=1e6,
    )
    wage: float = declare("wage of each, full time", 4000.0, unit="money a month", ge=0, le=1e9)
    time: float = declare("part of full time", 1.0, unit="share", ge=0.01, le=1)
    warmth: float = declare(
        "how fast bonds grow with them, against the mechanism `bond`", 1.0, unit="factor", ge=0,
        le=100,
    )  # fmt: skip
    leaves: int | None = declare(
        "month at whose beginning they leave for sure; null: only by chance", None, unit="month",
        ge=0, le=20_000,
    )  # fmt: skip
    joins: Name | None = declare(
        "the rival that hires who leaves in that month; null: nobody does", None
    )


class Managers(Specification):
    """The account managers of a firm: each of its accounts is looked after by one."""

    people: dict[Name, Manager] = declare("the managers by name", min_length=1)
    second: bool = declare(
        "every account has a second manager, who visits too and has a bond of their own", False
    )

    def posts(self) -> dict[str, Manager]:
        """Every single one by name."""
        return {
            name if manager.count == 1 else f"{name}_{number}": manager
            for name, manager in self.people.items()
            for number in range(1, manager.count + 1)
        }

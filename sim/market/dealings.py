"""Whether a market needs the table of what only some markets have between people and firms.

A mechanism that keeps something for every person and firm, and that most markets do without, keeps
it in a column of ``dealings`` (see ``state``) and is named here. Where none is asked for the table
has no rows, so that nobody pays for it; the month looks at ``w.dealings.size`` before it reads one.
"""

from collections.abc import Callable

from sim.scenario.schema import Scenario

ASKS: dict[str, Callable[[Scenario], bool]] = {
    "accounts": lambda spec: spec.setting == "b2b",
}
"""What asks for the table, and whether it does in a scenario, at whatever date."""


def wants_dealings(spec: Scenario) -> bool:
    """Whether anything in this scenario keeps dealings."""
    return any(asks(spec) for asks in ASKS.values())

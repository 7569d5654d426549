"""Whether a market needs the table of what only some markets have between people and firms.

A mechanism that keeps something for every person and firm, and that most markets do without, keeps
it in a column of ``dealings`` (see ``state``) and is named here. Where none is asked for the table
has no rows, so that nobody pays for it. The month asks ``has_dealings`` before it reads one, and is
compiled without what follows a yes for markets that have none (see ``lean``).
"""

from collections.abc import Callable

from sim.market.state import LAUNCHED
from sim.market.ways import wants_ways
from sim.scenario.in_force import dates, terms
from sim.scenario.schema import Scenario


def has_programme(spec: Scenario) -> bool:
    """Whether any firm has a loyalty programme."""
    return any(firm.programme is not None for firm in spec.firms.values())


def is_bond_on(spec: Scenario) -> bool:
    """Whether it matters, at any date, who referred whom."""
    return any(terms(spec, step).rules.referral.bond > 0.0 for step in (0, *dates(spec)))


ASKS: dict[str, Callable[[Scenario], bool]] = {
    "programme": has_programme,
    "referral.bond": is_bond_on,
    "lines": lambda spec: columns_of_lines(spec) > 0,
    "differentiation": lambda spec: any(firm.differentiation for firm in spec.firms.values()),
    "grievances": lambda spec: spec.record.grievances,
    "ways": wants_ways,
    "knowledge": lambda spec: any(firm.crm is not None for firm in spec.firms.values()),
    "silenced": lambda spec: any(firm.channels is not None for firm in spec.firms.values()),
    "accounts": lambda spec: spec.setting == "b2b",
}
"""What asks for the table, and whether it does in a scenario, at whatever date."""


def columns_of_lines(spec: Scenario) -> int:
    """Columns that the table of lines needs: one for new products, and one for each line."""
    if not any(firm.lines or firm.launch for firm in spec.firms.values()):
        return 0
    return LAUNCHED + 1 + max(len(firm.lines) for firm in spec.firms.values())


def wants_dealings(spec: Scenario) -> bool:
    """Whether anything in this scenario keeps dealings."""
    return any(asks(spec) for asks in ASKS.values())

"""The lines of a firm as people meet them, and the new product that it launches.

A launch hears voices while it is prepared, is on sale from its month on, and is judged once.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.behaviour import choice, innovation
from sim.market.state import LAUNCHED
from sim.scenario.in_force import step_of
from sim.scenario.lines import Launch as Declared
from sim.scenario.lines import Line
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.market.firms import Firm

NEW = "new product"
"""What stands for a line's name in the address of a new product; no line can be called that."""


class Launch:
    """A new product before, during and after its time on sale.

    Attributes:
        voices: heard so far.
        since: step of the launch, None before.
        quality: what it has turned out to be, 0 to 1.
        withdrawn: whether it was judged a failure.
    """

    def __init__(self) -> None:
        self.voices = 0.0
        self.since: int | None = None
        self.quality = 0.0
        self.withdrawn = False

    def memory(self) -> dict[str, Any]:
        """What a launch takes from one step to the next, as plain data."""
        return dict(vars(self))

    def remember(self, memory: dict[str, Any]) -> None:
        """Go on from the memory of another moment."""
        vars(self).update(memory)

    @property
    def is_on_sale(self) -> bool:
        """Whether customers can have it in this step."""
        return self.since is not None and not self.withdrawn

    def begin(self, firm: "Firm", declared: Declared) -> None:
        """Launch the product when its month has come, on what is known by then.

        However much that is, the luck is the same.
        """
        if self.since is not None or firm.model.clock < step_of(firm.model.spec, declared.month):
            return
        self.since = firm.model.clock
        u, _, _, _ = draws.four(firm.model.run_key, 0, firm.address, 0, draws.LAUNCH, 0)
        telling = firm.model.rules.innovation.telling
        sd = innovation.uncertainty(declared.spread, self.voices, telling)
        self.quality = innovation.quality(declared.quality, sd * draws.normal(u))

    def book(self, firm: "Firm", declared: Declared, entry: Any) -> None:
        """Hear what was said in this step, pay for it and for the product, and judge it."""
        spec, step = firm.model.spec, firm.model.clock
        heard = self.heard(spec, declared, step, entry)
        self.voices += heard
        entry["voices"] = heard
        entry["launching"] = heard * declared.hearing
        if self.since == step:
            entry["launching"] += declared.cost
        if self.is_on_sale:
            entry["launching"] += declared.upkeep * spec.months
        if self.since is not None and step == self.since + steps(spec, declared.trial) - 1:
            self.judge(firm, declared, entry)

    def heard(self, spec: Scenario, declared: Declared, step: int, entry: Any) -> float:
        """What customers said in a step of preparation, and the firm took in."""
        begin = step_of(spec, declared.month) - steps(spec, declared.preparation)
        if self.since is not None or step < begin:
            return 0.0
        return declared.listens * float(entry["complaints"] + entry["contacts"] + entry["calls"])

    def judge(self, firm: "Firm", declared: Declared, entry: Any) -> None:
        """Withdraw what too few have; they have it no more."""
        if entry["adopters"] < declared.goal * entry["customers"]:
            self.withdrawn = True
            entry["withdrawn"] = 1
            held = firm.model.world.dealings["lines"][:, firm.position]
            held &= ~np.uint16(1 << LAUNCHED)


def steps(spec: Scenario, months: float) -> int:
    """Steps in so many months."""
    return round(months / spec.months)


def show_lines(firm: "Firm") -> None:
    """Write what the firm sells beside its main product into the table that the month reads."""
    rows = firm.model.world.lines[firm.position]
    rows["on_sale"] = 0
    attention = firm.model.rules.breadth.attention
    for position, (name, line) in enumerate(firm.offer.lines.items(), LAUNCHED + 1):
        show(firm, rows[position], name, line, attention)
    declared, launch = firm.offer.launch, firm.launch
    if declared and launch:
        launch.begin(firm, declared)
        if launch.is_on_sale:
            rows[LAUNCHED]["quality"] = launch.quality
            show(firm, rows[LAUNCHED], NEW, declared.product, of_a_launch(firm))


def of_a_launch(firm: "Firm") -> float:
    """Chance that a new product comes up by itself, as many customers having it as there are."""
    rules, customers = firm.model.rules.innovation, firm.before("customers")
    share = firm.before("adopters") / customers if customers else 0.0
    return innovation.hazard(share, rules.innovation, rules.imitation)


def show(firm: "Firm", row: Any, name: str, line: Line, comes_up: float) -> None:
    """Write one line."""
    rules = firm.model.rules.choice
    row["address"] = draws.address_of(f"{firm.name}.{name}")
    row["kind"] = draws.address_of(name)
    row["on_sale"] = 1
    row["comes_up"] = comes_up
    row["price_gap"] = choice.price_gap(line.price, line.elsewhere, rules.linear_price)
    for field in ("price", "unit_cost", "need", "fit"):
        row[field] = getattr(line, field)


def carried_over(
    held: npt.NDArray[np.uint16], before: list[str], now: list[str], launches: bool
) -> npt.NDArray[np.uint16]:
    """(people,) bits of what is held, where a firm's lines were these ``before`` and are others.

    Of a new product only who still ``launches`` one has customers.
    """
    kept = held & np.uint16(launches << LAUNCHED)
    for position, name in enumerate(before, LAUNCHED + 1):
        if name in now:
            there = LAUNCHED + 1 + now.index(name)
            kept |= (held >> np.uint16(position) & np.uint16(1)) << np.uint16(there)
    return kept

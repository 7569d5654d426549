"""What an intervention may change, for whom and when.

=========  =====================================  ==================================
what       may name                               when
=========  =====================================  ==================================
offer      a firm, or none: all                   while it lasts
partner    a supplier                             while it lasts
trait      a group, or none: everybody            while it lasts, for newcomers too
memory     a firm, a group, both or neither       once, at ``from``
parameter  neither: it is everybody's             while it lasts
=========  =====================================  ==================================
"""

from typing import Any, Literal, NamedTuple, get_type_hints

from sim.behaviour.parameter import declared
from sim.behaviour.rules import MECHANISMS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.fields import Specification
from sim.scenario.interventions import Intervention
from sim.scenario.offers import Firm
from sim.scenario.partners import Supplier
from sim.scenario.shapes import plain_number

Kind = Literal["offer", "partner", "trait", "memory", "parameter"]


class Range(NamedTuple):
    """Numbers that a value may take, the ends included unless the lower one is left ``out``."""

    low: float
    high: float
    out: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest."""
        return self.low, self.high

    def holds(self, value: float) -> bool:
        """Whether a value may be taken."""
        return self.low <= value <= self.high and not (self.out and value == self.low)

    def __str__(self) -> str:
        low, high = plain_number(self.low), plain_number(self.high)
        return f"above {low} and at most {high}" if self.out else f"from {low} to {high}"


def range_of(model: type[Specification], field: str) -> Range:
    """The declared range of a number of a firm's or a supplier's offer."""
    limits: dict[str, float] = {
        name: getattr(limit, name)
        for limit in model.model_fields[field].metadata
        for name in ("gt", "ge", "le")
        if hasattr(limit, name)
    }
    low = limits["gt"] if "gt" in limits else limits["ge"]
    return Range(low, limits["le"], "gt" in limits)


OFFER: dict[str, Range] = {
    name: range_of(Firm, name)
    for name, field in Firm.model_fields.items()
    if field.annotation is float
}
LASTING = (
    "reliability", "unit_cost", "drift", "wander", "alignment", "patience", "term", "search_cost",
    "contract_cost",
)  # fmt: skip
"""What of a supplier holds as long as it is said; the rest says how its tie begins."""
PARTNER: dict[str, Range] = {name: range_of(Supplier, name) for name in LASTING}
TRAITS: dict[str, Range] = {
    "need_rate": Range(0.0, 500.0),  # purchase occasions per month
    "basket": Range(0.0, 1e9),
    "price_sensitivity": Range(0.0, 1e9),
    "orientation": Range(0.0, 1.0),
    "talkativeness": Range(0.0, 100.0),
    "exit_hazard": Range(0.0, 100.0),  # per month; where leaving is a chance, that chance
}
MEMORY: dict[str, Range] = {
    name: Range(0.0, 1.0)
    for name in ("salience", "expectation", "satisfaction", "trust", "commitment")
}
SECTIONS: dict[str, dict[str, type[Any]]] = {
    "mechanisms": dict(MECHANISMS),
    "instruments": {name: instrument.parameters for name, instrument in INSTRUMENTS.items()},
}
PARAMETERS: dict[str, Range] = {
    f"{section}.{name}.{field}": Range(parameter.low, parameter.high)
    for section, declarations in SECTIONS.items()
    for name, declaration in declarations.items()
    for field, parameter in declared(declaration).items()
    if get_type_hints(declaration)[field] is float
}
KINDS: dict[Kind, dict[str, Range]] = {
    "offer": OFFER,
    "partner": PARTNER,
    "trait": TRAITS,
    "memory": MEMORY,
    "parameter": PARAMETERS,
}
"""What an intervention may set or shift, by kind and name, with the range that it must keep."""


def kind_of(name: str, of_supplier: bool = False) -> Kind | None:
    """The kind of what has this name, of a supplier or of the rest; None if nothing has."""
    among = (kind for kind in KINDS if (kind == "partner") == of_supplier)
    return next((kind for kind in among if name in KINDS[kind]), None)


def named(intervention: Intervention, kind: Kind) -> list[str]:
    """What of one kind an intervention sets or shifts."""
    of_supplier = intervention.supplier is not None
    return [name for name in intervention.values if kind_of(name, of_supplier) == kind]

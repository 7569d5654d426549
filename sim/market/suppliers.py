"""Suppliers: they make parts of a firm's product.

Customers meet of it only what comes through the firm: quality, cost, failures.
"""

from typing import TYPE_CHECKING

from sim import draws
from sim.behaviour import supply
from sim.market.partners import Partner
from sim.scenario.partners import Supplier as Said

if TYPE_CHECKING:
    from sim.market.model import Market


class Supplier(Partner[Said]):
    """Who makes a part of a firm's product."""

    section, mechanism = "suppliers", "supply"

    def __init__(self, model: "Market", name: str) -> None:
        super().__init__(model, name)
        self.firm.suppliers.append(self)

    @property
    def unit_cost(self) -> float:
        """What a whole unit would cost at its prices."""
        return self.said.unit_cost

    def change(self, z_liking: float, z_quality: float) -> None:
        """Liking and quality move on their own."""
        super().change(z_liking, z_quality)
        said = self.said
        self.quality = supply.drifted(
            self.quality, said.drift, said.wander, z_quality, self.model.spec.months
        )

    def deliver(self, u: float) -> None:
        """Deliver inputs, unless supply fails."""
        super().deliver(u)
        self.failed = u >= self.said.reliability or self.is_shocked()

    def is_shocked(self) -> bool:
        """Whether the supply of everybody fails in this step."""
        chance = self.model.step_rules.supply.shock
        if chance == 0.0:
            return False
        model = self.model
        u, *_ = draws.four(model.run_key, 0, draws.NOBODY, model.clock, draws.PARTNER, 0)
        return bool(u < chance)

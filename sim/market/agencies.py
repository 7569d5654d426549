"""Agencies: they make a firm's campaigns, for a share of its advertising money."""

from typing import TYPE_CHECKING

from sim.behaviour import counsel
from sim.market.partners import Partner
from sim.scenario.partners import Agency as Said

if TYPE_CHECKING:
    from sim.market.model import Market


class Agency(Partner[Said]):
    """Who makes a firm's campaigns.

    Attributes:
        campaigns: quality of the campaigns of this step.
    """

    section, mechanism = "agencies", "counsel"

    def __init__(self, model: "Market", name: str) -> None:
        super().__init__(model, name)
        self.campaigns = self.quality
        self.firm.agency = self

    def deliver(self, u: float) -> None:
        """Make campaigns, by what it knows of the firm."""
        super().deliver(u)
        rule = self.model.rules.counsel
        knowledge = counsel.known(self.age, rule.learning)
        self.campaigns = counsel.campaigns(self.delivered, knowledge, rule.stranger)

    def campaign(self, monthly: float, spent: float) -> float:
        """Keep the fee of what is spent; what the money a head of a month is then worth."""
        if not self.is_there:
            return monthly
        rule, fee = self.model.rules.counsel, self.said.fee
        self.model.world.ledger[self.firm.position]["fees"] += fee * spent
        return monthly * (1.0 - fee) * counsel.efficiency(self.campaigns, rule.house, rule.power)

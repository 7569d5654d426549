"""Distributors: they sell for a firm to a share of the people, for a margin.

What people meet of a distributor is a row of the table of ways: how often the product is there,
what its service adds to quality or takes from it, and what it keeps of the price.
"""

from typing import TYPE_CHECKING, Any

from sim.behaviour import availability, partnership
from sim.market.partners import Partner
from sim.market.ways import direct_share
from sim.scenario.partners import Distributor as Said

if TYPE_CHECKING:
    from sim.market.firms import Firm
    from sim.market.model import Market


class Distributor(Partner[Said]):
    """Who sells for a firm to a share of the people.

    Attributes:
        service: quality of the service, at its best, of who served in this step.
    """

    section, mechanism = "distributors", "availability"

    def __init__(self, model: "Market", name: str) -> None:
        super().__init__(model, name)
        self.service = self.quality
        self.firm.distributors.append(self)

    @property
    def way(self) -> Any:
        """Its row in the table that the month reads."""
        position = len(self.model.firms) + list(self.model.spec.distributors).index(self.name)
        return self.model.world.ways[position]

    def deliver(self, u: float) -> None:
        """Serve and keep the product on the shelf; the tie is judged by the service."""
        super().deliver(u)
        self.service = self.quality

    def sell(self, support: float) -> None:
        """Put the product on the shelf, and serve, with what the firm adds to its effort."""
        row, rule = self.way, self.model.rules.availability
        effort = availability.supported(self.effort, support)
        done = partnership.delivered(1.0, effort, rule.at_stake, self.withheld)
        row["available"] = self.said.availability * done if self.is_there else 0.0
        own = float(self.firm.terms["quality"])
        row["service"] = availability.added(own, self.service * done, rule.weight)
        row["margin"] = self.said.margin


def open_ways(firm: "Firm", support: float) -> None:
    """Open a firm's ways to people for a step, its distributors being supported so far."""
    for distributor in firm.distributors:
        distributor.sell(support)
    ways = firm.model.world.ways
    if ways.size:
        ways[firm.position]["available"] = firm.offer.direct


def served(firm: "Firm") -> float:
    """People whom those distributors of a firm serve who are there."""
    there = sum(each.said.share for each in firm.distributors if each.is_there)
    return firm.model.present * there


def reachable(firm: "Firm") -> float:
    """Mean chance that a firm's product is there, over people: distribution, weighted by them."""
    if not firm.model.world.ways.size:
        return 1.0
    direct = direct_share(firm.model.spec, firm.name) * firm.offer.direct
    sold = (each.said.share * float(each.way["available"]) for each in firm.distributors)
    return float(direct + sum(sold))

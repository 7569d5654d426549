"""What a firm does at present: its offer's policy, and what its reaction has made of it."""

from typing import Self

from pydantic import Field

from sim.scenario.fields import Specification
from sim.scenario.offers import Firm as Offer
from sim.scenario.offers import Policy


class Trial(Specification):
    """The step that an adapting firm tries at present.

    Attributes:
        direction: number of the direction in which it goes, see ``reacting.directions``.
        retreat: the policy to go back to.
        mark: profit in the latest stretch of time under that policy, in money.
    """

    direction: int
    retreat: Policy
    mark: float


class Stance(Specification):
    """Everything that a firm's reaction knows and has changed; it is saved with the market.

    Attributes:
        opening_price: list price in the last step before month 0, or at the beginning without one.
        opening: policy at that time.
        ordered: the offer's policy from which ``policy`` was made.
        policy: the policy in force.
        price_change: what is added to the offer's list price, in money.
        money_change: what is added to the money of an instrument in a step, by its name.
        trial: the step that is being tried, if there is one.
    """

    opening_price: float
    opening: Policy
    ordered: Policy
    policy: Policy
    price_change: float = 0.0
    money_change: dict[str, float] = Field(default_factory=dict)
    trial: Trial | None = None

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """The stance of a firm that does what its offer says, and always did."""
        policy = offer.policy
        return cls(opening_price=offer.price, opening=policy, ordered=policy, policy=policy)

    def changed(self, **values: object) -> Self:
        """The same with other values."""
        return self.model_copy(update=values)

"""Firms: what they offer, what they spend, what they owe their instruments.

A firm plans its spending at the beginning of a step. Instruments that are paid per event fix their
terms from last step's events; what they cost in the end may differ, and the difference is carried
into the next plan, as is money planned for heads that were not there.
"""

import json
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim import draws
from sim.behaviour import choice
from sim.behaviour.parameter import scale
from sim.market.stance import Stance
from sim.policy import advertising, loyalty, recovery, save, service
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.world import Amount, PerHead, Policy
from sim.scenario.world import Firm as Offer

if TYPE_CHECKING:
    from sim.market.model import Market

SPENT = tuple(INSTRUMENTS)
LOWEST_PRICE = 0.01
"""Share of its own list price below which no firm follows another; a price must be above 0."""


class Firm(mesa.Agent):
    """A seller: an ordinary Mesa agent that plans, sets terms and keeps books.

    Attributes:
        name: as in the scenario.
        position: column of the firm in the tables.
        offer: its declaration in the scenario.
        stance: what its reaction to others has made of that.
        carried: money by instrument left over from earlier plans (negative: overspent).
        waiting: acquisition spending that has not met an acquisition yet.
        planned: money by instrument for this step.
    """

    def __init__(self, model: "Market", name: str, position: int, offer: Offer) -> None:
        super().__init__(model)
        self.name = name
        self.position = position
        self.offer = offer
        self.stance = Stance.of(offer)
        self.carried = dict.fromkeys(SPENT, 0.0)
        self.planned = dict.fromkeys(SPENT, 0.0)
        self.waiting = 0.0
        self.spent_on_advertising = 0.0

    def memory(self) -> dict[str, Any]:
        """What the firm takes from one step to the next, as plain data."""
        return {
            "carried": dict(self.carried),
            "waiting": self.waiting,
            "stance": self.stance.model_dump(mode="json"),
        }

    def remember(self, memory: dict[str, Any]) -> None:
        """Go on from the memory of another moment."""
        self.carried, self.waiting = dict(memory["carried"]), memory["waiting"]
        self.stance = Stance.model_validate_json(json.dumps(memory["stance"]))

    @property
    def terms(self) -> Any:
        """The firm's row in the table that the month reads."""
        return self.model.world.firms[self.position]

    @property
    def last(self) -> Any:
        """The firm's ledger of the last step (zeros before the first)."""
        return self.model.history.last[self.position]

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.stance.policy

    @property
    def price(self) -> float:
        """The list price in force."""
        own = self.offer.price
        return max(LOWEST_PRICE * own, own + self.stance.price_change)

    def budget(self, policy: Policy | None = None) -> float:
        """Money that a policy (None: the one in force) gives in this step."""
        months = self.model.spec.months
        plan = (policy or self.policy).budget
        if isinstance(plan, Amount):
            return plan.amount * months
        if isinstance(plan, PerHead):
            return plan.per_head * months * self.model.present
        return plan.share_of_revenue * float(self.last["revenue"])

    def allotted(self, policy: Policy) -> dict[str, float]:
        """Money by instrument that a policy gives in this step."""
        budget = self.budget(policy)
        return {name: budget * policy.split.get(name, 0.0) for name in SPENT}

    def intended(self) -> dict[str, float]:
        """Money by instrument for this step, before what was carried over."""
        more = self.stance.money_change
        own = self.allotted(self.policy)
        return {name: max(0.0, own[name] + more.get(name, 0.0)) for name in SPENT}

    def plan(self) -> None:
        """Divide this step's money, and what was carried over, among the instruments."""
        for name, money in self.intended().items():
            self.carried[name] += money
            self.planned[name] = max(0.0, self.carried[name])

    def make_offer(self) -> None:
        """Write price, quality and promise into the table."""
        row, offer, rules = self.terms, self.offer, self.model.rules
        row["address"] = draws.address_of(self.name)
        for field in ("unit_cost", "cost_to_serve", "quality", "promise"):
            row[field] = getattr(offer, field)
        row["price"] = self.price
        row["standing"] = offer.appeal - offer.friction
        reference, linear = rules.choice.reference_price, rules.choice.linear_price
        row["price_gap"] = choice.price_gap(self.price, reference, linear)
        off = self.model.responses["save"].discount
        row["save_gap"] = choice.price_gap(self.price * (1.0 - off), reference, linear)

    def set_terms(self, heads: int) -> None:
        """Turn this step's plan into the terms that people will meet.

        Args:
            heads: customers who are there to be served, after exits.
        """
        self.advertise()
        self.serve(heads)
        rules, last, row = self.model.rules, self.last, self.terms
        responses = self.model.responses
        per_complaint = self.per_event("recovery", int(last["complaints"]))
        row["recovery_cost"] = per_complaint
        row["recover"] = recovery.recover(
            rules.experience.recover, per_complaint, responses["recovery"]
        )
        row["reward_cost"] = self.per_event("loyalty", int(last["rewarded"]))
        row["reward"] = loyalty.reward(row["reward_cost"], responses["loyalty"])
        row["save_cost"] = self.per_event("save", int(last["would_leave"]))
        row["seen"] = save.seen(row["save_cost"], responses["save"])
        row["save_discount"] = self.price * responses["save"].discount

    def advertise(self) -> None:
        """Advertising: money per targeted head buys reach."""
        row, months = self.terms, self.model.spec.months
        row["target"] = self.model.target_code(self.policy.targets.get("advertising", "all"))
        heads = self.model.heads(self, int(row["target"]))
        money = self.planned["advertising"] if heads else 0.0
        self.spent_on_advertising = money
        monthly = advertising.reach(
            money / months / max(heads, 1), self.model.responses["advertising"]
        )
        row["reach"] = scale(monthly, "share", months)

    def serve(self, heads: int) -> None:
        """Service: money per customer fills part of the headroom of quality."""
        row, months = self.terms, self.model.spec.months
        response = self.model.responses["service"]
        row["care"] = self.planned["service"] / heads if heads else 0.0
        row["lift"] = service.lift(row["care"] / months, response)
        row["failure"] = self.model.rules.experience.failure * service.failures_left(
            row["lift"], response
        )

    def per_event(self, instrument: str, events: int) -> float:
        """Money for each event of an instrument, if there will be as many as last step."""
        return self.planned[instrument] / events if events else 0.0

    def charge(self) -> None:
        """Share this step's acquisition spending among those whom advertising has won."""
        entry = self.model.world.ledger[self.position]
        won = int(entry["acquired_advertising"])
        self.waiting += self.spent_on_advertising
        self.terms["acquisition_cost"] = self.waiting / won if won else 0.0
        if won:
            self.waiting = 0.0

    def book(self) -> None:
        """Complete the ledger of the step and carry over what the plan left."""
        entry = self.model.world.ledger[self.position]
        entry["advertising"] = self.spent_on_advertising
        entry["service"] = self.terms["care"] * float(entry["heads"])
        entry["fixed_cost"] = self.offer.fixed_cost * self.model.spec.months
        entry["unallocated"] = self.waiting
        for name in SPENT:
            self.carried[name] -= float(entry[name])
        self.note_share(int(entry["customers"]))

    def note_share(self, customers: int) -> None:
        """Note the share of people who are customers, for those who imitate."""
        self.terms["share"] = customers / max(self.model.present, 1)


def profit(ledger: np.ndarray) -> Any:
    """Profit of a ledger or of an array of them, in money."""
    costs = sum(ledger[name] for name in ("goods", "serving", "fixed_cost", *SPENT))
    return ledger["revenue"] - costs

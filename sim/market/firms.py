"""Firms: what they offer, what they spend, what they owe their instruments.

A firm plans its spending at the beginning of a step. Instruments that are paid per event fix their
terms from last step's events; what they cost in the end may differ, and the difference is carried
into the next plan, as is money planned for heads that were not there.
"""

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim import draws
from sim.behaviour import choice
from sim.behaviour.parameter import scale
from sim.policy import advertising, loyalty, recovery, save, service
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.world import Amount, PerHead
from sim.scenario.world import Firm as Offer

if TYPE_CHECKING:
    from sim.market.model import Market

SPENT = tuple(INSTRUMENTS)


class Firm(mesa.Agent):
    """A seller: an ordinary Mesa agent that plans, sets terms and keeps books.

    Attributes:
        name: as in the scenario.
        position: column of the firm in the tables.
        offer: its declaration in the scenario.
        carried: money by instrument left over from earlier plans (negative: overspent).
        waiting: acquisition spending that has not met an acquisition yet.
        planned: money by instrument for this step.
    """

    def __init__(self, model: "Market", name: str, position: int, offer: Offer) -> None:
        super().__init__(model)
        self.name = name
        self.position = position
        self.offer = offer
        self.carried = dict.fromkeys(SPENT, 0.0)
        self.planned = dict.fromkeys(SPENT, 0.0)
        self.waiting = 0.0
        self.spent_on_advertising = 0.0

    @property
    def terms(self) -> Any:
        """The firm's row in the table that the month reads."""
        return self.model.world.firms[self.position]

    @property
    def last(self) -> Any:
        """The firm's ledger of the last step (zeros before the first)."""
        return self.model.history.last[self.position]

    def budget(self) -> float:
        """Money to spend in this step, before what was carried over."""
        months = self.model.spec.months
        plan = self.offer.policy.budget
        if isinstance(plan, Amount):
            return plan.amount * months
        if isinstance(plan, PerHead):
            return plan.per_head * months * self.model.present
        return plan.share_of_revenue * float(self.last["revenue"])

    def plan(self) -> None:
        """Divide this step's budget, and what was carried over, among the instruments."""
        budget = self.budget()
        split = self.offer.policy.split
        for name in SPENT:
            self.carried[name] += budget * split.get(name, 0.0)
            self.planned[name] = max(0.0, self.carried[name])

    def make_offer(self) -> None:
        """Write price, quality and promise into the table."""
        row, offer, rules = self.terms, self.offer, self.model.rules
        row["address"] = draws.address_of(self.name)
        for field in ("price", "unit_cost", "cost_to_serve", "quality", "promise"):
            row[field] = getattr(offer, field)
        row["standing"] = offer.appeal - offer.friction
        reference, linear = rules.choice.reference_price, rules.choice.linear_price
        row["price_gap"] = choice.price_gap(offer.price, reference, linear)
        off = self.model.responses["save"].discount
        row["save_gap"] = choice.price_gap(offer.price * (1.0 - off), reference, linear)

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
        row["save_discount"] = self.offer.price * responses["save"].discount

    def advertise(self) -> None:
        """Advertising: money per targeted head buys reach."""
        row, months = self.terms, self.model.spec.months
        row["target"] = self.model.target_code(self.offer.policy.targets.get("advertising", "all"))
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

"""A customer: one Mesa agent, and the lines of its month in order."""

import math
from typing import TYPE_CHECKING

import mesa

from sim import draws
from sim.scenario.channels import NAMES
from tests.reference.approach import be_approached, invite
from tests.reference.memory import drift, forget, hear, see_advertising
from tests.reference.occasion import renew_or_look, renew_or_tender, shop, take_up_trial
from tests.reference.programme import end_step
from tests.reference.relation import Relation
from tests.reference.stock import be_counted, carry_acquisition, carry_care
from tests.reference.talk import talk

if TYPE_CHECKING:
    from tests.reference.firm import Firm
    from tests.reference.model import Reference


class Customer(mesa.Agent):
    """A person of the market, customer of somebody or not.

    Attributes:
        place: whose ties the person has.
        number: person number, the address of the person's draws.
        group: 0 for none, else the position of the group in the scenario, from 1.
        relations: to each firm, in the order of the scenario.
        provider: the present provider (subscription) or the firm last bought from (repertoire).
        trial: the firm whose first purchase is given on arrival, until it has been made.
        due: months until the contract ends (subscription).
        alive: share of the step before the person leaves (repertoire).
        is_leaving: whether the person is gone at the end of the step.

    The six traits (need_rate, basket, price_sensitivity, orientation, talkativeness, exit_hazard)
    are given by `tests.reference.traits`.
    """

    need_rate: float
    basket: float
    price_sensitivity: float
    orientation: float
    talkativeness: float
    exit_hazard: float

    def __init__(self, model: "Reference", place: int, number: int) -> None:
        super().__init__(model)
        self.place = place
        self.number = number
        self.arrived = model.clock
        self.group = 0
        self.relations: list[Relation] = []
        self.provider: Relation | None = None
        self.trial: Relation | None = None
        self.due = 0.0
        self.alive = 1.0
        self.is_leaving = False

    # ── whose customer ────────────────────────────────────────────────────────────────────────

    def is_customer(self, relation: Relation) -> bool:
        """Whether a customer as of the end of the last step, or since."""
        return self.belongs(relation, self.model.window)

    def has_business(self, relation: Relation) -> bool:
        """Whether holding the firm's contract, or having bought from it in this step."""
        return self.belongs(relation, 0)

    def belongs(self, relation: Relation, steps: int) -> bool:
        """Subscription: holds the contract. Repertoire: bought at most so many steps ago."""
        if self.model.subscription:
            return self.provider is relation
        return relation.purchases > 0 and self.model.clock - relation.last <= steps

    def is_aimed(self, relation: Relation, instrument: str) -> bool:
        """Whether the firm aims this instrument at the person."""
        target = relation.firm.aimed_at[instrument]
        if target == "all":
            return True
        if target == "prospects":
            return relation.purchases == 0
        if target == "lapsed":
            return relation.purchases > 0 and not self.is_customer(relation)
        if target == "customers":
            return self.is_customer(relation)
        if target == "nobody":
            return False
        return instrument in relation.aims

    def is_served(self, relation: Relation) -> bool:
        """Whether the firm spends on service for this person."""
        return self.is_customer(relation) and self.is_aimed(relation, "service")

    def is_in_touch(self, relation: Relation) -> bool:
        """Whether the firm may contact this person, and the person wants to be contacted."""
        if relation.firm.channels or relation.opted_out or not self.is_customer(relation):
            return False
        return self.is_aimed(relation, "contact")

    def regard(self, relation: Relation) -> float:
        """What the person thinks of a firm, as utility; a stranger goes by expectation."""
        rules = self.model.rules
        has_bought = relation.purchases > 0
        opinion = relation.satisfaction if has_bought else relation.expectation
        return float(
            rules.satisfaction.weight * (opinion - rules.satisfaction.reference)
            + rules.trust.weight * (relation.trust - rules.trust.start)
            + rules.commitment.weight * relation.commitment
        )

    def may_be_told(self, relation: Relation, channel: str) -> bool:
        """Whether the firm may use this channel, and the person wants it; drawn once for good."""
        firm = relation.firm
        if channel in relation.silenced or not self.is_customer(relation):
            return False
        if not self.is_aimed(relation, "contact"):
            return False
        place = NAMES.index(channel)
        _, _, u, _ = self.model.luck.four(self.number, firm.address, 0, draws.CHANNEL, place)
        return u < firm.channels[channel].reach

    def is_on_file(self, relation: Relation) -> bool:
        """Whether the firm writes down what this person shows."""
        return self.is_customer(relation) and self.is_aimed(relation, "crm")

    # ── the month ─────────────────────────────────────────────────────────────────────────────

    def set_out(self) -> None:
        """Learn whether one leaves in this step; be counted by the firms otherwise."""
        self.draw_exit()
        if self.is_leaving:
            return
        for relation in self.relations:
            relation.firm.ledger.heads += self.is_served(relation)
            relation.firm.ledger.in_touch += self.is_in_touch(relation)
            for channel in relation.firm.channels:
                may_be_told = self.may_be_told(relation, channel)
                relation.firm.listeners[channel] += may_be_told
                relation.firm.ledger.in_touch += may_be_told
            relation.firm.ledger.on_file += self.is_on_file(relation)

    def draw_exit(self) -> None:
        """Subscription: an exit comes before billing. Repertoire: it ends the step early."""
        model = self.model
        self.alive = 1.0
        if self.exit_hazard <= 0.0 or model.exit_form == "purchase":
            return
        if model.subscription and self.trial is not None:
            return
        _, u, _, _ = model.luck.four(self.number, 0, model.clock, draws.STEP, 0)
        if model.exit_form == "period":
            if self.provider is not None and self.is_due() and u < self.exit_hazard:
                self.leave()
            return
        time = -math.log(u) / self.exit_hazard
        if time >= 1.0:
            return
        if model.subscription:
            self.leave()
        elif self.provider is None or not self.is_held(self.provider.firm, 0):
            self.alive = time

    def is_due(self) -> bool:
        """Whether the contract ends in this step, the nearest one."""
        return self.due < 0.5 * self.model.months

    def is_held(self, firm: "Firm", occasion: int) -> bool:
        """Whether an intervention makes the person stay who would leave this firm."""
        if firm.hold <= 0.0:
            return False
        _, _, _, u = self.model.luck.four(
            self.number, firm.address, self.model.clock, draws.CONTACT, occasion
        )
        return u < firm.hold

    def leave(self) -> None:
        """Be gone at the end of the step; firms lose a customer each."""
        self.is_leaving = True
        self.model.tally.exits += 1
        for relation in self.relations:
            if self.is_customer(relation):
                relation.firm.ledger.exited += 1
                relation.firm.ledger.passed += relation.came

    def live(self) -> None:
        """The month from what others did until it, to what is left of it at its end."""
        if self.is_leaving:
            return
        carry_care(self)
        forget(self)
        see_advertising(self)
        be_approached(self)
        hear(self)
        if self.trial is not None:
            take_up_trial(self)
        elif self.model.pipeline:
            renew_or_tender(self)
        elif self.model.subscription:
            renew_or_look(self)
        else:
            shop(self)
        if self.alive < 1.0 and not self.is_leaving:
            self.leave()

    def close(self) -> None:
        """Carry what it cost to be won; drift from some, tell others of the rest; be counted."""
        carry_acquisition(self)
        for relation in self.relations:
            end_step(self, relation)
        if self.is_leaving:
            return
        drift(self)
        talk(self)
        invite(self)
        for relation in self.relations:
            be_counted(self, relation)

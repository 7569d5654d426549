"""What a firm, or a friend of its, says to one person: contacts, offers, invitations."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.talk import whom

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

FATIGUE_UNIT = 65535


def be_approached(customer: "Customer") -> None:
    """Be invited as a stranger, contacted as a customer, made an offer as a former one."""
    model = customer.model
    for relation in customer.relations:
        firm = relation.firm
        if relation.is_invited:
            be_invited(relation, model.rules.referral.trust)
        if firm.contact <= 0.0 and firm.win_back <= 0.0:
            continue
        contact, opt_out, win_back, _ = model.luck.four(
            customer.number, firm.address, model.clock, draws.APPROACH, 0
        )
        if contact < firm.contact and customer.is_in_touch(relation):
            be_contacted(relation, model.rules.contacts, opt_out)
        if win_back < firm.win_back and is_wanted_back(customer, relation):
            relation.firm.ledger.courted += 1
            relation.salience = 1.0
            relation.has_offer = True


def be_invited(relation: "Relation", share: float) -> None:
    """A ← 1, T ← T + share (1 − T); the invitation is open until the next decision."""
    relation.is_invited = False
    relation.has_invitation = True
    relation.salience = 1.0
    relation.trust += share * (1.0 - relation.trust)
    relation.remember_cue("referral")


def be_contacted(relation: "Relation", rules: SimpleNamespace, u: float) -> None:
    """A contact warms and reminds, the less the wearier one is; it may be the last."""
    tired = relation.fatigue / FATIGUE_UNIT
    relation.firm.ledger.contacts += 1
    relation.commitment += rules.warmth * (1.0 - tired) * (1.0 - relation.commitment)
    relation.salience += rules.reminder * (1.0 - tired) * (1.0 - relation.salience)
    relation.fatigue = int((tired + rules.weariness * (1.0 - tired)) * FATIGUE_UNIT)
    if u < rules.opt_out + rules.opt_out_weary * tired**2:
        relation.firm.ledger.opt_outs += 1
        relation.opted_out = True


def is_wanted_back(customer: "Customer", relation: "Relation") -> bool:
    """Whether the person bought before, is no customer now, and is aimed at."""
    if relation.purchases == 0 or customer.is_customer(relation):
        return False
    return customer.is_aimed(relation, "win_back")


def invite(customer: "Customer") -> None:
    """Satisfied customers may invite a tie; to somebody who ever bought it is no news."""
    model = customer.model
    for relation in customer.relations:
        if not would_invite(customer, relation):
            continue
        firm = relation.firm
        firm.ledger.willing += 1
        if firm.invite <= 0.0:
            continue
        u, tie, strong, met = model.luck.four(
            customer.number, firm.address, model.clock, draws.INVITATION, 0
        )
        if u >= firm.invite:
            continue
        other = whom(customer, tie, strong, met)
        if other is not None and other.relations[firm.position].purchases == 0:
            firm.ledger.invitations += 1
            other.relations[firm.position].is_invited = True


def would_invite(customer: "Customer", relation: "Relation") -> bool:
    """Whether somebody did business in this step, is satisfied, and may be rewarded."""
    if not customer.has_business(relation):
        return False
    if relation.satisfaction < customer.model.rules.satisfaction.reference:
        return False
    return customer.is_aimed(relation, "referral_reward")


def close_offers(customer: "Customer") -> None:
    """An occasion has been decided on: nothing is open any more but with firms in the pipeline."""
    for relation in customer.relations:
        if relation.prospect is None:
            relation.has_invitation = relation.has_offer = False

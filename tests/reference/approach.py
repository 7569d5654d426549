"""What a firm, or a friend of its, says to one person: contacts, offers, invitations."""

from typing import TYPE_CHECKING

from sim import draws
from sim.scenario.channels import NAMES
from tests.reference.personal import answer, meet
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
        be_told(customer, relation)
        if firm.contact <= 0.0 and firm.win_back <= 0.0:
            continue
        contact, opt_out, win_back, _ = model.luck.four(
            customer.number, firm.address, model.clock, draws.APPROACH, 0
        )
        if contact < firm.contact and customer.is_in_touch(relation):
            relation.opted_out = is_put_off(customer, relation, opt_out, 1.0, 1.0)
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


def be_told(customer: "Customer", relation: "Relation") -> None:
    """Contacts by the firm's channels, in the order of all there are."""
    firm, model = relation.firm, customer.model
    for place, name in enumerate(NAMES):
        if name not in firm.channels or not customer.may_be_told(relation, name):
            continue
        channel = firm.channels[name]
        contact, last, _, _ = model.luck.four(
            customer.number, firm.address, model.clock, draws.CHANNEL, place
        )
        if contact < firm.chance[name] and is_put_off(
            customer, relation, last, channel.warmth, channel.weariness
        ):
            relation.silenced.add(name)


def is_put_off(
    customer: "Customer", relation: "Relation", u: float, warmth: float, weariness: float
) -> bool:
    """A contact warms and reminds, the less the wearier one is; whether it was one too many."""
    rules = customer.model.rules.contacts
    tired, does = relation.fatigue / FATIGUE_UNIT, warmth * answer(customer, relation)
    relation.firm.ledger.contacts += 1
    warms, reminder = (min(1.0, does * each) for each in (rules.warmth, rules.reminder))
    relation.commitment += warms * (1.0 - tired) * (1.0 - relation.commitment)
    relation.salience += reminder * (1.0 - tired) * (1.0 - relation.salience)
    meet(customer, relation, customer.model.rules.personalisation.insight_contact)
    wearies = min(1.0, weariness * rules.weariness)
    relation.fatigue = int((tired + wearies * (1.0 - tired)) * FATIGUE_UNIT)
    put_off: bool = u < rules.opt_out + rules.opt_out_weary * tired**2
    relation.firm.ledger.opt_outs += put_off
    return put_off


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
        thought_of = [whom(customer, tie, strong, met)]
        for thought in range(1, model.rules.referral.thought_of):
            _, tie, strong, met = model.luck.four(
                customer.number, firm.address, model.clock, draws.INVITATION, thought
            )
            thought_of.append(whom(customer, tie, strong, met))
        present = [other for other in thought_of if other is not None]
        if present:
            be_thought_of(
                customer, min(present, key=lambda other: unlikeness(relation, other)), relation
            )


def unlikeness(relation: "Relation", other: "Customer") -> float:
    """How far another's fit with a firm is from one's own."""
    return abs(other.relations[relation.firm.position].fit - relation.fit)


def be_thought_of(inviter: "Customer", other: "Customer", relation: "Relation") -> None:
    """Be invited, as somebody who never bought; the inviter longest there is remembered."""
    own = other.relations[relation.firm.position]
    if own.purchases > 0:
        return
    relation.firm.ledger.invitations += 1
    if not own.is_invited or own.referrer is None or inviter.number < own.referrer[1]:
        own.referrer = inviter.place, inviter.number
    own.is_invited = True


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

"""A purchase occasion: what sets it off, which firms come to mind, which one is chosen."""

import math
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.approach import close_offers
from tests.reference.pipeline import bargain, close, ease, is_in, is_ripe, let_in, ripen
from tests.reference.programme import pull
from tests.reference.purchase import buy, is_introduced

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation


def take_up_trial(customer: "Customer") -> None:
    """The first purchase of somebody who came as a customer: given, not chosen."""
    model, relation = customer.model, customer.trial
    assert relation is not None
    buy(customer, relation, 0, 0.0)
    customer.trial = None
    if model.subscription:
        customer.due = model.billing - model.months


def renew_or_look(customer: "Customer") -> None:
    """Subscription: decide when the contract ends; without one, look around now and then."""
    if wants_to_decide(customer):
        decide(customer)
    else:
        customer.due -= customer.model.months


def wants_to_decide(customer: "Customer") -> bool:
    """Whether the contract ends in this step, or a person without one looks around."""
    return is_looking(customer) if customer.provider is None else customer.is_due()


def renew_or_tender(customer: "Customer") -> None:
    """b2b: the same, but who comes to mind becomes a lead, and only offers are compared."""
    time, last = wants_to_decide(customer), customer.provider
    if time and looks_at_rivals(customer, 0):
        for relation in customer.relations:
            is_new = relation is not last and relation.prospect is None
            if is_new and strikes(customer, relation, 0):
                let_in(customer, relation)
    for relation in customer.relations:
        if is_ripe(customer, relation) and not is_in(customer, relation):
            now = 0.0 if last is None else worth(customer, last, False)
            now -= 0.0 if last is None else customer.model.rules.choice.staying
            ripen(customer, relation, worth(customer, relation, False) - now)
    offers = any(is_in(customer, relation) for relation in customer.relations)
    if time or (offers and last is None):
        bargain(customer)
        decide(customer)
    else:
        customer.due -= customer.model.months


def decide(customer: "Customer") -> None:
    """Choose, stay if held or saved, buy."""
    model, present = customer.model, customer.provider
    if present is not None and model.rules.needs.buy_once:
        return
    model.tally.occasions += 1
    discount = 0.0
    chosen = choose(customer, 0, saving=False)
    if chosen is not None and chosen is not present and is_lost(customer, chosen, 0):
        chosen = present
    if present is not None and chosen is not present:
        if customer.is_held(present.firm, 0):
            chosen = present
        elif is_saved(customer, present):
            chosen, discount = present, present.firm.save_discount
        else:
            part(customer, present, chosen)
    left_over = customer.due if chosen is present else 0.0
    if chosen is not None:
        buy(customer, chosen, 0, discount)
        customer.due = left_over + model.billing - model.months
    if model.pipeline:
        close(customer, chosen)
    close_offers(customer)


def is_lost(customer: "Customer", relation: "Relation", occasion: int) -> bool:
    """Whether a would-be buyer does not get through the departments of the firm."""
    model, firm = customer.model, relation.firm
    path = model.spec.firms[firm.name].path
    if path is None:
        return False
    u, _, _, _ = model.luck.four(customer.number, firm.address, model.clock, draws.PATH, occasion)
    passes = 1.0 - path.friction * model.rules.path.weight
    if u >= 1.0 - passes ** (path.departments - 1):
        return False
    firm.ledger.lost_on_the_way += 1
    return True


def is_looking(customer: "Customer") -> bool:
    """Whether a person without a provider looks around in this step."""
    model = customer.model
    _, _, u, _ = model.luck.four(customer.number, 0, model.clock, draws.STEP, 0)
    return bool(u < model.rules.needs.look_rate)


def is_saved(customer: "Customer", present: "Relation") -> bool:
    """Whether a would-be leaver is seen in time and stays, by the same draws at a discount."""
    model, firm = customer.model, present.firm
    firm.ledger.would_leave += 1
    firm.ledger.save += firm.save_cost
    present.profit -= firm.save_cost
    if firm.seen <= 0.0:
        return False
    _, u, _, _ = model.luck.four(customer.number, firm.address, model.clock, draws.CONTACT, 0)
    if u >= firm.seen or choose(customer, 0, saving=True) is not present:
        return False
    firm.ledger.saved += 1
    return True


def part(customer: "Customer", present: "Relation", chosen: "Relation | None") -> None:
    """A contract is not renewed: its holder goes to a rival, or is nobody's customer."""
    if customer.model.spec.record.grievances:
        present.firm.ledger.count(present.grievance, lost=True)
    if chosen is None:
        present.firm.ledger.left += 1
    else:
        present.firm.ledger.switched += 1
    customer.provider = None


def shop(customer: "Customer") -> None:
    """Repertoire: the purchase occasions of the step, until the person leaves."""
    model = customer.model
    u, _, _, _ = model.luck.four(customer.number, 0, model.clock, draws.STEP, 0)
    mean = customer.need_rate * model.season * customer.alive
    for occasion in range(draws.poisson(u, mean)):
        if model.rules.needs.buy_once and customer.provider is not None:
            break
        model.tally.occasions += 1
        chosen = choose(customer, occasion, saving=False)
        if chosen is not None and not is_lost(customer, chosen, occasion):
            buy(customer, chosen, occasion, 0.0)
        close_offers(customer)
        if customer.is_leaving:
            break


def choose(customer: "Customer", occasion: int, saving: bool) -> "Relation | None":
    """The firm with the largest utility, noise included, of those that come to mind."""
    model, last = customer.model, customer.provider
    luck, rules = model.luck, model.rules
    _, noise, _, _ = luck.four(customer.number, 0, model.clock, draws.OCCASION, occasion)
    is_open = not model.pipeline and looks_at_rivals(customer, occasion)
    best, best_value = None, rules.choice.outside + luck.gumbel(noise)
    nobody = True
    for relation in customer.relations:
        _, noise, _, _ = luck.four(
            customer.number, relation.firm.address, model.clock, draws.OCCASION, occasion
        )
        comes_up = is_open and strikes(customer, relation, occasion)
        if model.pipeline:
            comes_up = is_in(customer, relation)
        if relation is not last and not comes_up:
            continue
        nobody = False
        value = worth(customer, relation, saving) + luck.gumbel(noise)
        if value > best_value:
            best, best_value = relation, value
    if nobody and rules.choice.outside == -math.inf:
        model.tally.lost += 1
    return best


def looks_at_rivals(customer: "Customer", occasion: int) -> bool:
    """Whether rivals of a present firm are looked at; without one, everybody is."""
    model, last = customer.model, customer.provider
    if last is None:
        return True
    if model.pipeline and model.rules.needs.buy_once:
        return False
    u, _, _, _ = model.luck.four(customer.number, 0, model.clock, draws.OCCASION, occasion)
    rules = model.rules
    return bool(u < rules.information.search * (1.0 - rules.salience.immunity * last.commitment))


def strikes(customer: "Customer", relation: "Relation", occasion: int) -> bool:
    """Whether a firm comes to mind."""
    model = customer.model
    u, _, _, _ = model.luck.four(
        customer.number, relation.firm.address, model.clock, draws.OCCASION, occasion
    )
    return bool(u < presence(customer, relation))


def presence(customer: "Customer", relation: "Relation") -> float:
    """Chance that a firm comes to mind: its salience, or by imitation, never under the floor.

    A firm that is not in the market yet comes to nobody's.
    """
    if not relation.firm.is_there:
        return 0.0
    rules = customer.model.rules
    bass = rules.imitation
    salience = relation.salience
    if relation.purchases == 0 and bass.innovation + bass.imitation > 0.0:
        salience = bass.innovation + bass.imitation * relation.firm.share
    return max(salience, rules.salience.floor)


def worth(customer: "Customer", relation: "Relation", saving: bool) -> float:
    """V: utility of a firm at this occasion, before the noise of the moment."""
    rules, firm, last = customer.model.rules, relation.firm, customer.provider
    value = (
        relation.taste
        + customer.regard(relation)
        + rules.breadth.bond * len(relation.lines)
        + firm.offer.appeal
        - firm.offer.friction
        - firm.switching_cost[None if last is None else last.firm.name]
    )
    if relation.purchases > 0 and customer.is_aimed(relation, "loyalty"):
        value += rules.loyalty.weight * firm.reward
    if relation.has_invitation:
        value += rules.referral.bonus
    if relation.is_accompanied:
        value += rules.referral.bond
    if relation is last:
        value += rules.choice.staying
    value += pull(customer, relation)
    if relation.prospect is not None:
        value += rules.pressure.push * firm.offer.pressure
    dear = dearness(customer, relation, saving) - ease(customer, relation)
    return float(value - customer.price_sensitivity * dear)


def dearness(customer: "Customer", relation: "Relation", saving: bool) -> float:
    """h: how dear the price feels, with what is offered to this person."""
    firm = relation.firm
    if saving and relation is customer.provider:
        return firm.save_dearness
    if relation.has_offer:
        return firm.win_back_dearness
    dear = firm.introductory_dearness if is_introduced(customer, relation) else firm.dearness
    return dear - firm.gift_felt if relation.has_invitation else dear

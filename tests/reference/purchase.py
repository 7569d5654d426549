"""A purchase: money, experience, and what is learnt from it."""

import math
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.experience import learn
from tests.reference.lines import buy_lines
from tests.reference.personal import meet, relevance
from tests.reference.programme import thank_referrer, use_card

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

TRIES = 64


def buy(customer: "Customer", relation: "Relation", occasion: int, discount: float) -> None:
    """Pay, use what was bought, learn from it, remember the firm; perhaps leave for good."""
    model = customer.model
    be_welcomed(customer, relation)
    pay(customer, relation, occasion, discount)
    learn(customer, relation, occasion)
    relation.purchases += 1
    relation.this_year += 1
    relation.last = model.clock
    relation.salience = 1.0
    customer.provider = relation
    relation.firm.ledger.relevance += relevance(relation)
    meet(customer, relation, model.rules.personalisation.insight)
    if model.exit_form == "purchase":
        perhaps_quit(customer, relation, occasion)


def be_welcomed(customer: "Customer", relation: "Relation") -> None:
    """Be counted as new to the firm, or as back again."""
    ledger = relation.firm.ledger
    if relation.purchases == 0:
        relation.first = customer.model.clock
        relation.satisfaction = relation.expectation
        ledger.acquired += 1
        ledger.acquired_advertising += relation.first_cue == "advertising"
        ledger.acquired_word_of_mouth += relation.first_cue == "word_of_mouth"
        ledger.acquired_referral += relation.first_cue == "referral"
        relation.came = True
    elif not customer.is_customer(relation):
        ledger.reactivated += 1
        relation.came = True


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def pay(customer: "Customer", relation: "Relation", occasion: int, discount: float) -> None:
    """Units at the list price are revenue; a discount is spending on an instrument."""
    model, firm = customer.model, relation.firm
    ledger, price = firm.ledger, firm.price
    units = units_bought(customer, relation, occasion)
    ledger.purchases += 1
    ledger.units += units
    ledger.revenue += units * price
    ledger.goods += units * firm.offer.unit_cost
    ledger.save += units * discount
    relation.revenue += units * price
    relation.profit += units * (price - discount - firm.offer.unit_cost)
    if relation.purchases > 0 and customer.is_aimed(relation, "loyalty"):
        ledger.rewarded += 1
        ledger.loyalty += firm.reward_cost
        relation.profit -= firm.reward_cost
    redeem(customer, relation, units)
    use_card(customer, relation, occasion, units * price)
    ledger.discounts += units * price * relation.discount
    relation.profit -= units * price * relation.discount
    if not model.subscription:
        serve(customer, relation, 1.0)
    buy_lines(customer, relation, occasion, units)


def units_bought(customer: "Customer", relation: "Relation", occasion: int) -> float:
    """The basket, for the months billed; times a gamma variate where baskets vary."""
    model = customer.model
    units = customer.basket * (model.billing if model.subscription else 1.0)
    if model.amount_shape > 0.0:
        units *= gamma_variate(customer, relation, occasion, model.amount_shape)
    return units


def gamma_variate(customer: "Customer", relation: "Relation", occasion: int, shape: float) -> float:
    """Marsaglia & Tsang (2000); a purchase has 64 tries."""
    model = customer.model
    d = (shape + 1.0 if shape < 1.0 else shape) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(TRIES):
        u_normal, u_accept, u_boost, _ = model.luck.four(
            customer.number, relation.firm.address, model.clock, draws.AMOUNT,
            occasion * TRIES + attempt,
        )  # fmt: skip
        x = draws.normal(u_normal)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and math.log(u_accept) < 0.5 * x * x + d - d * v + d * math.log(v):
            return d * v * (u_boost ** (1.0 / shape) if shape < 1.0 else 1.0)
    return shape


def is_introduced(customer: "Customer", relation: "Relation") -> bool:
    """Whether a purchase now would be a first one, chosen, at the introductory price."""
    if relation.purchases > 0 or customer.trial is not None:
        return False
    return customer.is_aimed(relation, "introductory_price")


def redeem(customer: "Customer", relation: "Relation", units: float) -> None:
    """What was promised to strangers, to those who invited them, and to those who return."""
    firm, ledger = relation.firm, relation.firm.ledger
    if is_introduced(customer, relation):
        ledger.introduced += 1
        ledger.introductory_price += firm.introductory_cost
        relation.acquisition_cost += firm.introductory_cost
        relation.profit -= firm.introductory_cost
    if relation.has_invitation:
        relation.is_referred = True
        ledger.referred += 1
        ledger.referral_reward += firm.referral_cost
        relation.acquisition_cost += firm.referral_cost
        relation.profit -= firm.referral_cost
        thank_referrer(customer, relation)
    if relation.has_offer:
        relation.has_offer = False
        relation.came_back = True
        ledger.won_back += 1
        ledger.win_back += units * firm.win_back_discount
        relation.profit -= units * firm.win_back_discount


def serve(customer: "Customer", relation: "Relation", times: float) -> None:
    """Cost to serve, less what it saves to know the customer, and cost of the level."""
    cost = times * relation.firm.offer.cost_to_serve
    cost *= 1.0 - customer.model.rules.personalisation.saves * relevance(relation)
    level = relation.firm.level
    relation.firm.ledger.serving += cost
    relation.firm.ledger.relating += times * level.cost
    relation.profit -= cost + times * level.cost


def perhaps_quit(customer: "Customer", relation: "Relation", occasion: int) -> None:
    """Leave after a repeat purchase, never after the very first."""
    if sum(each.purchases for each in customer.relations) <= 1:
        return
    model, firm = customer.model, relation.firm
    _, _, _, u = model.luck.four(
        customer.number, firm.address, model.clock, draws.AFTERMATH, occasion
    )
    if u < customer.exit_hazard and not customer.is_held(firm, occasion):
        customer.leave()

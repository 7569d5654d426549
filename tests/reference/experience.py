"""Experience: the quality that is met, and what is learnt from it."""

import math
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.personal import relevance
from tests.reference.programme import is_awake, tier_value

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

SURPRISE_UNIT = 32767
TEPID, SPAN = 0.5, 0.4
LEAST_STAKE = 1e-9


def learn(customer: "Customer", relation: "Relation", occasion: int) -> None:
    """One quality moves trust, satisfaction, expectation and commitment, in this order."""
    model, rules, firm = customer.model, customer.model.rules, relation.firm
    met, bonus = experience(customer, relation, occasion)
    quality = clipped(met)
    firm.ledger.clipped += abs(met - quality)
    firm.ledger.quality += quality

    if quality >= rules.trust.keep * max(firm.promise, relation.expectation):
        relation.trust += rules.trust.gain * (1.0 - relation.trust)
    else:
        relation.trust *= 1.0 - rules.trust.loss

    norm = rules.expectation.norm
    standard = (1.0 - norm) * relation.expectation + norm * model.market_quality
    surprise = quality - standard
    relation.surprise = int(surprise * SURPRISE_UNIT)
    weight = rules.satisfaction.delight if surprise >= 0.0 else rules.satisfaction.disappointment
    verdict = clipped(quality + bonus + weight * surprise)
    relation.satisfaction += rules.satisfaction.learning * (verdict - relation.satisfaction)

    relation.expectation += rules.expectation.learning * (quality - relation.expectation)

    base = rules.commitment.base
    openness = base + (1.0 - base) * customer.orientation
    target = openness * relation.trust * clipped((relation.satisfaction - TEPID) / SPAN)
    if is_awake(relation):
        bond = tier_value(relation, "bond", 0.0)
        target = 1.0 - (1.0 - target) * (1.0 - customer.orientation * bond)
    target = 1.0 - (1.0 - target) * (1.0 - customer.orientation * firm.level.bond)
    attention = rules.personalisation.bond * max(0.0, relevance(relation))
    target = 1.0 - (1.0 - target) * (1.0 - customer.orientation * attention)
    relation.commitment += rules.commitment.learning * (target - relation.commitment)


def experience(customer: "Customer", relation: "Relation", occasion: int) -> tuple[float, float]:
    """Quality met, before it is cut to 0 to 1, and what satisfaction sees above it."""
    model, firm = customer.model, relation.firm
    rules = model.rules.experience
    _, _, noise, failure = model.luck.four(
        customer.number, firm.address, model.clock, draws.OCCASION, occasion
    )
    is_served = customer.is_aimed(relation, "service")
    lift = firm.lift if is_served else 0.0
    tailored = model.rules.personalisation.lift * relevance(relation)
    headroom = max(0.0, 1.0 - firm.offer.quality - relation.fit)
    met = 1.0 - headroom * (1.0 - lift) * (1.0 - tailored) * (1.0 - firm.level.learning)
    if rules.noise > 0.0:
        met += rules.noise * draws.normal(noise)
    if failure >= (firm.failure if is_served else rules.failure):
        relation.grievance = None
        return met, 0.0
    firm.ledger.failures += 1
    complain, recover, _, _ = model.luck.four(
        customer.number, firm.address, model.clock, draws.AFTERMATH, occasion
    )
    silent = (1.0 - complaining(customer, relation)) * (1.0 - firm.level.hears)
    if complain >= 1.0 - silent:
        relation.grievance = "silent"
        return met - rules.damage, 0.0
    firm.ledger.complaints += 1
    firm.ledger.recovery += firm.recovery_cost
    relation.profit -= firm.recovery_cost
    if recover >= firm.recover:
        relation.grievance = "denied"
        return met - rules.damage * rules.double_deviation, 0.0
    firm.ledger.recovered += 1
    relation.grievance = "righted"
    return met - rules.damage * (1.0 - rules.recovered_share), rules.recovery_bonus


def complaining(customer: "Customer", relation: "Relation") -> float:
    """Chance of a complaint: by the bill, by commitment, by whether there is somewhere to go."""
    model, firm = customer.model, relation.firm
    rules = model.rules.complaints
    units = customer.basket * (model.billing if model.subscription else 1.0)
    stake = max(units * firm.price / model.rules.choice.reference_price, LEAST_STAKE)
    nobody = 1.0
    for rival in customer.relations:
        if rival is not relation:
            cost = max(0.0, rival.firm.switching_cost[firm.name])
            presence = max(rival.salience, model.rules.salience.floor)
            nobody *= 1.0 - presence * math.exp(-cost)
    odds = stake**-rules.loss * math.exp(
        rules.exit * (1.0 - nobody) - rules.voice * relation.commitment
    )
    return float(model.rules.experience.complain**odds)


def clipped(value: float) -> float:
    """Cut to 0 to 1."""
    return min(1.0, max(0.0, value))

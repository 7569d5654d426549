"""What happens to a customer's memory before a need arises, and after it."""

from typing import TYPE_CHECKING

from sim import draws

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

VERDICT_UNIT = 65536


def forget(customer: "Customer") -> None:
    """A ← A (1 − share), present provider excepted; F ← F (1 − share)."""
    rules = customer.model.rules.forgetting
    ageing = customer.model.rules.personalisation.ageing
    for relation in customer.relations:
        relation.knowledge *= 1.0 - ageing
        relation.fatigue = int(relation.fatigue * (1.0 - rules.fatigue))
        if not (customer.model.subscription and relation is customer.provider):
            relation.salience *= 1.0 - rules.salience


def see_advertising(customer: "Customer") -> None:
    """A ← A + gain (1 − A) and E ← E + weight x (promise − E), for whom advertising reaches."""
    model = customer.model
    for relation in customer.relations:
        firm = relation.firm
        if firm.reach <= 0.0 or not customer.is_aimed(relation, "advertising"):
            continue
        u, _, _, _ = model.luck.four(customer.number, firm.address, model.clock, draws.CONTACT, 0)
        if u < firm.reach:
            weight = model.rules.expectation.advertising_weight * openness(customer, relation)
            relation.salience += model.rules.salience.advertising_gain * (1.0 - relation.salience)
            relation.expectation += weight * (firm.promise - relation.expectation)
            relation.remember_cue("advertising")


def openness(customer: "Customer", relation: "Relation") -> float:
    """x: how far words count beside experience."""
    return customer.model.rules.expectation.experienced if relation.purchases > 0 else 1.0


def hear(customer: "Customer") -> None:
    """All of last step's messages about each firm at once; the box is empty afterwards."""
    rules = customer.model.rules
    for relation in customer.relations:
        heard = relation.praise + relation.blame
        if heard == 0:
            continue
        lift = 1.0 - (1.0 - rules.salience.positive_gain) ** relation.praise
        relation.salience += lift * (1.0 - relation.salience)
        relation.salience *= (1.0 - rules.salience.negative_loss) ** relation.blame
        weight = rules.expectation.message_weight * openness(customer, relation)
        verdict = relation.verdict / (heard * VERDICT_UNIT)
        relation.expectation += (1.0 - (1.0 - weight) ** heard) * (verdict - relation.expectation)
        if relation.praise > 0:
            relation.remember_cue("word_of_mouth")
        relation.praise = relation.blame = relation.verdict = 0


def drift(customer: "Customer") -> None:
    """Without business: S relaxes to E, C fades, E goes back to where it began; in this order."""
    rules = customer.model.rules
    for relation in customer.relations:
        if customer.has_business(relation):
            continue
        if relation.purchases > 0:
            relation.satisfaction += rules.satisfaction.relaxation * (
                relation.expectation - relation.satisfaction
            )
        relation.commitment *= 1.0 - rules.forgetting.commitment
        relation.expectation += rules.forgetting.expectation * (
            relation.first_expectation - relation.expectation
        )

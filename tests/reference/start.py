"""How the market stands before its first step."""

import math
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.entry import settle
from tests.reference.relation import BEFORE_THE_RUN

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.model import Reference
    from tests.reference.relation import Relation


def begin(model: "Reference") -> None:
    """Fill the places of the start, and make people customers of somebody."""
    start = model.spec.start
    for number in range(model.entry.at_start):
        customer = settle(model, model.entry.seats[number], number)
        for relation in customer.relations:
            relation.salience = start.salience if relation.firm.is_there else 0.0
        held = None if start.customers == "none" else first_provider(customer)
        if held is not None:
            make_customer(customer, held)
    for firm in model.firms:
        firm.ledger.buyers = sum(c.relations[firm.position].purchases > 0 for c in model.customers)
        firm.ledger.customers = sum(
            c.provider is c.relations[firm.position] for c in model.customers
        )
        firm.share = firm.ledger.customers / max(len(model.customers), 1)


def make_customer(customer: "Customer", held: "Relation") -> None:
    """Somebody who has bought once before the run; or will, in step 0."""
    model, start = customer.model, customer.model.spec.start
    if start.first_renewal == "immediate":
        customer.trial = held
    else:
        customer.provider = held
        held.purchases = 1
        held.first = held.last = BEFORE_THE_RUN
        held.salience = 1.0
    if start.first_renewal == "spread":
        _, _, _, u = model.luck.four(customer.number, 0, 0, draws.CHARACTER, 0)
        customer.due = model.months * math.floor(u * model.billing / model.months + 1e-9)
    if start.satisfaction is not None:
        held.satisfaction = start.satisfaction
    if start.trust is not None:
        held.trust = start.trust
    held.commitment = start.commitment


def first_provider(customer: "Customer") -> "Relation | None":
    """The firm that suits best, or by lot; None where being nobody's customer suits better."""
    model, luck = customer.model, customer.model.luck
    sorts = model.spec.start.customers == "sorted"
    word = 0 if sorts else 1
    best, best_value = None, -math.inf
    for relation in customer.relations:
        u = luck.four(customer.number, relation.firm.address, 0, draws.START, 0)[word]
        value = (suits(relation) if sorts else lot(relation)) + luck.gumbel(u)
        if relation.firm.is_there and value > best_value:
            best, best_value = relation, value
    u = luck.four(customer.number, 0, 0, draws.START, 0)[word]
    aside = apart(model) if sorts else logarithm(nobodys(model))
    return best if best_value >= aside + luck.gumbel(u) else None


def suits(relation: "Relation") -> float:
    """How well a firm suits, before the noise."""
    model = relation.firm.model
    declared = model.spec.firms[relation.firm.name]
    return float(
        relation.taste
        + model.rules.satisfaction.weight * relation.fit
        + declared.appeal
        - declared.friction
    )


def apart(model: "Reference") -> float:
    """How well being nobody's customer suits."""
    return float(model.rules.choice.outside - model.rules.choice.staying)


def lot(relation: "Relation") -> float:
    """Logarithm of a firm's share of the people of the start."""
    shares = relation.firm.model.spec.start.customers
    return logarithm(shares.get(relation.firm.name, 0.0) if isinstance(shares, dict) else 1.0)


def nobodys(model: "Reference") -> float:
    """Share of the people of the start who are nobody's customers."""
    shares = model.spec.start.customers
    return max(0.0, 1.0 - sum(shares.values())) if isinstance(shares, dict) else 0.0


def logarithm(value: float) -> float:
    """Minus infinity at 0."""
    return math.log(value) if value > 0.0 else -math.inf

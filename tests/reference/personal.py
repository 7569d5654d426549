"""What firms know of a customer, and what treating the customer by it does."""

from typing import TYPE_CHECKING

from sim import draws

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation


def extent(relation: "Relation") -> float:
    """u: how far the firm goes by its picture of the person; the careful no further than K."""
    crm = relation.firm.crm
    if crm is None:
        return 0.0
    if crm.careful:
        return min(float(crm.personalisation), relation.knowledge)
    return float(crm.personalisation)


def relevance(relation: "Relation") -> float:
    """u (2K − u)."""
    use = extent(relation)
    return use * (2.0 * relation.knowledge - use)


def excess(customer: "Customer", relation: "Relation") -> float:
    """uK beyond what the person tolerates, which is drawn once for good."""
    model, rules = customer.model, customer.model.rules.personalisation
    shown = extent(relation) * relation.knowledge
    if shown <= 0.0:
        return 0.0
    u, _, _, _ = model.luck.four(customer.number, 0, 0, draws.PRIVACY, 0)
    tolerates = max(0.0, rules.tolerance + rules.spread * (2.0 * u - 1.0))
    return max(0.0, shown - tolerates)


def answer(customer: "Customer", relation: "Relation") -> float:
    """Factor on what a contact does."""
    rules = customer.model.rules.personalisation
    welcome = 1.0 + rules.response * relevance(relation)
    return max(0.0, welcome - rules.creep * excess(customer, relation))


def meet(customer: "Customer", relation: "Relation", shows: float) -> None:
    """After a purchase or a contact: recoil from what went too far; be known a little better."""
    too_far = excess(customer, relation)
    if too_far > 0.0:
        kept = 1.0 - customer.model.rules.personalisation.reactance * too_far
        relation.firm.ledger.crept_out += 1
        relation.trust *= kept
        relation.commitment *= kept
    if customer.is_on_file(relation):
        relation.knowledge += relation.firm.collected * shows * (1.0 - relation.knowledge)

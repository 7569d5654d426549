"""Talk: who tells whom, into boxes that are heard in the next step."""

import math
from typing import TYPE_CHECKING

from sim import draws
from tests.reference.experience import SURPRISE_UNIT
from tests.reference.memory import VERDICT_UNIT

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

MOST_HEARD = 65535


def talk(customer: "Customer") -> None:
    """Tell others of each firm bought from: Poisson, rising with distance from the reference."""
    model = customer.model
    rules = model.rules.word_of_mouth
    for relation in customer.relations:
        bought = relation.last == model.clock
        if not (bought or (rules.all_customers and customer.is_customer(relation))):
            continue
        content = contentment(customer, relation)
        mean = customer.talkativeness * (
            rules.base
            + rules.positive_weight * max(0.0, content)
            + rules.negative_weight * max(0.0, -content)
        )
        if mean <= 0.0:
            continue
        if rules.per_tie:
            tell_each_tie(customer, relation, mean, content >= 0.0)
        else:
            tell_some(customer, relation, mean, content >= 0.0)


def contentment(customer: "Customer", relation: "Relation") -> float:
    """How far above the point at which talk is neither praise nor blame."""
    rules = customer.model.rules
    if rules.word_of_mouth.by_disconfirmation:
        return relation.surprise / SURPRISE_UNIT
    return relation.satisfaction - rules.satisfaction.reference


def tell_some(customer: "Customer", relation: "Relation", mean: float, praise: bool) -> None:
    """A Poisson number of messages, each to one tie drawn by weight."""
    luck, number, address = customer.model.luck, customer.number, relation.firm.address
    clock = customer.model.clock
    _, _, u, _ = luck.four(number, address, clock, draws.CONTACT, 0)
    for message in range(draws.poisson(u, mean)):
        tie, strong, met, _ = luck.four(number, address, clock, draws.MESSAGE, message)
        deliver(relation, whom(customer, tie, strong, met), praise)


def tell_each_tie(customer: "Customer", relation: "Relation", mean: float, praise: bool) -> None:
    """Each tie hears with probability 1 − e^(−mean · its share of weight)."""
    model = customer.model
    before = 0.0
    for position, (place, upto) in enumerate(model.network.rows[customer.place]):
        u, _, _, _ = model.luck.four(
            customer.number, relation.firm.address, model.clock, draws.MESSAGE, position
        )
        if u < 1.0 - math.exp(-mean * (upto - before)):
            deliver(relation, model.present_at(place), praise)
        before = upto


def whom(customer: "Customer", u_tie: float, u_strong: float, u_met: float) -> "Customer | None":
    """The person a message goes to; None where the tie leads to nobody, or to one who leaves."""
    model, network = customer.model, customer.model.network
    if network.is_complete:
        return someone_else(customer, u_tie)
    strength = network.strength[customer.place] + network.met_anew
    if u_strong * strength < network.met_anew:
        return someone_else(customer, u_met)
    ties = network.rows[customer.place]
    if not ties:
        return None
    place = (
        ties[int(u_tie * len(ties))][0] if network.weighs_alike else drawn_by_weight(ties, u_tie)
    )
    return model.present_at(place)


def drawn_by_weight(ties: list[tuple[int, float]], u: float) -> int:
    """The tie into whose share of weight a uniform falls."""
    return next((place for place, upto in ties if u < upto), ties[-1][0])


def someone_else(customer: "Customer", u: float) -> "Customer | None":
    """Whoever is at another place, all places equally likely."""
    model, others = customer.model, len(customer.model.places) - 1
    if others < 1:
        return None
    place = int(u * others)
    return model.present_at(place + 1 if place >= customer.place else place)


def deliver(relation: "Relation", other: "Customer | None", praise: bool) -> None:
    """Count a message, and put it into the other's box if there is somebody at the place."""
    firm = relation.firm
    if praise:
        firm.ledger.praise += 1
    else:
        firm.ledger.blame += 1
    if other is None:
        return
    box = other.relations[firm.position]
    if box.praise + box.blame >= MOST_HEARD:
        return
    if praise:
        box.praise += 1
    else:
        box.blame += 1
    box.verdict += int(relation.satisfaction * VERDICT_UNIT + 0.5)

"""Taking stock: what customers carry of the spending on them, and how they are counted."""

from typing import TYPE_CHECKING

from tests.reference.lines import count_lines
from tests.reference.purchase import serve
from tests.reference.relation import NEVER

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

PROMOTER, DETRACTOR = 0.85, 0.65


def carry_care(customer: "Customer") -> None:
    """Service and contacts are charged to those for whom they are."""
    for relation in customer.relations:
        if customer.is_served(relation):
            relation.profit -= relation.firm.care
        if customer.is_in_touch(relation):
            relation.profit -= relation.firm.contact_cost
        for channel, cost in relation.firm.cost.items():
            if customer.may_be_told(relation, channel):
                relation.profit -= cost
        if customer.is_on_file(relation):
            relation.profit -= relation.firm.crm_cost


def carry_acquisition(customer: "Customer") -> None:
    """Those won by advertising, or won back, in this step share what it cost."""
    for relation in customer.relations:
        if relation.first == customer.model.clock and relation.first_cue == "advertising":
            relation.acquisition_cost += relation.firm.acquisition_cost
            relation.profit -= relation.firm.acquisition_cost
        relation.came = False
        if relation.came_back:
            relation.came_back = False
            relation.profit -= relation.firm.return_cost


def has_company(customer: "Customer", relation: "Relation") -> bool:
    """Whether who referred the person is there, and the firm's customer at the end of the step."""
    if not relation.is_referred or relation.referrer is None:
        return False
    place, number = relation.referrer
    friend = customer.model.present_at(place)
    if friend is None or friend.number != number:
        return False
    return friend.belongs(friend.relations[relation.firm.position], customer.model.window - 1)


def be_counted(customer: "Customer", relation: "Relation") -> None:
    """Be counted by a firm at the end of the step."""
    model, ledger = customer.model, relation.firm.ledger
    ledger.salience += relation.salience
    ledger.buyers += relation.purchases > 0
    relation.is_accompanied = has_company(customer, relation)
    if not model.subscription and relation.purchases > 0:
        lapses = model.clock - relation.last == model.window
        ledger.lapsed += lapses
        if lapses and model.spec.record.grievances:
            ledger.count(relation.grievance, lost=True)
    is_customer = customer.belongs(relation, model.window - 1)
    count_lines(relation, is_customer)
    if not is_customer:
        return
    if model.subscription:
        serve(customer, relation, model.months)
    ledger.customers += 1
    ledger.accompanied += relation.is_accompanied and model.rules.referral.bond > 0.0
    if model.spec.record.grievances:
        ledger.count(relation.grievance)
    ledger.satisfaction += relation.satisfaction
    ledger.satisfaction_squared += relation.satisfaction**2
    ledger.trust += relation.trust
    ledger.trust_squared += relation.trust**2
    ledger.commitment += relation.commitment
    ledger.commitment_squared += relation.commitment**2
    ledger.promoters += relation.satisfaction >= PROMOTER
    ledger.detractors += relation.satisfaction < DETRACTOR
    ledger.knowledge += relation.knowledge
    ledger.unprofitable += relation.profit < 0.0
    is_new = relation.break_even == NEVER and relation.first >= model.spec.warm_up
    if is_new and relation.profit >= 0.0:
        relation.break_even = model.clock

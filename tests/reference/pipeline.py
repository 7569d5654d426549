"""Business accounts: leads, opportunities, offers, and what pressing and bargaining do."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim import draws

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.relation import Relation

DAYS_A_MONTH = 365.25 / 12


@dataclass
class Prospect:
    """What a firm is to an account that is not its customer; dates in months."""

    is_offer: bool
    since: float
    until: float
    cue: str | None


def let_in(customer: "Customer", relation: "Relation") -> None:
    """A firm that came to mind becomes a lead."""
    model, firm = customer.model, relation.firm
    u, _, _, _ = dice(customer, relation)
    now = model.clock * model.months
    days = -math.log(u) * model.rules.pipeline.lead_days
    relation.prospect = Prospect(False, now, now + days / DAYS_A_MONTH, relation.last_cue)
    firm.ledger.leads += 1
    count(relation, "leads", relation.last_cue)


def ripen(customer: "Customer", relation: "Relation", advantage: float) -> None:
    """A lead whose time has come becomes an opportunity, or nothing."""
    model, ledger, prospect = customer.model, relation.firm.ledger, relation.prospect
    assert prospect is not None
    _, u, wanted, _ = dice(customer, relation)
    ledger.leads_closed += 1
    ledger.lead_months += prospect.until - prospect.since
    bar = model.rules.pipeline.bar
    if bar > -math.inf and wanted >= 1.0 / (1.0 + math.exp(min(700.0, bar - advantage))):
        relation.prospect = None
        return
    ledger.opportunities += 1
    days = -math.log(u) * model.rules.pipeline.opportunity_days
    end = prospect.until + days / DAYS_A_MONTH
    relation.prospect = Prospect(True, prospect.until, end, prospect.cue)


def dice(customer: "Customer", relation: "Relation") -> tuple[float, float, float, float]:
    """The draws of a stage."""
    model = customer.model
    return model.luck.four(customer.number, relation.firm.address, model.clock, draws.PIPELINE, 0)


def is_ripe(customer: "Customer", relation: "Relation") -> bool:
    """Whether there is a prospect whose stage ends in this step or has ended."""
    end = (customer.model.clock + 1) * customer.model.months
    return relation.prospect is not None and relation.prospect.until < end


def is_in(customer: "Customer", relation: "Relation") -> bool:
    """Whether an offer can be decided on."""
    return is_ripe(customer, relation) and bool(relation.prospect and relation.prospect.is_offer)


def close(customer: "Customer", chosen: "Relation | None") -> None:
    """Offers that were in have won or lost; pressed accounts trust less, and regret a deal."""
    model = customer.model
    for relation in customer.relations:
        if relation is not chosen:
            relation.discount = 0.0
        prospect, ledger, rules = relation.prospect, relation.firm.ledger, model.rules.pressure
        if prospect is None or not is_in(customer, relation):
            continue
        won, force = relation is chosen, relation.firm.offer.pressure
        ledger.opportunities_closed += 1
        decided = max(prospect.until, model.clock * model.months)
        ledger.opportunity_months += decided - prospect.since
        ledger.deals += won
        count(relation, "deals", prospect.cue, won)
        relation.trust *= 1.0 - rules.distrust * force
        if won:
            relation.satisfaction *= 1.0 - rules.regret * force
        relation.prospect = None


def count(relation: "Relation", what: str, cue: str | None, number: int = 1) -> None:
    """Count by the cue, if there was one."""
    if cue is not None:
        name, ledger = f"{what}_{cue}", relation.firm.ledger
        setattr(ledger, name, getattr(ledger, name) + number)


def bargain(customer: "Customer") -> None:
    """What is let off by each firm that can be chosen, in view of how many others there are."""
    rules = customer.model.rules.negotiation
    asked = [r for r in customer.relations if r is customer.provider or is_in(customer, r)]
    for relation in asked:
        others = len(asked) - 1
        weakness = 1.0 - rules.size * customer.basket / (1.0 + customer.basket)
        weakness *= 1.0 - rules.rivals * others / (1.0 + others)
        relation.discount = rules.most * (1.0 - weakness) * (1.0 - rules.trust * relation.trust)


def ease(customer: "Customer", relation: "Relation") -> float:
    """How much less dear the price feels after bargaining."""
    choice, firm = customer.model.rules.choice, relation.firm
    if choice.linear_price:
        return float(relation.discount * firm.price / choice.reference_price)
    return -math.log(1.0 - relation.discount)

"""Targets: whom a firm selects for an instrument, before the step, among whom it is for."""

from typing import TYPE_CHECKING

from sim.scenario.offers import Scores, Target, TopShare

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.firm import Firm
    from tests.reference.relation import Relation

DEFAULT = {
    "advertising": "all",
    "service": "customers",
    "loyalty": "all",
    "contact": "customers",
    "introductory_price": "prospects",
    "referral_reward": "customers",
    "win_back": "lapsed",
    "crm": "customers",
}
AIMED = tuple(DEFAULT)
BY_THE_HEAD = ("service", "contact", "crm")
SIMPLE = ("all", "prospects", "lapsed", "customers")
NEW_MONTHS = 12


def select(firm: "Firm", instrument: str, target: Target) -> int:
    """Mark those who meet a target among whom the instrument is for; return how many they are."""
    met = {customer.place for customer in meeting(firm, target)}
    count = 0
    for customer in firm.model.customers:
        relation = customer.relations[firm.position]
        relation.aims.discard(instrument)
        if customer.place in met and is_for(instrument, customer, relation):
            relation.aims.add(instrument)
            count += 1
    return count


def is_for(instrument: str, customer: "Customer", relation: "Relation") -> bool:
    """Whether the instrument is for such a person at all."""
    if instrument == "advertising":
        return True
    if instrument == "introductory_price":
        return relation.purchases == 0
    is_customer = customer.is_customer(relation)
    if instrument == "win_back":
        return relation.purchases > 0 and not is_customer
    return is_customer


def meeting(firm: "Firm", target: Target) -> "list[Customer]":
    """Those who meet a target."""
    model, position = firm.model, firm.position
    if isinstance(target, Scores):
        return in_cells(firm, target)
    if target in model.spec.groups:
        group = 1 + list(model.spec.groups).index(str(target))
        return [customer for customer in model.customers if customer.group == group]
    customers = [c for c in model.customers if c.is_customer(c.relations[position])]
    if isinstance(target, TopShare):
        best = sorted(customers, key=lambda c: (-units_lately(c, position), c.place))
        return best[: round(target.top_share * len(customers))]
    if target == "new":
        return [
            c
            for c in customers
            if (model.clock - c.relations[position].first) * model.months <= NEW_MONTHS
        ]
    assert target == "at_risk"
    reference = model.rules.satisfaction.reference
    return [c for c in customers if c.relations[position].satisfaction < reference]


def purchases_lately(customer: "Customer", position: int) -> int:
    """Purchases in the running year and the one before."""
    relation = customer.relations[position]
    return relation.this_year + relation.last_year


def units_lately(customer: "Customer", position: int) -> float:
    """These purchases times the basket."""
    return purchases_lately(customer, position) * customer.basket


def in_cells(firm: "Firm", cells: Scores) -> "list[Customer]":
    """Those of all who ever bought whose scores are among those asked for."""
    f = firm.position
    buyers = [c for c in firm.model.customers if c.relations[f].purchases > 0]
    values = {
        "recency": [float(c.relations[f].last) for c in buyers],
        "frequency": [float(purchases_lately(c, f)) for c in buyers],
        "money": [units_lately(c, f) for c in buyers],
    }
    chosen = buyers
    for name, column in values.items():
        wanted = getattr(cells, name)
        if wanted is not None:
            score = dict(zip(buyers, fifths(column), strict=True))
            chosen = [customer for customer in chosen if score[customer] in wanted]
    return chosen


def fifths(values: list[float]) -> list[int]:
    """Scores 1 to 5: the fifth in which the middle of all who have the same value stands."""
    ordered = sorted(values)
    first: dict[float, int] = {}
    for rank, value in enumerate(ordered):
        first.setdefault(value, rank)
    beyond = {value: rank + 1 for rank, value in enumerate(ordered)}
    middle = {v: (first[v] + beyond[v]) / (2 * len(values)) for v in first}
    return [min(5, 1 + int(5 * middle[value])) for value in values]

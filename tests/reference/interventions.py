"""Interventions in traits and in memory; those in offers and parameters are in `in_force`."""

from typing import TYPE_CHECKING

from sim.scenario.interventions import Intervention
from tests.reference.in_force import is_date, lasting, step_of
from tests.reference.traits import give_traits

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.model import Reference

TRAITS = {
    "need_rate": 500.0,
    "basket": 1e9,
    "price_sensitivity": 1e9,
    "orientation": 1.0,
    "talkativeness": 1e6,
    "exit_hazard": 100.0,
}
"""Highest value of each trait; the lowest is 0."""
MEMORY = ("salience", "expectation", "satisfaction", "trust", "commitment")


def intervene(model: "Reference") -> None:
    """Do what interventions ask for at this date; newcomers meet those that last."""
    spec, clock = model.spec, model.clock
    date = is_date(spec, clock)
    if date:
        model.offer()
    if any(set(TRAITS) & set(each.values) for each in spec.interventions):
        for customer in model.customers:
            if date or customer.arrived == clock:
                give_traits_in_force(customer)
    for each in spec.interventions:
        if step_of(spec, each.since) == clock:
            for customer in model.customers:
                remind(customer, each)


def is_about(intervention: Intervention, customer: "Customer") -> bool:
    """Whether somebody belongs to the group that is meant."""
    groups = list(customer.model.spec.groups)
    return intervention.group is None or customer.group == 1 + groups.index(intervention.group)


def give_traits_in_force(customer: "Customer") -> None:
    """The traits with which the person came, and what lasting interventions make of them."""
    model = customer.model
    give_traits(customer)
    for each in lasting(model.spec, model.clock):
        if not is_about(each, customer):
            continue
        for name in set(TRAITS) & set(each.values):
            unit = months_in(name, customer)
            value = changed(each, name, getattr(customer, name) / unit)
            setattr(customer, name, min(TRAITS[name], max(0.0, value)) * unit)


def months_in(trait: str, customer: "Customer") -> float:
    """Months of the time in which a person's rate is held; 1 for what is no rate."""
    model = customer.model
    is_rate = trait == "need_rate" or (trait == "exit_hazard" and model.exit_form == "rate")
    return model.months if is_rate else 1.0


def remind(customer: "Customer", intervention: Intervention) -> None:
    """Change once what somebody remembers of firms."""
    if not is_about(intervention, customer):
        return
    for relation in customer.relations:
        if intervention.firm in (None, relation.firm.name):
            for name in set(MEMORY) & set(intervention.values):
                value = changed(intervention, name, getattr(relation, name))
                setattr(relation, name, min(1.0, max(0.0, value)))


def changed(intervention: Intervention, name: str, value: float) -> float:
    """A value as it is set or shifted."""
    change = intervention.values[name]
    return change if intervention.set is not None else value + change

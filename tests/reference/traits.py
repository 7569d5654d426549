"""Traits: what a person is like, each the inverse of its distribution at one addressed uniform."""

import math
from typing import TYPE_CHECKING, Any

from scipy import special

from sim import draws
from sim.scenario.schema import WEEKS_PER_MONTH
from sim.scenario.traits import (
    Beta,
    Customers,
    Dirichlet,
    ExitChance,
    ExitHazard,
    ExitRate,
    Fixed,
    Gamma,
    GammaGamma,
    Lognormal,
    NeedGamma,
    NeedLognormal,
    NeedRate,
    Normal,
)
from tests.reference.experience import clipped
from tests.reference.relation import Relation

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.model import Reference

UNNAMED_STRENGTH = 1e-6


def quantile(trait: Any, u: float) -> float:
    """Inverse of a trait's distribution at ``u``."""
    match trait:
        case Fixed() | NeedRate() | ExitRate():
            return trait.value
        case Gamma() | NeedGamma() | ExitHazard():
            return float(special.gammaincinv(trait.shape, u)) * trait.mean / trait.shape
        case Lognormal() | NeedLognormal():
            return trait.mean * math.exp(trait.log_sd * draws.normal(u) - trait.log_sd**2 / 2)
        case GammaGamma():
            return trait.scale / float(special.gammaincinv(trait.q, u))
        case Beta() | ExitChance():
            return float(special.betaincinv(trait.a, trait.b, u))
        case Normal():
            return trait.mean + trait.sd * draws.normal(u)
    raise TypeError(f"no inverse is known for the distribution {trait!r}")


def per_step(trait: Any, months: float) -> float:
    """Factor from a rate per month or week to one per step."""
    return months * (WEEKS_PER_MONTH if trait.per == "week" else 1.0)


def group_of(model: "Reference", u: float) -> int:
    """0 for nobody's group, else its position from 1: shares one after the other."""
    upto = 0.0
    for position, group in enumerate(model.spec.groups.values(), start=1):
        upto += group.share
        if u < upto:
            return position
    return 0


def character_of(customer: "Customer") -> Customers:
    """The distributions of a person's traits."""
    spec = customer.model.spec
    if customer.group == 0:
        return spec.customers
    return list(spec.groups.values())[customer.group - 1].customers


def give_traits(customer: "Customer") -> None:
    """Draw what a person is like whatever the firm."""
    model = customer.model
    needs, basket, sensitivity, orientation = model.luck.four(
        customer.number, 0, 0, draws.PERSON, 0
    )
    talk, leaving, group, _ = model.luck.four(customer.number, 0, 0, draws.CHARACTER, 0)
    customer.group = group_of(model, group)
    like = character_of(customer)
    customer.need_rate = quantile(like.needs, needs) * per_step(like.needs, model.months)
    customer.basket = quantile(like.basket, basket)
    customer.price_sensitivity = quantile(like.price_sensitivity, sensitivity)
    customer.orientation = quantile(like.orientation, orientation)
    customer.talkativeness = quantile(like.talkativeness, talk)
    customer.exit_hazard = quantile(like.exit, leaving)
    if not isinstance(like.exit, ExitChance):
        customer.exit_hazard *= per_step(like.exit, model.months)


def give_relations(customer: "Customer") -> None:
    """Draw what a person likes, and expects, of each firm."""
    model, like = customer.model, character_of(customer)
    for firm in model.firms:
        taste, tail, fit, expectation = model.luck.four(
            customer.number, firm.address, 0, draws.OPINION, 0
        )
        customer.relations.append(
            Relation(
                firm=firm,
                taste=taste_for(firm.name, like.taste, taste, tail),
                fit=quantile(like.fit, fit),
                first_expectation=clipped(quantile(like.expectation, expectation)),
                trust=model.rules.trust.start,
            )
        )


def taste_for(firm: str, taste: Any, u: float, u_tail: float) -> float:
    """Lasting liking; of the Dirichlet: ln G(a + 1) + ln(u) / a."""
    if not isinstance(taste, Dirichlet):
        return quantile(taste, u)
    strength = taste.strengths.get(firm, UNNAMED_STRENGTH)
    return math.log(special.gammaincinv(strength + 1.0, u)) + math.log(u_tail) / strength

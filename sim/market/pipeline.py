"""The pipeline of business accounts: leads, opportunities, offers, deals.

Who opens and ripens them is in ``accounts``; only the b2b setting has them.
"""

from sim import draws
from sim.behaviour import negotiation, pipeline, pressure
from sim.market.context import Month
from sim.market.state import (
    ADVERTISING,
    LEAD,
    NO_FIRM,
    NO_STAGE,
    OPPORTUNITY,
    REFERRAL,
    WORD_OF_MOUTH,
    World,
)


def is_ripe(m: Month, w: World, i: int, f: int) -> bool:
    """Whether a stage ends in this step, or has ended before."""
    return w.dealings[i, f].ripe < (m.step + 1) * m.months


def has_offer_in(m: Month, w: World, i: int, f: int) -> bool:
    """Whether an account can decide on an offer of firm f in this step."""
    return w.dealings[i, f].stage == OPPORTUNITY and is_ripe(m, w, i, f)


def open_lead(m: Month, w: World, i: int, f: int) -> None:
    """Firm f comes to mind: a lead for it, until the account wants its offer or does not."""
    dealing, cue, entry = w.dealings[i, f], w.relations[i, f].last_cue, w.ledger[f]
    days, _, _, _ = stage_dice(m, w, i, f)
    dealing.stage, dealing.cue = LEAD, cue
    dealing.since = m.step * m.months
    dealing.ripe = dealing.since + pipeline.time_in_stage(days, m.rules.pipeline.lead_days)
    entry.leads += 1
    entry.leads_advertising += cue == ADVERTISING
    entry.leads_word_of_mouth += cue == WORD_OF_MOUTH
    entry.leads_referral += cue == REFERRAL


def close_lead(m: Month, w: World, i: int, f: int, advantage: float) -> None:
    """A lead becomes an opportunity if firm f seems good enough, or nothing."""
    dealing, entry = w.dealings[i, f], w.ledger[f]
    _, days, wanted, _ = stage_dice(m, w, i, f)
    entry.leads_closed += 1
    entry.lead_months += dealing.ripe - dealing.since
    if not pipeline.becomes_opportunity(wanted, advantage, m.rules.pipeline.bar):
        dealing.stage = NO_STAGE
        return
    entry.opportunities += 1
    dealing.stage, dealing.since = OPPORTUNITY, dealing.ripe
    dealing.ripe += pipeline.time_in_stage(days, m.rules.pipeline.opportunity_days)


def stage_dice(m: Month, w: World, i: int, f: int) -> tuple[float, float, float, float]:
    """What the stages of firm f and this account draw in this step."""
    number, address = w.people[i].number, w.firms[f].address
    return draws.four(m.run, number, address, m.step, draws.PIPELINE, 0)


def close_opportunities(m: Month, w: World, i: int, chosen: int) -> None:
    """All offers that were in are decided on; who was pressed remembers it."""
    for f in range(m.firms):
        if has_offer_in(m, w, i, f):
            close_opportunity(m, w, i, f, chosen == f)
        if chosen != f:
            w.dealings[i, f].discount = 0.0


def close_opportunity(m: Month, w: World, i: int, f: int, won: bool) -> None:
    """One of them: a deal or none."""
    dealing, entry = w.dealings[i, f], w.ledger[f]
    entry.opportunities_closed += 1
    entry.opportunity_months += max(dealing.ripe, m.step * m.months) - dealing.since
    entry.deals += won
    entry.deals_advertising += won and dealing.cue == ADVERTISING
    entry.deals_word_of_mouth += won and dealing.cue == WORD_OF_MOUTH
    entry.deals_referral += won and dealing.cue == REFERRAL
    dealing.stage = NO_STAGE
    react_to_pressure(m, w, i, f, won)


def react_to_pressure(m: Month, w: World, i: int, f: int, won: bool) -> None:
    """Reactance: trust is lost to pressure, and satisfaction of those who gave in."""
    relation, rules, force = w.relations[i, f], m.rules.pressure, w.firms[f].pressure
    relation.trust = pressure.left(relation.trust, force, rules.distrust)
    if won:
        relation.satisfaction = pressure.left(relation.satisfaction, force, rules.regret)


def personal(m: Month, w: World, i: int, f: int) -> float:
    """Utility of what persons do: the closer bond, answers that came late, pressure."""
    dealing, rules = w.dealings[i, f], m.rules
    value = rules.bond.weight * max(dealing.bond, dealing.second_bond)
    value -= rules.attention.impatience * dealing.late
    if dealing.stage != NO_STAGE:
        value += pressure.added(w.firms[f].pressure, rules.pressure.push)
    return value


def negotiate(m: Month, w: World, i: int) -> None:
    """Every firm that an account can choose is asked for a discount, in view of the others."""
    present = w.people[i].provider
    offers = 1 if present != NO_FIRM else 0
    for f in range(m.firms):
        offers += f != present and has_offer_in(m, w, i, f)
    for f in range(m.firms):
        if f == present or has_offer_in(m, w, i, f):
            power = negotiation.power(w.people[i].basket, offers - 1, m.rules.negotiation)
            w.dealings[i, f].discount = negotiation.discount(
                power, w.relations[i, f].trust, m.rules.negotiation
            )


def negotiated_gap(m: Month, w: World, i: int, f: int) -> float:
    """How much less dear firm f feels for what was negotiated."""
    rules = m.rules.choice
    discount, price = w.dealings[i, f].discount, w.firms[f].price
    return negotiation.relief(discount, price, rules.reference_price, rules.linear_price)

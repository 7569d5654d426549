"""A month of a business account: leads, opportunities, a decision.

An account whose contract ends, or that has none and looks around, decides like everybody else, but
not among the firms that come to mind: those become leads. Each lead ripens into an opportunity or
into nothing, each opportunity into an offer; the account decides among the offers that are in, its
present provider and none.
"""

from sim.market.choosing import searches, strikes, worth
from sim.market.context import Month, counted
from sim.market.luck import CONSIDER, throw_at_occasion
from sim.market.pipeline import close_lead, has_offer_in, is_ripe, negotiate, open_lead
from sim.market.state import LEAD, NO_FIRM, NO_STAGE, World


def tender(m: Month, w: World, i: int, due: bool) -> bool:
    """Let leads in if a decision is due, ripen what there is; whether the account decides now.

    A free account also decides as soon as offers are in.
    """
    if due:
        look_for_offers(m, w, i)
    offers = False
    for f in range(m.firms):
        if w.dealings[i, f].stage == LEAD and is_ripe(m, w, i, f):
            close_lead(m, w, i, f, advantage(m, w, i, f))
        offers = offers or has_offer_in(m, w, i, f)
    decides = due or (offers and w.people[i].provider == NO_FIRM)
    if decides:
        negotiate(m, w, i)
    return decides


def look_for_offers(m: Month, w: World, i: int) -> None:
    """Open a lead for every firm that comes to mind, unless the account does not look at rivals."""
    throw_at_occasion(m.luck, m.run, w.people[i].number, m.step, 0)
    last = counted(w.people[i].provider)
    if last != NO_FIRM and (m.rules.needs.buy_once or not searches(m, w, i, last)):
        return
    for f in range(m.firms):
        known = f == last or w.dealings[i, f].stage != NO_STAGE
        if not known and strikes(m, w, i, f, m.luck.occasion[CONSIDER, f]):
            open_lead(m, w, i, f)


def advantage(m: Month, w: World, i: int, f: int) -> float:
    """What firm f seems to be worth beyond the present provider, its inertia apart.

    An account without a provider compares with a firm like any other, whose utility is 0.
    """
    last = counted(w.people[i].provider)
    offered = worth(m, w, i, f, False)
    if last == NO_FIRM:
        return offered
    return offered - (worth(m, w, i, last, False) - m.rules.choice.staying)

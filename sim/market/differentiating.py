"""Differentiation: what customers are worth to a firm, who is served for it, who is stopped.

A customer's worth is the profit of a month, without what winning cost, as a mean over past months
that forgets the older ones. Once judged, customers may be served in proportion to it, and the firm
may end what costs more than it brings: with those people it does no more business, ever.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.behaviour import rejection
from sim.behaviour.parameter import scale
from sim.market.customers import customers_of
from sim.market.state import NO_FIRM
from sim.policy import targets

if TYPE_CHECKING:
    from sim.market.firms import Firm
    from sim.market.model import Market

People = npt.NDArray[np.bool_]
Amounts = npt.NDArray[np.float64]


def keep_accounts(market: "Market") -> None:
    """At the end of a step: move every customer's worth by what the step has brought."""
    dealings = market.world.dealings
    if not dealings.size:
        return
    brought = contribution(market)
    for firm in market.firms:
        declared, own = firm.offer.differentiation, dealings[:, firm.position]
        firm.watched = firm.watched + 1 if declared else 0
        if declared:
            a_month = (brought - dealings["counted"])[:, firm.position] / firm.months
            weight = scale(min(1.0, 1.0 / declared.trailing), "share", firm.months)
            own["worth"] += weight * (a_month - own["worth"])
    dealings["counted"] = brought


def contribution(market: "Market") -> Amounts:
    """(people, firms) profit to date without what winning these people has cost."""
    accounts = market.world.accounts
    return np.asarray(accounts["profit"] + accounts["acquisition_cost"])


def judged(firm: "Firm") -> People:
    """(people,) customers whom the firm has watched long enough."""
    declared, model = firm.offer.differentiation, firm.model
    if declared is None:
        return np.zeros(len(model.world.people), bool)
    first = model.world.relations["first"][:, firm.position].astype(np.int64)
    steps = np.minimum(model.clock - first, firm.watched)
    known = steps * model.spec.months >= declared.judged_after
    return np.asarray(customers_of(model, firm.position) & known)


# ── serve and limit ───────────────────────────────────────────────────────────────────────────


def serve_by_worth(firm: "Firm") -> None:
    """Divide this step's service among customers; what each carries, and meets, is written down."""
    row, own = firm.terms, firm.model.world.dealings[:, firm.position]
    share = firm.offer.differentiation.proportional if firm.offer.differentiation else 0.0
    row["by_worth"] = float(share > 0.0 and row["care"] > 0.0)
    if row["by_worth"]:
        own["care"] = row["care"] * levels(own["worth"], judged(firm) & served(firm), share)


def levels(worth: Amounts, chosen: People, share: float) -> Amounts:
    """(people,) service of each against the mean: that of the ``chosen`` is by their worth.

    Their mean is 1, so that they cost together what they would cost if all were served alike.
    """
    gain = np.maximum(worth, 0.0)
    mean = gain[chosen].mean() if chosen.any() else 0.0
    level = np.ones(len(worth))
    if mean > 0.0:
        level[chosen] = 1.0 - share + share * gain[chosen] / mean
    return level


def served(firm: "Firm") -> People:
    """(people,) those at whom service is aimed, customers or not."""
    relations = firm.model.world.relations[:, firm.position]
    if firm.terms["service_target"] == targets.SELECTED:
        return np.asarray(relations["aims"] & targets.SERVICE > 0)
    return np.ones(len(relations), bool)


# ── stop ──────────────────────────────────────────────────────────────────────────────────────


def stop(firm: "Firm") -> None:
    """End what does not pay; a contract is kept to its end."""
    declared, model = firm.offer.differentiation, firm.model
    if declared is None or declared.stop_below is None:
        return
    w, f = model.world, firm.position
    chosen = judged(firm) & (w.dealings["worth"][:, f] < declared.stop_below)
    if model.spec.has_contracts:
        chosen &= w.people["due"] < 0.5 * model.spec.months
        w.people["provider"][chosen] = NO_FIRM
    w.dealings["stopped"][chosen, f] = model.clock + 1
    w.ledger[f]["stopped"] = np.count_nonzero(chosen)
    rules, relations = model.step_rules.rejection, w.relations[:, f]
    for name in ("trust", "satisfaction"):
        left = rejection.left_of(relations[name][chosen], getattr(rules, name))
        relations[name][chosen] = left

"""How rivals answer: hold, match, adapt, imitate.

What others do is seen as of the end of the last step, so the order of the firms decides nothing.
Before month 0 nobody answers. A policy that is set from outside, by a branch or an intervention,
takes the place of what a firm has come to by itself.
"""

from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from sim.market.firms import SPENT, Firm, profit
from sim.market.stance import Stance, Trial
from sim.market.state import stacked
from sim.scenario.offers import Adapt, Imitate, Match, Policy
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.market.model import Market

MOVE = [("price", "f8"), *((name, "f8") for name in SPENT)]
"""How far a firm's list price, and its money for each instrument in a step, are from those that its
opening stance would have given in the same step."""


def react(market: "Market") -> None:
    """Let firms answer what they saw until the end of the last step, from month 0 on."""
    early = market.month < 0
    stances = [answer(f) if f.is_there and not early else opened(f) for f in market.firms]
    for firm, stance in zip(market.firms, stances, strict=True):
        dearer = stance.price_change != firm.stance.price_change
        firm.stance = stance
        if dearer:
            firm.make_offer()
    market.history.moves.append(moves(market))


def opened(firm: Firm) -> Stance:
    """The stance before month 0, or before the firm is there: what the offer says.

    Later changes are compared to it.
    """
    offer, stance = firm.offer, firm.stance
    if stance.opening is offer.policy and stance.opening_price == firm.asked:
        return stance
    return Stance.of(offer).changed(opening_price=firm.asked)


def answer(firm: Firm) -> Stance:
    """The stance that a firm takes from now on."""
    stance, reaction = obeyed(firm), firm.offer.reaction
    if isinstance(reaction, Match):
        return matched(firm, stance, reaction)
    if isinstance(reaction, Adapt):
        return adapted(firm, stance, reaction)
    if isinstance(reaction, Imitate):
        return imitated(firm, stance, reaction)
    return stance


def obeyed(firm: Firm) -> Stance:
    """The present stance, or the offer's policy where it is another one than before."""
    stance, policy = firm.stance, firm.offer.policy
    if policy is stance.ordered or policy == stance.ordered:
        return stance
    return stance.changed(ordered=policy, policy=policy, trial=None)


def moves(market: "Market") -> np.ndarray:
    """(firms,) what each firm does in this step that it did not do at the opening."""
    table = np.zeros(len(market.firms), MOVE)
    for firm, row in zip(market.firms, table, strict=True):
        if stands_still(firm):
            continue
        row["price"] = firm.terms["price"] - firm.stance.opening_price
        planned, opening = firm.intended(), firm.allotted(firm.stance.opening)
        for name in SPENT:
            row[name] = planned[name] - opening[name]
    return table


def stands_still(firm: Firm) -> bool:
    """Whether a firm does just what it did at the opening."""
    stance = firm.stance
    unmoved = stance.policy is stance.opening and not stance.money_change
    return unmoved and firm.price == stance.opening_price and firm.means == 1.0


def steps(months: int, spec: Scenario) -> int:
    """Steps in so many months, at least one."""
    return max(1, round(months / spec.months))


def earned(market: "Market", width: int) -> np.ndarray:
    """(firms,) profit of the last ``width`` steps, in money."""
    return profit(stacked(market.history.ledgers[-width:])).sum(axis=0)


# ── match ─────────────────────────────────────────────────────────────────────────────────────


def matched(firm: Firm, stance: Stance, reaction: Match) -> Stance:
    """Copy a fraction of how far the focal firm had moved ``lag`` months ago."""
    market = firm.model
    then = market.clock - steps(reaction.lag, market.spec)
    if then < market.spec.warm_up:
        return stance
    seen = market.history.moves[then][market.firm(market.spec.focal).position]
    return stance.changed(
        price_change=reaction.fraction * float(seen["price"]),
        money_change={name: reaction.fraction * float(seen[name]) for name in SPENT},
    )


# ── adapt ─────────────────────────────────────────────────────────────────────────────────────


def adapted(firm: Firm, stance: Stance, reaction: Adapt) -> Stance:
    """Keep the step that was tried if it paid, else take it back; then try the next.

    It paid if the firm earned more than in the latest stretch under the policy before it. After a
    success the next step goes the same way, else another way. Where too few steps were lived to
    compare with, the firm waits.
    """
    market, width = firm.model, steps(reaction.every, firm.model.spec)
    if market.month % width or market.clock - firm.since < width:
        return stance
    now, trial = float(earned(market, width)[firm.position]), stance.trial
    if trial is None:
        return tried(stance.policy, 0, now, stance, reaction.step)
    if now > trial.mark:
        return tried(stance.policy, trial.direction, now, stance, reaction.step)
    return tried(trial.retreat, trial.direction + 1, trial.mark, stance, reaction.step)


def tried(policy: Policy, first: int, mark: float, stance: Stance, step: float) -> Stance:
    """Take the first step from ``policy``, beginning with direction ``first``, that leads on."""
    ways = directions(policy)
    for direction in range(first, first + len(ways)):
        what, sign = ways[direction % len(ways)]
        new = budgeted(policy, sign * step) if what is None else shifted(policy, what, sign * step)
        if new != policy:
            trial = Trial(direction=direction % len(ways), retreat=policy, mark=mark)
            return stance.changed(policy=new, trial=trial)
    return stance.changed(policy=policy, trial=None)


def directions(policy: Policy) -> list[tuple[str | None, int]]:
    """Where a step may lead: more or less money (None), more or less of it for an instrument."""
    return [(what, sign) for what in (None, *sorted(policy.split)) for sign in (1, -1)]


def budgeted(policy: Policy, share: float) -> Policy:
    """The policy with such a share of its budget more, where a budget may be as large as that."""
    ((yardstick, value),) = policy.budget
    try:
        budget = type(policy.budget)(**{yardstick: (1.0 + share) * value})
    except ValidationError:
        return policy
    return policy.model_copy(update={"budget": budget})


def shifted(policy: Policy, instrument: str, points: float) -> Policy:
    """The policy with so many points of the split more for one, the others in proportion."""
    share, others = policy.split[instrument], 1.0 - policy.split[instrument]
    if others <= 0.0:
        return policy
    new = min(1.0, max(0.0, share + points))
    split = {name: part * (1.0 - new) / others for name, part in policy.split.items()}
    return policy.model_copy(update={"split": split | {instrument: new}})


# ── imitate ───────────────────────────────────────────────────────────────────────────────────


def imitated(firm: Firm, stance: Stance, reaction: Imitate) -> Stance:
    """Take over the policy of the firm, oneself included, that earned most in the last months.

    Of others that earned alike it is the last by name, so that their order decides nothing.
    """
    market, width = firm.model, steps(reaction.lag, firm.model.spec)
    if market.month == 0 or market.month % width:
        return stance
    profits = earned(market, width)
    best = max(market.sellers, key=lambda o: (profits[o.position], o is firm, o.name))
    return stance if best is firm else stance.changed(policy=best.stance.policy)

"""Reactions: how a firm answers what others did until the end of the last step."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sim.scenario.offers import Adapt, Imitate, Match, Policy
from tests.reference.books import INSTRUMENTS

if TYPE_CHECKING:
    from tests.reference.firm import Firm
    from tests.reference.model import Reference

Direction = tuple[str | None, int]


@dataclass(frozen=True)
class Trial:
    """A step that is tried: its direction, the policy before it, and what that earned."""

    direction: int
    retreat: Policy
    mark: float


@dataclass(frozen=True)
class Stance:
    """The policy in force, the one at the opening, and what is added to price and money."""

    policy: Policy
    opening: Policy
    opening_price: float
    price_change: float = 0.0
    money_change: dict[str, float] = field(default_factory=lambda: dict.fromkeys(INSTRUMENTS, 0.0))
    trial: Trial | None = None


def react(model: "Reference") -> None:
    """All firms answer at once; before month 0 nobody does."""
    early = model.month < 0
    stances = [answered(f) if f.is_there and not early else opened(f) for f in model.firms]
    for firm, stance in zip(model.firms, stances, strict=True):
        firm.stance = stance
        firm.set_price()
    focal = next(firm for firm in model.firms if firm.name == model.spec.focal)
    own, opening = focal.intended(), focal.allotted(focal.stance.opening)
    moves = {name: (own[name] - opening[name]) * focal.is_there for name in INSTRUMENTS}
    model.moves.append({"price": focal.price - focal.stance.opening_price, **moves})


def opened(firm: "Firm") -> Stance:
    """What the offer says, to which later changes are compared."""
    policy = firm.model.spec.firms[firm.name].policy
    return Stance(policy, policy, firm.asked)


def answered(firm: "Firm") -> Stance:
    """The stance from now on."""
    match firm.reaction:
        case Match():
            return matched(firm, firm.reaction)
        case Adapt():
            return adapted(firm, firm.reaction)
        case Imitate():
            return imitated(firm, firm.reaction)
    return firm.stance


def steps(model: "Reference", months: int) -> int:
    """So many months in steps, at least one."""
    return max(1, round(months / model.months))


def earned(firm: "Firm", width: int) -> float:
    """Profit of the last steps."""
    return sum(ledger.profit for ledger in firm.history[-width:])


def matched(firm: "Firm", reaction: Match) -> Stance:
    """Copy a fraction of how far the focal firm had moved some months ago."""
    model = firm.model
    then = model.clock - steps(model, reaction.lag)
    if then < model.spec.warm_up:
        return firm.stance
    moved = {name: reaction.fraction * value for name, value in model.moves[then].items()}
    return replace(firm.stance, price_change=moved.pop("price"), money_change=moved)


def adapted(firm: "Firm", reaction: Adapt) -> Stance:
    """Keep the step that was tried if it paid, else take it back; try the next."""
    model, stance, trial = firm.model, firm.stance, firm.stance.trial
    width = steps(model, reaction.every)
    if model.month % width or model.clock - firm.since < width:
        return stance
    now = earned(firm, width)
    if trial is None:
        return tried(stance, stance.policy, 0, now, reaction.step)
    if now > trial.mark:
        return tried(stance, stance.policy, trial.direction, now, reaction.step)
    return tried(stance, trial.retreat, trial.direction + 1, trial.mark, reaction.step)


def tried(stance: Stance, policy: Policy, first: int, mark: float, step: float) -> Stance:
    """Take the next step that changes anything."""
    ways: list[Direction] = [(w, s) for w in (None, *sorted(policy.split)) for s in (1, -1)]
    for direction in range(first, first + len(ways)):
        what, sign = ways[direction % len(ways)]
        new = moved_to(policy, what, sign * step)
        if new != policy:
            trial = Trial(direction % len(ways), policy, mark)
            return replace(stance, policy=new, trial=trial)
    return replace(stance, policy=policy, trial=None)


def moved_to(policy: Policy, instrument: str | None, size: float) -> Policy:
    """More or less money, or another share for one instrument, the others in proportion."""
    if instrument is None:
        ((yardstick, value),) = policy.budget
        try:
            budget = type(policy.budget)(**{yardstick: value * (1.0 + size)})
        except ValidationError:
            return policy
        return policy.model_copy(update={"budget": budget})
    share = policy.split[instrument]
    if share >= 1.0:
        return policy
    new = min(1.0, max(0.0, share + size))
    split = {name: part * (1.0 - new) / (1.0 - share) for name, part in policy.split.items()}
    return policy.model_copy(update={"split": {**split, instrument: new}})


def imitated(firm: "Firm", reaction: Imitate) -> Stance:
    """Take over the policy of the firm that earned most, oneself at a draw."""
    model, width = firm.model, steps(firm.model, reaction.lag)
    if model.month == 0 or model.month % width:
        return firm.stance
    profits = {other: earned(other, width) for other in model.firms if other.is_there}
    best = max(profits, key=lambda other: profits[other])
    if profits[firm] == profits[best]:
        return firm.stance
    return replace(firm.stance, policy=best.stance.policy)

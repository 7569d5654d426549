"""What everyone meets in one step, and who is whose customer."""

from typing import NamedTuple

import numpy as np

from sim import draws
from sim.behaviour.rules import Rules
from sim.market.luck import Luck
from sim.market.state import CAME, LEAVING, Table, World
from sim.policy import targets
from sim.policy.service import Service


class Month(NamedTuple):
    """What is the same for everyone in one step."""

    run: draws.Key
    step: int  # absolute, 0 is the first step of the warm-up
    firms: int
    subscription: bool  # one provider at a time, under contract: also in b2b
    pipeline: bool  # b2b: accounts do not switch at once
    months: float  # length of the step
    billing: float  # months between two renewals
    booked_from: int  # step of month 0, the first after the warm-up
    window: int  # steps after which a buyer no longer counts as active
    season: float  # factor on needs
    exit_form: int  # see behaviour/leaving.py
    weak_met: float  # weight of weak ties that are met anew each time
    market_quality: float  # mean quality that all customers met in the last step
    grievances: bool  # whether what came of the last purchase is kept
    amount_shape: float  # gamma shape of the units of one purchase; 0: they are always the same
    rules: Rules
    service: Service  # how service answers to money
    luck: Luck
    channels: Table  # see market/channels.py


def has_dealings(w: World) -> bool:
    """Whether anything is kept that only some markets have between people and firms."""
    return w.dealings.size > 0


def has_ways(w: World) -> bool:
    """Whether people buy in different places."""
    return w.ways.size > 0


def has_lines(w: World) -> bool:
    """Whether any firm sells more than its main product."""
    return w.lines.size > 0


def has_pipeline(m: Month) -> bool:
    """Whether accounts ask for offers and wait for them, rather than switch at once."""
    return m.pipeline


def counted(position: int) -> int:
    """A firm or place as loops count them, not as tables store it.

    What is called with both would be compiled twice.
    """
    return int(np.int64(position))


def is_customer(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is a customer of f as of the last step's end, or has become one since."""
    return belongs(m, w, i, f, m.window)


def is_customer_now(m: Month, w: World, i: int, f: int) -> bool:
    """The same as of the end of this step, by when the window has moved on."""
    return belongs(m, w, i, f, m.window - 1)


def has_business(m: Month, w: World, i: int, f: int) -> bool:
    """Whether a person is f's customer (subscription) or bought from f in this step."""
    return belongs(m, w, i, f, 0)


def belongs(m: Month, w: World, i: int, f: int, steps: int) -> bool:
    """Subscription: i holds f's contract. Repertoire: bought from f at most ``steps`` ago.

    Those with whom the firm has done are nobody's customers there.
    """
    if m.subscription:
        return w.people[i].provider == f and not is_stopped(w, i, f)
    # NEVER is before any window
    return m.step - int(w.relations[i, f].last) <= steps and not is_stopped(w, i, f)


def is_aimed(m: Month, w: World, i: int, f: int, target: int, bit: int) -> bool:
    """Whether firm f aims the instrument of this ``target`` and ``bit`` at person i.

    The relation, which may be far away in memory, is looked at only where it decides.
    """
    if target == targets.NOBODY:
        return False
    belongs = is_customer(m, w, i, f)
    if target == targets.CUSTOMERS:
        return belongs
    relation = w.relations[i, f]
    return targets.is_targeted(target, relation.purchases > 0, belongs, relation.aims & bit > 0)


def regard(m: Month, w: World, i: int, f: int) -> float:
    """What i thinks of f, as utility: by experience, or before it by expectation."""
    relation, rules = w.relations[i, f], m.rules
    opinion = relation.satisfaction if relation.purchases > 0 else relation.expectation
    return (
        rules.satisfaction.weight * (opinion - rules.satisfaction.reference)
        + rules.trust.weight * (relation.trust - rules.trust.start)
        + rules.commitment.weight * relation.commitment
    )


def is_stopped(w: World, i: int, f: int) -> bool:
    """Whether firm f has ended its relationship with i."""
    return has_dealings(w) and w.dealings[i, f].stopped > 0


def is_due(m: Month, months_left: float) -> bool:
    """Whether a contract ends in this step (the nearest one, where steps are not months)."""
    return months_left < 0.5 * m.months


def is_held(m: Month, w: World, i: int, f: int, occasion: int) -> bool:
    """Whether an intervention makes somebody stay who would leave f at this occasion."""
    if w.firms[f].hold <= 0.0:
        return False
    _, _, _, u = draws.four(
        m.run, w.people[i].number, w.firms[f].address, m.step, draws.CONTACT, occasion
    )
    return u < w.firms[f].hold


def leave_the_market(m: Month, w: World, i: int) -> None:
    """The person is gone at the end of the step; firms lose a customer each."""
    w.people[i].present = LEAVING
    w.tally[0].exits += 1
    for f in range(m.firms):
        if is_customer(m, w, i, f):
            w.ledger[f].exited += 1
            w.ledger[f].passed += w.relations[i, f].approach & CAME > 0

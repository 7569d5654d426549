"""Talk: who tells whom, into the boxes that are heard in the next step."""

import math

from sim import draws
from sim.behaviour import word_of_mouth
from sim.market.context import Month, counted, has_dealings, is_customer
from sim.market.network import Ties
from sim.market.state import MOST_HEARD, SURPRISE_UNIT, VERDICT_UNIT, World


def talk(m: Month, w: World, ties: Ties, i: int, f: int) -> None:
    """Buyers (or all customers) tell others, as much and as kindly as their satisfaction is."""
    rules = m.rules.word_of_mouth
    relation = w.relations[i, f]
    bought = relation.purchases > 0 and relation.last == m.step
    if not (bought or (rules.all_customers and is_customer(m, w, i, f))):
        return
    tell(m, w, ties, i, f, 1.0)


def protest(m: Month, w: World, ties: Ties, i: int, f: int) -> None:
    """Those with whom firm f has done in this step tell others of it."""
    if has_dealings(w) and w.dealings[i, f].stopped == m.step + 1:
        tell(m, w, ties, i, f, m.rules.rejection.tells)


def tell(m: Month, w: World, ties: Ties, i: int, f: int, factor: float) -> None:
    """Tell of firm f, a ``factor`` as much as those do who have just bought."""
    rules = m.rules.word_of_mouth
    level, reference = contentment(m, w, i, f)
    mean = factor * word_of_mouth.tellings(level, reference, w.people[i].talkativeness, rules)
    if mean <= 0.0:
        return
    if rules.per_tie:
        tell_each_tie(m, w, ties, i, f, mean)
    else:
        tell_some(m, w, ties, i, f, mean)


def contentment(m: Month, w: World, i: int, f: int) -> tuple[float, float]:
    """What decides how people talk, and the point at which it is neither praise nor blame."""
    relation = w.relations[i, f]
    if m.rules.word_of_mouth.by_disconfirmation:
        return relation.surprise / SURPRISE_UNIT, 0.0
    return relation.satisfaction, m.rules.satisfaction.reference


def tell_some(m: Month, w: World, ties: Ties, i: int, f: int, mean: float) -> None:
    """A Poisson number of messages, each to one tie drawn by weight."""
    number = w.people[i].number
    address = w.firms[f].address
    _, _, u, _ = draws.four(m.run, number, address, m.step, draws.CONTACT, 0)
    for message in range(draws.poisson(u, mean)):
        tie, strong, met, _ = draws.four(m.run, number, address, m.step, draws.MESSAGE, message)
        deliver(m, w, i, f, whom(m, w, ties, i, tie, strong, met))


def tell_each_tie(m: Month, w: World, ties: Ties, i: int, f: int, mean: float) -> None:
    """Each tie hears with probability 1 − e^(−rate), the rates adding up to the mean."""
    begin, end = ties.start[i], ties.start[i + 1]
    before = 0.0
    for position in range(begin, end):
        upto = ties.reach[position] if ties.reach.size else (position - begin + 1) / (end - begin)
        u, _, _, _ = draws.four(
            m.run,
            w.people[i].number,
            w.firms[f].address,
            m.step,
            draws.MESSAGE,
            position - begin,
        )
        if u < 1.0 - math.exp(-mean * (upto - before)):
            deliver(m, w, i, f, counted(ties.tie[position]))
        before = upto


def whom(
    m: Month, w: World, ties: Ties, i: int, u_tie: float, u_strong: float, u_met: float
) -> int:
    """The place that one message goes to, or −1 where there is nobody to tell."""
    if ties.complete:
        return someone_else(u_tie, i, w.people.size)
    begin, count = ties.start[i], ties.start[i + 1] - ties.start[i]
    strength = ties.strength[i] if ties.strength.size else float(count)
    if m.weak_met > 0.0 and u_strong * (strength + m.weak_met) < m.weak_met:
        return someone_else(u_met, i, w.people.size)
    if count == 0:
        return -1
    position = begin + int(u_tie * count)
    if ties.reach.size:
        position = begin
        while ties.reach[position] <= u_tie and position < begin + count - 1:
            position += 1
    return ties.tie[position]


def someone_else(u: float, i: int, size: int) -> int:
    """A place other than i, all equally likely; −1 in a market of one."""
    if size < 2:
        return -1
    place = int(u * (size - 1))
    return place + 1 if place >= i else place


def deliver(m: Month, w: World, i: int, f: int, place: int) -> None:
    """Put a message into another person's box; what waits for the absent, nobody will hear."""
    level, reference = contentment(m, w, i, f)
    praised = word_of_mouth.is_praise(level, reference)
    w.ledger[f].praise += praised
    w.ledger[f].blame += not praised
    if place < 0:
        return
    box = w.relations[place, f]
    if int(box.praise) + int(box.blame) >= MOST_HEARD:
        return
    box.praise += praised
    box.blame += not praised
    box.verdict += int(w.relations[i, f].satisfaction * VERDICT_UNIT + 0.5)

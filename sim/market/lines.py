"""Lines at a bill or purchase: which are given up, which are taken, what they bring.

A firm's lines are a row of the table ``lines``; the first column is its new product, which people
judge by its own quality and not by the firm's. What a customer holds is a bit for each column.
"""

from sim import draws
from sim.behaviour import breadth, choice
from sim.market.context import Month, is_customer_now, regard
from sim.market.state import LAUNCHED, World


def sell_lines(m: Month, w: World, i: int, f: int, occasion: int, units: float) -> float:
    """Go through the lines that a customer needs, at a bill or purchase; the revenue of those held.

    Who buys from the firm for the first time is nobody's customer yet, and buys no more.
    """
    if w.relations[i, f].purchases == 0:
        return 0.0
    pitch(w, i, f)
    revenue = 0.0
    for k in range(w.lines.shape[1]):
        if not is_needed(m, w, i, f, k):
            continue
        w.ledger[f].wallet += units * w.lines[f, k].price
        reconsider(m, w, i, f, k, occasion)
        if is_held(w, i, f, k):
            revenue += bill(w, i, f, k, units)
    return revenue


def is_held(w: World, i: int, f: int, k: int) -> bool:
    """Whether person i holds line k of firm f."""
    return int(w.dealings[i, f].lines) >> k & 1 > 0


def is_needed(m: Month, w: World, i: int, f: int, k: int) -> bool:
    """Whether line k is on sale, and person i one of those who need it."""
    line = w.lines[f, k]
    if line.on_sale == 0:
        return False
    u, _, _, _ = draws.four(m.run, w.people[i].number, line.kind, 0, draws.LINE, 0)
    return u < line.need


def pitch(w: World, i: int, f: int) -> None:
    """Whom a line is left to offer the firm may offer it, for what it spends on each of them."""
    for k in range(w.lines.shape[1]):
        if w.lines[f, k].on_sale > 0 and not is_held(w, i, f, k):
            cost = w.firms[f].cross_sell_cost
            w.ledger[f].pitches += 1
            w.ledger[f].cross_sell += cost
            w.accounts[i, f].profit -= cost
            return


def reconsider(m: Month, w: World, i: int, f: int, k: int, occasion: int) -> None:
    """Give up a line that is held, or take one that comes up."""
    line, deal, rules = w.lines[f, k], w.dealings[i, f], m.rules.breadth
    _, up, take, drop = draws.four(
        m.run, w.people[i].number, line.address, m.step, draws.LINE, occasion
    )
    if is_held(w, i, f, k):
        content = line.quality if k == LAUNCHED else w.relations[i, f].satisfaction
        chance = breadth.chance_of_giving_up(
            content, m.rules.satisfaction.reference, rules.lapse, rules.unhappy
        )
        if drop < chance:
            deal.lines = int(deal.lines) - (1 << k)
            w.ledger[f].given_up += 1
    elif up < breadth.comes_up(
        line.comes_up, w.firms[f].cross_sell, rules.openness
    ) and take < breadth.chance_of_taking(worth(m, w, i, f, k)):
        deal.lines = int(deal.lines) + (1 << k)
        w.ledger[f].taken += 1


def worth(m: Month, w: World, i: int, f: int, k: int) -> float:
    """Utility of meeting a need with line k of firm f, against meeting it elsewhere."""
    line, person = w.lines[f, k], w.people[i]
    return choice.utility(
        line.fit, regard(m, w, i, f), 0.0, person.price_sensitivity, line.price_gap
    )


def bill(w: World, i: int, f: int, k: int, units: float) -> float:
    """Book a line that is held; its revenue."""
    line, entry, account = w.lines[f, k], w.ledger[f], w.accounts[i, f]
    revenue, goods = units * line.price, units * line.unit_cost
    entry.revenue += revenue
    entry.goods += goods
    entry.lines_revenue += revenue
    entry.lines_goods += goods
    if k == LAUNCHED:
        entry.launch_revenue += revenue
        entry.launch_goods += goods
    w.relations[i, f].year_revenue += revenue
    account.revenue += revenue
    account.profit += revenue - goods
    return revenue


def bond(m: Month, w: World, i: int, f: int) -> float:
    """What the lines held add to the utility of their firm."""
    return breadth.bond(lines_held(w, i, f), m.rules.breadth.bond)


def lines_held(w: World, i: int, f: int) -> int:
    """How many lines of firm f person i holds."""
    count = 0
    for k in range(w.lines.shape[1]):
        count += is_held(w, i, f, k)
    return count


def take_stock_of_lines(m: Month, w: World, i: int, f: int) -> None:
    """Count what a customer holds; who is none any more holds nothing."""
    deal, entry = w.dealings[i, f], w.ledger[f]
    if not is_customer_now(m, w, i, f):
        deal.lines = 0
        deal.had_lines = 0
        return
    held = lines_held(w, i, f)
    entry.kept_with_lines += deal.had_lines
    entry.lines_held += held
    entry.with_lines += held > 0
    entry.adopters += is_held(w, i, f, LAUNCHED)
    deal.had_lines = held > 0

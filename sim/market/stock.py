"""Taking stock: what customers are charged, and what is counted at the end of a step."""

from sim.market.approaching import is_accompanied, is_in_touch
from sim.market.channels import charge_channels, count_reachable, has_channels
from sim.market.complaining import count_grievance, count_lost
from sim.market.context import (
    Month,
    has_dealings,
    has_lines,
    is_aimed,
    is_customer,
    is_customer_now,
    is_stopped,
)
from sim.market.lines import take_stock_of_lines
from sim.market.personalising import is_on_file
from sim.market.purchase import serve
from sim.market.state import ADVERTISING, CAME, NEVER, RETURNED, SETTLED, World
from sim.policy import targets

PROMOTER, DETRACTOR = 0.85, 0.65
"""Satisfaction of those who would recommend (9 or 10 of 10) and of those who would not (0 to 6)."""


def anyone_is_cared_for(m: Month, w: World) -> bool:
    """Whether any firm has money for serving, contacting or knowing its customers in this step."""
    for f in range(m.firms):
        firm = w.firms[f]
        if firm.service_target != targets.NOBODY or firm.contact_target != targets.NOBODY:
            return True
        if firm.crm_target != targets.NOBODY:
            return True
    return False


def count_heads(m: Month, w: World, i: int, f: int) -> None:
    """Count whom the firm will serve, contact and know, where it has money for that."""
    if is_customer(m, w, i, f):
        w.ledger[f].heads += is_served(m, w, i, f)
        if has_channels(m, f):
            count_reachable(m, w, i, f)
        else:
            w.ledger[f].in_touch += is_in_touch(m, w, i, f)
        w.ledger[f].on_file += is_on_file(m, w, i, f)


def charge_care(m: Month, w: World, i: int, f: int) -> None:
    """Retention spending is carried by the heads for whom it was spent."""
    if not is_customer(m, w, i, f):
        return
    firm = w.firms[f]
    if firm.care > 0.0 and is_served(m, w, i, f):
        w.accounts[i, f].profit -= w.dealings[i, f].care if firm.by_worth > 0.0 else firm.care
    if has_channels(m, f):
        charge_channels(m, w, i, f)
    elif firm.contact_cost > 0.0 and is_in_touch(m, w, i, f):
        w.accounts[i, f].profit -= firm.contact_cost
    if firm.crm_cost > 0.0 and is_on_file(m, w, i, f):
        w.accounts[i, f].profit -= firm.crm_cost


def is_served(m: Month, w: World, i: int, f: int) -> bool:
    """Whether firm f spends for service on i, who is its customer."""
    return is_aimed(m, w, i, f, w.firms[f].service_target, targets.SERVICE)


def charge_acquisition(m: Month, w: World, i: int, f: int) -> None:
    """Those won by advertising, or won back, in this step share what it cost."""
    relation = w.relations[i, f]
    if relation.first == m.step and relation.first_cue == ADVERTISING:
        account = w.accounts[i, f]
        account.acquisition_cost += w.firms[f].acquisition_cost
        account.profit -= w.firms[f].acquisition_cost
    if relation.approach & (RETURNED + CAME) > 0:
        if relation.approach & RETURNED > 0:
            w.accounts[i, f].profit -= w.firms[f].return_cost
        relation.approach = relation.approach & SETTLED


def take_stock_of_salience(w: World, i: int, f: int) -> None:
    """Add up how well those who stay know the firm."""
    w.ledger[f].salience += w.relations[i, f].salience


def take_stock(m: Month, w: World, i: int, f: int) -> None:
    """Count a buyer, and as a customer of the firm if they are one."""
    relation = w.relations[i, f]
    entry = w.ledger[f]
    entry.buyers += 1
    if has_dealings(w):
        w.dealings[i, f].accompanied = is_accompanied(m, w, i, f)
    if has_lines(w):
        take_stock_of_lines(m, w, i, f)
    lapses = not m.subscription and m.step - relation.last == m.window
    if lapses and not is_stopped(w, i, f):
        entry.lapsed += 1
        count_lost(w, i, f)
    if not is_customer_now(m, w, i, f):
        return
    if m.subscription:
        serve(m, w, i, f, m.months)
    take_stock_of_customer(m, w, i, f)
    if m.rules.referral.bond > 0.0:
        entry.accompanied += w.dealings[i, f].accompanied


def take_stock_of_customer(m: Month, w: World, i: int, f: int) -> None:
    """Sums over customers, and whether this one has paid back."""
    relation = w.relations[i, f]
    account = w.accounts[i, f]
    entry = w.ledger[f]
    satisfaction, trust, commitment = relation.satisfaction, relation.trust, relation.commitment
    loss = account.profit < 0.0
    entry.customers += 1
    entry.promoters += satisfaction >= PROMOTER
    entry.detractors += satisfaction < DETRACTOR
    entry.unprofitable += loss
    count_grievance(w, i, f)
    if has_dealings(w):
        entry.knowledge += w.dealings[i, f].knowledge
    entry.satisfaction += satisfaction
    entry.satisfaction_squared += satisfaction**2
    entry.trust += trust
    entry.trust_squared += trust**2
    entry.commitment += commitment
    entry.commitment_squared += commitment**2
    if account.break_even == NEVER and relation.first >= m.booked_from and not loss:
        account.break_even = m.step

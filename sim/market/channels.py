"""Contacts by channels: whom a firm reaches by which, how often, at what cost.

A channel of a firm is a column of ``m.channels``, shape (rows, firms, channels) or, where no firm
has any, (rows, firms, 0). Who lets a firm use a channel is drawn once and for all; who has asked to
be left alone on it is a bit of ``dealings``.
"""

from typing import TYPE_CHECKING

import numpy as np

from sim import draws
from sim.behaviour.parameter import scale
from sim.market.context import Month, is_customer
from sim.market.state import Table, World
from sim.policy import contact, targets
from sim.scenario.channels import NAMES
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.market.firms import Firm

REACH, WARMTH, WEARINESS, USED, CHANCE, COST, IN_TOUCH = 0, 1, 2, 3, 4, 5, 6
"""Rows: share of people who let the firm use it; factors on what a contact does; whether the firm
has channels at all; chance of a contact in this step; money per head charged in it; heads."""
ROWS = 7

# ── the firm's side ───────────────────────────────────────────────────────────────────────────


def channels_of(spec: Scenario) -> Table:
    """(rows, firms, channels) what firms have declared, before anything is spent."""
    firms = list(spec.firms.values())
    used = any(firm.channels is not None for firm in firms)
    table = np.zeros((ROWS, len(firms), len(NAMES) if used else 0))
    for f, firm in enumerate(firms):
        for name, channel in firm.channels.used.items() if firm.channels else ():
            row = (channel.reach, channel.warmth, channel.weariness)
            table[: len(row), f, NAMES.index(name)] = row
            table[USED, f] = 1.0
    return table


def speak(firm: "Firm", money: float) -> None:
    """Contact: divide the money over the firm's channels; each buys its own chance."""
    table, months = firm.model.channels[:, firm.position], firm.months
    used = firm.offer.channels.used if firm.offer.channels else {}
    parts = sum(channel.part for channel in used.values())
    for name, channel in used.items():
        k = NAMES.index(name)
        heads = float(table[IN_TOUCH, k])
        cost = money * channel.part / parts / heads if heads else 0.0
        bought = contact.contacted(cost / months / channel.dearness, firm.response("contact"))
        table[COST, k], table[CHANCE, k] = cost, scale(bought, "share", months)


def spent_on_channels(firm: "Firm") -> float:
    """Money that contacts by channels have cost in this step."""
    table = firm.model.channels[:, firm.position]
    return float(table[COST] @ table[IN_TOUCH])


# ── the month ─────────────────────────────────────────────────────────────────────────────────


def has_channels(m: Month, f: int) -> bool:
    """Whether firm f contacts people by channels."""
    return m.channels.size > 0 and m.channels[USED, f, 0] > 0.0


def is_reachable(m: Month, w: World, i: int, f: int, k: int) -> bool:
    """Whether i is a customer whom firm f may contact by channel k, and who wants it."""
    if m.channels[REACH, f, k] <= 0.0 or not is_customer(m, w, i, f):
        return False
    if w.dealings[i, f].silenced & (1 << k) > 0:
        return False
    relation, target = w.relations[i, f], w.firms[f].contact_target
    if not targets.is_targeted(target, True, True, relation.aims & targets.CONTACT > 0):
        return False
    _, _, u, _ = draws.four(m.run, w.people[i].number, w.firms[f].address, 0, draws.CHANNEL, k)
    return u < m.channels[REACH, f, k]


def count_reachable(m: Month, w: World, i: int, f: int) -> None:
    """Count on how many channels, and on which, the firm may contact a customer."""
    for k in range(m.channels.shape[2]):
        if is_reachable(m, w, i, f, k):
            m.channels[IN_TOUCH, f, k] += 1.0
            w.ledger[f].in_touch += 1


def charge_channels(m: Month, w: World, i: int, f: int) -> None:
    """What is spent on a channel is carried by those who may be contacted on it."""
    for k in range(m.channels.shape[2]):
        if m.channels[COST, f, k] > 0.0 and is_reachable(m, w, i, f, k):
            w.accounts[i, f].profit -= m.channels[COST, f, k]

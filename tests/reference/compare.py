"""The reference and the market side by side: what of them differs."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.market.firms import Firm as MarketFirm
from sim.market.model import Market
from sim.market.state import (
    COURTED,
    CUES,
    INVITED,
    LEAD,
    LEDGER,
    NO_FIRM,
    NO_STAGE,
    OPEN,
    OPPORTUNITY,
    PRESENT,
    REFERRED,
    RETURNED,
    TALLY,
)
from sim.market.state import NEVER as NEVER_HELD
from sim.policy.targets import BITS
from sim.scenario.channels import NAMES
from tests.reference.adopt import columns
from tests.reference.customer import Customer
from tests.reference.model import Reference
from tests.reference.pipeline import Prospect
from tests.reference.relation import NEVER, Relation

Table = npt.NDArray[Any]
Reader = Callable[[Any], Any]


def position(relation: Relation | None) -> int:
    return NO_FIRM if relation is None else relation.firm.position


def step_held(step: int) -> int:
    return NEVER_HELD if step == NEVER else step


def cue(name: str | None) -> int:
    return CUES.index(name or "walk_in")


def bits(relation: Relation) -> int:
    return (
        INVITED * relation.is_invited
        + OPEN * relation.has_invitation
        + COURTED * relation.has_offer
        + RETURNED * relation.came_back
        + REFERRED * relation.is_referred
    )


def stage(prospect: Prospect | None) -> int:
    if prospect is None:
        return NO_STAGE
    return OPPORTUNITY if prospect.is_offer else LEAD


def field(name: str) -> Reader:
    return lambda owner: getattr(owner, name)


PERSON: dict[str, Reader] = {
    name: field(name)
    for name in (
        "number", "arrived", "group", "basket", "due", "alive", "need_rate", "price_sensitivity",
        "orientation", "talkativeness", "exit_hazard",
    )
} | {
    "provider": lambda customer: position(customer.provider),
    "trial": lambda customer: position(customer.trial),
    "opted_out": lambda customer: sum(
        1 << relation.firm.position for relation in customer.relations if relation.opted_out
    ),
}  # fmt: skip
RELATION: dict[str, Reader] = {
    name: field(name)
    for name in (
        "taste", "fit", "first_expectation", "salience", "expectation", "satisfaction", "trust",
        "commitment", "purchases", "surprise", "this_year", "last_year", "fatigue",
    )
} | {
    "first": lambda relation: step_held(relation.first),
    "last": lambda relation: step_held(relation.last),
    "first_cue": lambda relation: cue(relation.first_cue),
    "last_cue": lambda relation: cue(relation.last_cue),
    "approach": bits,
    "aims": lambda relation: sum(BITS[name] for name in relation.aims),
}  # fmt: skip
DEALING: dict[str, Reader] = {
    name: field(name)
    for name in (
        "points",
        "spent",
        "spent_before",
        "tier",
        "lost",
        "habit",
        "collected",
        "had_lines",
        "knowledge",
    )
} | {
    "member": lambda relation: ("no", "awake", "asleep").index(relation.member),
    "referrer_place": lambda relation: 0 if relation.referrer is None else relation.referrer[0] + 1,
    "referrer": lambda relation: 0 if relation.referrer is None else relation.referrer[1],
    "accompanied": field("is_accompanied"),
    "lines": lambda relation: sum(columns(relation.firm)[name] for name in relation.lines),
    "silenced": lambda relation: sum(1 << NAMES.index(name) for name in relation.silenced),
    "discount": field("discount"),
    "stage": lambda relation: stage(relation.prospect),
}
BOX: dict[str, Reader] = {name: field(name) for name in ("verdict", "praise", "blame")}
"""Messages that wait for those who stay; what waits for those who left, nobody hears."""
ACCOUNT: dict[str, Reader] = {
    "revenue": field("revenue"),
    "profit": field("profit"),
    "acquisition_cost": field("acquisition_cost"),
    "break_even": lambda relation: step_held(relation.break_even),
}
PROSPECT: dict[str, Reader] = {
    "since": lambda relation: relation.prospect.since,
    "ripe": lambda relation: relation.prospect.until,
    "cue": lambda relation: cue(relation.prospect.cue),
}
ROUNDED = ("surprise", "verdict")
"""Amounts that are kept as whole numbers: the last digit of an amount may move them by one."""
LEFT_OVER = (
    "points", "points_outstanding", "points_forfeited", "points_expired", "liability",
)  # fmt: skip
"""Points that are left when rewards are taken away: the last digit is that of what there was."""
EXACT = 1e-9


class Difference(NamedTuple):
    """Something that is not the same: where, for whom, what the reference has and the market."""

    what: str
    whom: tuple[int, ...]
    reference: Any
    market: Any

    def __str__(self) -> str:
        return f"{self.what}{list(self.whom)}: reference {self.reference}, market {self.market}"


def differences(
    reference: Reference, market: Market, tolerance: float = EXACT
) -> Iterator[Difference]:
    """What differs after the step that both have just lived, events exactly, amounts closely."""
    people = [customer for customer in reference.places if customer is not None]
    here = np.flatnonzero(market.world.people["present"] == PRESENT).tolist()
    if [customer.place for customer in people] != here:
        yield Difference("present", (), [customer.place for customer in people], here)
        return
    gone = sorted(reference.leavers, key=lambda leaver: leaver.place)
    freed = market.freed.tolist()
    if [leaver.place for leaver in gone] != freed:
        yield Difference("leavers", (), [leaver.place for leaver in gone], freed)
        return
    yield from of_people(people + gone, market, here + freed, tolerance)
    boxes = market.world.relations[here]
    yield from of_tables(BOX, relations(people), boxes, tolerance, here)
    if market.world.dealings.size:
        dealings = market.world.dealings[here]
        redeemed = market.history.last["points_redeemed"]
        yield from of_tables(DEALING, relations(people), dealings, tolerance, here, redeemed)
    booked = people if market.month == 0 else people + gone  # leavers' books are not opened
    yield from of_tables(
        ACCOUNT, relations(booked), market.world.accounts[places(booked)], tolerance, places(booked)
    )
    yield from of_firms(reference, market, tolerance)


def places(people: list[Customer]) -> list[int]:
    return [customer.place for customer in people]


def relations(people: list[Customer]) -> list[list[Relation]]:
    return [customer.relations for customer in people]


def of_people(
    people: list[Customer], market: Market, rows: list[int], tolerance: float
) -> Iterator[Difference]:
    """Traits, providers, memory."""
    w = market.world
    yield from of_tables(PERSON, people, w.people[rows], tolerance, rows)
    yield from of_tables(RELATION, relations(people), w.relations[rows], tolerance, rows)
    if not w.dealings.size:
        return
    redeemed = market.history.last["points_redeemed"]
    yield from of_tables(DEALING, relations(people), w.dealings[rows], tolerance, rows, redeemed)
    for customer, row in zip(people, rows, strict=True):
        for relation in customer.relations:
            if relation.prospect is not None:
                held = w.dealings[[row], relation.firm.position]
                yield from of_tables(PROSPECT, [relation], held, tolerance, [row])


def of_tables(
    readers: dict[str, Reader], owners: list[Any], table: Table, tolerance: float, rows: list[int],
    redeemed: Any = 0.0,
) -> Iterator[Difference]:  # fmt: skip
    """Fields of a list of objects, or of a list of lists, against a table."""
    for name, read in readers.items():
        found = [
            [read(o) for o in each] if isinstance(each, list) else read(each) for each in owners
        ]
        values = np.array(found).reshape(table.shape)
        if name in ROUNDED and tolerance > EXACT:
            wrong = ~np.isclose(values, table[name].astype(np.int64), rtol=1e-4, atol=1)
        else:
            wrong = unlike(name, values, table[name], tolerance, redeemed)
        for index in np.argwhere(wrong).tolist():
            at = tuple(index)
            yield Difference(name, (rows[at[0]], *at[1:]), values[at], table[name][at])


def column(read: Reader, owner: Any) -> Any:
    """What is read of one object, or of each of a list of them."""
    return [read(each) for each in owner] if isinstance(owner, list) else read(owner)


def unlike(
    name: str, one: Table, other: Table, tolerance: float, redeemed: Any = 0.0
) -> npt.NDArray[np.bool_]:
    """Where whole numbers are not equal, or amounts not close.

    In single precision what is left of points may differ by the last digit of what there was, which
    is at most what there is and all points that the firm has ``redeemed`` in the step.
    """
    if other.dtype.kind != "f":
        return np.asarray(one != other)
    amount = other.astype(np.float64)
    least: Any = tolerance
    if name in LEFT_OVER and tolerance > EXACT:
        least = np.maximum(tolerance, np.spacing((amount + redeemed).astype(np.float32)))
    return ~np.isclose(one, amount, rtol=tolerance, atol=least)


def of_firms(reference: Reference, market: Market, tolerance: float) -> Iterator[Difference]:
    """Ledgers, tallies, and what firms carry over."""
    for ours, theirs in zip(reference.firms, market.firms, strict=True):
        for name in LEDGER.names or ():
            pair = np.array(getattr(ours.ledger, name)), market.history.last[theirs.position][name]
            redeemed = market.history.last[theirs.position]["points_redeemed"]
            if unlike(name, pair[0], np.asarray(pair[1]), tolerance, redeemed):
                yield Difference(f"ledger.{name}", (ours.position,), *pair)
        for name, one, other in carried(ours, theirs):
            if unlike(name, np.array(one), np.array(float(other)), tolerance):
                yield Difference(name, (ours.position,), one, other)
    last = market.history.tallies[-1][0]
    for name in TALLY.names or ():
        if name != "logged" and getattr(reference.tally, name) != last[name]:
            yield Difference(f"tally.{name}", (), getattr(reference.tally, name), last[name])


def carried(ours: Any, theirs: MarketFirm) -> Iterator[tuple[str, float, float]]:
    """What a firm takes from one step to the next."""
    for name, money in theirs.carried.items():
        yield f"carried.{name}", ours.carried[name], money
    for name, money in theirs.waiting.items():
        yield f"waiting.{name}", ours.waiting[name], money
    for name in ("goodwill", "invitations", "successes", "price"):
        yield name, getattr(ours, name), getattr(theirs, name)

"""A reference that goes on from where a market stands."""

from typing import Any

import numpy as np

from sim.market.model import Market
from sim.market.state import (
    COURTED,
    CUES,
    INVITED,
    LEDGER,
    NO_FIRM,
    NO_STAGE,
    OPEN,
    OPPORTUNITY,
    PRESENT,
    REFERRED,
    RETURNED,
)
from sim.market.state import NEVER as NEVER_HELD
from sim.policy.targets import BITS
from sim.scenario.channels import NAMES
from tests.reference.books import INSTRUMENTS, Ledger
from tests.reference.customer import Customer
from tests.reference.firm import Firm
from tests.reference.lines import LAUNCHED, Launch
from tests.reference.model import Reference
from tests.reference.pipeline import Prospect
from tests.reference.reactions import Stance, Trial
from tests.reference.relation import NEVER, Relation

SAME_OF_A_PERSON = (
    "arrived", "group", "due", "basket", "need_rate", "price_sensitivity", "orientation",
    "talkativeness", "exit_hazard",
)  # fmt: skip
SAME_OF_A_RELATION = (
    "salience", "expectation", "satisfaction", "commitment", "purchases", "verdict", "praise",
    "blame", "surprise", "this_year", "last_year", "fatigue",
)  # fmt: skip
SAME_OF_A_DEALING = (
    "points", "spent", "spent_before", "tier", "lost", "habit", "collected", "thanks",
)  # fmt: skip
MEMBER = ("no", "awake", "asleep")
GRIEVANCES = (None, "silent", "righted", "denied")
FLAGS = {
    "is_invited": INVITED,
    "has_invitation": OPEN,
    "has_offer": COURTED,
    "came_back": RETURNED,
    "is_referred": REFERRED,
}


def adopt(reference: Reference, market: Market) -> None:
    """Give a reference, between two steps, the people, firms and past of a market."""
    w = market.world
    for customer in list(reference.customers):
        customer.remove()
    reference.places = [None] * len(reference.places)
    reference.clock = market.clock
    for place in np.flatnonzero(w.people["present"] == PRESENT).tolist():
        reference.places[place] = person(reference, market, place)
    reference.leavers = [person(reference, market, place) for place in market.freed.tolist()]
    for leaver in reference.leavers:
        leaver.remove()
    for ours, theirs in zip(reference.firms, market.firms, strict=True):
        take_over(ours, market, theirs)


def person(reference: Reference, market: Market, place: int) -> Customer:
    """The person at a place."""
    row = market.world.people[place]
    customer = Customer(reference, place, int(row["number"]))
    for name in SAME_OF_A_PERSON:
        setattr(customer, name, row[name].item())
    customer.relations = [relation(firm, market, place) for firm in reference.firms]
    for name in ("provider", "trial"):
        held = int(row[name])
        setattr(customer, name, None if held == NO_FIRM else customer.relations[held])
    return customer


def relation(firm: Firm, market: Market, place: int) -> Relation:
    """What the person at a place and a firm are to each other."""
    row = market.world.relations[place, firm.position]
    account = market.world.accounts[place, firm.position]
    traits = (row[name].item() for name in ("taste", "fit", "first_expectation", "trust"))
    found = Relation(firm, *traits)
    for name in SAME_OF_A_RELATION:
        setattr(found, name, row[name].item())
    dealings = market.world.dealings
    found.knowledge = dealings["knowledge"][place, firm.position].item() if dealings.size else 0.0
    if dealings.size:
        silenced = int(dealings["silenced"][place, firm.position])
        found.silenced = {name for k, name in enumerate(NAMES) if silenced >> k & 1}
    for name, bit in FLAGS.items():
        setattr(found, name, bool(row["approach"] & bit))
    if market.world.dealings.size:
        held = market.world.dealings[place, firm.position]
        found.grievance = GRIEVANCES[held["grievance"]]
    found.opted_out = bool(market.world.people["opted_out"][place] >> firm.position & 1)
    for name in ("first_cue", "last_cue"):
        setattr(found, name, CUES[row[name]] if row[name] else None)
    for name in ("revenue", "profit", "acquisition_cost"):
        setattr(found, name, account[name].item())
    found.first, found.last = step(row["first"]), step(row["last"])
    found.break_even = step(account["break_even"])
    if market.world.dealings.size:
        take_over_dealing(found, market.world.dealings[place, firm.position])
    found.aims = {name for name, bit in BITS.items() if row["aims"] & bit}
    return found


def take_over_dealing(found: Relation, row: Any) -> None:
    """What only some markets have between them."""
    if row["referrer_place"]:
        found.referrer = int(row["referrer_place"]) - 1, int(row["referrer"])
    found.is_accompanied = bool(row["accompanied"])
    for name in SAME_OF_A_DEALING:
        setattr(found, name, row[name].item())
    found.member = MEMBER[row["member"]]
    found.lines = {name for name, bit in columns(found.firm).items() if row["lines"] & bit}
    found.had_lines = bool(row["had_lines"])
    found.discount = float(row["discount"])
    if row["stage"] != NO_STAGE:
        cue = CUES[row["cue"]] if row["cue"] else None
        is_offer = bool(row["stage"] == OPPORTUNITY)
        found.prospect = Prospect(is_offer, float(row["since"]), float(row["ripe"]), cue)


def columns(firm: Firm) -> dict[str, int]:
    """The bit of each line of a firm, the new product first."""
    return {name: 1 << k for k, name in enumerate((LAUNCHED, *firm.declared.lines))}


def step(held: Any) -> int:
    """A step, or NEVER."""
    return NEVER if held == NEVER_HELD else int(held)


def take_over(firm: Firm, market: Market, theirs: Any) -> None:
    """What a firm takes from one step to the next."""
    memory = theirs.memory()
    firm.ledger = ledger(market.history.last[firm.position])
    if theirs.launch:
        firm.launch = Launch(**theirs.launch.memory())
    firm.share = float(theirs.terms["share"])
    firm.asked, firm.charged, firm.usual = (memory[n] for n in ("asked", "charged", "usual"))
    firm.carried, firm.waiting = memory["carried"], memory["waiting"]
    for name in ("goodwill", "invitations", "successes"):
        setattr(firm, name, memory[name])
    if market.history.ledgers:
        firm.history[-1] = firm.ledger
    firm.stance = stance(theirs.stance)


def ledger(row: Any) -> Ledger:
    """A row of the market's ledgers."""
    return Ledger(**{name: row[name].item() for name in LEDGER.names or ()})


def stance(theirs: Any) -> Stance:
    """What a firm's reaction has made of it."""
    trial = theirs.trial and Trial(theirs.trial.direction, theirs.trial.retreat, theirs.trial.mark)
    more = dict.fromkeys(INSTRUMENTS, 0.0) | theirs.money_change
    return Stance(
        theirs.policy, theirs.opening, theirs.opening_price, theirs.price_change, more, trial
    )

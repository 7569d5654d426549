"""How the people of a market are held: tables of fixed rows.

A *person* is one row of ``people``; what a person and a firm are to each other is one row of
``relations``; the money between them is one row of ``accounts``; what only some markets have
between them is one row of ``dealings``, which elsewhere has no rows. Rows are records, so the month
reads ``relation.trust``, and a column of all of them, ``relations["trust"]``, is an array of shape
(size, firms).

Money and counts are float64 and integers; traits and memory are float32, or float64 where the
scenario asks for ``precision: double``.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[Any]

ABSENT, PRESENT, LEAVING = 0, 1, 2
NO_FIRM = -1
BEFORE_THE_RUN = -1
NEVER = -32768
WALK_IN, ADVERTISING, WORD_OF_MOUTH, REFERRAL = 0, 1, 2, 3
CUES = ("walk_in", "advertising", "word_of_mouth", "referral")
SURPRISE_UNIT = 32767.0
VERDICT_UNIT = 65536.0
"""Messages carry satisfaction in units of 1/65536, so that sums do not depend on their order."""
MOST_HEARD = 65535
"""Messages about one firm that a person can take in within a step; the rest goes unheard."""
FATIGUE_UNIT = 65535.0

NO_STAGE, LEAD, OPPORTUNITY = 0, 1, 2
"""What a firm is to an account that is not its customer, see behaviour/pipeline.py."""

INVITED, OPEN, COURTED, RETURNED, CAME = 1, 2, 4, 8, 16
"""Bits of ``approach``: an invitation is under way; it is open; an offer to come back is open; the
person came back on it in this step; the person has become a customer in this step, for the first
time or again."""
SETTLED = 255 - RETURNED - CAME
"""What is left of ``approach`` at the end of the step."""
DECIDED = 255 - OPEN - COURTED
"""What is left of ``approach`` once an occasion has been decided on."""


def person_fields(real: str) -> list[tuple[str, str]]:
    """Fields of a person. ``real`` is ``f4`` or ``f8``."""
    return [
        ("number", "u4"),  # person number, fixed by where and when the person came
        ("arrived", "i2"),  # step
        ("present", "u1"),  # ABSENT, PRESENT or LEAVING at the end of the step
        ("group", "u1"),  # position in the scenario's groups; 0 is nobody's
        ("provider", "i1"),  # subscription: present provider; repertoire: firm last bought from
        ("trial", "i1"),  # firm whose first purchase is given on arrival
        ("opted_out", "u2"),  # a bit for each firm by which the person wants no more contacts
        ("basket", real),  # units at a purchase
        ("due", real),  # months until the contract ends (subscription)
        ("alive", real),  # share of the step before the person leaves (repertoire)
        ("need_rate", real),  # purchase occasions per step
        ("price_sensitivity", real),
        ("orientation", real),  # relational orientation, 0 to 1
        ("talkativeness", real),  # factor on tellings, mean 1
        ("exit_hazard", real),  # per step, per period or per purchase
    ]


def relation_fields(real: str) -> list[tuple[str, str]]:
    """Fields of what one person and one firm are to each other."""
    return [
        ("taste", real),  # utility
        ("fit", real),  # quality added for this person
        ("first_expectation", real),  # expectation on arrival
        ("salience", real),  # 0 to 1
        ("expectation", real),  # 0 to 1
        ("satisfaction", real),  # 0 to 1
        ("trust", real),  # 0 to 1
        ("commitment", real),  # 0 to 1
        ("purchases", "u4"),  # since arrival
        ("verdict", "u4"),  # sum of the tellers' satisfaction in 1/65536
        ("praise", "u2"),  # positive messages waiting to be heard
        ("blame", "u2"),  # negative messages waiting to be heard
        ("year_revenue", "f4"),  # money in the running year
        ("first", "i2"),  # step of the first purchase
        ("last", "i2"),  # step of the last purchase
        ("surprise", "i2"),  # disconfirmation at the last purchase, in 1/32767
        ("this_year", "u2"),  # purchases in the running year
        ("last_year", "u1"),  # purchases in the year before, 255 if more
        ("approach", "u1"),  # bits, see above
        ("fatigue", "u2"),  # weariness of contacts, in 1/65535
        ("first_cue", "u1"),  # what first brought the firm to mind
        ("last_cue", "u1"),
        ("aims", "u1"),  # bits: instruments that have selected the person, see policy/targets.py
    ]


ACCOUNT = np.dtype(
    [
        ("revenue", "f8"),  # money since month 0
        ("profit", "f8"),  # money since month 0, after all that is charged to this customer
        ("acquisition_cost", "f8"),  # share of the acquisition spending of its channel and month
        ("break_even", "i2"),  # step at which profit first reached 0; NEVER
    ],
    align=True,
)
"""The money between one person and one firm."""

DEALING = np.dtype(
    [
        ("points", "f4"),  # of the loyalty programme
        ("since", "f8"),  # b2b: months from the first step to the beginning of the present stage
        ("ripe", "f8"),  # the same to its end
        ("bond", "f4"),  # with the manager who looks after the account, 0 to 1
        ("second_bond", "f4"),  # with the second one
        ("late", "f4"),  # share of its requests that are answered too late
        ("discount", "f8"),  # negotiated, a share of the list price
        ("stage", "u1"),  # NO_STAGE, LEAD or OPPORTUNITY
        ("cue", "u1"),  # what had brought the firm to mind last when the lead was opened
        ("manager", "u1"),  # number of the manager, from 1; 0: nobody
        ("second", "u1"),  # the same of the second one
    ],
    align=True,
)
"""What only some markets have between one person and one firm, see ``wants_dealings``."""

FIRM = np.dtype(
    [
        ("address", "u8"),  # of its draws
        ("price", "f8"),
        ("price_gap", "f8"),  # how dear the price feels, see behaviour/choice.py
        ("save_gap", "f8"),  # the same with the discount of a save offer
        ("win_back_gap", "f8"),  # the same with the discount of an offer to come back
        ("introductory_gap", "f8"),  # the same at the introductory price
        ("unit_cost", "f8"),
        ("cost_to_serve", "f8"),
        ("quality", "f8"),
        ("promise", "f8"),  # what people take it for, see behaviour/promises.py
        ("standing", "f8"),  # appeal minus friction, utility
        ("share", "f8"),  # share of people who were its customers at the end of the last step
        ("pressure", "f8"),  # with which it presses leads, 0 to 1
        ("reach", "f8"),  # chance that a targeted person sees an advertisement
        ("lift", "f8"),  # share of the headroom of quality that service and staff fill
        ("lift_unserved", "f8"),  # the same for those on whom no service is spent
        ("failure", "f8"),  # chance that service fails
        ("failure_unserved", "f8"),  # the same for those on whom no service is spent
        ("complain", "f8"),  # chance that the firm hears of a failure
        ("recover", "f8"),  # chance that a complaint is put right
        ("reward", "f8"),  # in reference prices, as perceived
        ("seen", "f8"),  # share of would-be leavers seen in time
        ("save_discount", "f8"),  # money per unit for a leaver who is seen
        ("win_back_discount", "f8"),  # money per unit for one who comes back on an offer
        ("contact", "f8"),  # chance that a targeted customer is contacted
        ("invite", "f8"),  # chance that a satisfied customer invites somebody
        ("win_back", "f8"),  # chance that a targeted former customer is made an offer
        ("advertising_target", "i8"),  # whom an instrument is aimed at, see policy/targets.py
        ("service_target", "i8"),  # the same of this instrument
        ("loyalty_target", "i8"),  # the same of this instrument
        ("contact_target", "i8"),  # the same of this instrument
        ("introductory_price_target", "i8"),  # the same of this instrument
        ("referral_reward_target", "i8"),  # the same of this instrument
        ("win_back_target", "i8"),  # the same of this instrument
        ("care", "f8"),  # money for service per head charged this step
        ("contact_cost", "f8"),  # money for contacts per head charged this step
        ("hold", "f8"),  # chance that a would-be leaver stays, whatever the reason
        ("reward_cost", "f8"),  # money per rewarded purchase
        ("recovery_cost", "f8"),  # money per complaint
        ("save_cost", "f8"),  # money per would-be leaver
        ("introductory_cost", "f8"),  # money per first purchase at the introductory price
        ("referral_cost", "f8"),  # money per invitation that led to a purchase
        ("acquisition_cost", "f8"),  # money per customer won by advertising this step
        ("return_cost", "f8"),  # money per customer won back by an offer this step
    ],
    align=True,
)
"""What a firm is to the month: its offer and the terms of its instruments."""

LEDGER = np.dtype(
    [
        ("customers", "i8"),  # at the end of the step (repertoire: active within the window)
        ("buyers", "i8"),  # people present who ever bought
        ("heads", "i8"),  # customers charged for service, after exits
        ("in_touch", "i8"),  # customers charged for contacts, after exits
        ("acquired", "i8"),
        ("acquired_advertising", "i8"),
        ("acquired_word_of_mouth", "i8"),
        ("acquired_referral", "i8"),
        ("reactivated", "i8"),
        ("switched", "i8"),
        ("left", "i8"),
        ("exited", "i8"),
        ("lapsed", "i8"),
        ("passed", "i8"),  # of the exited, those who had become customers in this step
        ("purchases", "i8"),
        ("rewarded", "i8"),
        ("would_leave", "i8"),
        ("saved", "i8"),
        ("introduced", "i8"),  # first purchases of those at whom an introductory price is aimed
        ("contacts", "i8"),
        ("opt_outs", "i8"),
        ("willing", "i8"),  # customers who would invite somebody
        ("invitations", "i8"),
        ("referred", "i8"),  # invitations that led to a purchase
        ("courted", "i8"),  # offers to come back
        ("won_back", "i8"),  # of these, accepted
        ("failures", "i8"),
        ("complaints", "i8"),
        ("recovered", "i8"),
        ("praise", "i8"),
        ("blame", "i8"),
        ("promoters", "i8"),
        ("detractors", "i8"),
        ("unprofitable", "i8"),
        ("ties", "i8"),  # with partners, and of these in this step:
        ("breaches", "i8"),
        ("shortages", "i8"),
        ("replaced", "i8"),
        ("leads", "i8"),  # opened
        ("leads_advertising", "i8"),  # of these, by what had brought the firm to mind last
        ("leads_word_of_mouth", "i8"),
        ("leads_referral", "i8"),
        ("leads_closed", "i8"),  # that became opportunities, or nothing
        ("opportunities", "i8"),
        ("opportunities_closed", "i8"),  # that became deals, or nothing
        ("deals", "i8"),
        ("deals_advertising", "i8"),  # of these, by the cue of the lead
        ("deals_word_of_mouth", "i8"),
        ("deals_referral", "i8"),
        ("managers", "i8"),
        ("managers_left", "i8"),
        ("units", "f8"),
        ("revenue", "f8"),
        ("goods", "f8"),
        ("serving", "f8"),
        ("quality", "f8"),  # sum over purchases
        ("clipped", "f8"),  # quality cut off at 0 and 1, absolute sum over purchases
        ("satisfaction", "f8"),  # sums over customers, and of squares
        ("satisfaction_squared", "f8"),
        ("trust", "f8"),
        ("trust_squared", "f8"),
        ("commitment", "f8"),
        ("commitment_squared", "f8"),
        ("salience", "f8"),  # sum over all people
        ("advertising", "f8"),  # money by instrument
        ("service", "f8"),
        ("recovery", "f8"),
        ("loyalty", "f8"),
        ("save", "f8"),
        ("introductory_price", "f8"),
        ("referral_reward", "f8"),
        ("contact", "f8"),
        ("win_back", "f8"),
        ("staff", "f8"),
        ("automation", "f8"),
        ("hospitality", "f8"),
        ("discounts", "f8"),  # money let off in negotiations
        ("wages", "f8"),
        ("fixed_cost", "f8"),
        ("partnering", "f8"),  # money for finding partners and signing with them
        ("tie_trust", "f8"),  # sums over ties
        ("tie_commitment", "f8"),
        ("cooperation", "f8"),
        ("unallocated", "f8"),  # spending waiting for a customer won or won back
        ("employed", "f8"),  # heads of staff
        ("skill", "f8"),  # sums over them
        ("morale", "f8"),
        ("quit", "f8"),  # of these, who left in the step
        ("calls", "f8"),  # contacts that the help desk had to answer
        ("late", "f8"),  # of these, answered too late
        ("queued", "f8"),  # those of steps in which not more came than could be served
        ("waited", "f8"),  # hours that these waited
        ("lead_months", "f8"),  # sums over leads and opportunities closed, as such
        ("opportunity_months", "f8"),
        ("looked_after", "f8"),  # accounts of managers, and sums over them:
        ("bond", "f8"),
        ("neglected", "f8"),  # shares of requests answered too late
        ("at_risk", "f8"),  # bonds with the manager with whom there are most
    ],
    align=True,
)
"""One firm's counts and sums of one step."""

TALLY = np.dtype(
    [("present", "i8"), ("exits", "i8"), ("occasions", "i8"), ("lost", "i8"), ("logged", "i8")]
)
"""Counts of the whole market in one step; ``lost`` are occasions at which nobody came to mind."""

PURCHASE = np.dtype(
    [
        ("person", "u4"),
        ("step", "i4"),
        ("firm", "i4"),
        ("first", "?"),
        ("units", "f8"),
        ("revenue", "f8"),
    ],
    align=True,
)
"""One purchase of the log."""


class World(NamedTuple):
    """The tables that one month reads and writes."""

    people: Table  # (size,)
    relations: Table  # (size, firms)
    accounts: Table  # (size, firms)
    dealings: Table  # (size, firms) DEALING; (0, firms) where no mechanism of the scenario asks
    firms: Table  # (firms,) FIRM
    ledger: Table  # (firms,) LEDGER
    tally: Table  # (1,) TALLY
    switching: Table  # (firms + 1, firms) utility lost by going from one to another; last row: none
    log: Table  # (most purchases of this step,) PURCHASE; empty: nothing is logged


def as_held(value: float, precision: str) -> float:
    """A number as the tables hold it, for what their numbers may be exactly equal to."""
    return value if precision == "double" else float(np.float32(value))


def empty_world(size: int, firms: int, precision: str, dealings: bool = False) -> World:
    """Return the tables of a market in which nobody is present yet."""
    real = "f8" if precision == "double" else "f4"
    relation = np.dtype(relation_fields(real), align=True)
    relations, accounts = side_by_side((size, firms), relation)
    return World(
        people=np.zeros(size, np.dtype(person_fields(real), align=True)),
        relations=relations,
        accounts=accounts,
        dealings=np.zeros((size if dealings else 0, firms), DEALING),
        firms=np.zeros(firms, FIRM),
        ledger=np.zeros(firms, LEDGER),
        tally=np.zeros(1, TALLY),
        switching=np.zeros((firms + 1, firms)),
        log=np.zeros(0, PURCHASE),
    )


def side_by_side(shape: tuple[int, ...], relation: np.dtype[Any]) -> tuple[Table, Table]:
    """Empty relations and accounts of this shape, each account in memory next to its relation.

    A purchase touches both, and what lies together is fetched together.
    """
    rows = np.zeros(shape, np.dtype([("relation", relation), ("account", ACCOUNT)], align=True))
    return rows["relation"], rows["account"]


def with_dealings(world: World) -> World:
    """The same tables, with empty dealings."""
    return world._replace(dealings=np.zeros(world.relations.shape, DEALING))


def copied(world: World) -> World:
    """A copy of all tables."""
    relations, accounts = side_by_side(world.relations.shape, world.relations.dtype)
    relations[:], accounts[:] = world.relations, world.accounts
    apart = {"relations": relations, "accounts": accounts}
    return World(**{n: apart[n] if n in apart else t.copy() for n, t in world._asdict().items()})


LOTS = 12
"""Bytes of a person's luck of one step, see ``luck.cast_lots``."""


def bytes_per_person(firms: int, precision: str, dealings: bool = False) -> int:
    """Bytes that one person takes, the lots of a step included and the network apart."""
    world = empty_world(1, firms, precision, dealings)
    return sum(int(table.nbytes) for table in world[:4]) + LOTS

"""How the people of a market are held: tables of fixed rows.

A *person* is one row of ``people``; what a person and a firm are to each other is one row of
``relations``; the money between them is one row of ``accounts``; what only some markets have
between them is one row of ``dealings``, which elsewhere has no rows. Rows are records, so the month
reads ``relation.trust``, and a column of all of them, ``relations["trust"]``, is an array of shape
(size, firms).

Money and counts are float64 and integers; traits and memory are float32, or float64 where the
scenario asks for ``precision: double``.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.scenario.programme import MOST_TIERS

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
MASTERY = 65535.0
"""A full habit, as it is held."""
NO_MEMBER, AWAKE, SLEEPING = 0, 1, 2
LAUNCHED = 0
"""Column of a firm's new product among its lines."""

NO_STAGE, LEAD, OPPORTUNITY = 0, 1, 2
"""What a firm is to an account that is not its customer, see behaviour/pipeline.py."""

INVITED, OPEN, COURTED, RETURNED, CAME, REFERRED = 1, 2, 4, 8, 16, 32
"""Bits of ``approach``: an invitation is under way; it is open; an offer to come back is open; the
person came back on it in this step; the person has become a customer in this step, for the first
time or again; the first purchase followed an invitation."""
NO_GRIEVANCE, SILENT, RIGHTED, DENIED = 0, 1, 2, 3
"""What came of the last purchase: nothing failed; a failure the firm did not hear of; one that was
put right; one that was complained of and was not."""
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
        ("care", "f8"),  # money for service in this step, where it goes by worth
        ("worth", "f8"),  # money a month of late
        ("counted", "f8"),  # money brought to date of which worth knows
        ("knowledge", "f8"),  # how well the firm's picture of the person fits, 0 to 1
        ("since", "f8"),  # b2b: months from the first step to the beginning of the present stage
        ("ripe", "f8"),  # the same to its end
        ("discount", "f8"),  # negotiated, a share of the list price
        ("bond", "f4"),  # with the manager who looks after the account, 0 to 1
        ("second_bond", "f4"),  # with the second one
        ("late", "f4"),  # share of its requests that are answered too late
        ("points", "f4"),  # of the loyalty programme, not redeemed yet
        ("spent", "f4"),  # money for which points were collected in the running period
        ("spent_before", "f4"),  # the same in the period before
        ("lost", "f4"),  # worth of lost status that is still felt, utility
        ("referrer", "u4"),  # number of the person who invited last
        ("referrer_place", "i4"),  # where that person is, counted from 1; 0: nobody invited
        ("collected", "i2"),  # step of the last purchase with points
        ("thanks", "u2"),  # people who bought on this person's invitation, not credited yet
        ("habit", "u2"),  # of buying, in 1/65535
        ("lines", "u2"),  # a bit for each line of the firm that is held
        ("stopped", "i2"),  # one more than the step in which the firm ended it; 0: it did not
        ("member", "u1"),  # NO_MEMBER, AWAKE or SLEEPING
        ("tier", "u1"),  # 0: none
        ("accompanied", "u1"),  # whether who referred is a customer, at the end of the last step
        ("had_lines", "u1"),  # whether any was held at the end of the last step
        ("grievance", "u1"),  # what came of the last purchase
        ("way", "u1"),  # the person's way to the product: a row of ``ways``
        ("silenced", "u1"),  # a bit for each channel by which the person wants no more contacts
        ("stage", "u1"),  # NO_STAGE, LEAD or OPPORTUNITY
        ("cue", "u1"),  # what had brought the firm to mind last when the lead was opened
        ("manager", "u1"),  # number of the manager, from 1; 0: nobody
        ("second", "u1"),  # the same of the second one
    ],
    align=True,
)
"""What only some markets have between one person and one firm, see ``wants_dealings``."""

LINE = np.dtype(
    [
        ("address", "u8"),  # of its draws
        ("kind", "u8"),  # address of its name, by which people need it or not
        ("on_sale", "u1"),
        ("price", "f8"),
        ("price_gap", "f8"),  # how dear it feels against elsewhere, see behaviour/choice.py
        ("unit_cost", "f8"),
        ("need", "f8"),  # share of people who need it
        ("fit", "f8"),  # with the main product, utility
        ("comes_up", "f8"),  # chance that it comes up by itself
        ("quality", "f8"),  # of a new product
    ],
    align=True,
)
"""What a firm sells beside its main product, as the month reads it."""

FIRM = np.dtype(
    [
        ("address", "u8"),  # of its draws
        ("there", "?"),  # whether it is in the market
        ("price", "f8"),
        ("price_gap", "f8"),  # how dear the price feels, see behaviour/choice.py
        ("save_gap", "f8"),  # the same with the discount of a save offer
        ("win_back_gap", "f8"),  # the same with the discount of an offer to come back
        ("introductory_gap", "f8"),  # the same at the introductory price
        ("invited_relief", "f8"),  # what the reward of the invited adds to it, see terms.py
        ("unit_cost", "f8"),
        ("cost_to_serve", "f8"),
        ("relating", "f8"),  # cost of the level of the relationship, like that to serve
        ("bond", "f8"),  # share of the missing commitment that the level opens
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
        ("lost", "f8"),  # chance that a would-be buyer is lost on the way
        ("by_worth", "f8"),  # 1 where care, lift and failure are each customer's own, else 0
        ("complain", "f8"),  # chance of a complaint, see behaviour/complaints.py
        ("asks", "f8"),  # share of failures not complained of that the firm finds out
        ("recover", "f8"),  # chance that a complaint is put right
        ("reward", "f8"),  # in reference prices, as perceived
        ("seen", "f8"),  # share of would-be leavers seen in time
        ("save_discount", "f8"),  # money per unit for a leaver who is seen
        ("win_back_discount", "f8"),  # money per unit for one who comes back on an offer
        ("contact", "f8"),  # chance that a targeted customer is contacted
        ("invite", "f8"),  # chance that a satisfied customer invites somebody
        ("win_back", "f8"),  # chance that a targeted former customer is made an offer
        ("cross_sell", "f8"),  # chance that a customer is offered a line
        ("advertising_target", "i8"),  # whom an instrument is aimed at, see policy/targets.py
        ("service_target", "i8"),  # the same of this instrument
        ("loyalty_target", "i8"),  # the same of this instrument
        ("contact_target", "i8"),  # the same of this instrument
        ("introductory_price_target", "i8"),  # the same of this instrument
        ("referral_reward_target", "i8"),  # the same of this instrument
        ("win_back_target", "i8"),  # the same of this instrument
        ("crm_target", "i8"),  # the same of this instrument
        ("care", "f8"),  # money for service per head charged this step
        ("contact_cost", "f8"),  # money for contacts per head charged this step
        ("crm_cost", "f8"),  # money for knowledge of customers per head charged this step
        ("collected", "f8"),  # share of what customers show that is written down
        ("personalisation", "f8"),  # how far it goes by its picture of a customer
        ("careful", "i8"),  # 1: no further than it knows them
        ("hold", "f8"),  # chance that a would-be leaver stays, whatever the reason
        ("reward_cost", "f8"),  # money per rewarded purchase
        ("recovery_cost", "f8"),  # money per complaint
        ("save_cost", "f8"),  # money per would-be leaver
        ("cross_sell_cost", "f8"),  # money per bill or purchase with lines left to offer
        ("introductory_cost", "f8"),  # money per first purchase at the introductory price
        ("referral_cost", "f8"),  # money per invitation that led to a purchase
        ("acquisition_cost", "f8"),  # money per customer won by advertising this step
        ("return_cost", "f8"),  # money per customer won back by an offer this step
    ],
    align=True,
)
"""What a firm is to the month: its offer and the terms of its instruments."""

PROGRAMME = np.dtype(
    [
        ("points", "f8"),  # for a unit of money that a member spends; 0: there is no programme
        ("earned", "f8"),  # worth of the points of a unit bought, in reference prices
        ("reward_points", "f8"),  # that a reward takes
        ("reward_cost", "f8"),  # money per reward
        ("enrolment_cost", "f8"),  # money per member who joins
        ("upkeep", "f8"),  # money per member this step
        ("welcome", "f8"),  # points for joining
        ("app", "f8"),  # points more for taking the app
        ("app_share", "f8"),  # share of those who join who take it
        ("referral", "f8"),  # points for an invitation that led to a purchase
        ("promoted_share", "f8"),  # share of purchases with a promoted product
        ("promoted_points", "f8"),  # factor on the points of these
        ("expiry", "f8"),  # months without collecting after which points expire
        ("period", "f8"),  # months
        ("at_once", "?"),  # rewards are given with the purchase by which points suffice
    ],
    align=True,
)
"""What a firm's loyalty programme is to the month."""

TIER = np.dtype(
    [
        ("spend", "f8"),  # money in the running period and the one before from which it is held
        ("points", "f8"),  # factor
        ("worth", "f8"),  # utility
        ("bond", "f8"),  # share of the missing commitment
    ],
    align=True,
)
"""A tier of a loyalty programme."""

WAY = np.dtype(
    [
        ("available", "f8"),  # chance that the product is there at an occasion
        ("service", "f8"),  # quality added to what people meet, or taken from it
        ("margin", "f8"),  # share of the price that goes to who sells
    ],
    align=True,
)
"""A way to a firm's product: a row for each firm's direct sale, then one for each distributor."""

LEDGER = np.dtype(
    [
        ("customers", "i8"),  # at the end of the step (repertoire: active within the window)
        ("buyers", "i8"),  # people present who ever bought
        ("heads", "i8"),  # customers charged for service, after exits
        ("in_touch", "i8"),  # customers charged for contacts, after exits
        ("on_file", "i8"),  # customers charged for knowledge of them, after exits
        ("acquired", "i8"),
        ("acquired_advertising", "i8"),
        ("acquired_word_of_mouth", "i8"),
        ("acquired_referral", "i8"),
        ("reactivated", "i8"),
        ("switched", "i8"),
        ("left", "i8"),
        ("exited", "i8"),
        ("lapsed", "i8"),
        ("stopped", "i8"),
        ("missed", "i8"),  # occasions at which the firm came to mind and its product was not there
        ("lost_on_the_way", "i8"),  # who would have bought
        ("passed", "i8"),  # of the exited, those who had become customers in this step
        ("purchases", "i8"),
        ("rewarded", "i8"),
        ("enrolled", "i8"),  # customers who joined the loyalty programme
        ("members", "i8"),  # at the end of the step, and those of them who collected lately
        ("active_members", "i8"),
        ("would_leave", "i8"),
        ("saved", "i8"),
        ("introduced", "i8"),  # first purchases of those at whom an introductory price is aimed
        ("contacts", "i8"),
        ("opt_outs", "i8"),
        ("crept_out", "i8"),  # purchases and contacts at which data were used too far
        ("willing", "i8"),  # customers who would invite somebody
        ("invitations", "i8"),
        ("referred", "i8"),  # invitations that led to a purchase
        ("accompanied", "i8"),  # customers whom another one, who is still there, has referred
        ("courted", "i8"),  # offers to come back
        ("won_back", "i8"),  # of these, accepted
        ("failures", "i8"),
        ("complaints", "i8"),
        ("recovered", "i8"),
        ("silent", "i8"),  # customers by what came of their last purchase
        ("righted", "i8"),
        ("denied", "i8"),
        ("lost_silent", "i8"),  # of these, who switched, left or lapsed
        ("lost_righted", "i8"),
        ("lost_denied", "i8"),
        ("praise", "i8"),
        ("blame", "i8"),
        ("promoters", "i8"),
        ("detractors", "i8"),
        ("unprofitable", "i8"),
        ("pitches", "i8"),  # bills and purchases at which lines were left to offer
        ("taken", "i8"),  # lines
        ("given_up", "i8"),  # lines, by those who bought or were billed
        ("lines_held", "i8"),  # sum over customers
        ("with_lines", "i8"),  # customers who hold any
        ("kept_with_lines", "i8"),  # of those of the last step, who are customers still
        ("adopters", "i8"),  # customers who hold the new product
        ("withdrawn", "i8"),  # new products
        ("ties", "i8"),  # with partners, and of these in this step:
        ("breaches", "i8"),
        ("shortages", "i8"),
        ("replaced", "i8"),
        ("invested", "i8"),  # whether somebody lends to it
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
        ("margins", "f8"),  # money for distributors
        ("serving", "f8"),
        ("relating", "f8"),
        ("quality", "f8"),  # sum over purchases
        ("lines_revenue", "f8"),  # part of revenue
        ("lines_goods", "f8"),  # part of goods
        ("wallet", "f8"),  # revenue of lines if all that is needed were held
        ("launch_revenue", "f8"),  # parts of these, of the new product
        ("launch_goods", "f8"),
        ("clipped", "f8"),  # quality cut off at 0 and 1, absolute sum over purchases
        ("satisfaction", "f8"),  # sums over customers, and of squares
        ("satisfaction_squared", "f8"),
        ("trust", "f8"),
        ("trust_squared", "f8"),
        ("commitment", "f8"),
        ("commitment_squared", "f8"),
        ("salience", "f8"),  # sum over all people
        ("knowledge", "f8"),  # sum over customers
        ("relevance", "f8"),  # sum over purchases
        ("advertising", "f8"),  # money by instrument
        ("service", "f8"),
        ("recovery", "f8"),
        ("loyalty", "f8"),
        ("save", "f8"),
        ("introductory_price", "f8"),
        ("referral_reward", "f8"),
        ("contact", "f8"),
        ("crm", "f8"),
        ("win_back", "f8"),
        ("cross_sell", "f8"),
        ("staff", "f8"),
        ("distributors", "f8"),
        ("automation", "f8"),
        ("integration", "f8"),
        ("hospitality", "f8"),
        ("discounts", "f8"),  # money let off in negotiations
        ("wages", "f8"),
        ("fixed_cost", "f8"),
        ("launching", "f8"),  # money for the new product, before and after it is there
        ("voices", "f8"),  # what was heard for it
        ("partnering", "f8"),  # money for finding partners and signing with them
        ("programme", "f8"),  # money for rewards, enrolment and upkeep of members
        ("liability", "f8"),  # money that the rewards for all points outstanding would cost
        ("points_earned", "f8"),
        ("points_redeemed", "f8"),
        ("points_expired", "f8"),
        ("points_forfeited", "f8"),  # by members who left the category
        ("points_outstanding", "f8"),  # at the end of the step
        ("interest", "f8"),
        ("fees", "f8"),  # of the money for advertising, what agencies keep
        ("cost_of_capital", "f8"),  # rate per month
        ("distribution", "f8"),  # mean chance, over people, that the product is there
        ("tie_trust", "f8"),  # sums over ties
        ("tie_commitment", "f8"),
        ("cooperation", "f8"),
        ("unallocated", "f8"),  # spending waiting for a customer won or won back
        ("employed", "f8"),  # heads of staff
        ("skill", "f8"),  # sums over them
        ("morale", "f8"),
        ("quit", "f8"),  # of these, who left in the step
        ("integrated", "f8"),  # share of friction between departments that is gone
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
    programmes: Table  # (firms,) PROGRAMME
    tiers: Table  # (firms, MOST_TIERS + 1) TIER; first that of members without a tier
    ways: Table  # (firms + distributors,) WAY; (0,) where every product is always there
    log: Table  # (most purchases of this step,) PURCHASE; empty: nothing is logged
    lines: Table  # (firms, 1 + most lines) LINE, new products first; (firms, 0) where none is sold


def stacked(tables: Sequence[Table]) -> Table:
    """(tables, rows) tables of one kind and length, at least one, as one.

    They are moved as plain bytes, because NumPy compares wide tables field by field: two
    milliseconds for a year.
    """
    kind = tables[0].dtype
    return np.stack([table.view(f"V{kind.itemsize}") for table in tables]).view(kind)


def duplicate(table: Table) -> Table:
    """A copy of a table, made of plain bytes like :func:`stacked`."""
    return table.view(np.uint8).copy().view(table.dtype)


def clear(*tables: Table) -> None:
    """Set all numbers of tables to 0 (as plain bytes: NumPy goes through wide tables by field)."""
    for table in tables:
        table.view(np.uint8)[:] = 0


class Row:
    """One row of a table, read and written by the names of its fields.

    NumPy's own rows do the same, and take half a microsecond for each field of a wide table.
    """

    __slots__ = ("position", "table")

    def __init__(self, table: Table, position: int) -> None:
        self.table = table
        self.position = position

    def __getitem__(self, field: str) -> Any:
        """The number in a field."""
        return self.table[field].item(self.position)

    def __setitem__(self, field: str, value: float) -> None:
        """Write a number into a field."""
        self.table[field][self.position] = value


def as_held(value: float, precision: str) -> float:
    """A number as the tables hold it, for what their numbers may be exactly equal to."""
    return value if precision == "double" else float(np.float32(value))


def empty_world(size: int, firms: int, precision: str, dealings: bool = False) -> World:
    """Return the tables of a market in which nobody is present yet, and which has no lines."""
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
        programmes=np.zeros(firms, PROGRAMME),
        tiers=np.zeros((firms, MOST_TIERS + 1), TIER),
        ways=np.zeros(0, WAY),
        log=np.zeros(0, PURCHASE),
        lines=no_lines(firms),
    )


def side_by_side(shape: tuple[int, ...], relation: np.dtype[Any]) -> tuple[Table, Table]:
    """Empty relations and accounts of this shape, each account in memory next to its relation.

    A purchase touches both, and what lies together is fetched together.
    """
    rows = np.zeros(shape, np.dtype([("relation", relation), ("account", ACCOUNT)], align=True))
    return rows["relation"], rows["account"]


def no_lines(firms: int, columns: int = 0) -> Table:
    """A table of lines of which none is on sale."""
    return np.zeros((firms, columns), LINE)


def with_dealings(world: World) -> World:
    """The same tables, with empty dealings."""
    dealings = np.zeros(world.relations.shape, DEALING)
    dealings["counted"] = world.accounts["profit"] + world.accounts["acquisition_cost"]
    return world._replace(dealings=dealings)


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

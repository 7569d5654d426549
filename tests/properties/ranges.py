"""Ranges of all state, and where measures are defined."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.market.state import CUES, LEAVING, MOST_HEARD, NEVER, NO_FIRM, PRESENT
from sim.policy.targets import NOBODY
from sim.scenario.programme import MOST_TIERS
from tests.properties.life import Life

Range = tuple[float, float]
ANY: Range = (-1e300, 1e300)
MONEY: Range = (0.0, 1e300)
SHARE: Range = (0.0, 1.0)
NUMBER: Range = (-1e38, 1e38)  # float32 holds it


def of_people(market: Market) -> Mapping[str, Range]:
    """Of a person's columns."""
    months, firms = market.spec.months, len(market.firms)
    return {
        "number": (0, 2**32 - 1),
        "arrived": (0, market.clock),
        "present": (PRESENT, LEAVING),
        "group": (0, len(market.spec.groups)),
        "provider": (NO_FIRM, firms - 1),
        "opted_out": (0, 2**firms - 1),
        "trial": (NO_FIRM, firms - 1),
        "basket": (0, 1e9),
        "due": (-market.clock * months - 1, market.spec.billing_months + months),
        "alive": SHARE,
        "need_rate": (0, 500 * months * (1 + 1e-6)),
        "price_sensitivity": (0, 1e9),
        "orientation": SHARE,
        "talkativeness": (0, 100),
        "exit_hazard": (0, 100),
    }


def of_relations(market: Market) -> Mapping[str, Range]:
    """Of what a person and a firm are to each other."""
    last = market.clock - 1
    memory = ("first_expectation", "salience", "expectation", "satisfaction", "trust", "commitment")
    return {
        **dict.fromkeys(memory, SHARE),
        "taste": NUMBER,
        "fit": NUMBER,
        "purchases": (0, 2**32 - 1),
        "verdict": (0, 65536 * MOST_HEARD),
        "praise": (0, MOST_HEARD),
        "blame": (0, MOST_HEARD),
        "year_revenue": (0, 1e38),
        "first": (NEVER, last),
        "last": (NEVER, last),
        "surprise": (-32767, 32767),
        "this_year": (0, 65535),
        "last_year": (0, 255),
        "approach": (0, 47),
        "fatigue": (0, 65535),
        "first_cue": (0, len(CUES) - 1),
        "last_cue": (0, len(CUES) - 1),
        "aims": (0, 255),
    }


def of_accounts(market: Market) -> Mapping[str, Range]:
    """Of the money between a person and a firm."""
    return {
        "revenue": MONEY,
        "profit": ANY,
        "acquisition_cost": MONEY,
        "break_even": (NEVER, market.clock - 1),
    }


def of_firms(market: Market) -> Mapping[str, Range]:
    """Of what a firm is to the month."""
    names = market.world.firms.dtype.names or ()
    gaps = {name: ANY for name in names if name.endswith("_gap")}
    targets = {name: (0.0, float(NOBODY)) for name in names if name.endswith("_target")}
    chances = (
        "quality", "promise", "pressure", "share", "reach", "lift", "lift_unserved", "failure",
        "failure_unserved", "by_worth", "lost", "complain", "asks", "recover", "seen", "contact",
        "invite", "win_back", "hold", "cross_sell", "collected", "personalisation", "careful",
        "bond",
    )  # fmt: skip
    money = (
        "price", "unit_cost", "cost_to_serve", "relating", "save_discount", "win_back_discount",
        "care", "contact_cost", "crm_cost", "reward_cost", "recovery_cost", "save_cost",
        "introductory_cost", "referral_cost", "acquisition_cost", "return_cost", "cross_sell_cost",
    )  # fmt: skip
    return {
        "address": (0, 2**64),
        "there": (0, 1),
        "invited_relief": ANY,
        "standing": (-100, 100),
        "reward": (0, 10),
        **gaps,
        **targets,
        **dict.fromkeys(chances, SHARE),
        **dict.fromkeys(money, MONEY),
    }


def of_dealings(market: Market) -> Mapping[str, Range]:
    """Of what only some markets have between a person and a firm."""
    last = market.clock - 1
    shares = ("knowledge", "discount", "bond", "second_bond", "late")
    return {
        **dict.fromkeys(("points", "spent", "spent_before"), (0, 1e38)),
        **dict.fromkeys(("worth", "counted"), ANY),
        **dict.fromkeys(("since", "ripe", "care"), (0, 1e38)),
        **dict.fromkeys(shares, SHARE),
        "lines": (0, 2**9 - 1),
        "had_lines": (0, 1),
        "stopped": (0, market.clock),
        "grievance": (0, 3),
        "way": (0, max(0, len(market.world.ways) - 1)),
        "silenced": (0, 2**5 - 1),
        "stage": (0, 2),
        "cue": (0, len(CUES) - 1),
        "manager": (0, 255),
        "second": (0, 255),
        "lost": (0, 51),
        "referrer": (0, 2**32 - 1),
        "referrer_place": (0, market.world.people.size),
        "accompanied": (0, 1),
        "collected": (0, last),
        "thanks": (0, 65535),
        "habit": (0, 65535),
        "member": (0, 2),
        "tier": (0, MOST_TIERS),
    }


RANGES: dict[str, Callable[[Market], Mapping[str, Range]]] = {
    "people": of_people,
    "relations": of_relations,
    "accounts": of_accounts,
    "firms": of_firms,
    "dealings": of_dealings,
}


def may_be_below_0(measure: str) -> bool:
    """Whether a measure may be negative."""
    return measure in (
        "contribution", "profit", "cash", "npv", "customer_equity", "net_promoter", "launch_profit",
        "firm_value", "relevance",
    )  # fmt: skip


def where_grieved(life: Life) -> dict[str, npt.NDArray[np.bool_]]:
    """Where somebody could go by what came of the last purchase; nowhere if it is not kept."""
    ledger, history = life.ledger, life.market.history
    before = np.vstack([history.opening[None], ledger[:-1]])
    kinds = ("silent", "righted", "denied")
    content = before["customers"] - sum(before[kind] for kind in kinds)
    where = {f"leaving_{kind}": before[kind] > 0 for kind in kinds}
    return {**where, "leaving_content": (content > 0) & life.market.spec.record.grievances}


def ended_points(life: Life) -> npt.NDArray[np.float64]:
    """(steps, firms) points that came to an end since month 0."""
    booked = (np.arange(len(life.ledger)) >= life.market.spec.warm_up)[:, None]
    ways = ("points_redeemed", "points_expired", "points_forfeited")
    ended = sum(life.ledger[name] for name in ways)
    return np.asarray(np.cumsum(booked * ended, axis=0))


def defined(life: Life) -> dict[str, npt.NDArray[np.bool_]]:
    """(months, firms) where each measure that may be undefined is defined, by its name.

    The equity of customers and the retention of a year are left to their own tests.
    """
    warm_up, ledger = life.market.spec.warm_up, life.ledger
    before = np.vstack([life.market.history.opening["customers"], ledger["customers"][:-1]])
    lost = ("switched", "left", "lapsed", "exited", "stopped")
    kept = before - sum(ledger[name] for name in lost)
    kept = kept + ledger["passed"]
    people = life.tally["present"] - life.tally["exits"]
    year = STEPS_A_YEAR[life.market.spec.step]
    ends = (np.arange(len(ledger)) - warm_up + 1) % year == 0
    always = np.ones(ledger.shape, bool)
    of_customers = (
        "satisfaction", "trust", "commitment", "net_promoter", "unprofitable", "knowledge",
        "satisfaction_sd", "trust_sd", "commitment_sd",
    )  # fmt: skip
    where = {
        **dict.fromkeys(of_customers, ledger["customers"] > 0),
        **dict.fromkeys(("skill", "morale", "turnover"), ledger["employed"] > 0),
        "breadth": ledger["customers"] > 0,
        "share_of_wallet": ledger["wallet"] > 0,
        "retention_with_lines": np.vstack([ledger["with_lines"][:1] * 0, ledger["with_lines"][:-1]])
        > 0,
        "late": ledger["calls"] > 0,
        "lead_days": ledger["leads_closed"] > 0,
        "opportunity_days": ledger["opportunities_closed"] > 0,
        **dict.fromkeys(("bond", "late_for_accounts"), ledger["looked_after"] > 0),
        "revenue_at_risk": ledger["managers"] > 0,
        "response_time": ledger["queued"] > 0,
        "breakage": ended_points(life) > 0,
        **where_grieved(life),
        **dict.fromkeys(("tie_trust", "tie_commitment", "cooperation"), ledger["ties"] > 0),
        "cost_of_capital": ledger["invested"] > 0,
        "clipped": ledger["purchases"] > 0,
        "relevance": ledger["purchases"] > 0,
        "cost_per_customer_won": ledger["acquired"] > 0,
        "cost_per_customer_kept": kept > 0,
        "retention": before > 0,
        "true_exit": before > 0,
        "market_share": always & (ledger["revenue"].sum(axis=1) > 0)[:, None],
        "salience": always & (people > 0)[:, None],
        "penetration": always & (ends & (people > 0))[:, None],
    }
    of_a_year = (
        "frequency",
        "share_of_requirements",
        "repeat_rate",
        "main_firm",
        "top_fifth_revenue",
    )
    yearly = life.run.firms
    found = {name: values[warm_up:] for name, values in where.items()}
    for name in of_a_year:  # who bought in a year is known no more: at least nothing in between
        there = ~np.isnan(yearly[name].to_numpy(float)).reshape(-1, ledger.shape[1])
        found[name] = there & ends[warm_up:, None]
    return found

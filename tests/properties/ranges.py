"""Ranges of all state, and where measures are defined."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.market.state import CUES, LEAVING, MOST_HEARD, NEVER, NO_FIRM, PRESENT
from sim.policy.targets import NOBODY
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
        "approach": (0, 15),
        "fatigue": (0, 65535),
        "first_cue": (0, len(CUES) - 1),
        "last_cue": (0, len(CUES) - 1),
        "aims": (0, 127),
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
        "failure_unserved", "complain", "recover", "seen", "contact", "invite", "win_back",
        "hold",
    )  # fmt: skip
    money = (
        "price", "unit_cost", "cost_to_serve", "save_discount", "win_back_discount", "care",
        "contact_cost", "reward_cost", "recovery_cost", "save_cost", "introductory_cost",
        "referral_cost", "acquisition_cost", "return_cost",
    )  # fmt: skip
    return {
        "address": (0, 2**64),
        "standing": (-100, 100),
        "reward": (0, 10),
        **gaps,
        **targets,
        **dict.fromkeys(chances, SHARE),
        **dict.fromkeys(money, MONEY),
    }


RANGES: dict[str, Callable[[Market], Mapping[str, Range]]] = {
    "people": of_people,
    "relations": of_relations,
    "accounts": of_accounts,
    "firms": of_firms,
}


def may_be_below_0(measure: str) -> bool:
    """Whether a measure may be negative."""
    return measure in (
        "contribution", "profit", "cash", "npv", "customer_equity", "net_promoter",
    )  # fmt: skip


def defined(life: Life) -> dict[str, npt.NDArray[np.bool_]]:
    """(months, firms) where each measure that may be undefined is defined, by its name.

    The equity of customers and the retention of a year are left to their own tests.
    """
    warm_up, ledger = life.market.spec.warm_up, life.ledger
    before = np.vstack([life.market.history.opening["customers"], ledger["customers"][:-1]])
    kept = before - sum(ledger[name] for name in ("switched", "left", "lapsed", "exited"))
    kept = kept + ledger["passed"]
    people = life.tally["present"] - life.tally["exits"]
    year = STEPS_A_YEAR[life.market.spec.step]
    ends = (np.arange(len(ledger)) - warm_up + 1) % year == 0
    always = np.ones(ledger.shape, bool)
    of_customers = (
        "satisfaction", "trust", "commitment", "net_promoter", "unprofitable",
        "satisfaction_sd", "trust_sd", "commitment_sd",
    )  # fmt: skip
    where = {
        **dict.fromkeys(of_customers, ledger["customers"] > 0),
        **dict.fromkeys(("skill", "morale", "turnover"), ledger["employed"] > 0),
        "late": ledger["calls"] > 0,
        "lead_days": ledger["leads_closed"] > 0,
        "opportunity_days": ledger["opportunities_closed"] > 0,
        **dict.fromkeys(("bond", "late_for_accounts"), ledger["looked_after"] > 0),
        "revenue_at_risk": ledger["managers"] > 0,
        "response_time": ledger["queued"] > 0,
        **dict.fromkeys(("tie_trust", "tie_commitment", "cooperation"), ledger["ties"] > 0),
        "clipped": ledger["purchases"] > 0,
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

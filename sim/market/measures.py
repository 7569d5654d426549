"""Measures: from ledgers to the tables of a run. Words and units are in ``definitions.py``."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.behaviour.pipeline import DAYS_A_MONTH
from sim.market.definitions import CUSTOMER, FIRM_MONTH, TRANSACTION
from sim.market.firms import SPENT, profit
from sim.market.history import STEPS_A_YEAR
from sim.market.state import CUES, NEVER, NO_MEMBER, PRESENT, REFERRED, stacked
from sim.policy.instruments import INSTRUMENTS

if TYPE_CHECKING:
    import pandas as pd

    from sim.market.model import Market

Values = npt.NDArray[Any]
WON = [name for name in SPENT if INSTRUMENTS[name].side == "acquisition"]
KEPT = [name for name in SPENT if INSTRUMENTS[name].side == "retention"]
FOUNDED = [name for name in SPENT if INSTRUMENTS[name].side == "foundations"]
YEARLY = (
    "penetration", "frequency", "share_of_requirements", "repeat_rate", "main_firm",
    "top_fifth_revenue",
)  # fmt: skip
LEAST_COST = 1e-6
"""Cost of capital, a month, below which money is free and no value can be told from it."""
GRIEVANCES = ("silent", "righted", "denied")
LOST = tuple(f"lost_{name}" for name in GRIEVANCES)
COUNTED = (
    "customers", "acquired", "reactivated", "switched", "left", "lapsed", "exited", "stopped",
    "purchases", "units", "revenue", "goods", "serving", "relating", *SPENT, "discounts", "wages",
    "fixed_cost", "partnering", "praise", "blame", "failures", "complaints", "recovered",
    *GRIEVANCES, *LOST,
    "would_leave", "saved", "introduced", "contacts", "opt_outs", "crept_out", "invitations",
    "referred", "courted", "won_back", "calls",
    "accompanied",
    "lost_on_the_way", "integrated",
    "programme", "enrolled", "members", "active_members", "points_earned", "points_redeemed",
    "points_expired", "points_forfeited", "points_outstanding", "liability",
    "lines_revenue", "lines_goods", "taken", "given_up", "with_lines",
    "launching", "adopters", "withdrawn", "voices",
    "margins", "distribution", "missed", "fees", "interest",
    "unallocated", "ties", "breaches", "shortages", "replaced", "leads", "leads_closed",
    "opportunities", "opportunities_closed", "deals", "managers_left",
)  # fmt: skip


def firm_months(market: "Market") -> "pd.DataFrame":
    """One row per firm and booked step, columns as in ``definitions.FIRM_MONTH``."""
    import pandas as pd

    ledger = market.history.ledger()
    booked = slice(market.spec.warm_up, None)
    columns = {n: values[booked] for n, values in measured(market, ledger).items()}
    months, firms = columns["customers"].shape
    names = np.array(list(market.spec.firms), object)
    frame = {
        "month": np.repeat(np.arange(months), firms),
        "firm": np.tile(names, months),
        **{name: values.reshape(-1) for name, values in columns.items()},
    }
    return pd.DataFrame(frame)[list(FIRM_MONTH)]


def measured(market: "Market", ledger: Values) -> dict[str, Values]:
    """Every measure as a (steps, firms) array, the warm-up included."""
    out: dict[str, Values] = {name: ledger[name] for name in COUNTED}
    out |= of_acquisition(ledger) | of_customers(ledger) | of_money(market, ledger)
    out |= of_staff(ledger) | of_ties(ledger) | of_lines(ledger) | of_accounts(ledger)
    out["breakage"] = breakage(market, ledger)
    out |= of_retention(ledger, market.history.opening)
    out |= of_grievances(ledger, market.history.opening, market.spec.record.grievances)
    out["retention_year"] = trailing(out["retention"], market, np.prod)
    out |= of_years(market, ledger.shape)
    out["customer_equity"] = customer_equity(market, out)
    out |= of_capital(market, ledger)
    return out


def of_acquisition(ledger: Values) -> dict[str, Values]:
    """Acquired customers by first cue, and what one cost."""
    by_cue = {cue: ledger[f"acquired_{cue}"] for cue in CUES[1:]}
    return {
        **{f"acquired_by_{cue}": acquired for cue, acquired in by_cue.items()},
        "acquired_walk_in": ledger["acquired"] - sum(by_cue.values()),
        "cost_per_customer_won": ratio(sum_of(ledger, WON), ledger["acquired"]),
    }


def of_retention(ledger: Values, opening: Values) -> dict[str, Values]:
    """Customers lost and kept, against those of the month before."""
    lost = sum_of(ledger, ["switched", "left", "lapsed", "exited", "stopped"])
    before = a_step_before(ledger, opening)["customers"]
    kept = before - (lost - ledger["passed"])
    return {
        "lost": lost,
        "kept": kept,
        "retention": ratio(kept, before),
        "true_exit": ratio(ledger["exited"] - ledger["passed"], before),
        "cost_per_customer_kept": ratio(sum_of(ledger, [*KEPT, "programme"]), kept),
    }


def of_grievances(ledger: Values, opening: Values, kept: bool) -> dict[str, Values]:
    """Share of customers who went, by what came of their last purchase; nothing if not ``kept``."""
    before = a_step_before(ledger, opening)
    content = (before["customers"] - sum_of(before, list(GRIEVANCES))) * kept
    gone = sum_of(ledger, ["switched", "left", "lapsed"]) - sum_of(ledger, list(LOST))
    rates = {f"leaving_{n}": ratio(ledger[f"lost_{n}"], before[n]) for n in GRIEVANCES}
    return rates | {"leaving_content": ratio(gone, content)}


def a_step_before(ledger: Values, opening: Values) -> Values:
    """(steps, firms) the ledger of the step before each, what was there at the start first."""
    before = np.empty_like(ledger)
    before[:1], before[1:] = opening, ledger[:-1]
    return before


def of_customers(ledger: Values) -> dict[str, Values]:
    """What customers think, on average."""
    count = ledger["customers"]
    out = {}
    for name in ("satisfaction", "trust", "commitment"):
        mean = ratio(ledger[name], count)
        variance = ratio(ledger[f"{name}_squared"], count) - mean**2
        out[name], out[f"{name}_sd"] = mean, np.sqrt(np.maximum(variance, 0.0))
    out["net_promoter"] = ratio(ledger["promoters"] - ledger["detractors"], count)
    out["unprofitable"] = ratio(ledger["unprofitable"], count)
    out["knowledge"] = ratio(ledger["knowledge"], count)
    for name in ("clipped", "relevance"):
        out[name] = ratio(ledger[name], ledger["purchases"])
    return out


def of_staff(ledger: Values) -> dict[str, Values]:
    """What staff are able and willing to do, how many left, how long one waits for an answer."""
    heads = ledger["employed"]
    return {
        "skill": ratio(ledger["skill"], heads),
        "morale": ratio(ledger["morale"], heads),
        "turnover": ratio(ledger["quit"], heads),
        "late": ratio(ledger["late"], ledger["calls"]),
        "response_time": ratio(ledger["waited"], ledger["queued"]),
    }


def of_lines(ledger: Values) -> dict[str, Values]:
    """How many lines customers hold, whether these stay, what a new product has brought."""
    before = np.vstack([np.zeros_like(ledger["with_lines"][:1]), ledger["with_lines"][:-1]])
    return {
        "breadth": ratio(ledger["lines_held"], ledger["customers"]),
        "share_of_wallet": ratio(ledger["lines_revenue"], ledger["wallet"]),
        "retention_with_lines": ratio(ledger["kept_with_lines"], before),
        "launch_profit": ledger["launch_revenue"] - ledger["launch_goods"] - ledger["launching"],
    }


def of_accounts(ledger: Values) -> dict[str, Values]:
    """How business accounts went through the pipeline, and how close they are to managers."""
    managed, days = ledger["looked_after"], DAYS_A_MONTH
    by_cue = {
        f"{what}_by_{cue}": ledger[f"{what}_{cue}"]
        for what in ("leads", "deals")
        for cue in CUES[1:]
    }
    return by_cue | {
        "lead_days": ratio(days * ledger["lead_months"], ledger["leads_closed"]),
        "opportunity_days": ratio(
            days * ledger["opportunity_months"], ledger["opportunities_closed"]
        ),
        "bond": ratio(ledger["bond"], managed),
        "late_for_accounts": ratio(ledger["neglected"], managed),
        "revenue_at_risk": np.where(ledger["managers"] > 0, ledger["at_risk"], np.nan),
    }


def of_ties(ledger: Values) -> dict[str, Values]:
    """How firms stand with their partners, on average."""
    sums = ("tie_trust", "tie_commitment", "cooperation")
    return {name: ratio(ledger[name], ledger["ties"]) for name in sums}


def breakage(market: "Market", ledger: Values) -> Values:
    """Of the points that came to an end since month 0, the share that brought no reward."""
    booked = np.where(np.arange(len(ledger)) >= market.spec.warm_up, 1.0, 0.0)[:, None]
    unused = np.cumsum(booked * sum_of(ledger, ["points_expired", "points_forfeited"]), axis=0)
    return ratio(unused, unused + np.cumsum(booked * ledger["points_redeemed"], axis=0))


def of_money(market: "Market", ledger: Values) -> dict[str, Values]:
    """Profit and its parts; cash and present value start at month 0."""
    spec = market.spec
    earned = profit(ledger)
    steps = np.arange(len(ledger)) - spec.warm_up
    factor = (1.0 + spec.discount_rate) ** (-np.maximum(steps, 0) * spec.months)
    booked = np.where(steps >= 0, 1.0, 0.0)[:, None] * earned
    tally, spent = market.history.tally(), sum_of(ledger, list(SPENT))
    return {
        "spending": spent,
        "contribution": contribution(ledger),
        "profit": earned,
        "cash": np.cumsum(booked, axis=0),
        "npv": np.cumsum(booked * factor[:, None], axis=0),
        "outlay": np.cumsum(np.where(steps >= 0, factor, 0.0)[:, None] * spent, axis=0),
        "market_share": ratio(ledger["revenue"], of_all(ledger["revenue"])),
        "salience": ratio(ledger["salience"], (tally["present"] - tally["exits"])[:, None]),
    }


def contribution(ledger: Values) -> Values:
    """Profit before what it cost to win customers, and what none of them causes."""
    nobodys = sum_of(ledger, ["fixed_cost", "partnering", "launching", "interest"])
    founded = sum_of(ledger, [*FOUNDED, "wages"])
    return np.asarray(profit(ledger) + sum_of(ledger, WON) + nobodys + founded)


def of_capital(market: "Market", ledger: Values) -> dict[str, Values]:
    """What capital costs a firm, and what its cash flow, discounted at that, is worth."""
    cost = ratio(ledger["cost_of_capital"], ledger["invested"])
    flow = trailing(profit(ledger) + ledger["interest"], market, np.mean) / market.spec.months
    felt = np.where(cost >= LEAST_COST, cost, 0.0)
    return {"cost_of_capital": cost, "firm_value": ratio(flow, felt)}


def of_years(market: "Market", shape: tuple[int, ...]) -> dict[str, Values]:
    """Measures of whole years, in the last month of each; not a number in between."""
    out = {name: np.full(shape, np.nan) for name in YEARLY}
    position = {name: f for f, name in enumerate(market.spec.firms)}
    for row in market.history.years:
        for name in YEARLY:
            out[name][row["month"] + market.spec.warm_up, position[row["firm"]]] = row[name]
    return out


def customer_equity(market: "Market", measures: dict[str, Values]) -> Values:
    """Customers × contribution per customer of the trailing year × 1 / (1 + i − r)."""
    interest = (1.0 + market.spec.discount_rate) ** 12 - 1.0
    average = trailing(measures["customers"].astype(float), market, np.mean)
    yearly = ratio(trailing(measures["contribution"], market, np.sum), average)
    if market.spec.has_contracts:
        kept = measures["retention_year"]
    else:
        kept = filled_forward(measures["repeat_rate"])
    horizon = 1.0 + interest - kept
    equity = measures["customers"] * yearly / np.where(horizon > 0, horizon, np.nan)
    return np.asarray(equity)


def equity_seen(market: "Market") -> Values:
    """(firms,) customer equity at the end of the last step, as far as it is defined."""
    width, past = STEPS_A_YEAR[market.spec.step], market.history.ledgers
    if len(past) < width:
        return np.full(len(market.firms), np.nan)
    ledger = stacked(past[-width:])
    opening = past[-width - 1] if len(past) > width else market.history.opening
    kept = of_retention(ledger, opening)["retention"]
    latest = {row["firm"]: row["repeat_rate"] for row in market.history.years}
    repeated = np.array([latest.get(name, np.nan) for name in market.spec.firms])
    measures = {
        "customers": ledger["customers"],
        "contribution": contribution(ledger),
        "retention_year": trailing(kept, market, np.prod),
        "repeat_rate": np.tile(repeated, (width, 1)),
    }
    return np.asarray(customer_equity(market, measures)[-1])


def trailing(values: Values, market: "Market", how: Any) -> Values:
    """``how`` over the last twelve months at each step; not a number before there are twelve."""
    width = STEPS_A_YEAR[market.spec.step]
    out = np.full(values.shape, np.nan)
    if len(values) >= width:
        windows = np.lib.stride_tricks.sliding_window_view(values, width, axis=0)
        out[width - 1 :] = how(windows, axis=-1)
    return out


def filled_forward(values: Values) -> Values:
    """Each missing value replaced by the last one before it."""
    known = np.where(np.isnan(values), 0, np.arange(len(values))[:, None])
    return np.asarray(np.take_along_axis(values, np.maximum.accumulate(known, axis=0), axis=0))


def sum_of(ledger: Values, names: list[str]) -> Values:
    """Sum of some columns of a ledger."""
    return np.asarray(sum(ledger[name] for name in names))


def of_all(values: Values) -> Values:
    """(steps, 1) sum over firms, smallest first, so that the order of the firms decides nothing."""
    return np.asarray(np.sort(values, axis=1).sum(axis=1, keepdims=True))


def ratio(part: Values, whole: Values) -> Values:
    """``part / whole``, not a number where the whole is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole != 0, part / np.where(whole != 0, whole, 1), np.nan))


def customer_table(market: "Market", month: int | None = None) -> "pd.DataFrame":
    """One row per person and firm from which the person ever bought.

    Args:
        market: the market.
        month: a month of ``record.customers_at``; None is now, those who left since month 0
            included.

    Raises:
        KeyError: a month whose table was not kept.
    """
    import pandas as pd

    history, w = market.history, market.world
    if month is None:
        parts = [*history.departed, w[:4]]
    elif month in history.kept:
        parts = [history.kept[month]]
    else:
        raise KeyError(
            f"the customers of month {month} were not kept; ask for them by record.customers_at"
        )
    frames = [customer_rows(market, *part) for part in parts]
    table: pd.DataFrame = pd.concat(frames, ignore_index=True)[list(CUSTOMER)]
    return table


def customer_rows(
    market: "Market", people: Values, relations: Values, accounts: Values, dealings: Values
) -> Any:
    """The rows of one part of that table."""
    import pandas as pd

    here, firm = np.nonzero((relations["purchases"] > 0) & (people["present"] > 0)[:, None])
    who, relation, account = people[here], relations[here, firm], accounts[here, firm]
    names, groups = np.array(list(market.spec.firms)), np.array(["", *market.spec.groups])
    cues = np.array(CUES)
    columns = {
        "person": who["number"],
        "firm": names[firm],
        "present": who["present"] == PRESENT,
        "group": groups[who["group"]],
        "arrived": who["arrived"].astype(np.int64) - market.spec.warm_up,
        "first": relation["first"].astype(np.int64) - market.spec.warm_up,
        "last": relation["last"].astype(np.int64) - market.spec.warm_up,
        "break_even": month_or_none(account["break_even"], market.spec.warm_up),
        "first_cue": cues[relation["first_cue"]],
        "last_cue": cues[relation["last_cue"]],
        "referred": relation["approach"] & REFERRED > 0,
    }
    for name in ("revenue", "profit", "acquisition_cost"):
        columns[name] = account[name]
    dealing = dealings[here, firm] if dealings.size else np.zeros(len(here), dealings.dtype)
    columns["member"] = dealing["member"] != NO_MEMBER
    for name in ("points", "tier"):
        columns[name] = dealing[name]
    for name in ("purchases", "satisfaction", "trust", "commitment", "expectation", "salience"):
        columns[name] = relation[name]
    held = dealings[here, firm]["lines"] if dealings.size else np.zeros(len(here), np.uint16)
    columns["lines"] = np.bitwise_count(held)
    return pd.DataFrame(columns)


def month_or_none(steps: Values, warm_up: int) -> Values:
    """Months of these steps, not a number where the step never came."""
    return np.where(steps == NEVER, np.nan, steps.astype(float) - warm_up)


def transaction_table(market: "Market") -> "pd.DataFrame":
    """One row per purchase since month 0, in order of time and place.

    Raises:
        LookupError: purchases were not asked for.
    """
    import pandas as pd

    if not market.spec.record.transactions:
        raise LookupError("purchases were not kept; set record.transactions to true and run again")
    log = np.concatenate(market.history.purchases) if market.history.purchases else None
    if log is None:
        return pd.DataFrame(columns=list(TRANSACTION))
    names = np.array(list(market.spec.firms))
    columns = {name: log[name] for name in ("person", "first", "units", "revenue")}
    columns["month"] = log["step"] - market.spec.warm_up
    columns["firm"] = names[log["firm"]]
    return pd.DataFrame(columns)[list(TRANSACTION)]


def drift(market: "Market", tolerance: float = 0.02) -> "pd.DataFrame":
    """Whether the warm-up had settled: its last twelve steps against the twelve before.

    One row per firm: relative change of customers and of mean satisfaction, and whether both are
    within ``tolerance``. Reported, never acted on; empty if the warm-up is shorter than 24 steps.
    """
    import pandas as pd

    end = market.spec.warm_up
    ledger = market.history.ledger()[:end]
    if end < 24 or len(ledger) < end:
        return pd.DataFrame(columns=["firm", "customers", "satisfaction", "settled"])
    levels = {
        "customers": ledger["customers"].astype(float),
        "satisfaction": ratio(ledger["satisfaction"], ledger["customers"]),
    }
    change = {n: ratio(v[-12:].mean(0), v[-24:-12].mean(0)) - 1.0 for n, v in levels.items()}
    settled = np.all([np.abs(v) < tolerance for v in change.values()], axis=0)
    return pd.DataFrame({"firm": list(market.spec.firms), **change, "settled": settled})

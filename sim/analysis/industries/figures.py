"""Figures of an industry's market as it stands: those by which a strategist would know it.

Each is taken from one run of a preset, over all of its firms; one that stands for everybody else
is none of them.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sim.market.run import Run, run

if TYPE_CHECKING:
    import pandas as pd

YEAR = 12
COHORT = 36
"""Months, from month 0 on, in which those are won whose stay is followed."""
ELSEWHERE = "elsewhere"
"""A firm of this name is where people go who buy from no firm of the industry."""


@cache
def lived(industry: str, replication: int) -> Run:
    """A preset lived to its horizon; once a process, because every figure asks for it."""
    return run(f"sim:industries/{industry}", replication=replication)


def kept(one: Run) -> float:
    """Share of customers kept over the last year; repertoire: buyers who buy in the next year."""
    measure = "retention_year" if one.market.spec.has_contracts else "repeat_rate"
    return by_customers(one, measure)


def cost_of_winning(one: Run) -> float:
    """Acquisition spending for a customer won, new or back, in months of a customer's revenue."""
    table = months(one).sum(numeric_only=True)
    spent = table["advertising"] + table["introductory_price"] + table["referral_reward"]
    won = table["acquired"] + table["reactivated"]
    return float(spent / won / (table["revenue"] / table["customers"]))


def margin(one: Run) -> float:
    """Profit of the last year, as a share of its revenue."""
    table = months(one)
    year = table[table["month"] > table["month"].max() - YEAR].sum(numeric_only=True)
    return float(year["profit"] / year["revenue"])


def top_fifth(one: Run) -> float:
    """Share of a firm's revenue of the last year that comes from the fifth who buy most."""
    return by_customers(one, "top_fifth_revenue")


def top_fifth_profit(one: Run) -> float:
    """Profit that the fifth of customers who brought most brought, for each unit of all profit."""
    table = customers(one)
    profit = np.sort(table.loc[table["present"], "profit"].to_numpy())
    return float(profit[-(len(profit) // 5) :].sum() / profit.sum())


def unprofitable(one: Run) -> float:
    """Share of customers who have cost more than they have brought since month 0."""
    return by_customers(one, "unprofitable")


def satisfaction(one: Run) -> float:
    """Mean satisfaction of customers in the last month."""
    return by_customers(one, "satisfaction")


def won_by_talk(one: Run) -> float:
    """Share of first purchases whose first cue was praise or an invitation."""
    table = months(one).sum(numeric_only=True)
    talk = table["acquired_by_word_of_mouth"] + table["acquired_by_referral"]
    return float(talk / table["acquired"])


def praise_per_blame(one: Run) -> float:
    """Positive messages for each negative one."""
    table = months(one).sum(numeric_only=True)
    return float(table["praise"] / table["blame"])


def lost_in_first_year(one: Run) -> float:
    """Share of those won in three years who did not buy a year later, nor after."""
    return 1.0 - kept_in_year(one, 1)


def rise_with_tenure(one: Run) -> float:
    """What the share kept in the third year after a first purchase has above that in the first."""
    return kept_in_year(one, 3) - kept_in_year(one, 1)


def kept_in_year(one: Run, year: int) -> float:
    """Of those who were there a year before, who bought at the end of that year, or later."""
    table = customers(one)
    cohort = table[table["first"].between(0, COHORT - 1)]
    stay = cohort["last"] - cohort["first"]
    return float((stay >= YEAR * year).sum() / (stay >= YEAR * (year - 1)).sum())


def by_customers(one: Run, measure: str) -> float:
    """The mean of a measure over firms in the last month, each weighed by its customers.

    A firm too small for the measure is left out.
    """
    end = last_month(one).dropna(subset=[measure])
    return float(np.average(end[measure], weights=end["customers"]))


def last_month(one: Run) -> "pd.DataFrame":
    """The last month of all firms."""
    table = months(one)
    end: pd.DataFrame = table[table["month"] == table["month"].max()]
    return end


def months(one: Run) -> "pd.DataFrame":
    """The months of the firms of the industry."""
    return of_industry(one.firms)


def customers(one: Run) -> "pd.DataFrame":
    """The customers of the firms of the industry."""
    return of_industry(one.customers)


def of_industry(table: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of all firms but the one that stands for everybody else."""
    rows: pd.DataFrame = table[table["firm"] != ELSEWHERE]
    return rows

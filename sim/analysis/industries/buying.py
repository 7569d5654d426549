"""Patterns of buying in a repertoire: who buys where, how often, and what explains it."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.industries.figures import YEAR, lived
from sim.market.run import Run, run

if TYPE_CHECKING:
    import pandas as pd


class Bought(NamedTuple):
    """One month's purchases: by firm, who bought and how often, and how many people there are."""

    buyers: dict[str, set[int]]
    purchases: dict[str, int]
    people: int


@cache
def first_year(industry: str, replication: int) -> Run:
    """A first year whose purchases are all written down."""
    changes = {"horizon": YEAR, "record.transactions": True}
    return run(f"sim:industries/{industry}", replication=replication, overrides=changes)


def last_purchases(one: Run) -> "pd.DataFrame":
    """The purchases of the last month of a first year."""
    table: pd.DataFrame = one.transactions
    return table[table["month"] == YEAR - 1]


@cache
def bought(industry: str, replication: int) -> Bought:
    """The last month of a first year."""
    one = first_year(industry, replication)
    by_firm = last_purchases(one).groupby("firm")["person"]
    buyers = {str(firm): set(people) for firm, people in by_firm}
    purchases = {str(firm): len(people) for firm, people in by_firm}
    return Bought(buyers, purchases, one.market.spec.population.size)


def double_jeopardy(industry: str, replication: int) -> float:
    """Purchases of a buyer of the firm with most buyers, for each of one of that with fewest."""
    month = bought(industry, replication)
    often = {firm: month.purchases[firm] / len(who) for firm, who in month.buyers.items()}
    by_size = sorted(month.buyers, key=lambda firm: len(month.buyers[firm]))
    return often[by_size[-1]] / often[by_size[0]]


def off_duplication(industry: str, replication: int) -> float:
    """How far a firm's share of its rivals' buyers lies from one multiple of its penetration.

    The farthest of all firms, in shares of buyers. The multiple is the duplication coefficient.
    """
    month = bought(industry, replication)
    penetration = {firm: len(who) / month.people for firm, who in month.buyers.items()}
    shared = {firm: shared_with(month.buyers, firm) for firm in month.buyers}
    coefficient = sum(shared.values()) / sum(penetration.values())
    return max(abs(shared[firm] - coefficient * penetration[firm]) for firm in shared)


def shared_with(buyers: dict[str, set[int]], firm: str) -> float:
    """Mean over rivals of the share of their buyers who bought from the firm, too."""
    rivals = (who for name, who in buyers.items() if name != firm)
    return float(np.mean([len(who & buyers[firm]) / len(who) for who in rivals]))


def explained_spending(industry: str, replication: int) -> float:
    """Share of the variance of a firm's share of a buyer's spending that satisfaction explains."""
    table = lived(industry, replication).customers
    recent = table[table["present"] & (table["last"] > table["last"].max() - YEAR)]
    share = recent["revenue"] / recent.groupby("person")["revenue"].transform("sum")
    return float(np.corrcoef(recent["satisfaction"], share)[0, 1] ** 2)


def nowhere_else(industry: str, replication: int) -> float:
    """Share of a month's purchases by people who bought from one firm only."""
    purchases = last_purchases(first_year(industry, replication))
    firms = purchases.groupby("person")["firm"].transform("nunique")
    return float((firms == 1).mean())


def by_members(industry: str, replication: int) -> float:
    """Share of a month's revenue of the firm that asks by members of its loyalty programme."""
    one = first_year(industry, replication)
    focal = one.market.spec.focal
    customers, purchases = one.customers, last_purchases(one)
    members = customers.loc[(customers["firm"] == focal) & customers["member"], "person"]
    here = purchases[purchases["firm"] == focal]
    return float(here.loc[here["person"].isin(members), "revenue"].sum() / here["revenue"].sum())

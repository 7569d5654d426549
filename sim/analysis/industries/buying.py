"""Patterns of buying in a repertoire: who buys where, how often, and what explains it.

Where people buy every day a month shows who goes where; packaged goods, of which a household buys
every other month, are looked at over a year, and a brand's buyers over a quarter, as panels do.
"""

from functools import cache
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.industries.figures import YEAR, customers, lived, of_industry
from sim.market.history import top_fifth
from sim.market.run import Run, run

if TYPE_CHECKING:
    import pandas as pd


QUARTER = 3
"""Months."""
SIX_YEARS = 72
"""Months."""
MONTHS = {"packaged_goods": YEAR}
"""Over how many months it is seen who buys where; elsewhere one."""


class Bought(NamedTuple):
    """Some months' purchases: by firm, who bought and how often; and how many people there are."""

    buyers: dict[str, set[int]]
    purchases: dict[str, int]
    people: int


@cache
def first_year(industry: str, replication: int) -> Run:
    """A first year whose purchases are all written down."""
    changes = {"horizon": YEAR, "record.transactions": True}
    return run(f"sim:industries/{industry}", replication=replication, overrides=changes)


def last_purchases(one: Run, months: int = 1) -> "pd.DataFrame":
    """The purchases of the last months of a first year."""
    table: pd.DataFrame = one.transactions
    return table[table["month"] >= YEAR - months]


@cache
def bought(industry: str, replication: int) -> Bought:
    """The last month of a first year, or as many as it takes."""
    one = first_year(industry, replication)
    table = of_industry(last_purchases(one, MONTHS.get(industry, 1)))
    by_firm = table.groupby("firm")["person"]
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


class Quarter(NamedTuple):
    """What people buy from the focal firm in three months."""

    people: int
    """All there are."""
    buyers: set[int]
    """Of them, who buy from the firm."""
    purchases: int
    """What these buy from it."""
    required: int
    """What these buy from anybody."""


@cache
def quarters(industry: str, replication: int) -> list[Quarter]:
    """The quarters of a first year."""
    one = first_year(industry, replication)
    by_quarter = one.transactions.groupby(one.transactions["month"] // QUARTER)
    return [of_focal(one, purchases) for _, purchases in by_quarter]


def of_focal(one: Run, purchases: "pd.DataFrame") -> Quarter:
    """A quarter, from all of its purchases."""
    here = purchases.loc[purchases["firm"] == one.market.spec.focal, "person"]
    required = int(purchases["person"].isin(here).sum())
    return Quarter(one.market.spec.population.size, set(here), len(here), required)


def penetration(industry: str, replication: int) -> float:
    """Share of people who buy from the firm that asks in a quarter."""
    found = quarters(industry, replication)
    return fmean(len(quarter.buyers) / quarter.people for quarter in found)


def purchases_of_a_buyer(industry: str, replication: int) -> float:
    """Purchases from the firm that asks of each of its buyers in a quarter."""
    found = quarters(industry, replication)
    return fmean(quarter.purchases / len(quarter.buyers) for quarter in found)


def share_of_requirements(industry: str, replication: int) -> float:
    """Share of what its buyers buy in a quarter that they buy from the firm that asks."""
    found = quarters(industry, replication)
    return fmean(quarter.purchases / quarter.required for quarter in found)


def again_in_a_quarter(industry: str, replication: int) -> float:
    """Share of a quarter's buyers who buy from the firm that asks in the next quarter, too."""
    pairs = pairwise(quarters(industry, replication))
    return fmean(len(now.buyers & then.buyers) / len(now.buyers) for now, then in pairs)


def top_fifth_of_six_years(industry: str, replication: int) -> float:
    """Share of a firm's revenue of six years that comes from the fifth who bought most."""
    changes = {"horizon": SIX_YEARS}
    table = customers(run(f"sim:industries/{industry}", replication=replication, overrides=changes))
    money = table[table["revenue"] > 0].groupby("firm")["revenue"]
    return fmean(top_fifth(revenue.to_numpy()) for _, revenue in money)

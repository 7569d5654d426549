"""Patterns of buying in a repertoire: who buys where, how often, and what explains it."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.industries.figures import YEAR, lived
from sim.market.run import run

if TYPE_CHECKING:
    import pandas as pd


class Bought(NamedTuple):
    """One month's purchases: by firm, who bought and how often, and how many people there are."""

    buyers: dict[str, set[int]]
    purchases: dict[str, int]
    people: int


@cache
def bought(industry: str, replication: int) -> Bought:
    """The last month of a first year, whose purchases are all written down."""
    changes = {"horizon": YEAR, "record.transactions": True}
    one = run(f"sim:industries/{industry}", replication=replication, overrides=changes)
    table: pd.DataFrame = one.transactions
    by_firm = table[table["month"] == YEAR - 1].groupby("firm")["person"]
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

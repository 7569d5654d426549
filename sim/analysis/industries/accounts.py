"""Figures of markets of business accounts: what became of leads, and what a manager takes along."""

from collections.abc import Mapping
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.analysis.industries.changes import settled
from sim.analysis.industries.figures import YEAR
from sim.market.measures import customer_table
from sim.market.model import Market
from sim.market.run import Run
from sim.scenario.managers import Manager


def lead_to_opportunity(one: Run) -> float:
    """Share of leads that became opportunities."""
    table = one.firms.sum(numeric_only=True)
    return float(table["opportunities"] / table["leads_closed"])


def opportunity_to_deal(one: Run) -> float:
    """Share of opportunities that became deals."""
    table = one.firms.sum(numeric_only=True)
    return float(table["deals"] / table["opportunities_closed"])


def talk_above_advertising(one: Run) -> float:
    """What the share of leads that became deals is higher by after talk than after advertising."""
    table = one.firms.sum(numeric_only=True)
    talk = ("word_of_mouth", "referral")
    deals, leads = (sum(table[f"{what}_by_{cue}"] for cue in talk) for what in ("deals", "leads"))
    return float(deals / leads - table["deals_by_advertising"] / table["leads_by_advertising"])


def lost_with_manager(industry: str, replication: int) -> float:
    """Share of a year's revenue from a manager's accounts that is lost when the manager leaves.

    The manager is the focal firm's with most customers, and leaves at month 0: to nobody, or to a
    rival, each as likely, as often as the preset says of managers who leave.
    """
    market = settled(industry, replication)
    name, accounts = largest_post(market)
    rivals = [firm for firm in market.spec.firms if firm != market.spec.focal]
    stays = revenue_from(market, accounts, left_by(market, name))
    to_nobody, *to_rivals = (
        revenue_from(market, accounts, left_by(market, name, leaves=0, joins=rival))
        for rival in (None, *rivals)
    )
    hired = market.rules.bond.hired
    left = hired * fmean(to_rivals) + (1.0 - hired) * to_nobody
    return 1.0 - left / stays


def largest_post(market: Market) -> tuple[str, npt.NDArray[np.int64]]:
    """The focal firm's manager with most customers, and the numbers of these."""
    position = list(market.spec.firms).index(market.spec.focal)
    people, looked_after = market.world.people, market.world.dealings["manager"][:, position]
    of_manager = np.where(people["provider"] == position, looked_after, 0)
    most = int(np.argmax(np.bincount(of_manager)[1:])) + 1
    return list(posts(market))[most - 1], people["number"][of_manager == most]


def posts(market: Market) -> Mapping[str, Manager]:
    """The focal firm's managers, each by name."""
    declared = market.spec.firms[market.spec.focal].managers
    return declared.posts() if declared else {}


def left_by(market: Market, leaver: str, **how: Any) -> dict[str, Any]:
    """The same managers of the focal firm, of whom one leaves as is said."""
    people = {name: {**post.model_dump(), "count": 1} for name, post in posts(market).items()}
    people[leaver] |= how
    return {f"firms.{market.spec.focal}.managers.people": people}


def revenue_from(
    market: Market, accounts: npt.NDArray[np.int64], changes: Mapping[str, Any]
) -> float:
    """The focal firm's revenue of a year from these accounts, under changes from month 0 on."""
    arm = market.branch(changes)
    arm.run_until(market.spec.warm_up + YEAR)
    table = customer_table(arm)
    theirs = (table["firm"] == market.spec.focal) & table["person"].isin(accounts)
    return float(table.loc[theirs, "revenue"].sum())

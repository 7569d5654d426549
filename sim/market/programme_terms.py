"""What a firm's loyalty programme is to the month: its terms, its tiers, what it owes."""

import math
from typing import TYPE_CHECKING, Any

from sim.market.state import Table

if TYPE_CHECKING:
    from sim.market.firms import Firm


def offer_programme(firm: "Firm") -> None:
    """Write a firm's programme into the tables; without one, that there is none."""
    world, said = firm.model.world, firm.offer.programme
    row = world.programmes[firm.position]
    offer_tiers(firm, world.tiers[firm.position])
    row["points"] = 0.0
    if said is None:
        return
    for name in ("points", "reward_points", "reward_cost", "enrolment_cost", "welcome", "app",
                 "app_share", "referral", "promoted_share", "promoted_points",
                 "period"):  # fmt: skip
        row[name] = getattr(said, name)
    row["at_once"] = said.given == "at_once"
    row["upkeep"] = said.upkeep * firm.months
    row["expiry"] = math.inf if said.expiry is None else said.expiry
    row["earned"] = worth_of_a_unit(firm)


def offer_tiers(firm: "Firm", rows: Table) -> None:
    """Write the tiers, the lowest first, after the standing of members without any."""
    said = firm.offer.programme.tiers.values() if firm.offer.programme else ()
    rows["spend"], rows["points"], rows["worth"], rows["bond"] = math.inf, 1.0, 0.0, 0.0
    for row, tier in zip(rows[1:], sorted(said, key=lambda tier: tier.spend), strict=False):
        for name in ("spend", "points", "worth", "bond"):
            row[name] = getattr(tier, name)


def worth_of_a_unit(firm: "Firm") -> float:
    """What the points of a unit bought are worth on average, in reference prices."""
    said = firm.offer.programme
    if said is None:
        return 0.0
    points = said.points * (1.0 + said.promoted_share * (said.promoted_points - 1.0))
    money = firm.price * points * said.reward_value / said.reward_points
    return money / firm.model.rules.choice.reference_price


def book_liability(firm: "Firm", entry: Any) -> None:
    """Write what the points that wait would cost if all of them were redeemed."""
    said = firm.offer.programme
    if said is not None:
        entry["liability"] = entry["points_outstanding"] / said.reward_points * said.reward_cost

"""The loyalty programme of a firm: what members collect, what they get for it, what it costs."""

from typing import Literal

from sim.scenario.fields import Name, Specification, declare

MOST_TIERS = 4


class Tier(Specification):
    """A status for members who spend much."""

    spend: float = declare(
        "money spent from which it is held, in the running period and the one before",
        500.0,
        unit="money",
        gt=0,
        le=1e12,
    )
    points: float = declare("factor on points", 1.5, unit="factor", ge=0, le=100)
    worth: float = declare("what holding it is worth to a member", 0.2, unit="utility", ge=0, le=50)
    bond: float = declare(
        "share of the missing commitment that it gives a person of full relational orientation",
        0.1,
        unit="share",
        ge=0,
        le=1,
    )


class Programme(Specification):
    """Points for purchases, rewards for points, tiers."""

    points: float = declare(
        "points for what a member spends, at list price", 1.0, unit="per unit of money", gt=0,
        le=1e6,
    )  # fmt: skip
    reward_points: float = declare(
        "points that a reward takes", 100.0, unit="points", gt=1e-6, le=1e12
    )
    reward_value: float = declare(
        "what a reward is worth to a member", 5.0, unit="money", ge=0, le=1e9
    )
    reward_cost: float = declare("what a reward costs the firm", 5.0, unit="money", ge=0, le=1e9)
    given: Literal["at_once", "later"] = declare(
        "at_once: with the purchase by which points suffice; later: at a later one, if asked for",
        "at_once",
    )
    expiry: float | None = declare(
        "time without collecting after which points expire; null: they never do",
        24.0,
        unit="months",
        gt=0,
        le=1200,
    )
    enrolment_cost: float = declare(
        "cost of each member who joins", 1.0, unit="money", ge=0, le=1e9
    )
    upkeep: float = declare(
        "cost of each member, active or not", 0.02, unit="money per month and member", ge=0, le=1e6
    )
    welcome: float = declare(
        "points for joining, or registering", 0.0, unit="points", ge=0, le=1e12
    )
    app: float = declare(
        "points more for who takes the app when joining", 0.0, unit="points", ge=0, le=1e12
    )
    app_share: float = declare(
        "share of those who join who take the app", 0.5, unit="share", ge=0, le=1
    )
    referral: float = declare(
        "points for a member on whose invitation somebody buys", 0.0, unit="points", ge=0, le=1e12
    )
    promoted_share: float = declare(
        "share of purchases with a promoted product", 0.0, unit="share", ge=0, le=1
    )
    promoted_points: float = declare(
        "factor on the points of these", 2.0, unit="factor", ge=0, le=100
    )
    tiers: dict[Name, Tier] = declare("tiers by name, none by default", {}, max_length=MOST_TIERS)
    period: int = declare(
        "length of a period by whose spending tiers are held; periods begin with month 0",
        12,
        unit="months",
        ge=1,
        le=120,
    )

"""Firms: what they offer, what they spend and on whom, how they answer to others."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, model_validator

from sim.behaviour.levels import Level
from sim.scenario.channels import Channels
from sim.scenario.crm import Crm
from sim.scenario.dated import Dated
from sim.scenario.differentiation import Differentiation
from sim.scenario.fields import Name, Specification, declare, refuse
from sim.scenario.helpdesk import Helpdesk
from sim.scenario.lines import MOST_LINES, Launch, Line
from sim.scenario.managers import Managers
from sim.scenario.path import PathToPurchase
from sim.scenario.pricing import ListPrice, Pricing
from sim.scenario.programme import Programme
from sim.scenario.staff import Staff

MOST_FIRMS = 16


class Amount(Specification):
    """A fixed sum."""

    amount: float = declare("money per month", unit="money per month", ge=0, le=1e12)


class PerHead(Specification):
    """A sum for every person of the market, customer or not."""

    per_head: float = declare("money per month and person", unit="money per month", ge=0, le=1e6)


class ShareOfRevenue(Specification):
    """A share of last month's revenue."""

    share_of_revenue: float = declare("share of last month's revenue", unit="share", ge=0, le=10)


class TopShare(Specification):
    """The customers who bought most."""

    top_share: float = declare(
        "share of customers, those first who bought most in the running year and the one before",
        unit="share",
        gt=0,
        le=1,
    )


Score = Annotated[int, Field(ge=1, le=5)]
Month = Annotated[int, Field(ge=0, le=20_000)]


class Scores(Specification):
    """Cells of scores: fifths of all who ever bought, 5 for the latest, most often, or most."""

    recency: list[Score] | None = declare("scores for the last purchase; null: any", None)
    frequency: list[Score] | None = declare(
        "scores for the number of purchases in the running year and the one before; null: any", None
    )
    money: list[Score] | None = declare("scores for the units bought in them; null: any", None)


Target = str | TopShare | Scores


class Campaign(Dated):
    """Money for one instrument beside the budget, for a time, by the head it is spent on."""

    instrument: str = declare("the instrument")
    per_head: float = declare(
        "money per month for each at whom the instrument is aimed; where it is paid per event, for "
        "each of last month's events",
        unit="money per month and head",
        ge=0,
        le=1e6,
    )


class Policy(Specification):
    """What a firm spends in a month, and on what."""

    budget: Amount | PerHead | ShareOfRevenue = declare(
        "what is spent",
        PerHead(per_head=0.5),
        unit="money per month",
        source="assumed, about 10 % of revenue",
    )
    split: dict[str, Annotated[float, declare("share of the budget", unit="share", ge=0, le=1)]] = (
        declare(
            "shares of the budget by instrument; they add up to 1",
            {"advertising": 0.5, "service": 0.3, "contact": 0.1, "loyalty": 0.1},
            unit="shares",
        )
    )
    targets: dict[str, Target] = declare(
        "whom an instrument is aimed at, where it has a choice: all, prospects, lapsed, customers, "
        "new, at_risk, a named group, a top share by value, or cells of scores",
        {},
    )
    campaigns: tuple[Campaign, ...] = declare("what is spent beside the budget, at dates", ())

    @model_validator(mode="after")
    def _split_adds_up(self) -> "Policy":
        total = sum(self.split.values())
        if self.split and abs(total - 1.0) > 1e-9:
            raise refuse(
                f"the shares of split must add up to 1, they add up to {total:g}",
                "change one of them; in an override, a path such as firms.acme.policy.split "
                "replaces the whole split",
            )
        return self


class Hold(Specification):
    """The policy stays as it is."""

    kind: Literal["hold"] = "hold"


class Match(Specification):
    """The focal firm's changes since month 0, of price and of money by instrument, are copied."""

    kind: Literal["match"] = "match"
    lag: int = declare("time until a change is copied", 3, unit="months", ge=1, le=120)
    fraction: float = declare(
        "share of a change that is copied, in money", 0.5, unit="share", ge=0, le=1
    )


class Adapt(Specification):
    """Budget and split are changed step by step; what brings no profit is taken back."""

    kind: Literal["adapt"] = "adapt"
    every: int = declare("time for which a step is tried", 3, unit="months", ge=1, le=120)
    step: float = declare(
        "size of a step: share of the budget, or points of the split",
        0.1,
        unit="share",
        gt=0,
        le=0.5,
    )


class Imitate(Specification):
    """The policy of the firm that earned most of late is taken over."""

    kind: Literal["imitate"] = "imitate"
    lag: int = declare(
        "time over which profits are compared, and between two looks", 12, unit="months", ge=1,
        le=120,
    )  # fmt: skip


Reaction = Annotated[Hold | Match | Adapt | Imitate, Discriminator("kind")]


class Firm(Specification):
    """A seller: its offer, its costs, its policy."""

    price: float = declare("price of a unit", 20.0, unit="money", gt=0, le=1e9)
    unit_cost: float = declare("cost of a unit", 10.0, unit="money", ge=0, le=1e9)
    cost_to_serve: float = declare(
        "per customer and month in subscription, per purchase in repertoire",
        2.0,
        unit="money",
        ge=0,
        le=1e9,
    )
    fixed_cost: float = declare("cost that nobody causes", 0.0, unit="money a month", ge=0, le=1e12)
    quality: float = declare("quality without service", 0.72, unit="quality", ge=0, le=1)
    promise: float = declare("quality that advertising promises", 0.75, unit="quality", ge=0, le=1)
    appeal: float = declare("mean taste of people for the firm", 0.0, unit="utility", ge=-50, le=50)
    friction: float = declare("trouble of buying", 0.0, unit="utility", ge=-50, le=50)
    direct: float = declare(
        "share of occasions at which the product is there for people who buy directly",
        1.0,
        unit="share",
        ge=0,
        le=1,
    )
    staff: Staff | None = declare("the people who work there; null: nobody is told of", None)
    helpdesk: Helpdesk | None = declare(
        "who answers questions and complaints; null: all are answered at once", None
    )
    programme: Programme | None = declare("its loyalty programme; null: there is none", None)
    pricing: Pricing = declare("by what rule the price is set", ListPrice())
    lines: dict[Name, Line] = declare(
        "what customers may take beside the main product", {}, max_length=MOST_LINES
    )
    launch: Launch | None = declare("a new product for the firm's customers; null: none", None)
    path: PathToPurchase | None = declare(
        "the way of an order through its departments; null: nobody is lost on it", None
    )
    level: Level = declare(
        "how far it goes with each customer after the sale", "basic", source="a choice"
    )
    differentiation: Differentiation | None = declare(
        "how customers are treated by their worth; null: all alike", None
    )
    crm: Crm | None = declare("how it uses what it knows of customers; null: not at all", None)
    channels: Channels | None = declare(
        "by what it contacts customers; null: by one channel that reaches all of them", None
    )
    managers: Managers | None = declare(
        "b2b: who looks after its accounts; null: nobody in particular", None
    )
    pressure: float = declare(
        "b2b: how hard it presses those who have not decided", 0.0, unit="0 to 1", ge=0, le=1
    )
    policy: Policy = declare("budget and split", Policy())
    reaction: Reaction = declare("how the firm answers to the others, from month 0 on", Hold())
    enters: Month | Literal["never"] | None = declare(
        "the month at whose beginning it comes into the market; null: it has always been there; "
        "never: it stays away",
        None,
        unit="months",
        source="a choice",
    )


Cost = float | Literal["never"]
Costs = dict[str, dict[Name, Cost]]

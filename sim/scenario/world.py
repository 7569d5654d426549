"""What no rule owns: population, entry, network, firms, their policies, the start."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.fields import CHOICE, Specification, declare
from sim.scenario.traits import Customers

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
MOST_PEOPLE = 10_000_000
MOST_FIRMS = 16


def refuse(rule: str, remedy: str) -> PydanticCustomError:
    """An error that carries its own rule and remedy."""
    return PydanticCustomError("rule", "{rule}", {"rule": rule, "remedy": remedy})


# ── people and places ─────────────────────────────────────────────────────────────────────────


class CustomerOf(Specification):
    """Newcomers who arrive with a first purchase from a firm."""

    customer_of: Name = declare("the firm of the trial purchase, which is booked and is no repeat")


Arrival = Literal["prospect"] | CustomerOf


class Replace(Specification):
    """A leaver's place is taken by a new person at the start of the next step."""

    closure: Literal["replace"] = "replace"
    on_arrival: Arrival = declare("how newcomers begin", "prospect")


class Cohort(Specification):
    """Nobody enters."""

    closure: Literal["cohort"] = "cohort"


class PoissonArrivals(Specification):
    """Newcomers arrive at random; the list of them is drawn before the first step."""

    closure: Literal["poisson"] = "poisson"
    per_month: float = declare("mean number of newcomers", unit="people per month", gt=0, le=1e7)
    on_arrival: Arrival = declare("how newcomers begin", "prospect")


class Listed(Specification):
    """Newcomers arrive at the steps that a CSV file names."""

    closure: Literal["listed"] = "listed"
    file: str = declare("CSV with a column `step` (0 is the first step of the run), a row a person")
    on_arrival: Arrival = declare("how newcomers begin", "prospect")


Entry = Annotated[Replace | Cohort | PoissonArrivals | Listed, Discriminator("closure")]


class WeakTies(Specification):
    """Acquaintances beside the strong ties of the network."""

    neighbours: int = declare("mean number of weak ties", unit="ties per person", ge=1, le=1000)
    weight: float = declare(
        "weight of a weak tie against 1 for a strong one", 0.5, unit="factor", gt=0, le=100
    )
    met_anew: bool = declare("weak ties are other people each time, drawn from everybody", False)


class Complete(Specification):
    """Everybody may talk to everybody: a mean field, nothing stored."""

    kind: Literal["complete"] = "complete"


class RandomNetwork(Specification):
    """Ties at random."""

    kind: Literal["random"] = "random"
    neighbours: int = declare("ties of a person (mean)", 8, unit="ties per person", ge=1, le=1000)
    degrees: Literal["poisson", "regular"] = declare("how numbers of ties spread", "poisson")
    weak: WeakTies | None = declare("weak ties beside", None)


class SmallWorld(Specification):
    """A ring of neighbours with some ties rewired (Watts & Strogatz 1998)."""

    kind: Literal["small_world"] = "small_world"
    neighbours: int = declare(
        "ties of a person (even)", 8, unit="ties per person", ge=2, le=1000, multiple_of=2
    )
    rewiring: float = declare(
        "share of ties that lead anywhere",
        0.1,
        unit="share",
        ge=0,
        le=1,
        source="Watts & Strogatz 1998",
    )
    weak: WeakTies | None = declare("weak ties beside", None)


class ScaleFree(Specification):
    """Newcomers tie themselves to the well-connected (Barabási & Albert 1999)."""

    kind: Literal["scale_free"] = "scale_free"
    links: int = declare("ties that each newcomer makes", 4, unit="ties per person", ge=1, le=500)
    weak: WeakTies | None = declare("weak ties beside", None)


class Edges(Specification):
    """Ties from a file."""

    kind: Literal["edges"] = "edges"
    file: str = declare("CSV with columns from, to (places 0 ...) and, if wanted, weight")
    weak: WeakTies | None = declare("weak ties beside", None)


Network = Annotated[
    Complete | RandomNetwork | SmallWorld | ScaleFree | Edges, Discriminator("kind")
]


class Population(Specification):
    """How many people there are, who comes after them, who knows whom."""

    size: int = declare("people at the start", 10_000, unit="people", ge=0, le=MOST_PEOPLE)
    entry: Entry = declare("who comes when people leave (the closure)", Replace())
    network: Network = declare("who talks to whom", SmallWorld())


class Group(Specification):
    """A named share of the people, with traits of its own."""

    share: float = declare("share of the people", unit="share", gt=0, le=1)
    customers: Customers = declare("traits in which the group differs", Customers())


class Start(Specification):
    """How the market stands before its first step."""

    customers: Literal["sorted", "random", "none"] | dict[Name, float] = declare(
        "whose customers people are: sorted by taste, fit and chance; at random; nobody's; or "
        "shares by firm, the rest being nobody's",
        "sorted",
    )
    first_renewal: Literal["spread", "deferred", "immediate"] = declare(
        "subscription: contracts end evenly over a billing period; all in step 0 (a choice comes "
        "before the first payment); or all begin in step 0 (a payment comes before the first "
        "choice)",
        "spread",
    )
    salience: float = declare(
        "salience of firms whose customer a person is not", 0.3, unit="share", ge=0, le=1
    )
    satisfaction: float | None = declare(
        "satisfaction of customers; null: their expectation", None, unit="0 to 1", ge=0, le=1
    )
    trust: float | None = declare(
        "trust of customers; null: that before any experience", None, unit="0 to 1", ge=0, le=1
    )
    commitment: float = declare("commitment of customers", 0.0, unit="0 to 1", ge=0, le=1)


# ── firms ─────────────────────────────────────────────────────────────────────────────────────


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


class Scores(Specification):
    """Cells of scores: fifths of all who ever bought, 5 for the latest, most often, or most."""

    recency: list[Score] | None = declare("scores for the last purchase; null: any", None)
    frequency: list[Score] | None = declare(
        "scores for the number of purchases in the running year and the one before; null: any", None
    )
    money: list[Score] | None = declare("scores for the units bought in them; null: any", None)


Target = str | TopShare | Scores


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
    policy: Policy = declare("budget and split", Policy())
    reaction: Reaction = declare("how the firm answers to the others, from month 0 on", Hold())


Cost = float | Literal["never"]
Costs = dict[str, dict[Name, Cost]]


_PER_CENT = re.compile(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*%\s*")


def share_of_text(value: Any) -> Any:
    """The share that a text such as ``1 %`` stands for; anything else as it is."""
    found = _PER_CENT.fullmatch(value) if isinstance(value, str) else None
    return float(found[1]) / 100.0 if found else value


class Precision(Specification):
    """How sharply a comparison shall tell the best policy from the next best."""

    metric: str = declare("the outcome whose difference is to be told", "npv")
    half_width: Annotated[float, BeforeValidator(share_of_text)] = declare(
        "half width of the 95 % interval of the difference, as a share of the baseline's mean; "
        "a text such as 1 % is read too",
        0.01,
        unit="share",
        source=CHOICE,
        gt=0,
        le=1,
    )


Mix = dict[str, Annotated[float, declare("share of the side", unit="share", ge=0, le=1)]]


class Frontier(Specification):
    """How the budget is moved between winning and keeping customers."""

    shares: int = declare(
        "shares of the budget for keeping customers that are tried, evenly from 0 to 1",
        11,
        unit="shares",
        source=CHOICE,
        ge=5,
        le=101,
    )
    runs: int = declare(
        "paired replications", 10, unit="paired worlds", source=CHOICE, ge=2, le=100_000
    )
    winning: Mix | None = declare(
        "instruments of acquisition by share of that side; null: as in the focal firm's split",
        None,
    )
    keeping: Mix | None = declare(
        "instruments of retention by share of that side; null: as in the focal firm's split", None
    )


class Compare(Specification):
    """How ``sim compare`` compares."""

    focal: Name | None = declare("the firm whose policies are compared; null: the first", None)
    runs: int = declare(
        "paired replications, where no precision is asked for",
        30,
        unit="paired worlds",
        source=CHOICE,
        ge=2,
        le=100_000,
    )
    precision: Precision | None = declare(
        "live batches of paired worlds (30, then 10 at a time) until the difference is told so "
        "sharply; null: `runs` of them",
        None,
    )
    at_most: int = declare(
        "with a precision: paired replications at most",
        200,
        unit="paired worlds",
        source=CHOICE,
        ge=30,
        le=100_000,
    )
    frontier: Frontier = declare("how the frontier is drawn", Frontier())


class Record(Specification):
    """What is kept besides the firms' months."""

    customers_at: tuple[int, ...] = declare(
        "months at whose end the table of customers is kept (the last month always is)",
        (),
        unit="months",
    )
    transactions: bool = declare("keep every purchase", False)


Overrides = dict[str, Any]

"""What no rule owns: population, entry, network, the start, what is kept."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator

from sim.scenario.fields import Name, Specification, declare
from sim.scenario.traits import Customers

MOST_PEOPLE = 10_000_000


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
        "weight of a weak tie against 1 for a strong one", 0.5, unit="factor", ge=1e-6, le=100
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


# ── what is kept ──────────────────────────────────────────────────────────────────────────────


class Record(Specification):
    """What is kept besides the firms' months."""

    customers_at: tuple[int, ...] = declare(
        "months at whose end the table of customers is kept (the last month always is)",
        (),
        unit="months",
    )
    transactions: bool = declare("keep every purchase", False)
    grievances: bool = declare(
        "count customers, and those who go, by what came of a failure at their last purchase", False
    )


Overrides = dict[str, Any]

"""Levels of a relationship: how far a firm goes with a customer after the sale.

Kotler's five, each of which does all that the one before does, and one thing more. *Basic*: it
sells. *Reactive*: it asks to be told if anything is wrong. *Accountable*: it calls after the sale,
and finds out. *Proactive*: it comes by from time to time with something useful, which reminds,
warms and wearies like every contact. *Partnership*: it works with the customer, who gets what fits
better, and is bound. Each costs something by the customer. The order is published, and that many
customers with a small margin call for the first and few with a large one for the last; all sizes
are assumed.
"""

from typing import Annotated, Literal, NamedTuple, get_args

from sim.behaviour.parameter import Parameter

Level = Literal["basic", "reactive", "accountable", "proactive", "partnership"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Levels(NamedTuple):
    """What the steps from one level to the next bring, and what each level costs."""

    told: Annotated[
        float, Parameter("share of failures nobody would complain of that customers tell of where "
                         "they are asked to (reactive)", "share", 0, 1,
                         "assumed; order Kotler & Armstrong", neutral=0),
    ] = 0.2  # fmt: skip
    found: Annotated[
        float, Parameter("share of the others that a call after the sale finds out (accountable)",
                         "share", 0, 1, "assumed; order Kotler & Armstrong", neutral=0),
    ] = 0.5  # fmt: skip
    contact: Annotated[
        float, Parameter("chance of a contact (proactive)", "share per month", 0, 1,
                         "assumed; order Kotler & Armstrong", neutral=0, scale="share"),
    ] = 0.3  # fmt: skip
    learning: Annotated[
        float, Parameter("share of the headroom of quality that working together fills "
                         "(partnership)", "share", 0, 1, "assumed; order Kotler & Armstrong",
                         neutral=0),
    ] = 0.15  # fmt: skip
    bond: Annotated[
        float, Parameter("share of the missing commitment that it opens to a person of full "
                         "relational orientation (partnership)", "share", 0, 1,
                         "assumed; order Kotler & Armstrong", neutral=0),
    ] = 0.3  # fmt: skip
    reactive_cost: Annotated[
        float, Parameter("what the level costs", "money per customer and month (subscription) or "
                         "per purchase", 0, 1e9, "assumed: 1 % of the default margin", neutral=0),
    ] = 0.1  # fmt: skip
    accountable_cost: Annotated[
        float, Parameter("the same of this level", "money", 0, 1e9,
                         "assumed: 2 % of the default margin", neutral=0),
    ] = 0.2  # fmt: skip
    proactive_cost: Annotated[
        float, Parameter("the same of this level", "money", 0, 1e9,
                         "assumed: 4 % of the default margin", neutral=0),
    ] = 0.4  # fmt: skip
    partnership_cost: Annotated[
        float, Parameter("the same of this level", "money", 0, 1e9,
                         "assumed: 8 % of the default margin", neutral=0),
    ] = 0.8  # fmt: skip


class Bundle(NamedTuple):
    """What a level does, all it takes over from those below it included."""

    hears: float  # share of failures not complained of that the firm hears of
    contact: float  # chance of a contact
    learning: float  # share of the headroom of quality that is filled
    bond: float  # share of the missing commitment
    cost: float  # money per customer and month, or per purchase


def bundle(level: Level, rules: Levels) -> Bundle:
    """What a level does."""
    rank = LEVELS.index(level)
    told = rules.told if rank >= 1 else 0.0
    found = rules.found if rank >= 2 else 0.0
    costs = (
        0.0, rules.reactive_cost, rules.accountable_cost, rules.proactive_cost,
        rules.partnership_cost,
    )  # fmt: skip
    return Bundle(
        hears=told + (1.0 - told) * found,
        contact=rules.contact if rank >= 3 else 0.0,
        learning=rules.learning if rank >= 4 else 0.0,
        bond=rules.bond if rank >= 4 else 0.0,
        cost=costs[rank],
    )

"""Capital: what money costs a firm, by what its investor sees.

The value of a firm is its cash flow discounted at a cost of capital that rises with the volatility
of that cash flow, and falls with its level and with what customers are worth. Satisfied customers
go with more and steadier cash flow (Gruca & Rego 2005); what that is worth to an investor is
assumed, as all prices are. Investors learn of relationships with a lag.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Capital(NamedTuple):
    """What investors ask for."""

    base: Annotated[
        float, Parameter("cost of capital of a firm of which nothing is known", "rate per month", 0,
                         1, "assumed, the default discount rate", scale="rate"),
    ] = 0.01  # fmt: skip
    risk: Annotated[
        float, Parameter("price of volatility: of cash flow that varies as much as revenue is high",
                         "rate per month", 0, 10, "assumed; sign Gruca & Rego 2005", neutral=0,
                         scale="rate"),
    ] = 0.05  # fmt: skip
    level: Annotated[
        float, Parameter("what a firm is spared that keeps all its revenue", "rate per month", 0,
                         10, "assumed", neutral=0, scale="rate"),
    ] = 0.005  # fmt: skip
    stock: Annotated[
        float, Parameter("what a firm is spared whose customers are worth most", "rate per month",
                         0, 10, "assumed", neutral=0, scale="rate"),
    ] = 0.005  # fmt: skip
    most: Annotated[
        float, Parameter("the most that is asked for", "rate per month", 0, 1, "assumed",
                         scale="rate"),
    ] = 0.03  # fmt: skip
    learning: Annotated[
        float, Parameter("share of the way of what investors believe customers to be worth to what "
                         "they are", "share per month", 0, 1, "assumed", scale="share"),
    ] = 0.1  # fmt: skip


def learnt(believed: float, worth: float, learning: float) -> float:
    """What customers are believed to be worth a step later, in money."""
    return believed + learning * (worth - believed)


def standing(worth: float, revenue: float) -> float:
    """What customers are worth (at least 0) against a year's revenue (above 0), 0 to 1.

    It is half where both are alike.
    """
    return worth / (worth + revenue)


def cost(volatility: float, margin: float, standing: float, rule: Capital) -> float:
    """Cost of capital, 0 to the most; volatility and margin are shares of revenue."""
    kept = min(1.0, max(-1.0, margin))
    asked = rule.base + rule.risk * volatility - rule.level * kept - rule.stock * standing
    return min(rule.most, max(0.0, asked))


def affordable(balance: float, line: float, earned: float) -> float:
    """Money that a firm has to spend: what it holds, what it may draw, what it earns before."""
    return max(0.0, balance + line + earned)

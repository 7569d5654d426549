"""D04: what a firm is worth as the sum of its customers, and which lever moves it most."""

import math
from typing import NamedTuple

from sim.analysis.docking.estimates import Values, of_firm, worth_to
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.firm_value import constant_firm_value

STEP = 0.05
"""By how much each lever is moved up and down."""
FOR_EVER = 8.0
"""Discounted to e to the power of minus this, money counts no more."""
NEWCOMERS = {"retention": 1_400, "margin": 250, "acquisition_cost": 450, "discount": 250}
"""A month, where this lever is moved."""


class Firm(NamedTuple):
    """One firm that was lived."""

    levers: Parameters
    value: float
    """Net present value, money for each newcomer a month."""
    people: Values
    """(people,) their part of it, before what is spent on winning them."""


def dock(parameters: Parameters) -> list[Figure]:
    """The firm's value by its retention, and elasticities from pairs under common luck."""
    usual = {**parameters, "margin": 1.0}
    months = round(FOR_EVER / math.log1p(usual["discount"]))
    pairs = {lever: around(usual, lever, months) for lever in NEWCOMERS}
    middle = live(usual, NEWCOMERS["retention"], months)
    low, high = pairs["retention"]
    values = [value(firm) for firm in (low, middle, high)]
    return values + [elasticity(lever, *pair) for lever, pair in pairs.items()]


def around(usual: Parameters, lever: str, months: int) -> tuple[Firm, Firm]:
    """Two firms under common luck that have a little less and a little more of a lever."""
    down, up = (
        live({**usual, lever: usual[lever] * factor}, NEWCOMERS[lever], months)
        for factor in (1 - STEP, 1 + STEP)
    )
    return down, up


def value(firm: Firm) -> Figure:
    """What it is worth to win one newcomer a month for ever.

    Newcomers are Poisson, so that the variance of a sum over them is the sum of squares.
    """
    retention = firm.levers["retention"]
    words = f"value at a retention of {retention:.3g}"
    error = math.sqrt(float(firm.people @ firm.people))
    return Figure(words, firm.value, exact(firm.levers), error, at=retention)


def elasticity(lever: str, low: Firm, high: Firm) -> Figure:
    """By how many per cent the value rises for one per cent of a lever."""
    distance = math.log((1 + STEP) / (1 - STEP))
    pull = high.people / high.value - low.people / low.value
    return Figure(
        f"elasticity to {lever.replace('_', ' ')}",
        math.log(high.value / low.value) / distance,
        math.log(exact(high.levers) / exact(low.levers)) / distance,
        math.sqrt(float(pull @ pull)) / distance,
    )


def live(levers: Parameters, newcomers: int, months: int) -> Firm:
    """A firm with these levers, in a market of so many newcomers a month."""
    retention, margin = levers["retention"], levers["margin"]
    overrides = {
        "population.entry.per_month": float(newcomers),
        "firms.acme.appeal": math.log(retention / (1 - retention)),
        "firms.acme.price": 1.0 + margin,
        "firms.acme.policy.budget.amount": newcomers * (levers["acquisition_cost"] + margin),
        "discount_rate": levers["discount"],
        "horizon": months,
        "record.transactions": True,
    }
    lived = run(ROW.scenario, overrides=overrides)
    worth = float(of_firm(lived, "npv")[-1])
    return Firm(levers, worth / newcomers, worth_to(lived) / newcomers)


def exact(levers: Parameters) -> float:
    """The closed form."""
    return constant_firm_value(
        levers["retention"], levers["discount"], levers["acquisition_cost"], levers["margin"]
    )


ROW = Row(
    id="D04",
    name="firm_value",
    title="What a firm is worth as the sum of its customers, and by which lever",
    kind="market",
    form="(1 + i)/i · (m r / (1 + i − r) − c) for each newcomer a month: r retention, i discount, "
    "m margin, c acquisition cost; elasticities between 5 % less and 5 % more of a lever",
    source="After Gupta, Lehmann & Stuart (2004), Journal of Marketing Research 41(1), 7-18",
    limit="A Poisson number of newcomers a month, whose first month is given away and counts as "
    "part of what is spent on winning them, so that the first margin kept is that of the first "
    "renewal. Each elasticity comes from two markets under the same luck. What lies beyond "
    "the horizon is worth 3 in 10,000.",
    parameters={"retention": 0.8, "discount": 0.12, "acquisition_cost": 0.25},
    ranges={"retention": (0.6, 0.88), "discount": (0.12, 0.25), "acquisition_cost": (0.1, 0.5)},
    dock=dock,
    scenario="sim:theory/d04_firm_value",
    axes=(
        "retention a month",
        "value of a newcomer a month for ever, in margins",
    ),
)

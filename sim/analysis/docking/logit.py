"""D18: who gets how many of many choices, and what a dearer firm loses to whom."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values, of_firm, share
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory import logit

FIRMS = ("acme", "bolt", "cora")
PEOPLE, MONTHS = 30_000, 10
CHOICES = PEOPLE * MONTHS
STEP = 1.05
"""Prices are put up and down by this factor for an elasticity."""
PRICES = (0.6, 0.8, 1.0, 1.2, 1.4)
"""Of acme, as shares of its price: the demand curve."""


def dock(parameters: Parameters) -> list[Figure]:
    """Shares of choices along acme's price, and elasticities from pairs under common luck."""
    figures = []
    for price in (part * parameters["acme_price"] for part in PRICES):
        dear = {**parameters, "acme_price": price}
        words = f"share of acme at a price of {price:.3g}"
        figures.append(share(words, chosen(dear)[0], CHOICES, float(exact(dear)[0]), at=price))
    usual = chosen(parameters)
    for firm, part in enumerate(exact(parameters)[1:], start=1):
        figures.append(share(f"share of {FIRMS[firm]}", usual[firm], CHOICES, float(part)))
    return figures + [figure for mover in FIRMS for figure in elasticities(parameters, mover)]


def elasticities(parameters: Parameters, mover: str) -> list[Figure]:
    """Of every firm's share to the price of one.

    Under common luck a dearer firm only loses choices and the others only win them. So the
    variance of the logarithm of a ratio is |1/s - 1/s'| a choice, s and s' the shares.
    """
    key = f"{mover}_price"
    cheap, dear = ({**parameters, key: parameters[key] * by} for by in (1 / STEP, STEP))
    distance = 2 * math.log(STEP)
    found = np.log(chosen(dear) / chosen(cheap)) / distance
    before, after = exact(cheap), exact(dear)
    known = np.log(after / before) / distance
    errors = np.sqrt(np.abs(1 / after - 1 / before) / CHOICES) / distance
    return [
        Figure(f"elasticity of {firm} to the price of {mover}", *map(float, numbers))
        for firm, *numbers in zip(FIRMS, found, known, errors, strict=True)
    ]


def chosen(parameters: Parameters) -> Values:
    """(firms,) how many of all choices fell on each firm."""
    overrides = {
        "customers.price_sensitivity": 10 * parameters["price_weight"],
        "population.size": PEOPLE,
    }
    for firm in FIRMS:
        price = parameters[f"{firm}_price"]
        overrides[f"firms.{firm}.price"] = price
        overrides[f"firms.{firm}.appeal"] = parameters[f"{firm}_appeal"]
    lived = run(ROW.scenario, overrides=overrides)
    return np.array([of_firm(lived, "purchases", firm).sum() for firm in FIRMS])


def exact(parameters: Parameters) -> Values:
    """(firms,) the shares of the form."""
    prices, appeals = (
        np.array([parameters[f"{firm}_{what}"] for firm in FIRMS]) for what in ("price", "appeal")
    )
    return logit.shares(appeals - parameters["price_weight"] * prices)


ROW = Row(
    id="D18",
    name="logit",
    title="Who gets how many of many choices, and what a dearer firm loses to whom",
    kind="market",
    form="share of j = exp(v_j) / Σ exp(v_k), v = appeal − b · price; elasticities to a price p_j: "
    "own −b p_j (1 − s_j), of any rival b p_j s_j, here between 5 % less and 5 % more",
    source="McFadden (1974)",
    limit="Everybody chooses one of three firms every month without memory, all firms being known; "
    "prices weigh linearly, which is a sensitivity of 10 b at the reference price of 10.",
    parameters={
        "acme_appeal": 1.0, "bolt_appeal": 0.3, "cora_appeal": -0.4,
        "acme_price": 10.0, "bolt_price": 9.0, "cora_price": 8.0, "price_weight": 0.2,
    },
    ranges={
        "acme_appeal": (-0.5, 1), "bolt_appeal": (-0.5, 1), "cora_appeal": (-0.5, 1),
        "acme_price": (6, 12), "bolt_price": (6, 12), "cora_price": (6, 12),
        "price_weight": (0.1, 0.4),
    },
    dock=dock,
    scenario="sim:theory/d18_logit",
    axes=("price of acme, money a unit", "share of choices that fall on acme"),
)  # fmt: skip

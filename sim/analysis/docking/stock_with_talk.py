"""D02b: the stock of customers who bring others."""

import math

import numpy as np

from sim.analysis.docking.estimates import of_firm
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory import stock

LEVEL, MONTHS, WORLDS = 1_000, 30, 3
"""Customers in the long run, which takes a number of newcomers; months; worlds."""
SEEN = (1, 2, 3, 5, 8, 12, 20, 30)


def dock(parameters: Parameters) -> list[Figure]:
    """The climb from nobody, among very many who have never heard of the firm."""
    retention, talk = parameters["retention"], parameters["talk"]
    newcomers = LEVEL * (1 - retention - talk)
    overrides = {
        "population.entry.per_month": newcomers,
        "firms.acme.appeal": math.log(retention / (1 - retention)),
        "mechanisms.word_of_mouth.base": talk / retention,
        "horizon": MONTHS,
    }
    lived = (run(ROW.scenario, overrides=overrides, replication=k) for k in range(WORLDS))
    climb = np.mean([of_firm(world, "customers") for world in lived], axis=0)
    return [
        Figure(
            f"customers in month {months}",
            float(climb[months - 1]),
            stock.customers_after(months, newcomers, retention, talk=talk),
            stock.sd_after(months, newcomers, retention, talk) / math.sqrt(WORLDS),
            at=months,
        )
        for months in SEEN
    ]


ROW = Row(
    id="D02b",
    name="stock_with_talk",
    title="How many customers a firm holds when each brings others",
    kind="market",
    form="N(t) = N* (1 − (r + ρ)^t), N* = A / (1 − r − ρ): A newcomers a month, r retention, ρ "
    "customers that each customer brings a month; A is such that N* is 1,000",
    source="Steady state of a linear difference equation",
    limit="Customers tell a Poisson number of people, drawn from everybody; messages are heard in "
    "the next month, by whom they are forgotten unless a purchase follows at once, with "
    "probability r. The form has no end of strangers. Here customers are half a per cent of "
    "200,000 people: 1 in 200 messages finds a customer, fewer find somebody a second time in a "
    "month, and N* falls short by less than .006 ρ / (1 − r − ρ) of itself, within the error.",
    parameters={"retention": 0.8, "talk": 0.1},
    ranges={"retention": (0.6, 0.84), "talk": (0.02, 0.1)},
    dock=dock,
    scenario="sim:theory/d02_stock_with_talk",
    axes=("months since the first newcomers", "customers at the end of the month"),
)

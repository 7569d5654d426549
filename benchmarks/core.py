"""The core of word of mouth: the market with the rest switched off, against others who live it.

What is timed is a step of the market as users take it, bookkeeping and Mesa included, never a
kernel made for the race. Everybody begins from the same people and the same network; before any
time is believed, the markets are compared.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import core_in_agentpy, core_in_c
from benchmarks.record import Row
from benchmarks.timing import Lap, in_turn
from sim.market.model import Market

SCENARIO = Path(__file__).with_name("core.yaml")
PART = "core of word of mouth"
SIZES = (10_000, 100_000, 1_000_000)
SETTLED = 12
"""Months lived before the clocks start."""


def market_of(people: int) -> Market:
    """The core for so many people, some months old."""
    market = Market(SCENARIO, overrides={"population.size": people, "horizon": 20_000})
    for _ in range(SETTLED):
        market.step()
    return market


def measure(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Time the market against C at every size, and against frameworks that are installed."""
    library = core_in_c.compiled() if core_in_c.compiler() else None
    pace: dict[int, float] = {}
    for people in sizes:
        market = market_of(people)
        laps: dict[str, Lap] = {"market": market.step}
        if library is not None:
            rival = core_in_c.CoreInC(library, market)
            laps["C"] = rival.step
        if people == sizes[0] and core_in_agentpy.is_installed():
            laps["AgentPy"] = core_in_agentpy.made(market).sim_step
        rounds = max(9, 2_000_000 // people if "AgentPy" not in laps else 25)
        seconds = in_turn(laps, rounds)
        pace[people] = seconds["market"] / people * 1e9
        yield Row(PART, f"market, {people:,} people", pace[people], "ns/customer-month")
        if library is not None:
            agree(market, rival)
            in_c = seconds["C"] / people * 1e9
            yield Row(PART, f"straightforward C, {people:,} people", in_c, "ns/customer-month")
            ratio = pace[people] / in_c
            goal = 1.3 if people != 100_000 else None
            yield Row(PART, f"market / C, {people:,} people", ratio, "times", goal, "at most")
        if "AgentPy" in laps:
            ratio = seconds["AgentPy"] / seconds["market"]
            yield Row(PART, f"AgentPy / market, {people:,} people", ratio, "times")
    if len(sizes) > 1:
        spread = max(pace.values()) / min(pace.values())
        what = f"slowest / fastest size, {sizes[0]:,} to {sizes[-1]:,} people"
        yield Row(PART, what, spread, "times", 2, "at most")


def agree(market: Market, rival: core_in_c.CoreInC) -> None:
    """Refuse to race a market that is another one.

    Purchases, customers and messages of the last month lie within 6 standard errors of counts, mean
    satisfaction within .02. Raises ValueError where they do not.
    """
    ours, theirs = market.history.last, rival.book
    for name in ("purchases", "customers", "praise", "blame"):
        here, there = int(ours[name].sum()), int(theirs[name].sum())
        if abs(here - there) > 6 * (here + there) ** 0.5 + 0.04 * here:
            raise ValueError(f"{name}: must be alike in the market and in C, are {here}, {there}")
    means = [book["satisfaction"].sum() / book["customers"].sum() for book in (ours, theirs)]
    if abs(means[0] - means[1]) > 0.02:
        raise ValueError(f"mean satisfaction: must be alike in the market and in C, is {means}")

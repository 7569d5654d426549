"""The core of word of mouth: the market with the rest switched off, against others who live it.

What is timed is a step of the market as users take it, bookkeeping and Mesa included, never a
kernel made for the race. Everybody begins from the same people and the same network; before any
time is believed, the markets are compared.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks import core_in_agentpy, core_in_c, core_in_starsim
from benchmarks.record import Row
from benchmarks.timing import MONTHS, Lap, in_turn, year
from sim.market.model import Market

SCENARIO = Path(__file__).with_name("core.yaml")
PART = "core of word of mouth"
SIZES = (10_000, 100_000, 1_000_000)
SETTLED = 12
"""Months lived before the clocks start."""
LARGEST_IN_STARSIM = 100_000
Book = Mapping[str, Any] | npt.NDArray[Any]


class Rival(NamedTuple):
    """Another that lives the core: its month, and the book of the last one.

    The book names purchases, customers, praise and blame, and customers' satisfaction added up.
    """

    step: Lap
    book: Callable[[], Book]


def market_of(people: int) -> Market:
    """The core for so many people, some months old."""
    market = Market(SCENARIO, overrides={"population.size": people, "horizon": 20_000})
    for _ in range(SETTLED):
        market.step()
    return market


def measure(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Time the market against C at every size, and against frameworks that are installed."""
    pace: dict[int, float] = {}
    for people in sizes:
        market = market_of(people)
        rounds = max(5, 200_000 // people)
        if core_in_c.compiler():
            pace[people], in_c = race("C", market, rounds)
        else:
            alone = in_turn({"market": year(market.step)}, rounds)["market"]
            pace[people] = alone / people / MONTHS * 1e9
        yield Row(PART, f"market, {people:,} people", pace[people], "ns/customer-month")
        if core_in_c.compiler():
            yield Row(PART, f"straightforward C, {people:,} people", in_c, "ns/customer-month")
            ratio = pace[people] / in_c
            goal = 1.3 if people != 100_000 else None
            yield Row(PART, f"market / C, {people:,} people", ratio, "times", goal, "at most")
        for name in frameworks(people, sizes[0]):
            ours, theirs = race(name, market, 3 if name == "AgentPy" else rounds)
            yield Row(PART, f"{name} / market, {people:,} people", theirs / ours, "times")
    if len(sizes) > 1:
        spread = max(pace.values()) / min(pace.values())
        what = f"slowest / fastest size, {sizes[0]:,} to {sizes[-1]:,} people"
        yield Row(PART, what, spread, "times", 2, "at most")


def frameworks(people: int, smallest: int) -> list[str]:
    """Those installed that race so many people: AgentPy the smallest market only."""
    names = ["AgentPy"] if core_in_agentpy.is_installed() and people == smallest else []
    if core_in_starsim.is_installed() and people <= LARGEST_IN_STARSIM:
        names.append("Starsim")
    return names


def race(name: str, market: Market, rounds: int) -> tuple[float, float]:
    """Nanoseconds per customer-month of the market and of a rival who lives the same.

    Two at a time, because who runs after a third finds the cache emptied by it.
    """
    rival = rival_of(name, market, MONTHS * (rounds + 1))
    seconds = in_turn({"market": year(market.step), name: year(rival.step)}, rounds)
    agree(name, market.history.last, rival.book())
    months = MONTHS * market.world.people.size
    return seconds["market"] / months * 1e9, seconds[name] / months * 1e9


def rival_of(name: str, market: Market, months: int) -> Rival:
    """A rival who begins from the state of a market and can live so many months."""
    if name == "AgentPy":
        model = core_in_agentpy.made(market)
        return Rival(model.sim_step, model.book)
    if name == "Starsim":
        simulation = core_in_starsim.made(market, months)
        return Rival(simulation.run_one_step, lambda: core_in_starsim.book(simulation))
    in_c = core_in_c.CoreInC(core_in_c.compiled(), market)
    return Rival(in_c.step, lambda: in_c.book)


def agree(name: str, ours: Book, theirs: Book) -> None:
    """Refuse to race a market that is another one.

    Purchases, customers and messages of the last month lie within 6 standard errors of counts and
    4 %, mean satisfaction within .02. Raises ValueError where they do not.
    """
    for what in ("purchases", "customers", "praise", "blame"):
        here, there = int(np.sum(ours[what])), int(np.sum(theirs[what]))
        if abs(here - there) > 6 * (here + there) ** 0.5 + 0.04 * here:
            raise ValueError(
                f"{what}: must be alike in the market and in {name}, are {here}, {there}"
            )
    means = [
        float(np.sum(book["satisfaction"]) / np.sum(book["customers"])) for book in (ours, theirs)
    ]
    if abs(means[0] - means[1]) > 0.02:
        raise ValueError(
            f"mean satisfaction: must be alike in the market and in {name}, is {means}"
        )

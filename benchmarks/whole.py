"""The whole market, every rule on: against the plain-Mesa reference, and by size.

The reference is ``tests/reference``: one Mesa agent per customer, proven equal to the market. So
that the race is one of models and not of generators, it draws from Python's own ``random``.
"""

from collections.abc import Iterator

from benchmarks.record import Row
from benchmarks.timing import MONTHS, in_turn, year
from sim.market.model import Market
from sim.market.state import bytes_per_person
from tests.reference.luck import InSequence
from tests.reference.model import Reference

PART = "whole market"
GOALS = {10_000: 80, 100_000: 100}
SETTINGS = ("subscription", "repertoire")
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3


def overrides(setting: str, people: int) -> dict[str, object]:
    """Four firms, eight neighbours, every rule on; booked from the first month."""
    return {"setting": setting, "population.size": people, "warm_up": 0, "horizon": 240}


def measure(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Time the market at every size, and against the reference up to 100,000 people."""
    for setting in SETTINGS:
        pace: dict[int, float] = {}
        for people in sizes:
            market = Market("sim:first_market", overrides=overrides(setting, people))
            laps = {"market": year(market.step)}
            if people in GOALS:
                reference = Reference(market.case, luck=InSequence(1))
                laps["reference"] = year(reference.step)
            seconds = in_turn(laps, ROUNDS)
            pace[people] = seconds["market"] / people / MONTHS * 1e9
            name = f"{setting}, {people:,} people"
            yield Row(PART, f"market: {name}", pace[people], "ns/customer-month")
            if people in GOALS:
                slow = seconds["reference"] / people / MONTHS * 1e6
                yield Row(PART, f"plain Mesa reference: {name}", slow, "µs/customer-month")
                ratio = seconds["reference"] / seconds["market"]
                goal = GOALS[people]
                yield Row(PART, f"reference / market: {name}", ratio, "times", goal, "at least")
        if len(sizes) > 1:
            spread = max(pace.values()) / min(pace.values())
            what = f"slowest / fastest size: {setting}, {sizes[0]:,} to {sizes[-1]:,} people"
            yield Row(PART, what, spread, "times", 2, "at most")


def measure_memory() -> Iterator[Row]:
    """Bytes a customer takes, by the number of firms."""
    for firms in (1, 4, 16):
        goal = 64 + (64 + 32) * firms
        held = bytes_per_person(firms, "single")
        yield Row("memory", f"state and books, {firms} firms", held, "bytes/customer", goal)

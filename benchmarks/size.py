"""How large a market may be: the network of a million, and ten million customers for a year."""

import subprocess
import sys
import time
from collections.abc import Iterator

import psutil

from benchmarks.record import Row
from benchmarks.whole import measure_memory
from sim import draws
from sim.market.ties import build_ties
from sim.scenario.loading import load_scenario

PART = "size"
MILLION = 1_000_000
NEEDED = 16e9
"""Bytes free without which ten million are not tried."""
TEN_MILLION = """
import resource, time
from sim.market.model import Market
overrides = {"population.size": 10_000_000, "warm_up": 0, "horizon": 12}
begin = time.perf_counter()
Market("sim:first_market", overrides=overrides).run_model()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak, time.perf_counter() - begin)
"""


def measure(largest: bool = True) -> Iterator[Row]:
    """Bytes, the network, and (where memory allows it) ten million customers for 12 months."""
    yield from measure_memory()
    case = load_scenario("sim:first_market").override({"population.size": MILLION})
    run = draws.key(1)
    build_ties(case.override({"population.size": 1000}), 1000, run)
    begin = time.perf_counter()
    build_ties(case, MILLION, run)
    took = time.perf_counter() - begin
    yield Row(PART, "a small world of a million people is built", took, "seconds", 1)
    if largest and psutil.virtual_memory().available > NEEDED:
        yield from ten_million()


def ten_million() -> Iterator[Row]:
    """Ten million customers of four firms, 12 months, in a process of their own."""
    command = [sys.executable, "-c", TEN_MILLION]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024
    yield Row(
        PART, "ten million people × 12 months: memory", float(answer[0]) * unit / 1e9, "GB", 24
    )
    yield Row(PART, "ten million people × 12 months: time", float(answer[1]), "seconds")

"""Time the whole market, everything on, in one thread: nanoseconds per customer-month.

python -m benchmarks                 100,000 customers, 60 months, 4 firms, both settings
python -m benchmarks --people 10000  another size
python -m benchmarks --json          one object for machines
"""

import argparse
import json
import time
from typing import Any

from sim.market.model import Market
from sim.market.network import bytes_needed
from sim.market.run import versions
from sim.market.state import bytes_per_person

GOAL = 2000.0
"""Nanoseconds per customer-month that must not be exceeded."""


def measure(setting: str, people: int, months: int) -> dict[str, Any]:
    """Live one market of four firms with every mechanism on, and time its parts."""
    overrides = {"setting": setting, "population.size": people, "warm_up": 0, "horizon": months + 1}
    begun = time.perf_counter()
    market = Market("sim:first_market", overrides=overrides)
    built = time.perf_counter()
    market.step()
    first = time.perf_counter()
    market.run_model()
    done = time.perf_counter()
    return {
        "setting": setting,
        "people": people,
        "months": months,
        "build_seconds": round(built - begun, 3),
        "first_step_seconds": round(first - built, 3),
        "nanoseconds_per_customer_month": round((done - first) / people / months * 1e9, 1),
        "bytes_per_customer": bytes_per_person(len(market.firms), "single"),
        "bytes_of_network_per_customer": round(bytes_needed("small_world", people, 8) / people),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    wanted = parser.parse_args()
    rows = [measure(s, wanted.people, wanted.months) for s in ("subscription", "repertoire")]
    if wanted.json:
        print(json.dumps({"versions": versions(), "goal": GOAL, "markets": rows}))
        return
    print("Whole market, 4 firms, everything on, one thread (first step includes compilation)\n")
    for row in rows:
        print(
            f"{row['setting']:>13}: {row['nanoseconds_per_customer_month']:6.0f} ns per "
            f"customer-month (goal: under {GOAL:.0f}); {row['people']:,} people × "
            f"{row['months']} months; built in {row['build_seconds']} s, first step "
            f"{row['first_step_seconds']} s; {row['bytes_per_customer']} bytes a customer"
        )


if __name__ == "__main__":
    main()

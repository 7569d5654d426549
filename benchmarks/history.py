"""What earlier versions reached: ratios with version and machine, in ``benchmarks/history.csv``."""

import csv
import platform
import tomllib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.record import Row
from sim.market.run import versions

FILE = Path(__file__).with_name("history.csv")
COLUMNS = ("version", "python", "numba", "machine", "part", "what", "value", "unit", "goal", "met")


def machine() -> str:
    """The processor, in words."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return f"{platform.system()} {platform.machine()}, {(names or ['unknown processor'])[0]}"


def remember(rows: Sequence[Row]) -> None:
    """Add every figure that is a ratio or has a goal."""
    known = versions()
    declared = tomllib.loads(FILE.parents[1].joinpath("pyproject.toml").read_text("utf-8"))
    new = not FILE.exists()
    with FILE.open("a", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        if new:
            table.writerow(COLUMNS)
        for row in rows:
            if row.goal is None and row.unit != "times":
                continue
            of_this = (declared["project"]["version"], known["python"], known.get("numba", ""))
            figures = (row.part, row.what, f"{row.value:.4g}", row.unit, row.goal, row.met)
            table.writerow((*of_this, machine(), *figures))

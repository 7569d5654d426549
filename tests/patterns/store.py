"""Store the baseline: what the first market is today, to notice when its numbers move.

Run it as ``python -m tests.patterns.store`` from the root of the repository, and only if numbers
were meant to move; the changelog then says which ones and why.
"""

import json
import math
from pathlib import Path
from typing import Any

from sim.market.run import run

FILE = Path(__file__).parent / "first_market.json"
SCENARIO = "sim:first_market"
MONTHS = [11, 59, 119]


def baseline() -> list[dict[str, Any]]:
    """Every measure of every firm in those months, as plain data; what is missing is None."""
    table = run(SCENARIO).firms
    rows = table[table["month"].isin(MONTHS)].to_dict(orient="records")
    return [{str(name): plain(value) for name, value in row.items()} for row in rows]


def plain(value: Any) -> Any:
    """A number that JSON can say."""
    return None if isinstance(value, float) and math.isnan(value) else value


def store() -> None:
    """Write the file that the test reads."""
    content = {"scenario": SCENARIO, "months": MONTHS, "rows": baseline()}
    FILE.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    store()

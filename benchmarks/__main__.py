"""How fast the market is, against its peers: ``python -m benchmarks``.

python -m benchmarks                   everything (about ten minutes)
python -m benchmarks core start        some: start, size, core, whole, everything, replications
python -m benchmarks --json            one object for machines
python -m benchmarks --picture FILE    the ratios as a picture
python -m benchmarks --remember        add the ratios to benchmarks/history.csv

Ratios are taken in turn in one run, so that they hold on a busy machine, too; nanoseconds do not.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import core, everything, history, picture, replications, size, start, whole
from benchmarks.record import Row
from sim.market.run import versions

PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "start": start.measure,
    "size": size.measure,
    "core": core.measure,
    "whole": whole.measure,
    "everything": everything.measure,
    "replications": replications.measure,
}
QUICK: dict[str, Callable[[], Iterator[Row]]] = {
    "start": start.measure,
    "size": partial(size.measure, largest=False),
    "core": partial(core.measure, (10_000, 100_000)),
    "whole": partial(whole.measure, (10_000,)),
    "everything": partial(everything.measure, (10_000,)),
    "replications": replications.measure,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="leave the largest markets out")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.add_argument("--picture", type=Path, metavar="FILE")
    parser.add_argument("--remember", action="store_true", help="add to benchmarks/history.csv")
    wanted = parser.parse_args()
    for part in wanted.parts:
        if part not in PARTS:
            parser.error(f"{part}: must be one of {', '.join(PARTS)}")
    rows = list(measured(wanted.parts or list(PARTS), QUICK if wanted.quick else PARTS))
    if wanted.json:
        found = {"versions": versions(), "machine": history.machine()}
        print(json.dumps(found | {"rows": [row.to_json() for row in rows]}, indent=2))
    if wanted.picture:
        picture.draw(rows, wanted.picture)
    if wanted.remember:
        history.remember(rows)


def measured(names: list[str], parts: dict[str, Callable[[], Iterator[Row]]]) -> Iterator[Row]:
    """The rows of some parts; people see each as it comes."""
    for name in names:
        print(f"\n{name}", file=sys.stderr)
        for row in parts[name]():
            print(row.line(), file=sys.stderr, flush=True)
            yield row


if __name__ == "__main__":
    main()

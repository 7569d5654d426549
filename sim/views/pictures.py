"""The pictures of the README and of docs/, drawn anew from the markets behind them.

``python -m sim.views.pictures`` lives those markets and draws all of them; names draw some only. On
the same machine, with the same versions, the files are the same byte for byte.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.candidates import cases_of
from sim.views import facade, further, style
from sim.views.cdnow import plot_cdnow
from sim.views.documents import DOCS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = DOCS / "pictures"
COMPARED = "sim:retention_vs_acquisition"
CDNOW_WORLDS = 20


def compared(scenario: str, runs: int | None, sets: Sequence[str]) -> "Figure":
    """The policies of a scenario against today's, as `sim compare` draws them."""
    return facade.compare(scenario, runs=runs, sets=sets).plot()


def frontier(runs: int | None, sets: Sequence[str]) -> "Figure":
    """Where the money earns most, as `sim compare --frontier` draws it."""
    (case,) = cases_of((COMPARED,), runs, sets=sets)
    return further.frontier(case).plot()


def cdnow(runs: int | None, sets: Sequence[str]) -> "Figure":
    """Repeat purchases of CDNOW's customers, real and simulated."""
    numbers = range(CDNOW_WORLDS if runs is None else runs)
    return plot_cdnow([facade.run("sim:cdnow", sets=sets, replication=k) for k in numbers])


PICTURES: dict[str, Callable[[int | None, Sequence[str]], "Figure"]] = {
    "retention_vs_acquisition": partial(compared, COMPARED),
    "frontier": frontier,
    "cdnow": cdnow,
    "grocery": partial(compared, "sim:industries/grocery"),
    "mobile_telecom": partial(compared, "sim:industries/mobile_telecom"),
}
"""Name of a picture → what draws it, from so many worlds (None: as published) under overrides."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures, and say of each whether it is the one that was there. Returns 0."""
    parser = argparse.ArgumentParser("python -m sim.views.pictures", description=first_words())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PICTURES)}")
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="DIR", help="another folder")
    parser.add_argument("--runs", type=int, help="fewer worlds, for a quick look")
    parser.add_argument(
        "--set", action="append", default=[], dest="sets", metavar="PATH=VALUE",
        help="change the scenarios, as in --set population.size=200",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    for name in asked.names or PICTURES:
        if name not in PICTURES:
            parser.error(f"{name}: there is no such picture; name some of {', '.join(PICTURES)}")
        print(drawn(asked.into / f"{name}.png", PICTURES[name](asked.runs, asked.sets)))
    return 0


def first_words() -> str:
    """What the command does."""
    return (__doc__ or "").partition("\n")[0]


def drawn(file: Path, figure: "Figure") -> str:
    """Save a picture, and say how it compares with the one that was there."""
    before = file.read_bytes() if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    style.save(figure, file)
    same = file.read_bytes() == before
    return f"{file}: {'the same, byte for byte' if same else 'drawn anew'}"


if __name__ == "__main__":
    sys.exit(main())

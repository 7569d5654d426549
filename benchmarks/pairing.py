"""How many runs a difference between two policies needs, by what the two have in common.

python -m benchmarks.pairing                                   a table, in about six minutes
python -m benchmarks.pairing --out docs/pictures/pairing.png   and a picture
python -m benchmarks.pairing --json                            one object for machines
"""

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.pairing_statistics import (
    MONTHS,
    PEOPLE,
    USUAL,
    Cell,
    Estimate,
    Values,
    by_size,
    by_talk,
)
from sim.experiments.arms import design_of, live
from sim.market.run import versions
from sim.scenario.loading import Case, load_scenario
from tests.reference.luck import InSequence
from tests.reference.model import Reference

TALK = (0.0, 0.5, USUAL, 2.0, 4.0)
"""Strengths of word of mouth, in multiples of the default tellings."""
SIZES = (100, PEOPLE, 1_000, 3_000, 10_000)
LARGEST_IN_SEQUENCE = 1_000
"""People above which the plain market would take longer than the rest of the measurement."""
POLICIES = ("as_today", "keep")
WORLDS, SEQUENCES = 150, 40
GAINS = {"sequence": "one shared seed", "addressed": "addressed draws"}
RUNS = {"independent": "independent seeds", **GAINS}


# ── living ────────────────────────────────────────────────────────────────────────────────────


def arms(people: int, talk: float, months: int = MONTHS) -> list[Case]:
    """A small market of four firms that sell to whoever has a need, under both policies."""
    case = load_scenario("sim:retention_vs_acquisition").override(
        {"population.size": people, "warm_up": 0, "horizon": months}
    )
    usual = case.spec.rules.word_of_mouth
    names = ("base", "positive_weight", "negative_weight")
    told = {f"mechanisms.word_of_mouth.{name}": talk * getattr(usual, name) for name in names}
    return [case.override(told).under_policy(policy) for policy in POLICIES]


def with_addresses(cases: Sequence[Case], worlds: int) -> Values:
    """(worlds, arms) net present value, each number drawn by its address."""
    named = {str(position): case for position, case in enumerate(cases)}
    design = design_of(cases[0], named, "acme")
    return np.array([[f.outcomes["npv"] for f in live(design, world)] for world in range(worlds)])


def in_sequence(cases: Sequence[Case], worlds: int) -> Values:
    """(worlds, arms) net present value, all arms of a world fed from the same sequence."""
    return np.array(
        [
            [npv(Reference(case, replication=world, luck=InSequence(world))) for case in cases]
            for world in range(worlds)
        ]
    )


def npv(market: Reference) -> float:
    """Live a plain market that has no warm-up, and discount the profits of the focal firm."""
    profits = [ledger.profit for ledger in market.run_model().firm("acme").history]
    rate = market.spec.discount_rate
    return sum(profit / (1.0 + rate) ** step for step, profit in enumerate(profits))


def lived(people: int, talk: float, worlds: int, sequences: int) -> Cell:
    """One market, in many worlds."""
    cases = arms(people, talk)
    small = people <= LARGEST_IN_SEQUENCE
    sequence = in_sequence(cases, sequences) if small else None
    return Cell(people, talk, with_addresses(cases, worlds), sequence)


# ── telling ───────────────────────────────────────────────────────────────────────────────────


def plan() -> list[tuple[int, float]]:
    """Size and strength of word of mouth of every market."""
    return [(PEOPLE, talk) for talk in TALK] + [(n, USUAL) for n in SIZES if n != PEOPLE]


def table(cells: Sequence[Cell]) -> str:
    """Both tables, in Markdown."""
    runs = [
        (f"× {cell.talk:g}", *told(cell.runs(), RUNS), f"{cell.difference():.1f} %")
        for cell in by_talk(cells)
    ]
    gains = [(f"{cell.people:,}", *told(cell.gains(), GAINS)) for cell in by_size(cells)]
    return f"{markdown(('word of mouth', *RUNS.values(), 'keep less as_today'), runs)}\n\n" + (
        markdown(("people", *(f"gain of {name}" for name in GAINS.values())), gains)
    )


def told(found: Mapping[str, Estimate], kinds: Iterable[str]) -> list[str]:
    """Estimates in words, and which there are none of."""
    return [f"{found[kind]:,.0f}" if kind in found else "not measured" for kind in kinds]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_data(cell: Cell) -> dict[str, object]:
    """A market's estimates as plain data."""
    return {
        "people": cell.people,
        "word_of_mouth": cell.talk,
        "npv": float(cell.addressed[:, 0].mean()),
        "difference_percent": cell.difference()._asdict(),
        "runs": {kind: found._asdict() for kind, found in cell.runs().items()},
        "gain": {kind: found._asdict() for kind, found in cell.gains().items()},
    }


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairing", description=__doc__)
    parser.add_argument("--out", type=Path, help="a PNG file to draw to")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.add_argument("--worlds", type=int, default=WORLDS, help="with addressed draws")
    parser.add_argument("--sequences", type=int, default=SEQUENCES, help="with a shared sequence")
    wanted = parser.parse_args()
    begun = time.process_time()
    cells = [lived(*market, wanted.worlds, wanted.sequences) for market in plan()]
    seconds = time.process_time() - begun
    if wanted.out:
        from benchmarks.pairing_picture import draw

        draw(cells, wanted.out)
    if wanted.json:
        markets = [as_data(cell) for cell in cells]
        print(json.dumps({"versions": versions(), "months": MONTHS, "markets": markets}))
        return
    print(f"{table(cells)}\n\n{seconds:.0f} seconds of one processor")


if __name__ == "__main__":
    main()

"""Many small markets side by side: 200 replications of 2,000 customers for 60 months.

Mesa's ``batch_run`` lives the plain-Mesa reference, in as many processes; a few of its replications
are timed and taken times the rest.
"""

import time
import warnings
from collections.abc import Iterator
from typing import Any

from benchmarks.record import Row
from sim.experiments.arms import Design, design_of
from sim.experiments.runner import in_processes
from sim.scenario.loading import Case, load_scenario
from tests.reference.luck import InSequence
from tests.reference.model import Reference

PART = "replications"
RUNS = 200
SAMPLE = 4
"""Replications that batch_run is given, two for each process."""
MONTHS = 60
PEOPLE = 2_000


def case() -> Case:
    """A small market of four firms."""
    changes = {"population.size": PEOPLE, "warm_up": 0, "horizon": MONTHS}
    return load_scenario("sim:first_market").override(changes)


class PlainMesa(Reference):
    """The reference as ``batch_run`` wants it: numbers are all that it is made from."""

    def __init__(self, rng: int | None = None, **options: Any) -> None:
        super().__init__(case(), rng=rng, luck=InSequence(1))


def side_by_side(design: Design, jobs: int) -> float:
    """Seconds on the wall for all replications in so many warm processes."""
    execute = in_processes(jobs)
    for _ in execute(design, range(2 * jobs)):  # processes are begun, code is compiled
        pass
    begin = time.perf_counter()
    for _ in execute(design, range(RUNS)):
        pass
    return time.perf_counter() - begin


def by_batch_run() -> float:
    """Seconds on the wall that batch_run would take for all replications in two processes."""
    import mesa

    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mesa.batch_run(
            PlainMesa,
            parameters={},
            rng=list(range(SAMPLE)),
            number_processes=2,
            max_steps=MONTHS,
            data_collection_period=-1,
            display_progress=False,
        )
    return (time.perf_counter() - begin) * RUNS / SAMPLE


def measure() -> Iterator[Row]:
    """One process, two, and Mesa's own way."""
    design = design_of(case(), {"as_it_is": case()}, "acme")
    alone, both = side_by_side(design, 1), side_by_side(design, 2)
    yield Row(PART, f"{RUNS} markets, one process", RUNS / alone, "runs/second")
    yield Row(PART, f"{RUNS} markets, two warm processes", RUNS / both, "runs/second")
    yield Row(PART, "two processes / one", alone / both, "times", 1.8, "at least")
    mesa = by_batch_run()
    yield Row(PART, "Mesa batch_run of the reference, two processes", RUNS / mesa, "runs/second")
    yield Row(PART, "market / batch_run, two processes", mesa / both, "times", 50, "at least")

"""Timing contestants in turn, so that what disturbs one disturbs the others, too."""

import time
from collections.abc import Callable, Mapping
from statistics import quantiles

Lap = Callable[[], object]
MONTHS = 12
"""Months of a lap, see :func:`year`."""


def year(month: Lap) -> Lap:
    """A lap of twelve months in a row, as every run lives them.

    After a single month each contestant would find the processor's caches full of the other's
    people, and what a market does once a year would never be timed.
    """

    def lap() -> None:
        for _ in range(MONTHS):
            month()

    return lap


def in_turn(laps: Mapping[str, Lap], rounds: int) -> dict[str, float]:
    """Seconds of processor time a lap: the lower quartile of ``rounds`` laps, run in turn.

    Processor time and the lower quartile, because a lap can only be disturbed upwards.
    """
    taken: dict[str, list[float]] = {name: [] for name in laps}
    for name, lap in laps.items():
        lap()  # compiled, warm
        taken[name].clear()
    for _ in range(rounds):
        for name, lap in laps.items():
            begin = time.process_time()
            lap()
            taken[name].append(time.process_time() - begin)
    return {name: lower_quartile(times) for name, times in taken.items()}


def lower_quartile(times: list[float]) -> float:
    """The lower quartile, or the smallest of less than four."""
    return quantiles(times, n=4, method="inclusive")[0] if len(times) > 3 else min(times)

"""How long one waits at the door: the command line, in processes of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.record import Row

PART = "at the door"


def seconds(arguments: list[str], environment: dict[str, str], times: int) -> float:
    """The shortest of some runs of the command, by the clock on the wall."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sim", *arguments],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        taken.append(time.perf_counter() - begin)
    return min(taken)


def measure() -> Iterator[Row]:
    """``sim --help``, and ``sim run`` with and without compiled code from before."""
    first = "sim run scenarios/first_market.yaml"
    with TemporaryDirectory() as folder:
        run = ["run", "scenarios/first_market.yaml"]
        new = {**os.environ, "XDG_CACHE_HOME": folder}
        yield Row(PART, "sim --help", seconds(["--help"], new, 5), "seconds", 0.4)
        yield Row(PART, f"{first}, the very first", seconds(run, new, 1), "seconds", 20)
        yield Row(PART, f"{first}, compiled", seconds(run, new, 3), "seconds", 3)

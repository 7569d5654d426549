"""The core of word of mouth in C, compiled here and begun from the state of a market."""

import ctypes
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from sim.market.model import Market

SOURCE = Path(__file__).with_name("core.c")
FLAGS = ["-O3", "-march=native", "-shared", "-fPIC"]
GIVEN = ("taste", "first_expectation", "salience", "expectation", "satisfaction")
RELATION = np.dtype(
    [(name, "f8") for name in (*GIVEN, "revenue", "profit", "verdict")]
    + [(name, "i4") for name in ("praise", "blame", "purchases", "first", "last")],
    align=True,
)
"""struct relation of core.c."""
SUMS = ("satisfaction", "satisfaction_squared", "salience", "revenue", "profit", "quality")
COUNTS = ("customers", "buyers", "acquired", "reactivated", "lapsed", "purchases")
BOOK = np.dtype(
    [(name, "f8") for name in SUMS] + [(name, "i8") for name in (*COUNTS, "praise", "blame")],
    align=True,
)
"""struct book of core.c."""


def compiler() -> str | None:
    """The C compiler of this machine, if there is one."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def compiled() -> ctypes.CDLL:
    """The core, compiled for this machine with strict floating point."""
    library = Path(mkdtemp()) / "core.so"
    subprocess.run([str(compiler()), *FLAGS, "-o", library, SOURCE, "-lm"], check=True)
    return ctypes.CDLL(str(library))


class CoreInC:
    """One market of the core in C, begun from the state of one of ours."""

    def __init__(self, library: ctypes.CDLL, market: Market) -> None:
        self.library = library
        w = market.world
        self.relations = np.zeros(w.relations.shape, RELATION)
        for name in (*GIVEN, "purchases", "first", "last"):
            self.relations[name] = w.relations[name]
        self.last = w.people["provider"].astype(np.int8)
        self.book = np.zeros(len(market.firms), BOOK)
        self.start = market.ties.start.astype(np.int64)
        self.tie = market.ties.tie.astype(np.int32)
        self.window = market.window
        self.month = market.clock
        self.parameters = np.array(parameters(market), np.float64)

    def step(self) -> None:
        """Live one month."""
        self.book[:] = 0
        self.library.live(
            ctypes.c_int64(len(self.last)),
            self.month,
            1,
            self.window,
            pointer(self.relations),
            pointer(self.last),
            pointer(self.book),
            pointer(self.start),
            pointer(self.tie),
            pointer(self.parameters),
            ctypes.c_uint64(self.month + 1),
        )
        self.month += 1


def pointer(table: Any) -> ctypes.c_void_p:
    """Where a table begins."""
    return ctypes.c_void_p(table.ctypes.data)


def parameters(market: Market) -> list[float]:
    """The rules' parameters in the order of core.c."""
    rules, offer, people = market.step_rules, market.firms[0].offer, market.spec.customers
    return [
        people.needs.mean if hasattr(people.needs, "mean") else people.needs.value,
        rules.forgetting.salience,
        rules.salience.positive_gain,
        rules.salience.negative_loss,
        rules.expectation.message_weight,
        rules.expectation.experienced,
        rules.satisfaction.weight,
        rules.satisfaction.reference,
        rules.choice.staying,
        offer.quality,
        rules.experience.noise,
        rules.satisfaction.learning,
        rules.satisfaction.delight,
        rules.satisfaction.disappointment,
        rules.expectation.learning,
        offer.price,
        offer.unit_cost,
        rules.word_of_mouth.base,
        rules.word_of_mouth.positive_weight,
        rules.word_of_mouth.negative_weight,
        rules.satisfaction.relaxation,
    ]

"""Where the month becomes machine code.

The rules and the month are plain Python; here each function is registered, and the passes are
compiled: once for markets that keep dealings, and once, in two thirds of the time, for those that
do not (see ``lean``). Compiled code is kept on disk in a folder named by a hash of the package's
source, because Numba's own cache does not notice an edited rule in another file.

Set ``NUMBA_DISABLE_JIT=1`` to run the same month as plain Python.
"""

import hashlib
import inspect
import os
import tempfile
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_type_hints

import numpy as np

from sim.behaviour.rules import Rules
from sim.market.lean import without_dealings
from sim.market.state import World

RULES = (
    "draws",
    "behaviour.availability",
    "behaviour.basket",
    "behaviour.breadth",
    "behaviour.choice",
    "behaviour.commitment",
    "behaviour.complaints",
    "behaviour.contacts",
    "behaviour.expectation",
    "behaviour.experience",
    "behaviour.forgetting",
    "behaviour.imitation",
    "behaviour.information",
    "behaviour.leaving",
    "behaviour.needs",
    "behaviour.negotiation",
    "behaviour.personalisation",
    "behaviour.pipeline",
    "behaviour.pressure",
    "behaviour.programme",
    "behaviour.promises",
    "behaviour.queueing",
    "behaviour.referral",
    "behaviour.salience",
    "behaviour.satisfaction",
    "behaviour.trust",
    "behaviour.word_of_mouth",
    "policy.response",
    "policy.service",
    "policy.targets",
    "market.accounts",
    "market.approaching",
    "market.choosing",
    "market.complaining",
    "market.channels",
    "market.personalising",
    "market.context",
    "market.hearing",
    "market.lines",
    "market.luck",
    "market.occasion",
    "market.programme",
    "market.pipeline",
    "market.purchase",
    "market.talking",
    "market.stock",
    "market.month",
)
"""The modules whose functions the month calls: a new rule's module is added here."""

COMPILED = ("draws", "behaviour/", "policy/", "market/")
"""Beginnings of the paths of all files that go into machine code."""


Function = Callable[..., Any]


class Passes(NamedTuple):
    """The compiled functions of a market, and the form in which they take the rules."""

    compact: Callable[[Rules], Any]
    set_out: Callable[..., None]
    most_purchases: Callable[..., int]
    live: Callable[..., None]
    close: Callable[..., None]
    fill: Callable[..., None]
    grow: Callable[..., None]


def source_hash(*parts: str) -> str:
    """Hash of source files of the package: all of them, or those whose path begins with a part."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package).as_posix()
        if not parts or name.startswith(parts):
            digest.update(name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Folder of compiled code for this source; the system's temporary one if home is read-only."""
    name = source_hash(*COMPILED)
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "relmarket" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / "relmarket" / name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def plain_functions(module: ModuleType) -> list[Function]:
    """The functions that a module defines itself."""
    members = inspect.getmembers(module, inspect.isfunction)
    return [function for _, function in members if function.__module__ == module.__name__]


def on_records(function: Function) -> Function:
    """A pass as plain Python, which reads fields by name only from rows that are records."""

    def plain(*arguments: Any) -> Any:
        return function(*(as_records(a) if isinstance(a, World) else a for a in arguments))

    return plain


def as_records(world: World) -> World:
    """The same tables, seen as arrays of records."""
    return World(*(table.view(np.recarray) for table in world))


def as_record(rules: Rules) -> Any:
    """The same rules as one record: compiled code hands it on as one address, not as 180 numbers.

    That takes a fifth off the time in which the month is compiled.
    """
    record = np.zeros((), RULES_LAYOUT)
    record[()] = rules
    return record[()]


def layout(kind: type) -> np.dtype[Any]:
    """Fields of the record that holds such a tuple of numbers, or of other tuples."""
    hints = get_type_hints(kind).items()
    fields = [(name, layout(hint) if hasattr(hint, "_fields") else hint) for name, hint in hints]
    return np.dtype(fields, align=True)


RULES_LAYOUT = layout(Rules)


@cache
def register(function: Function) -> None:
    """Let compiled code call a function."""
    from numba.extending import register_jitable

    register_jitable(_nrt=False, forceinline=True, no_cfunc_wrapper=True)(function)


@cache
def passes(dealings: bool) -> Passes:
    """Register the rules and compile the passes of the month (once per process and kind of market).

    Args:
        dealings: whether the market keeps dealings.
    """
    import numba

    from sim.market import month, network, people

    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    if "NUMBA_OPT" not in os.environ:  # the months of level 3 are no shorter, their compilation is
        numba.config.OPT = type(numba.config.OPT)(1)  # type: ignore[attr-defined]
    months: list[Function] = [month.set_out, month.most_purchases, month.live, month.close]
    fill: Function = people.fill
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        records = map(on_records, (*months, fill))
        return Passes._make((lambda rules: rules, *records, network.grow_scale_free))
    functions = [f for name in RULES for f in plain_functions(import_module(f"sim.{name}"))]
    versions = {f: f for f in functions} if dealings else without_dealings(functions)
    for function, version in versions.items():
        if function not in months:
            register(version)
    # no_cfunc_wrapper: nobody calls from C, and each such door takes time to compile
    options = {"cache": True, "error_model": "numpy", "no_cfunc_wrapper": True}
    compile_whole: Any = partial(numba.njit, **options)
    # _nrt=False: no counting of references to the tables, which the caller holds anyway
    whole = (compile_whole(f, _nrt=False) for f in (*(versions[m] for m in months), fill))
    return Passes._make((as_record, *whole, compile_whole(network.grow_scale_free)))

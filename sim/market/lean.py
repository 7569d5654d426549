"""The month of markets that keep no dealings, from the code of the whole one.

Most markets keep none (see ``dealings``), and a third of the month is about them. Asked whether
there are any, the functions of this month's copy get a no that is known before anything is
compiled, so that nothing is made of what would follow a yes.
"""

import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

from sim.market import channels, context


def no(_table: Any) -> bool:
    """The answer for a market."""
    return False


def no_firm(_table: Any, _firm: int) -> bool:
    """The answer for a firm of it."""
    return False


ANSWERS: dict[Callable[..., bool], Callable[..., bool]] = {
    context.has_dealings: no,
    context.has_ways: no,
    context.has_lines: no,
    context.has_pipeline: no,
    channels.has_channels: no_firm,
}
"""What the month asks about that no market has without dealings, and the answer."""


@cache
def known_beforehand(answer: Callable[..., bool]) -> Any:
    """An answer that is put into the code of those who ask, before the compiler looks at it."""
    import numba

    return numba.njit(inline="always")(answer)


def without_dealings(functions: list[Callable[..., Any]]) -> dict[Callable[..., Any], Any]:
    """For each function the one to compile: itself, or, if it is of the month, a copy.

    Copies call copies, and are answered no.
    """
    versions: dict[Any, Any] = {
        question: known_beforehand(answer) for question, answer in ANSWERS.items()
    }
    functions = [function for function in functions if function not in ANSWERS]
    spaces: dict[str, dict[str, Any]] = {}
    for function in functions:
        if function.__module__.startswith("sim.market."):
            names = spaces.setdefault(function.__module__, dict(function.__globals__))
            copy = FunctionType(function.__code__, names)
            copy.__qualname__ = f"{function.__qualname__}_without_dealings"  # its name in the cache
            versions[function] = copy
    for names in spaces.values():
        called = {name: value for name, value in names.items() if inspect.isfunction(value)}
        names.update({name: versions.get(value, value) for name, value in called.items()})
    return {function: versions.get(function, function) for function in functions}

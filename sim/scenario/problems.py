"""Problems found in a scenario: where, which key, which rule, which value, what to do.

Everything that reads scenarios reports in these words, so that bad input ends in a list of
sentences and never in a traceback.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any, NamedTuple

type KeyPath = tuple[str | int, ...]

MOST_PROBLEMS = 100  # more help nobody, and a hostile file could hold a million
LONGEST_SHOWN = 80
_YAML_WORDS = {True: "true", False: "false", None: "null"}


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file, or in a word such as `--set` where there is no file; counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One rule broken at one key. `rule` reads after the key: `must be greater than 0`."""

    place: Place | None
    key: str
    rule: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.place}  " if self.place else ""
        key = f"{shortened(self.key)}: " if self.key else ""
        value = f", is {self.value}" if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return printable(f"{place}{key}{self.rule}{value}{remedy}")


class Fault(NamedTuple):
    """Something at ``path`` that does not fit the rest of a scenario; see :class:`Problem`."""

    path: KeyPath
    rule: str
    value: str
    remedy: str


class ScenarioError(ValueError):
    """A scenario that cannot be used; `problems` are sorted by place, those without one last."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_by_place))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)

    def placed(self, place: Place | None, key: str) -> "ScenarioError":
        """The same error, where problems without a place get this place and key."""
        return ScenarioError(
            problem if problem.place else replace(problem, place=place, key=key)
            for problem in self.problems
        )

    def to_json(self) -> list[dict[str, Any]]:
        """The problems as plain dictionaries; `place` is None or {file, line, column}."""
        return [asdict(problem) for problem in self.problems]


def _by_place(problem: Problem) -> tuple[bool, Place]:
    return problem.place is None, problem.place or Place("", 0, 0)


def dotted(path: KeyPath) -> str:
    """The path as a reader writes it: `interventions.0.from`."""
    return ".".join(str(step) for step in path)


def shown(value: object) -> str:
    """The value as YAML would have it, on one line, at most 80 characters."""
    if value is None or isinstance(value, bool):
        return _YAML_WORDS[value]
    return shortened(printable(repr(value)))


def shortened(text: str) -> str:
    """The text, cut to 80 characters."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def printable(text: str) -> str:
    """The text with control characters escaped, so that no file can drive a terminal."""
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def one_of(value: str, known: Sequence[str]) -> str:
    """A remedy for a name that does not exist: the nearest one, and all of them."""
    close = near(value, known)
    return f"{close} " * bool(close) + f"use one of {', '.join(known)}"


def nearest(word: str, known: Sequence[str]) -> str:
    """A remedy for a word that is not known: the nearest known one, else all of them."""
    everything = f"known here: {', '.join(known)}" if known else "nothing is known here"
    return near(word, known) or everything


def near(word: str, known: Sequence[str]) -> str:
    """`did you mean price?`, or nothing where no known word is near."""
    close = get_close_matches(word[:LONGEST_SHOWN], known, n=1)
    return f"did you mean {close[0]}?" if close else ""

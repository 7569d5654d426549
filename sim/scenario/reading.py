"""Reading YAML 1.2 into plain Python values, remembering the place of every key and value.

Only mappings, lists, text, numbers, true, false and null are read, from the stream of parser
events: no object is ever constructed. What could surprise is refused: duplicate keys, anchors,
tags, merge keys, infinities.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError

from sim.scenario.files import place_in, utf8_text
from sim.scenario.problems import (
    MOST_PROBLEMS,
    KeyPath,
    Place,
    Problem,
    ScenarioError,
    dotted,
    shown,
)

type Value = dict[str, Value] | list[Value] | str | int | float | bool | None
type _Event = Any  # ruamel declares no types for what its events carry

DEEPEST = 20  # mappings and lists inside each other
LONGEST_INTEGER = 30  # digits

_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_INTEGER = re.compile(rf"[-+]?{_DIGITS}|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(rf"[-+]?(?:\.{_DIGITS}|{_DIGITS}(?:\.(?:{_DIGITS})?)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_REFUSED_KEY = ""  # stands for a key that is reported already, and can be no key itself
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """Plain values and where each of them stands. `data` is a mapping unless asked otherwise."""

    data: dict[str, Value]
    keys: Mapping[KeyPath, Place]
    values: Mapping[KeyPath, Place]

    def place(self, path: KeyPath, of_key: bool = False) -> Place:
        """Where the value at `path` (or its key) stands; if absent, the nearest ancestor."""
        while path not in self.values:
            path = path[:-1]
        return self.keys.get(path, self.values[path]) if of_key else self.values[path]


def read(path: str | Path, root: Path | None = None, name: str | None = None) -> Document:
    """Read the scenario file at `path`, which must lie inside `root` if one is given.

    `name` is what places call the file, by default the path as it was given.
    Raises ScenarioError with every problem found.
    """
    name = name or str(path)
    return read_text(utf8_text(Path(path), name, root), name)


def read_text(text: str, name: str, *, mapping: bool = True) -> Document:
    """Read YAML text; places call it `name`. With `mapping=False` any value may be at the top.

    Raises ScenarioError with every problem found, syntax errors included.
    """
    text = text.removeprefix("\ufeff")
    if control := _CONTROL.search(text):
        place = place_in(text, control.start(), name)
        rule, remedy = "must not contain control characters", "remove it"
        raise ScenarioError([Problem(place, "", rule, shown(control[0]), remedy)])
    return _Builder(text, name, mapping).document()


def read_value(text: str, name: str) -> Value:
    """Read one YAML value, as on the right of `--set path=value`. Raises ScenarioError."""
    return cast(Value, read_text(text, name, mapping=False).data)


class _Builder:
    """Builds plain values from parser events, collecting problems as it goes."""

    def __init__(self, text: str, name: str, mapping: bool) -> None:
        self.text, self.name, self.mapping = text, name, mapping
        self.events = self._parsed()
        self.keys: dict[KeyPath, Place] = {}
        self.values: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self.depth = 0

    def document(self) -> Document:
        try:
            data = self._only_document()
        except ScenarioError as error:
            raise ScenarioError([*self.problems, *error.problems]) from None
        if self.problems:
            raise ScenarioError(self.problems)
        return Document(cast(dict[str, Value], data), self.keys, self.values)

    def _only_document(self) -> Value:
        next(self.events)
        start = next(self.events)
        if isinstance(start, events.StreamEndEvent):
            remedy = "write `key: value` lines" if self.mapping else "write a value, or null"
            raise ScenarioError([Problem(self._at(start), "", "must not be empty", "", remedy)])
        if start.version not in (None, (1, 2)):
            version = ".".join(map(str, start.version))
            self._refuse(start, (), "must be YAML 1.2", version, "remove the %YAML line")
        top = next(self.events)
        data = self._value(top, ())
        if self.mapping and not isinstance(top, events.MappingStartEvent):
            rule, remedy = "must be a mapping at the top", "write `key: value` lines"
            self._refuse(top, (), rule, shown(data), remedy)
        next(self.events)
        if isinstance(more := next(self.events), events.DocumentStartEvent):
            self._refuse(more, (), "must be one document", "---", "keep one document a file")
        return data

    def _parsed(self) -> Iterator[_Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            words = ", ".join(part for part in (error.context, error.problem) if part)
            raise self._syntax(words, Place(self.name, mark.line + 1, mark.column + 1)) from None
        except Exception as error:  # broken escapes and directives let almost anything out
            last = max(self.values.values(), default=Place(self.name, 1, 1))
            raise self._syntax(str(error), last) from None

    def _syntax(self, words: str, place: Place) -> ScenarioError:
        lines = self.text.split("\n")
        line = shown(lines[min(place.line, len(lines)) - 1].strip())
        remedy = "check colons, brackets, quotes and blanks here (no tabs)"
        return ScenarioError([Problem(place, "", f"must be YAML ({words})", line, remedy)])

    def _refuse(self, event: _Event, path: KeyPath, rule: str, value: str, remedy: str) -> None:
        self.problems.append(Problem(self._at(event), dotted(path), rule, value, remedy))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ScenarioError([])

    def _at(self, event: _Event) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _value(self, event: _Event, path: KeyPath) -> Value:
        self.values[path] = self._at(event)
        self._refuse_references(event, path)
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, events.AliasEvent):
            return None
        return self._collection(event, path)

    def _refuse_references(self, event: _Event, path: KeyPath) -> None:
        if isinstance(event, events.AliasEvent):
            remedy = "write the value out, or use `extends`"
            self._refuse(event, path, "must not be an alias", f"*{event.anchor}", remedy)
        elif event.anchor is not None:
            self._refuse(event, path, "must not have an anchor", f"&{event.anchor}", "remove it")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, path, "must not have a tag", shown(event.tag), "remove it")

    def _collection(self, event: _Event, path: KeyPath) -> Value:
        if self.depth == DEEPEST:
            rule = f"must be nested at most {DEEPEST} deep"
            problem = Problem(self._at(event), dotted(path), rule, "deeper", "flatten it")
            raise ScenarioError([problem])
        self.depth += 1
        build = self._dict if isinstance(event, events.MappingStartEvent) else self._list
        built = build(path)
        self.depth -= 1
        return built

    def _list(self, path: KeyPath) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), events.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _dict(self, path: KeyPath) -> Value:
        data: dict[str, Value] = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            key = self._key(event, path)
            if key in data and key != _REFUSED_KEY:
                first = self.keys[*path, key]
                remedy = f"it is already at line {first.line}; keep one of them"
                self._refuse(event, (*path, key), "must be there once", "there twice", remedy)
            self.keys[*path, key] = self._at(event)
            data[key] = self._value(next(self.events), (*path, key))
        return data

    def _key(self, event: _Event, path: KeyPath) -> str:
        known = len(self.problems)
        key = self._value(event, (*path, _REFUSED_KEY))
        if key == "<<" and not event.style:
            remedy = "use `extends`, or write the keys out"
            self._refuse(event, path, "must not have a merge key", "<<", remedy)
        if isinstance(key, str) and key:
            return key
        if len(self.problems) == known:
            rule, remedy = "must have text as its keys", "put quotes around it"
            self._refuse(event, path, rule, shown(key), remedy)
        return _REFUSED_KEY

    def _scalar(self, event: _Event, path: KeyPath) -> Value:
        text: str = event.value
        if control := _CONTROL.search(text):
            rule = "must not contain control characters"
            self._refuse(event, path, rule, shown(control[0]), "remove it")
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self._number(event, path, text)

    def _number(self, event: _Event, path: KeyPath, text: str) -> Value:
        if _INTEGER.fullmatch(text):
            if sum(letter.isalnum() for letter in text) > LONGEST_INTEGER:
                rule = f"must have at most {LONGEST_INTEGER} digits"
                self._refuse(event, path, rule, shown(text), "write a shorter number")
                return 0
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if not (_FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text)):
            return text
        number = float(text) if _FLOAT.fullmatch(text) else math.inf
        if not math.isfinite(number):
            self._refuse(event, path, "must be a finite number", shown(text), "write a number")
        return number

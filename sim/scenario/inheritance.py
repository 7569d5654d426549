"""A scenario with its parents and overrides: `extends` and `--set`."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from sim.scenario.files import check_file, inside
from sim.scenario.layers import Layer, Loaded, merged
from sim.scenario.problems import Place, Problem, ScenarioError, near, nearest, shown
from sim.scenario.reading import Document, Value, read, read_text

__all__ = ["Loaded", "load", "resolve_file", "with_sets"]

LONGEST_CHAIN = 20
_SHIPPED = re.compile(r"sim:[a-z0-9_]+(/[a-z0-9_]+)*")


def load(
    reference: str | Path,
    *,
    root: Path | None = None,
    sets: Sequence[str] = (),
    shipped: Callable[[str], Path] | None = None,
) -> Loaded:
    """Load a scenario file or `sim:name`, its parents, and `path=value` overrides in order.

    `shipped` says where the file of a `sim:name` lies; `root` is a folder besides the scenario's
    own from which parents may come. A `--set` reads like a line of a file that extends this one;
    in its place the line is the number of the `--set`. Raises ScenarioError.
    """
    sources = _family(_first(reference, shipped), root, shipped)
    folder = sources[0].path.parent
    layers = (*(source.layer() for source in reversed(sources)), *_set_layers(sets, folder))
    files = tuple(source.path for source in sources)
    return Loaded(_all_merged(layers), layers, files, folder)


def with_sets(loaded: Loaded, sets: Sequence[str]) -> Loaded:
    """A loaded scenario under more `path=value` overrides, in order. Raises ScenarioError."""
    for layer in _set_layers(sets, loaded.folder):
        loaded = loaded.under_layer(layer)
    return loaded


def resolve_file(folder: Path, name: str, root: Path | None = None) -> Path:
    """The real path of the file that a scenario in `folder` names, such as a CSV file.

    It must lie inside `folder` or `root`, symbolic links followed. Raises ScenarioError with one
    problem without a place: `error.placed(place, key)` adds it.
    """
    return _resolved(folder, name, (folder, root or folder))


@dataclass(frozen=True)
class _Source:
    """A scenario file, the name that places give it, and the folders its parents may lie in."""

    path: Path
    name: str
    folders: tuple[Path, ...]
    document: Document

    def layer(self) -> Layer:
        values = {key: value for key, value in self.document.data.items() if key != "extends"}
        return Layer(values, self.document.place, self.path.parent)


def _first(reference: str | Path, shipped: Callable[[str], Path] | None) -> _Source:
    if isinstance(reference, str) and reference.startswith("sim:"):
        return _shipped(reference, shipped)
    path = Path(reference)
    return _Source(path, str(path), (path.parent,), read(path))


def _shipped(reference: str, shipped: Callable[[str], Path] | None) -> _Source:
    if shipped is None or not _SHIPPED.fullmatch(reference):
        rule, remedy = "must be a shipped scenario", "write it like sim:first_market"
        raise _unplaced(rule, shown(reference), remedy)
    path = shipped(reference.removeprefix("sim:"))
    if not path.is_file():
        remedy = _shipped_near(reference, path)
        raise _unplaced("must be a shipped scenario", shown(reference), remedy)
    return _Source(path, reference, (path.parent,), read(path, name=reference))


def _shipped_near(reference: str, path: Path) -> str:
    """A remedy: the nearest name in the folder or below it, else all names in the folder."""
    before, folder = reference.removesuffix(path.stem), path.parent
    below, here = (
        sorted(before + file.relative_to(folder).with_suffix("").as_posix() for file in files)
        for files in (folder.rglob("*.yaml"), folder.glob("*.yaml"))
    )
    return near(reference, below) or nearest(reference, here)


def _family(
    source: _Source, root: Path | None, shipped: Callable[[str], Path] | None
) -> list[_Source]:
    """The scenario and its parents, youngest first."""
    family = [source]
    while "extends" in (child := family[-1].document).data:
        try:
            family.append(_parent(family[-1], root, shipped))
            _refuse_endless(family)
        except ScenarioError as error:
            raise error.placed(child.place(("extends",)), "extends") from None
    return family


def _parent(child: _Source, root: Path | None, shipped: Callable[[str], Path] | None) -> _Source:
    extends = child.document.data["extends"]
    if not isinstance(extends, str):
        raise _unplaced("must be text", shown(extends), "write a file name, or sim:name")
    if extends.startswith("sim:"):
        return _shipped(extends, shipped)
    path = _resolved(child.path.parent, extends, (*child.folders, root or child.folders[0]))
    name = str(Path(child.name).parent / extends)
    return _Source(path, name, child.folders, read(path, name=name))


def _refuse_endless(family: Sequence[_Source]) -> None:
    *known, last = (os.path.realpath(source.path) for source in family)
    if last in known:
        chain = " → ".join(source.name for source in family)
        raise _unplaced("must not lead back to itself", chain, "remove one `extends`")
    if len(family) > LONGEST_CHAIN:
        rule = f"must lead through at most {LONGEST_CHAIN} files"
        raise _unplaced(rule, "longer", "merge some of the files")


def _resolved(folder: Path, name: str, allowed: Sequence[Path]) -> Path:
    if "\0" in name or PureWindowsPath(name).anchor:  # "/" is an anchor on Windows too
        remedy = "write it relative to the folder of this file"
        raise _unplaced("must be a relative path", shown(name), remedy)
    path = folder / name
    if not any(inside(path, region) for region in allowed):
        remedy = "move the file there, or give a --root that holds both"
        raise _unplaced("must lie in the folder of the scenario", shown(name), remedy)
    return _found(path, name)


def _found(path: Path, name: str) -> Path:
    try:
        check_file(path, name)
    except ScenarioError as error:
        found = error.problems[0]
        value = f"{shown(name)} ({found.value})"
        raise _unplaced(found.rule, value, found.remedy) from None
    return Path(os.path.realpath(path))


def _set_layers(sets: Sequence[str], folder: Path) -> tuple[Layer, ...]:
    layers: list[Layer] = []
    problems: list[Problem] = []
    for number, text in enumerate(sets, start=1):
        try:
            layers.append(_set_layer(number, text, folder))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return tuple(layers)


def _set_layer(number: int, text: str, folder: Path) -> Layer:
    path, equals, value = text.partition("=")
    key, place = path.strip(), Place("--set", number, 1)
    if not equals:
        remedy = "write it like firms.acme.price=20"
        raise _unplaced("must read path=value", shown(text), remedy).placed(place, "")
    if key.split(".")[0] == "extends":
        error = _unplaced("must not be set", "", "write a file that extends the other parent")
        raise error.placed(place, key)
    # the value is padded so that the parser counts lines and columns as the user does
    padded = "\n" * (number - 1) + " " * (len(path) + 1) + value
    try:
        document = read_text(padded, "--set", mapping=False)
    except ScenarioError as error:
        inner = (replace(each, key=f"{key}.{each.key}".strip(".")) for each in error.problems)
        raise ScenarioError(inner) from None
    return Layer({key: document.data}, lambda own, _: document.place(own[1:]), folder)


def _all_merged(layers: Sequence[Layer]) -> dict[str, Value]:
    data: dict[str, Value] = {}
    problems: list[Problem] = []
    for layer in layers:
        try:
            data = merged(data, layer)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return data


def _unplaced(rule: str, value: str, remedy: str) -> ScenarioError:
    return ScenarioError([Problem(None, "", rule, value, remedy)])

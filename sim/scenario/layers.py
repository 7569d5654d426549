"""A scenario as a stack of layers, of which each overrides the ones before it.

The place of a value is its place in the last layer that holds it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sim.scenario.paths import get, merge
from sim.scenario.problems import KeyPath, Place, Problem, ScenarioError, dotted, shown
from sim.scenario.reading import Value


@dataclass(frozen=True)
class Layer:
    """Overriding values, where each of them stands, and the folder of their file."""

    values: dict[str, Value]
    locate: Callable[[KeyPath, bool], Place | None]
    folder: Path

    def own(self, path: KeyPath) -> KeyPath | None:
        """The path in this layer's own keys (which may be dotted) of the value at `path`."""
        for key in reversed(self.values):
            steps = key.split(".")
            own = (key, *path[len(steps) :])
            if [str(step) for step in path[: len(steps)]] == steps and _holds(self.values, own):
                return own
        return None

    def makes(self, path: KeyPath) -> KeyPath | None:
        """The path of a dotted key that made the mapping at `path` on its way."""
        start = dotted(path) + "."
        return next(((key,) for key in reversed(self.values) if key.startswith(start)), None)


@dataclass(frozen=True)
class Loaded:
    """A scenario as one mapping, without `extends`, that knows where its values came from."""

    data: dict[str, Value]
    layers: tuple[Layer, ...]
    files: tuple[Path, ...]
    folder: Path

    def place(self, path: KeyPath, of_key: bool = False) -> Place | None:
        """Where the value (or key) at `path` came from last; if absent, the nearest ancestor."""
        layer, own = self._source(path)
        return layer.locate(own, of_key)

    def folder_of(self, path: KeyPath) -> Path:
        """The folder of the file the value at `path` came from: files it names lie there."""
        return self._source(path)[0].folder

    def override(self, values: dict[str, Value]) -> "Loaded":
        """This scenario with `values` from Python on top. Raises ScenarioError."""
        return self.under_layer(Layer(values, lambda path, of_key: None, self.folder))

    def under(self, *path: str | int) -> "Loaded":
        """This scenario under the overrides it holds at `path`, as in `under("policies", "win")`.

        Raises ScenarioError where there is no mapping at `path`.
        """
        values = get(self.data, path)
        if not isinstance(values, dict):
            place, remedy = self.place(path), "write `key: value` lines, or {}"
            problem = Problem(place, dotted(path), "must be a mapping", shown(values), remedy)
            raise ScenarioError([problem])
        layer = Layer(values, lambda own, key: self.place((*path, *own), key), self.folder_of(path))
        return self.under_layer(layer)

    def under_layer(self, layer: Layer) -> "Loaded":
        """This scenario under one more layer. Raises ScenarioError, placed in the layer."""
        return replace(self, data=merged(self.data, layer), layers=(*self.layers, layer))

    def _source(self, path: KeyPath) -> tuple[Layer, KeyPath]:
        while path:
            if _holds(self.data, path):
                for find in (Layer.own, Layer.makes):
                    for layer in reversed(self.layers):
                        if own := find(layer, path):
                            return layer, own
            path = path[:-1]
        return self.layers[len(self.files) - 1], ()


def merged(data: dict[str, Value], layer: Layer) -> dict[str, Value]:
    """The data under one more layer. Raises ScenarioError, placed in the layer."""
    try:
        return merge(data, layer.values)
    except ScenarioError as error:
        placed = (replace(each, place=layer.locate((each.key,), True)) for each in error.problems)
        raise ScenarioError(placed) from None


def _holds(data: Value, path: KeyPath) -> bool:
    match data, path:
        case _, ():
            return True
        case dict(), (str(step), *rest):
            return step in data and _holds(data[step], tuple(rest))
        case list(), (int(step), *rest):
            return step < len(data) and _holds(data[step], tuple(rest))
    return False

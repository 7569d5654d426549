"""From a file to a market that can be run: read, inherit, override, fill in, check."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.behaviour.parameter import declared
from sim.behaviour.rules import MECHANISMS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario import shipped
from sim.scenario.checking import validate
from sim.scenario.coherence import faults
from sim.scenario.inheritance import load, resolve_file, with_sets
from sim.scenario.layers import Layer, Loaded
from sim.scenario.paths import merge, put
from sim.scenario.problems import Problem, ScenarioError, dotted
from sim.scenario.schema import Scenario, worded
from sim.scenario.world import Edges, Listed

Data = dict[str, Any]
OTHER_DEFAULTS: dict[str, Data] = {
    "repertoire": {"customers": {"basket": {"distribution": "lognormal", "mean": 1, "log_sd": 0.5}}}
}
"""Defaults of a setting that are not parameters of a rule (those carry their own)."""


@dataclass(frozen=True)
class Case:
    """A checked scenario together with where it came from.

    Attributes:
        spec: the scenario, resolved and checked.
        loaded: its data with their places, to which overrides can be added.
        root: folder outside the scenario's own from which files may come.
    """

    spec: Scenario
    loaded: Loaded
    root: Path | None = None

    def override(self, values: Mapping[str, Any]) -> "Case":
        """This case with ``values`` on top (keys may be paths). Raises ScenarioError."""
        return specify(self.loaded.override(dict(values)), self.root)

    def under_policy(self, name: str) -> "Case":
        """This case under one of its ``policies``. Raises ScenarioError."""
        return specify(self.loaded.under("policies", name), self.root)

    def file(self, *path: str) -> Path:
        """The real path of the file that the scenario names at ``path``. Raises ScenarioError."""
        value = self.spec
        for step in path:
            value = getattr(value, step)
        try:
            return resolve_file(self.loaded.folder_of(path), str(value), self.root)
        except ScenarioError as error:
            raise error.placed(self.loaded.place(path), ".".join(path)) from None

    @contextmanager
    def at(self, *path: str) -> Iterator[None]:
        """Give the place of ``path`` to what is found wrong within. Raises ScenarioError."""
        try:
            yield
        except ScenarioError:
            raise
        except ValueError as error:
            problem = Problem(self.loaded.place(path), dotted(path), str(error), "", "")
            raise ScenarioError([problem]) from error

    def files(self) -> dict[tuple[str, ...], Path]:
        """Every file that the scenario names, by its path in the scenario."""
        named: dict[tuple[str, ...], Path] = {}
        if isinstance(self.spec.population.entry, Listed):
            named[("population", "entry", "file")] = self.file("population", "entry", "file")
        if isinstance(self.spec.population.network, Edges):
            named[("population", "network", "file")] = self.file("population", "network", "file")
        return named

    def resolved(self) -> Data:
        """Everything the scenario says, defaults included, as plain data that can be run again."""
        return self.spec.model_dump(mode="json")

    def portable(self) -> tuple[Path, Data]:
        """A folder, and the resolved scenario with the files it names relative to that folder."""
        files = self.files()
        folder = self.loaded.folder.resolve()
        if files:
            folder = Path(os.path.commonpath([folder, *(file.parent for file in files.values())]))
        data: Any = self.resolved()
        for path, file in files.items():
            data = put(data, path, os.path.relpath(file, folder))
        return folder, data

    def with_sets(self, sets: Sequence[str]) -> "Case":
        """This case with overrides like `firms.acme.price=12`. Raises ScenarioError."""
        return specify(with_sets(self.loaded, sets), self.root)

    def digest(self) -> str:
        """Hash of the resolved scenario and of the files that it names."""
        data: Any = self.resolved()
        for path, file in self.files().items():  # what they hold counts, not what they are called
            data = put(data, path, hashlib.blake2b(file.read_bytes()).hexdigest())
        text = json.dumps(data, sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def load_scenario(
    reference: str | Path, *, sets: Sequence[str] = (), root: Path | None = None
) -> Case:
    """Load and check a scenario file or a shipped one (`sim:name`).

    Args:
        reference: path of a YAML file, or `sim:` and the name of a shipped scenario.
        sets: overrides like `firms.acme.price=12`, in order.
        root: folder outside the scenario's own from which parents and files may come.

    Raises:
        ScenarioError: with every problem that was found, each with file, line and column.
    """
    return specify(load(reference, root=root, sets=sets, shipped=shipped.path_of), root)


def scenario_from(data: Mapping[str, Any], folder: Path | None = None) -> Case:
    """Check a scenario given as plain data. Raises ScenarioError."""
    base = folder or Path.cwd()
    layer = Layer(dict(data), lambda path, of_key: None, base)
    return specify(Loaded(merge({}, data), (layer,), (), base))


def specify(loaded: Loaded, root: Path | None = None) -> Case:
    """Fill in what depends on the setting, and check. Raises ScenarioError."""
    filled = replace(loaded, data=filled_in(loaded.data))
    spec = validate(Scenario, filled)
    found = [
        Problem(filled.place(fault.path), dotted(fault.path), *fault[1:]) for fault in faults(spec)
    ]
    if found:
        raise ScenarioError(found)
    return Case(spec, loaded, root)


def filled_in(data: Data) -> Data:
    """The data with the defaults of their setting, and groups that differ from all customers."""
    other = OTHER_DEFAULTS.get(str(data.get("setting")), {})
    full = merge(merge(other, setting_defaults(data)), data)
    customers, groups = full.get("customers"), full.get("groups")
    if isinstance(customers, dict) and isinstance(groups, dict):
        full["groups"] = {name: with_customers(g, customers) for name, g in groups.items()}
    return full


def setting_defaults(data: Data) -> Data:
    """Parameters whose default differs in the repertoire setting; what the data say goes over."""
    if data.get("setting") != "repertoire":
        return {}
    responses = {name: instrument.parameters for name, instrument in INSTRUMENTS.items()}
    return {"mechanisms": differing(MECHANISMS), "instruments": differing(responses)}


def differing(declarations: Mapping[str, type[Any]]) -> Data:
    """The values of those parameters that have another default in the repertoire setting."""
    values: Data = {}
    for name, declaration in declarations.items():
        for field, parameter in declared(declaration).items():
            if parameter.repertoire is not None:
                values.setdefault(name, {})[field] = worded(parameter.repertoire)
    return values


def with_customers(group: Any, customers: Data) -> Any:
    """A group whose traits are those of all customers where it says nothing."""
    if not isinstance(group, dict) or not isinstance(group.get("customers", {}), dict):
        return group
    own = group.get("customers", {})
    return {**group, "customers": {**customers, **own}}

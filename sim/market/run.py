"""A run: one market lived to its horizon, and the tables it leaves behind."""

import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.market import measures
from sim.market.compile import source_hash
from sim.market.model import DEFAULT, Market, as_case
from sim.scenario.loading import Case, load_scenario

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Told the steps lived so far, and all of them."""


class Run:
    """One lived market.

    Attributes:
        market: the market at its horizon; its tables can be looked into.
        seconds: time it took.
    """

    def __init__(self, market: Market, seconds: float) -> None:
        self.market = market
        self.seconds = seconds

    @cached_property
    def firms(self) -> "pd.DataFrame":
        """One row per firm and month; columns in :data:`sim.market.definitions.FIRM_MONTH`."""
        return measures.firm_months(self.market)

    @cached_property
    def customers(self) -> "pd.DataFrame":
        """One row per person and firm from which the person ever bought, those who left too."""
        return measures.customer_table(self.market)

    def customers_at(self, month: int) -> "pd.DataFrame":
        """The same at the end of a month that ``record.customers_at`` names. Raises KeyError."""
        return measures.customer_table(self.market, month)

    @cached_property
    def transactions(self) -> "pd.DataFrame":
        """One row per purchase, if ``record.transactions`` asks for it. Raises LookupError."""
        return measures.transaction_table(self.market)

    @cached_property
    def drift(self) -> "pd.DataFrame":
        """Whether the warm-up had settled, a row per firm."""
        return measures.drift(self.market)

    def __repr__(self) -> str:
        title, months = self.market.spec.title, self.market.month
        return f"<Run of {title!r}: {months} months>"

    def manifest(self) -> dict[str, Any]:
        """What was run, with what, and how long it took."""
        return manifest_of(self.market.case, self.seconds) | {
            "replication": self.market.replication,
            "months": self.market.month,
            "drift": json.loads(self.drift.to_json(orient="records")),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``firms.parquet``, ``customers.parquet``, ``manifest.json`` and the scenario.

        Purchases are written as ``transactions.parquet`` where they were recorded.
        """
        from sim.market import saving

        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        saving.write_table(self.firms, target / "firms.parquet")
        saving.write_table(self.customers, target / "customers.parquet")
        if self.market.spec.record.transactions:
            saving.write_table(self.transactions, target / "transactions.parquet")
        saving.write_scenario(self.market.case, target)
        saving.write_json(self.manifest(), target / "manifest.json")
        return target


def run(
    scenario: str | Path | Mapping[str, Any] | Case = DEFAULT,
    *,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    replication: int = 0,
    root: Path | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> Run:
    """Live a scenario to its horizon.

    Args:
        scenario: a file, a shipped name such as ``sim:first_market``, plain data, or a Case.
        seed: takes the place of the scenario's seed.
        sets: overrides as on the command line, such as ``firms.acme.price=12``.
        overrides: overrides as a mapping from path to value.
        replication: number of the replication under the seed.
        root: folder outside the scenario's own from which files may come.
        progress: told the steps lived so far and all of them, after every step.
        interrupted: asked before each step whether to stop; the run is then a shorter one.

    Raises:
        ScenarioError: a scenario that cannot be used; its text says where and what to do.
    """
    begun = time.perf_counter()
    market = Market(case_of(scenario, seed, sets, overrides, root), replication=replication)
    total = market.spec.warm_up + market.spec.horizon
    while market.running and not (interrupted and interrupted()):
        market.step()
        if progress:
            progress(market.clock, total)
    return Run(market, time.perf_counter() - begun)


def case_of(
    scenario: str | Path | Mapping[str, Any] | Case,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    root: Path | None = None,
) -> Case:
    """The checked case of a scenario, everything considered. Raises ScenarioError."""
    if isinstance(scenario, str | Path):
        case = load_scenario(scenario, sets=sets, root=root)
    else:
        case = as_case(scenario)
        case = case.with_sets(sets) if sets else case
    changes = dict(overrides or {}) | ({} if seed is None else {"seed": seed})
    return case.override(changes) if changes else case


def manifest_of(case: Case, seconds: float) -> dict[str, Any]:
    """The part of a manifest that is the same for runs and comparisons."""
    return {
        "scenario": case.resolved(),
        "scenario_hash": case.digest(),
        "seed": case.spec.seed,
        "source_hash": source_hash(),
        "versions": versions(),
        "seconds": round(seconds, 3),
    }


def versions() -> dict[str, str]:
    """Versions of Python and of what numbers depend on."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in ("relmarket", "mesa", "numba", "numpy", "scipy", "pandas"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found

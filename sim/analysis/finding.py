"""What every experiment leaves behind: a scenario, its futures, and how to write them down."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.experiments.arms import Failure, Future
from sim.market import saving
from sim.market.run import manifest_of
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd


class Finding:
    """What was lived of one scenario, arm by arm and world by world.

    Attributes:
        case: the scenario.
        futures: every finished arm of every finished paired world.
        failures: paired worlds that broke.
        seconds: time it took.
    """

    def __init__(
        self, case: Case, futures: list[Future], failures: list[Failure], seconds: float
    ) -> None:
        self.case = case
        self.futures = futures
        self.failures = failures
        self.seconds = seconds

    @property
    def focal(self) -> str:
        """Name of the firm that it is about."""
        return self.case.spec.focal

    @property
    def currency(self) -> str:
        """Unit of money."""
        return self.case.spec.currency

    def values(self, arm: str, outcome: str = "npv") -> npt.NDArray[np.float64]:
        """(runs,) one outcome of one arm, by paired world."""
        return np.array([f.outcomes[outcome] for f in self.futures if f.arm == arm])


def records(table: "pd.DataFrame") -> Any:
    """The rows of a table as plain data, null for what is not a number."""
    import json

    return json.loads(table.to_json(orient="records", double_precision=15))


def left_out(failures: list[Failure]) -> list[str]:
    """A sentence about the paired worlds that broke; none if none did."""
    numbers = ", ".join(str(failure.replication) for failure in failures)
    return [f"{len(failures)} paired worlds broke and are left out: {numbers}."] * bool(failures)


def save_finding(
    folder: str | Path, name: str, table: "pd.DataFrame", case: Case, data: dict[str, Any]
) -> Path:
    """Write ``name.parquet``, ``name.json`` with a manifest, and the scenario."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    saving.write_table(table, target / f"{name}.parquet")
    saving.write_scenario(case, target)
    saving.write_json(manifest_of(case, data["seconds"]) | data, target / f"{name}.json")
    return target

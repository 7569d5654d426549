"""Saving a market, going on from it, and branching it into several futures."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.market import mesa_adapter
from sim.market.dealings import columns_of_lines, wants_dealings
from sim.market.history import History
from sim.market.network import Ties
from sim.market.state import PRESENT, World, copied, no_lines, with_dealings
from sim.market.ways import assign, empty_ways
from sim.scenario.in_force import enters
from sim.scenario.loading import Case, Data, scenario_from
from sim.scenario.paths import put
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.world import PoissonArrivals

if TYPE_CHECKING:
    from sim.market.model import Market

FIXED = (
    "setting", "step", "warm_up", "precision", "seed", "billing_months", "active_months",
    "population", "customers", "groups", "start",
)  # fmt: skip
"""What a market that has begun cannot change (random arrivals: nor the horizon they fill)."""


class Snapshot(NamedTuple):
    """All that a market needs to go on."""

    world: World
    ties: Ties
    clock: int
    freed: npt.NDArray[np.int64]
    firms: list[dict[str, Any]]
    partners: dict[str, dict[str, Any]]
    history: History


def snapshot(market: "Market") -> Snapshot:
    """Copy a market's state; the network, which never changes, is shared."""
    return Snapshot(
        world=copied(market.world),
        ties=market.ties,
        clock=market.clock,
        freed=market.freed.copy(),
        firms=[firm.memory() for firm in market.firms],
        partners={partner.name: partner.memory() for partner in market.partners},
        history=copy_of(market.history),
    )


def copy_of(history: History) -> History:
    """A history that grows by itself; what is kept is never written to, so it is shared."""
    other = History()
    for name, value in vars(history).items():
        setattr(other, name, value.copy() if isinstance(value, list | dict) else value)
    return other


def resume(market: "Market", state: Snapshot) -> None:
    """Put a snapshot into a market that has just been made."""
    market.world, market.ties, market.clock, market.freed = state[:4]
    if wants_dealings(market.spec) and not market.world.dealings.size:
        market.world = with_dealings(market.world)
    lines = no_lines(len(market.firms), columns_of_lines(market.spec))
    market.world = market.world._replace(lines=lines)
    market.world = market.world._replace(ways=empty_ways(market.spec))
    if market.world.ways.size:
        here = np.flatnonzero(market.world.people["present"] == PRESENT)
        numbers = market.world.people["number"][here].astype(np.int64)
        assign(market.world, here, numbers, market.spec, market.run_key)
    market.history = state.history
    market.present = market.population()
    mesa_adapter.set_clock(market, state.clock)
    market.running = market.month < market.spec.horizon
    for firm, memory in zip(market.firms, state.firms, strict=True):
        firm.remember(memory)
    for partner in market.partners:
        partner.remember(state.partners.get(partner.name))


def refuse_another_market(old: Case, new: Case, step: int) -> None:
    """Refuse to go on, from a step, under a case that is no future of this market.

    Raises:
        ScenarioError: what has begun would be another market.
    """
    listed_to_the_end = isinstance(old.spec.population.entry, PoissonArrivals)
    fixed = (*FIXED, "horizon") if listed_to_the_end else FIXED
    problems = [
        Problem(
            new.loaded.place((name,)),
            name,
            "must stay as it is in a market that has begun",
            "changed",
            "make a new market, or change firms, policies, mechanisms or the horizon",
        )
        for name in fixed
        if getattr(old.spec, name) != getattr(new.spec, name)
    ]
    if list(old.spec.firms) != list(new.spec.firms):
        rule = "must be the same firms in a market that has begun"
        remedy = f"keep {', '.join(old.spec.firms)}"
        problems.append(
            Problem(new.loaded.place(("firms",)), "firms", rule, ", ".join(new.spec.firms), remedy)
        )
    else:
        problems += [
            Problem(
                new.loaded.place(("firms", name, "enters")),
                f"firms.{name}.enters",
                "must not come after the firm is in the market",
                str(firm.enters),
                "make a new market, or leave it as it is",
            )
            for name, firm in new.spec.firms.items()
            if enters(old.spec, name) < step < enters(new.spec, name)
        ]
    if problems:
        raise ScenarioError(problems)


# ── on disk ───────────────────────────────────────────────────────────────────────────────────

FORMAT = 6
PARTS = ("people", "relations", "accounts", "dealings")
"""The tables of people that are kept of the past."""


def save(market: "Market", folder: Path) -> Path:
    """Write a market to ``folder``: tables in ``state.npz``, the rest as JSON, no pickle."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"world.{name}": table for name, table in market.world._asdict().items()}
    arrays |= {f"ties.{name}": np.asarray(value) for name, value in market.ties._asdict().items()}
    arrays["freed"] = market.freed
    arrays |= arrays_of(market.history)
    stored = write_scenario(market.case, folder)
    state = {
        "format": FORMAT,
        "clock": market.clock,
        "replication": market.replication,
        "scenario_hash": scenario_from(stored, folder).digest(),
        "firms": [firm.memory() for firm in market.firms],
        "partners": {partner.name: partner.memory() for partner in market.partners},
        "years": market.history.years,
    }
    temporary = folder / "state.npz.part"
    with temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    temporary.replace(folder / "state.npz")
    write_json(state, folder / "state.json")
    return folder


def arrays_of(history: History) -> dict[str, npt.NDArray[Any]]:
    """A history's tables, by name."""
    arrays = {
        "history.opening": history.opening,
        "history.ledger": history.ledger(),
        "history.tally": history.tally(),
    }
    if history.moves:
        arrays["history.moves"] = np.stack(history.moves)
    if history.purchases:
        arrays["history.purchases"] = np.concatenate(history.purchases)
    for position, part in enumerate(PARTS):
        if history.departed:
            arrays[f"departed.{part}"] = np.concatenate([d[position] for d in history.departed])
        for month, kept in history.kept.items():
            arrays[f"kept.{month}.{part}"] = kept[position]
    return arrays


def load_market(folder: str | Path) -> "Market":
    """Return the market that :func:`save` wrote to ``folder``.

    Raises:
        ValueError: the folder holds no market, or one that this version cannot go on with.
    """
    from sim.market.model import Market

    base = Path(folder)
    try:
        state = json.loads((base / "state.json").read_text("utf-8"))
        data = json.loads((base / "scenario.json").read_text("utf-8"))
        with np.load(base / "state.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise ValueError(f"{base}: holds no saved market ({error}); save one first") from error
    if state.get("format") != FORMAT:
        raise ValueError(
            f"{base}: a saved market must have format {FORMAT}, has {state.get('format')!r}; "
            "load it with the version that wrote it"
        )
    case = scenario_from(data, base)
    if case.digest() != state["scenario_hash"]:
        raise ValueError(f"{base}: the scenario was changed after saving; save the market anew")
    return Market(case, replication=state["replication"], state=stored_snapshot(state, arrays))


def stored_snapshot(state: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> Snapshot:
    """The snapshot that was written."""
    ties: dict[str, Any] = {name: arrays[f"ties.{name}"] for name in Ties._fields}
    ties["complete"] = bool(ties["complete"])
    history = History(arrays["history.opening"])
    history.ledgers = list(arrays["history.ledger"])
    history.tallies = [row[None] for row in arrays["history.tally"]]
    history.years = state["years"]
    history.moves = list(arrays.get("history.moves", ()))
    if history.ledgers:
        history.last = history.ledgers[-1]
    if "history.purchases" in arrays:
        history.purchases = [arrays["history.purchases"]]
    if "departed.people" in arrays:
        history.departed = [four(arrays, "departed")]
    months = {int(name.split(".")[1]) for name in arrays if name.startswith("kept.")}
    history.kept = {month: four(arrays, f"kept.{month}") for month in months}
    return Snapshot(
        world=copied(World(**{name: arrays[f"world.{name}"] for name in World._fields})),
        ties=Ties(**ties),
        clock=state["clock"],
        freed=arrays["freed"],
        firms=state["firms"],
        partners=state["partners"],
        history=history,
    )


def four(arrays: dict[str, npt.NDArray[Any]], name: str) -> tuple[Any, Any, Any, Any]:
    """People, relations, accounts and dealings stored under a name."""
    people, relations, accounts, dealings = (arrays[f"{name}.{part}"] for part in PARTS)
    return people, relations, accounts, dealings


def write_scenario(case: Case, folder: Path) -> Data:
    """Write the resolved scenario as YAML and JSON; the files that it names become its neighbours.

    Copies are called by what they are, ``entry.csv`` and ``network.csv``. Returns what was written.
    """
    from ruamel.yaml import YAML

    data: Any = case.resolved()
    for path, file in case.files().items():
        copy = folder / f"{path[-2]}.csv"
        copy.write_bytes(file.read_bytes())
        data = put(data, path, copy.name)
    write_json(data, folder / "scenario.json")
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.sort_base_mapping_type_on_output = False  # the first policy and firm have a meaning
    with (folder / "scenario.yaml").open("w", encoding="utf-8") as out:
        yaml.dump(data, out)
    return data


def write_json(data: Any, file: Path) -> None:
    """Write JSON under a temporary name first, so that no torn file is left."""
    temporary = file.with_name(file.name + ".part")
    temporary.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
    temporary.replace(file)


def write_table(table: Any, file: Path) -> None:
    """Write a DataFrame as Parquet, under a temporary name first."""
    temporary = file.with_name(file.name + ".part")
    table.to_parquet(temporary, index=False)
    temporary.replace(file)

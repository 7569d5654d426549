"""`sim check`, `sim new`, `sim list` and `sim schema`: everything about files, nothing is lived."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options

if TYPE_CHECKING:
    from sim.scenario.loading import Case

SMALL = 10_000
"""Places up to which a network may be too dense to be built at all, and is quick to try."""


@click.command(short_help="Say whether a scenario can be run, and what it would take.")
@options.named
@options.machine
def check(
    scenario: str, seed: int | None, sets: Sequence[str], root: Path | None, machine: bool
) -> None:
    """Say whether SCENARIO can be run, and what it would take.

    Exit code 2 with every problem, each with its place and a remedy, if it cannot.
    """
    from sim.scenario.loading import load_scenario
    from sim.views import summary

    case = load_scenario(scenario, sets=sets, root=root)
    if seed is not None:
        case = case.override({"seed": seed})
    found = facts(case)
    click.echo(summary.machine(found) if machine else in_words(found))


def facts(case: "Case") -> dict[str, Any]:
    """What a scenario would take to run. Raises ScenarioError or ValueError if it cannot."""
    from sim.market import memory

    for policy in case.spec.policies:
        case.under_policy(policy)
    memory.refuse_if_too_big(case)
    try_parts(case)
    spec = case.spec
    return {
        "ok": True,
        "title": spec.title,
        "people": spec.population.size,
        "firms": list(spec.firms),
        "policies": list(spec.policies),
        "steps": spec.warm_up + spec.horizon,
        "memory_bytes": memory.needed(case),
        "scenario_hash": case.digest(),
    }


def try_parts(case: "Case") -> None:
    """Read the files that a scenario names and build its network, where that could go wrong."""
    from sim import draws
    from sim.market.entry import arrivals
    from sim.market.ties import build_ties
    from sim.scenario.world import Edges

    spec, run = case.spec, draws.key(case.spec.seed, 0)
    places = spec.population.size + len(arrivals(case, run))
    if places <= SMALL or isinstance(spec.population.network, Edges):
        build_ties(case, places, run)


def in_words(found: dict[str, Any]) -> str:
    """The facts for people."""
    from sim.market.memory import worded
    from sim.views.wording import number

    rows = {
        "people": number(found["people"]),
        "firms": ", ".join(found["firms"]),
        "policies": ", ".join(found["policies"]) or "none",
        "steps": number(found["steps"]),
        "memory": f"about {worded(found['memory_bytes'])}",
        "hash": found["scenario_hash"],
    }
    return "\n".join(["ok", *(f"  {name:<9} {value}" for name, value in rows.items())])


@click.command(short_help="Write a commented scenario to change.")
@click.argument("file", type=click.Path(path_type=Path), default="market.yaml")
def new(file: Path) -> None:
    """Write a commented scenario to change to FILE (market.yaml), which must not exist yet."""
    from sim.views.starter import starter

    try:
        with file.open("x", encoding="utf-8") as empty:
            empty.write(starter(file.name))
    except FileExistsError:
        raise ValueError(f"{file}: must not exist yet, is there; name another file") from None
    click.echo(f"Wrote {file}; go on with: sim run {file}")


@click.command("list", short_help="List the scenarios that come with the package.")
@options.machine
def list_shipped(machine: bool) -> None:
    """List the scenarios that come with the package."""
    from sim.scenario import shipped
    from sim.scenario.inheritance import load
    from sim.scenario.problems import printable
    from sim.views import summary

    names = [f"sim:{name}" for name in shipped.names()]
    titles = {name: load(name, shipped=shipped.path_of).data.get("title", "") for name in names}
    if machine:
        click.echo(summary.machine({"scenarios": titles}))
    else:
        width = max(map(len, names))
        click.echo("\n".join(f"{name:<{width}}  {printable(str(titles[name]))}" for name in names))


@click.command(short_help="Print the JSON Schema of scenario files, for editors.")
def schema() -> None:
    """Print the JSON Schema of scenario files, with which editors complete and explain."""
    import json

    from sim.views.json_schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))

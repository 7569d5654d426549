"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

scenario = click.argument("scenario")
scenarios = click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True)
seed = click.option("--seed", type=int, help="Seed, in place of the scenario's.")
sets = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change the scenario, as in --set firms.acme.price=12; may be repeated.",
)
root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder, besides the scenario's own, from which its files may come.",
)
out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write tables, a manifest and a picture into this folder.",
)
machine = click.option(
    "--json", "machine", is_flag=True, help="Print one JSON object and nothing else."
)


def named(command: Command) -> Command:
    """A scenario, and what may be changed about it."""
    return changed(scenario(command))


def changed(command: Command) -> Command:
    """What may be changed about scenarios."""
    for option in (root, sets, seed):
        command = option(command)
    return command

"""`sim five-percent`: what points of retention are worth, closure by closure."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.door import INTERRUPTED
from sim.cli.results import prepare, say_where, written

if TYPE_CHECKING:
    from sim.views.five_percent import FivePercent


@click.command("five-percent", short_help="Say what points of retention are worth.")
@click.argument("scenario", default="sim:five_percent")
@options.changed
@click.option("--closures", metavar="A,B,...", help="Only these of replace, poisson and cohort.")
@click.option("--runs", type=int, help="Paired worlds in each closure, in place of the scenario's.")
@click.option("--jobs", type=int, default=-1, help="Processes; -1, the default, is all cores.")
@options.out
@options.machine
@click.pass_context
def five_percent(
    context: click.Context,
    scenario: str,
    seed: int | None,
    sets: Sequence[str],
    root: Path | None,
    closures: str | None,
    runs: int | None,
    jobs: int,
    out: Path | None,
    machine: bool,
) -> None:
    """Say what points of retention are worth; the last line is the answer.

    SCENARIO (sim:five_percent) has policies of which one asks for points of retention. They are
    compared where who leaves is replaced, where as many come by chance, and where nobody comes,
    each beside a closed form. Ctrl-C keeps the closures that are finished.
    """
    from sim.analysis.closure import NEAREST
    from sim.market.run import case_of
    from sim.views import five_percent as points

    case = case_of(scenario, seed, sets, None, root)
    names = [name.strip() for name in closures.split(",")] if closures else list(NEAREST)
    prepare(out)
    stops: list[str] = []
    found = points.five_percent(
        case,
        closures=names,
        runs=runs,
        jobs=jobs,
        interrupted=lambda: stops.append("Ctrl-C"),
    )
    if not found.finished:
        raise KeyboardInterrupt if stops else ValueError(broken(found))
    if stops:
        done, asked = len(found.closures), len(names)
        click.echo(f"Interrupted after {done} of {asked} closures.", err=True)
    report(found, out, machine, bool(stops))
    if stops:
        context.exit(INTERRUPTED)


def broken(found: "FivePercent") -> str:
    """What to say when no closure has the worlds that an interval needs."""
    failures = [failure for closure in found.closures for failure in closure.failures]
    *_, last = failures[0].error.strip().splitlines()
    reason = last.partition(": ")[2] or last
    return f"{len(failures)} paired worlds broke, too many; the first one said: {reason}"


def report(found: "FivePercent", out: Path | None, machine: bool, stopped: bool) -> None:
    """Save it if asked to, and print what it comes to."""
    from sim.views import summary

    files = written(found, out, "five_percent.png") if out else []
    if machine:
        more = {"interrupted": stopped, "files": files}
        click.echo(summary.machine(found.to_json() | more))
    else:
        say_where(out, files)
        click.echo(found.text())

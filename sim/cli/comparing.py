"""`sim compare`: policies, or scenarios, against each other, and what goes beyond that."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.door import INTERRUPTED
from sim.cli.results import prepare, say_where, written

if TYPE_CHECKING:
    from sim.views.facade import Comparison
    from sim.views.further import Challenge, Frontier, Money

    Further = Frontier | Money | Challenge

FURTHER = ("frontier", "money", "challenge")
"""What can be asked for beside a comparison, in this order."""


@click.command(short_help="Set policies, or scenarios, against each other.")
@options.scenarios
@options.changed
@click.option("--policies", metavar="A,B,...", help="Only these; the first is the baseline.")
@click.option("--runs", type=int, help="Paired worlds, in place of the scenario's number.")
@click.option(
    "--precision",
    metavar="SHARE",
    help="As many paired worlds as tell the best two apart to within this share of the baseline's "
    "mean, such as 1% or .01.",
)
@click.option("--frontier", is_flag=True, help="Also: which share of the budget should keep?")
@click.option("--money", is_flag=True, help="Also: what does the next unit of money bring, where?")
@click.option("--challenge", is_flag=True, help="Also: what would turn the answer over?")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="All of these, on two pages for a board.",
)
@click.option("--jobs", type=int, default=-1, help="Processes; -1, the default, is all cores.")
@options.out
@options.machine
@click.pass_context
def compare(
    context: click.Context,
    /,
    scenarios: Sequence[str],
    seed: int | None,
    sets: Sequence[str],
    root: Path | None,
    policies: str | None,
    runs: int | None,
    precision: str | None,
    report: Path | None,
    jobs: int,
    out: Path | None,
    machine: bool,
    **flags: bool,
) -> None:
    """Set policies, or scenarios, against each other; the last line is the answer.

    The policies of one SCENARIO go on from one warm-up and meet the same luck. Several scenarios
    are lived each from its own beginning; the first is the baseline. Ctrl-C keeps the worlds that
    are finished.
    """
    from sim.analysis.candidates import cases_of
    from sim.views import facade, summary

    wanted = [name for name in FURTHER if flags[name] or report]
    refuse_several(scenarios, wanted)
    cases = cases_of(scenarios, runs, precision, seed, sets, None, root)
    names = [name.strip() for name in policies.split(",")] if policies else None
    prepare(out)
    prepare(report.parent if report else None)
    stops: list[str] = []

    def stop() -> None:
        stops.append("Ctrl-C")

    found = facade.compare(
        *cases,
        policies=names,
        jobs=jobs,
        interrupted=stop,
        preliminary=(lambda _: None) if machine else None,
    )
    if not found.runs:
        raise KeyboardInterrupt if stops else ValueError(broken(found))
    files = report_comparison(found, out, machine, bool(stops))
    further: dict[str, Further] = {}
    for name in wanted:
        if not stops:
            further[name] = lived = live(name, found, names, jobs, stop)
            files += report_further(name, lived, out, machine)
    if report and not stops:
        files.append(write_report(found, further, report, context))
    if machine:
        more: dict[str, Any] = {name: each.to_json() for name, each in further.items()}
        more |= {"interrupted": bool(stops), "files": files}
        click.echo(summary.machine(found.to_json() | more))
    elif further:
        click.echo(f"\n{found.answer}")
    if stops:
        context.exit(INTERRUPTED)


def refuse_several(scenarios: Sequence[str], wanted: Sequence[str]) -> None:
    """Refuse what goes beyond a comparison where several scenarios are compared."""
    if wanted and len(scenarios) > 1:
        asked = ", ".join(f"--{name}" for name in wanted)
        raise click.UsageError(
            f"{asked} must be asked of one scenario, there are {len(scenarios)}; leave it out, or "
            "name one of them."
        )


def broken(found: "Comparison") -> str:
    """What to say when no paired world was finished."""
    *_, last = found.failures[0].error.strip().splitlines()
    reason = last.partition(": ")[2] or last
    return f"All {len(found.failures)} paired worlds broke; the first one said: {reason}"


def report_comparison(
    found: "Comparison", out: Path | None, machine: bool, stopped: bool
) -> list[str]:
    """Save a comparison if asked to, print what it comes to, and return the files written."""
    from sim.views import summary

    if stopped:
        asked = found.case.spec.compare
        wanted = f"at most {asked.at_most}" if asked.precision else f"{asked.runs}"
        click.echo(f"Interrupted after {found.runs} of {wanted} paired worlds.", err=True)
    picture = "compare.png" if found.runs > 1 else None  # one world has no interval to draw
    files = written(found, out, picture) if out else []
    if not machine:
        say_where(out, files)
        click.echo(summary.comparison_text(found))
    return files


def live(
    name: str,
    found: "Comparison",
    policies: Sequence[str] | None,
    jobs: int,
    stop: Callable[[], None],
) -> "Further":
    """Live what goes beyond a comparison."""
    from sim.views import further

    if name == "challenge":
        return further.challenge(found.case, policies, jobs=jobs, interrupted=stop)
    if name == "money":
        return further.money(found.case, jobs=jobs, interrupted=stop)
    return further.frontier(found.case, jobs=jobs, interrupted=stop)


def report_further(name: str, found: "Further", out: Path | None, machine: bool) -> list[str]:
    """Save it if asked to, print what it comes to, and return the files written."""
    files = written(found, out, f"{name}.png" if found.runs > 1 else None) if out else []
    if not machine:
        click.echo("")
        say_where(out, files)
        click.echo(found.text())
    return files


def write_report(
    found: "Comparison", further: dict[str, Any], file: Path, context: click.Context
) -> str:
    """Write the report, with the command that makes it again."""
    import shlex
    import sys

    from sim.views.report import report, save_report

    command = shlex.join(["sim", *sys.argv[1:]])
    page = report(found, command=command, word_of_mouth=found.talk, **further)
    save_report(page, file)
    return str(file)

"""`sim run` and `sim compare`."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.door import INTERRUPTED

if TYPE_CHECKING:
    from sim.views.facade import Comparison, Run


@click.command(short_help="Live a scenario once.")
@options.named
@options.out
@options.machine
@click.pass_context
def run(
    context: click.Context,
    scenario: str,
    seed: int | None,
    sets: Sequence[str],
    root: Path | None,
    out: Path | None,
    machine: bool,
) -> None:
    """Live SCENARIO once: a file, or a shipped one such as sim:first_market.

    Ctrl-C stops after the month that is being lived; a second one stops at once.
    """
    from sim.market.run import case_of
    from sim.views import facade

    case = case_of(scenario, seed, sets, None, root)
    prepare(out)
    with asked_to_stop() as stop:
        lived = facade.run(case, interrupted=stop)
    if lived.market.month <= 0:
        raise KeyboardInterrupt  # in the warm-up: nothing is booked
    report_run(lived, out, machine)
    if lived.market.running:
        context.exit(INTERRUPTED)


def report_run(lived: "Run", out: Path | None, machine: bool) -> None:
    """Save a run if asked to, and print what it comes to."""
    from sim.views import summary

    horizon, step = lived.market.spec.horizon, lived.market.spec.step
    if lived.market.running:
        click.echo(f"Interrupted after {lived.market.month} of {horizon} {step}s.", err=True)
    files = written(lived, out, "run.png") if out else []
    if machine:
        more = {"interrupted": lived.market.running, "files": files}
        click.echo(summary.machine(summary.run_data(lived) | more))
    else:
        click.echo(summary.run_text(lived))
        say_where(out, files)


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
@click.option("--jobs", type=int, default=-1, help="Processes; -1, the default, is all cores.")
@options.out
@options.machine
@click.pass_context
def compare(
    context: click.Context,
    scenarios: Sequence[str],
    seed: int | None,
    sets: Sequence[str],
    root: Path | None,
    policies: str | None,
    runs: int | None,
    precision: str | None,
    jobs: int,
    out: Path | None,
    machine: bool,
) -> None:
    """Set policies, or scenarios, against each other; the last line is the answer.

    The policies of one SCENARIO go on from one warm-up and meet the same luck. Several scenarios
    are lived each from its own beginning; the first is the baseline. Ctrl-C keeps the worlds that
    are finished.
    """
    from sim.analysis.candidates import cases_of
    from sim.views import facade

    cases = cases_of(scenarios, runs, precision, seed, sets, None, root)
    prepare(out)
    stops: list[str] = []
    found = facade.compare(
        *cases,
        policies=[name.strip() for name in policies.split(",")] if policies else None,
        jobs=jobs,
        interrupted=lambda: stops.append("Ctrl-C"),
        preliminary=(lambda _: None) if machine else None,
    )
    if not found.runs:
        raise KeyboardInterrupt if stops else ValueError(broken(found))
    report_comparison(found, out, machine, bool(stops))
    if stops:
        context.exit(INTERRUPTED)


def broken(found: "Comparison") -> str:
    """What to say when no paired world was finished."""
    *_, last = found.failures[0].error.strip().splitlines()
    reason = last.partition(": ")[2] or last
    return f"All {len(found.failures)} paired worlds broke; the first one said: {reason}"


def report_comparison(found: "Comparison", out: Path | None, machine: bool, stopped: bool) -> None:
    """Save a comparison if asked to, and print what it comes to."""
    from sim.views import summary

    if stopped:
        asked = found.case.spec.compare
        wanted = f"at most {asked.at_most}" if asked.precision else f"{asked.runs}"
        click.echo(f"Interrupted after {found.runs} of {wanted} paired worlds.", err=True)
    picture = "compare.png" if found.runs > 1 else None  # one world has no interval to draw
    files = written(found, out, picture) if out else []
    if machine:
        click.echo(summary.machine(found.to_json() | {"interrupted": stopped, "files": files}))
    else:
        say_where(out, files)
        click.echo(summary.comparison_text(found))


# ── what both do ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed: asked between two steps, so that none is left half lived.

    A second Ctrl-C stops at once.
    """
    pressed: list[int] = []

    def press(number: int, _: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def prepare(out: Path | None) -> None:
    """Make the folder for results before the work, not after it. Raises OSError."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".part"
        probe.touch()
        probe.unlink()


def written(result: "Run | Comparison", out: Path, picture: str | None) -> list[str]:
    """Write tables, manifest and (if it has a name) a picture; return the names of the files."""
    from sim.views.style import save

    before = stamps(out)
    result.save(out)
    if picture:
        save(result.plot(), out / picture)
    return sorted(str(file) for file, stamp in stamps(out).items() if before.get(file) != stamp)


def stamps(folder: Path) -> dict[Path, int]:
    """When each file of a folder was written."""
    return {file: file.stat().st_mtime_ns for file in folder.iterdir()}


def say_where(out: Path | None, files: Sequence[str]) -> None:
    """Name the files that were written."""
    if out is not None:
        names = ", ".join(Path(file).name for file in files)
        click.echo(f"Written to {out}: {names}\n")

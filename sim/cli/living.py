"""`sim run`: live a scenario once."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.door import INTERRUPTED
from sim.cli.results import prepare, say_where, written

if TYPE_CHECKING:
    from sim.views.facade import Run


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

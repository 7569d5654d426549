"""How far a run has come, on a terminal: on stderr, gone when done, and never on stdout."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[int, int], None]
"""Told how many are done, and how many there will be."""


@contextmanager
def shown(what: str, told: Told | None = None) -> Iterator[Told]:
    """A bar that counts ``what`` (``months``), if stderr is a terminal and nobody else is told."""
    if told or not sys.stderr.isatty():
        yield told or silent
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    console = Console(file=sys.stderr)
    with progress.Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as bar:
        task = bar.add_task("getting ready", total=None)
        yield lambda done, total: bar.update(task, description=what, completed=done, total=total)


def silent(done: int, total: int) -> None:
    """Tell nobody."""

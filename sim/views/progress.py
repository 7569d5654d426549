"""How far a run has come, on a terminal: on stderr, gone when done, and never on stdout."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

Told = Callable[[int, int], None]
"""Told how many are done, and how many there will be."""


class Listener:
    """Who is told how far it has come: a function of the user's, or nobody."""

    def __init__(self, told: Told | None = None) -> None:
        self.told = told

    def __call__(self, done: int, total: int) -> None:
        """Pass on how many are done, and how many there will be."""
        if self.told:
            self.told(done, total)

    def say(self, words: str) -> None:
        """Words on the way are for a terminal only."""

    def meanwhile(self, words: str) -> None:
        """So is what is done between two of those that are counted."""


class Bar(Listener):
    """A bar on a terminal that counts ``what``; words on the way stay above it."""

    def __init__(self, progress: "Progress", what: str) -> None:
        super().__init__()
        self.progress, self.what = progress, what
        self.task = progress.add_task("getting ready", total=None)

    def __call__(self, done: int, total: int) -> None:
        """Move on."""
        self.progress.update(self.task, description=self.what, completed=done, total=total)

    def say(self, words: str) -> None:
        """Write a line above the bar, which stays when the bar is gone."""
        self.progress.console.print(words, markup=False, highlight=False)

    def meanwhile(self, words: str) -> None:
        """Write before the bar what is being done, until the next one is counted."""
        self.progress.update(self.task, description=words)


@contextmanager
def shown(what: str, told: Told | None = None) -> Iterator[Listener]:
    """A bar that counts ``what`` (``months``), if stderr is a terminal and nobody else is told."""
    if told or not sys.stderr.isatty():
        yield Listener(told)
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
        yield Bar(bar, what)

"""Where results go: a folder for files, and a line that names them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Result(Protocol):
    """What can be saved and drawn."""

    def save(self, folder: Path) -> Path:
        """Write tables and data into a folder."""

    def plot(self) -> "Figure":
        """Draw it."""


def prepare(out: Path | None) -> None:
    """Make the folder for results before the work, not after it. Raises OSError."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".part"
        probe.touch()
        probe.unlink()


def written(result: Result, out: Path, picture: str | None) -> list[str]:
    """Write tables, data and (if it has a name) a picture; return the names of the files."""
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

"""`sim theory`: the market beside what is known exactly."""

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli import options
from sim.cli.results import prepare


@click.group(short_help="See the market hit what is known exactly.")
def theory() -> None:
    """Compare what is simulated with closed forms of marketing science."""


@theory.command("list", short_help="List the closed forms.")
@options.machine
def list_rows(machine: bool) -> None:
    """List the closed forms that the market, or a rule of it, is brought to."""
    from sim.analysis.docking.rows import rows
    from sim.views import docking_table, summary

    known = rows().values()
    if machine:
        click.echo(summary.machine({"rows": [docking_table.described(row) for row in known]}))
    else:
        click.echo(docking_table.listed(known))


@theory.command(short_help="Print simulated beside exact, and draw it.")
@click.argument("name")
@click.option(
    "--set", "sets", multiple=True, metavar="PARAMETER=NUMBER",
    help="Another parameter, as in --set innovation=.02; may be repeated.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.png",
    help="Draw it into this file.",
)  # fmt: skip
@options.machine
def show(name: str, sets: Sequence[str], out: Path | None, machine: bool) -> None:
    """Print what is simulated beside what is exact, for the row NAME (bass, or D12).

    The last line says whether they agree within 4 standard errors.
    """
    from sim.analysis.docking.rows import row_of
    from sim.views import docking_table, progress, summary

    row = row_of(name)
    changes = dict(map(number_of, sets))
    row.with_parameters(changes)
    ready(out)
    with progress.shown("figures") as bar:
        bar.meanwhile(f"living {row.name}")
        docked = row.docked(changes)
    if out is not None:
        from sim.views import style
        from sim.views.docking import plot_docking

        style.save(plot_docking(docked), out)
    if machine:
        files = [] if out is None else [str(out)]
        click.echo(summary.machine(docking_table.data(docked) | {"files": files}))
        return
    if out is not None:
        click.echo(f"Drawn into {out}\n")
    click.echo(docking_table.text(docked))


def number_of(text: str) -> tuple[str, float]:
    """Name and value of ``innovation=.02``. Raises ValueError for anything else."""
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise ValueError(
            f"--set {text}: must be a parameter and a number; write it like innovation=.02"
        ) from None


def ready(out: Path | None) -> None:
    """See that a picture can be written there. Raises ValueError or OSError."""
    if out is None:
        return
    if out.suffix.lower() != ".png":
        raise ValueError(f"{out}: must be a picture that ends in .png; name it {out.stem}.png")
    prepare(out.parent)

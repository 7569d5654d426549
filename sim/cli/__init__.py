"""The `sim` command.

Nothing heavy is imported here or in the modules of the commands: each imports what it needs when it
runs, so that `--help` answers at once.
"""

import click

from sim.cli.comparing import compare
from sim.cli.door import Door
from sim.cli.living import run
from sim.cli.proving import theory
from sim.cli.retaining import five_percent
from sim.cli.scenarios import check, list_shipped, new, schema

HELP = """A market of customers and firms: is it better to win customers or to keep them?

\b
    sim new market.yaml               write a scenario to change
    sim run market.yaml               live it once
    sim compare market.yaml           set its policies against each other
    sim five-percent                  what are five points of retention worth?
    sim theory show bass              what is simulated, beside what is exact
    sim run sim:first_market          a scenario that comes with the package
"""
"""What `sim --help` says first; the backspace keeps the lines of its paragraph as they are."""


def print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from sim.views.version import __version__

        click.echo(f"sim (relmarket) {__version__}")
        context.exit()


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]}, help=HELP)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=print_version,
    help="Print the version.",
)  # fmt: skip
def main() -> None:
    """Live markets, set policies against each other, see what is exact."""


for command in (run, compare, five_percent, theory, check, new, list_shipped, schema):
    main.add_command(command)

"""Bad input ends in a sentence and exit code 2, Ctrl-C in 130, and neither in a traceback."""

import atexit
import gc
import sys
import traceback
from typing import Any

import click

INTERRUPTED = 130
UNTIL_COLLECTED = 100_000
"""Objects made before garbage is looked for: loading libraries makes many, and none is garbage."""


class Door(click.Group):
    """A group of commands that turns errors into sentences (with `--json`: into one object)."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command, on a terminal of whatever alphabet."""
        gc.set_threshold(UNTIL_COLLECTED)
        atexit.register(gc.freeze)  # who leaves need not tidy up: half a second
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        return super().main(*args, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        machine = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            refuse(machine, [as_problem("interrupted")], "Interrupted: nothing was finished.")
            ctx.exit(INTERRUPTED)
        except click.UsageError as error:
            if not machine:
                raise
            refuse(machine, [as_problem(error.format_message())], "")
        except (ValueError, OSError, OverflowError) as error:
            if not understood(error):
                raise
            refuse(machine, problems(error), words(error))
        ctx.exit(2)


def refuse(machine: bool, found: list[dict[str, Any]], text: str) -> None:
    """Say what is wrong: to a machine as one object on stdout, to people on stderr."""
    if machine:
        import json

        click.echo(json.dumps({"error": found}))
    else:
        click.echo(text, err=True)


def problems(error: Exception) -> list[dict[str, Any]]:
    """The problems that an error stands for."""
    from sim.scenario.problems import ScenarioError

    return error.to_json() if isinstance(error, ScenarioError) else [as_problem(words(error))]


def as_problem(rule: str) -> dict[str, Any]:
    """A sentence in the form of a scenario's problems."""
    return {"place": None, "key": "", "rule": rule, "value": "", "remedy": ""}


def words(error: Exception) -> str:
    """The error as a sentence: ours as it stands, the system's with the name of the file."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}; name another one, or change its permissions"
    return str(error)


def understood(error: Exception) -> bool:
    """Whether an error is about input; anything else is a fault of ours and keeps its traceback.

    Errors of the operating system are about files that the user named, except for a closed pipe,
    with which click deals. Other errors are about input where our own code raised them.
    """
    if isinstance(error, OSError):
        return not isinstance(error, BrokenPipeError)
    *_, (innermost, _) = traceback.walk_tb(error.__traceback__)
    return str(innermost.f_globals.get("__name__", "")).startswith("sim.")

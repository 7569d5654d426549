"""The door: help at once, bad input in a sentence, faults of ours with their traceback."""

import io
import json
import subprocess
import sys
import time

import click
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.cli.door import Door, words

HEAVY = ("numpy", "pandas", "scipy", "mesa", "numba", "matplotlib", "pydantic", "rich", "ruamel")
COMMANDS = ("run", "compare", "check", "new", "list", "schema")


def sim(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a Python of its own."""
    return subprocess.run([sys.executable, "-m", "sim", *arguments], capture_output=True, text=True)


def test_help_answers_at_once() -> None:
    """The quickest of three is under .4 s (one may meet a busy machine)."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        assert sim("run", "--help").returncode == 0
        seconds.append(time.perf_counter() - begun)
    assert min(seconds) < 0.4


def test_help_loads_nothing_heavy() -> None:
    """Not even what the scenario files need."""
    code = f"import sys, sim.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_who_leaves_does_not_tidy_up() -> None:
    """At the very end nothing is left in which garbage would be looked for."""
    code = (
        "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0)); "
        "from sim.cli import main; main(['--version'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["True"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """And stands in the list of commands with a whole sentence."""
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
    commands = CliRunner().invoke(main, ["--help"]).stdout.partition("Commands:\n")[2]
    (line,) = (line for line in commands.splitlines() if line.startswith(f"  {command} "))
    assert line.endswith(".")
    assert "..." not in line


def test_the_help_shows_commands_as_one_types_them() -> None:
    """One a line, with what it does beside it."""
    lines = CliRunner().invoke(main, ["--help"]).stdout.splitlines()
    typed = [line.strip().split("  ")[0] for line in lines if line.startswith("      sim ")]
    assert typed[:2] == ["sim new market.yaml", "sim run market.yaml"]
    assert len(typed) == 6


def test_it_says_its_version() -> None:
    """Name, distribution and version on one line."""
    done = CliRunner().invoke(main, ["--version"])
    assert done.stdout.startswith("sim (relmarket) ")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)


class UnexpectedError(Exception):
    """Something that nobody expects."""


def door(error: BaseException, module: str = "sim.somewhere") -> Door:
    """A door whose only command raises ``error`` in a module of this name."""
    scope = {"__name__": module, "error": error}
    exec("def fail():\n    raise error", scope)
    group = Door()

    @group.command()
    @click.option("--json", "machine", is_flag=True)
    def go(machine: bool) -> None:
        scope["fail"]()  # type: ignore[operator]

    return group


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("x must be 1, is 2; use 1"), "x must be 1, is 2; use 1\n"),
        (OverflowError("too many people; use fewer"), "too many people; use fewer\n"),
        (
            PermissionError(13, "Permission denied", "out/run.png"),
            "out/run.png: Permission denied; name another one, or change its permissions\n",
        ),
        (OSError("disk full"), "disk full\n"),
    ],
)
def test_bad_input_ends_in_a_sentence_and_exit_code_2(error: Exception, text: str) -> None:
    """On stderr, with nothing on stdout; with --json the other way round."""
    done = CliRunner().invoke(door(error), ["go"])
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", text)
    machine = CliRunner().invoke(door(error), ["go", "--json"])
    assert (machine.exit_code, machine.stderr) == (2, "")
    problem = {"place": None, "key": "", "rule": text.strip(), "value": "", "remedy": ""}
    assert json.loads(machine.stdout) == {"error": [problem]}


def test_problems_of_a_scenario_come_with_their_places() -> None:
    """A machine gets file, line and column of each."""
    done = CliRunner().invoke(
        main, ["check", "sim:first_market", "--set", "seed=x", "--set", "horizon=0", "--json"]
    )
    found = json.loads(done.stdout)["error"]
    assert (done.exit_code, done.stderr) == (2, "")
    assert [(p["key"], p["place"]["line"], p["place"]["file"]) for p in found] == [
        ("seed", 1, "--set"),
        ("horizon", 2, "--set"),
    ]


def test_people_get_the_same_as_text() -> None:
    """The nearest known name is offered."""
    done = CliRunner().invoke(main, ["run", "sim:first_mraket"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean sim:first_market?" in done.stderr


def test_a_misspelt_option_is_bad_input_too() -> None:
    """Exit code 2 in words, and one object for a machine."""
    done = CliRunner().invoke(main, ["run", "sim:first_market", "--sead", "3"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--sead" in done.stderr
    machine = CliRunner().invoke(main, ["run", "sim:first_market", "--json", "--sead", "3"])
    assert (machine.exit_code, machine.stderr) == (2, "")
    assert "--sead" in json.loads(machine.stdout)["error"][0]["rule"]


def test_ctrl_c_is_no_traceback() -> None:
    """Exit code 130, as shells have it, and one line or object."""
    done = CliRunner().invoke(door(KeyboardInterrupt()), ["go"])
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "Interrupted: nothing was finished.\n"
    machine = CliRunner().invoke(door(KeyboardInterrupt()), ["go", "--json"])
    assert (machine.exit_code, machine.stderr) == (130, "")
    assert json.loads(machine.stdout)["error"][0]["rule"] == "interrupted"


@pytest.mark.parametrize(
    ("error", "module"),
    [(ValueError("in a library"), "numpy.core"), (UnexpectedError("of ours"), "sim.x")],
)
def test_faults_keep_their_traceback(error: Exception, module: str) -> None:
    """What nobody said in our words is a fault, and must be seen to be mended."""
    done = CliRunner().invoke(door(error, module), ["go"])
    assert done.exception is error


def test_a_reader_who_leaves_is_no_fault() -> None:
    """`sim schema | head -1`: no word on stderr."""
    command = f"{sys.executable} -m sim schema | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (len(done.stdout), done.stderr) == (10, "")


def test_any_alphabet_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal has no sign for something, a question mark stands for it."""
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    main.main(["--help"], standalone_mode=False)
    narrow.write("−")
    narrow.flush()
    assert narrow.buffer.getvalue().endswith(b"?")


def test_the_system_s_errors_name_the_file() -> None:
    """With its reason and a remedy."""
    error = FileNotFoundError(2, "No such file or directory", "a/b.yaml")
    assert words(error).startswith("a/b.yaml: No such file or directory; ")

"""Another Python: the same events, and money to a billionth.

Another interpreter is looked for that is at least 3.12, is not the version that runs the tests, and
has the packages that a market needs: the one that ``OTHER_PYTHON`` names, those of virtual
environments beside the tests (``.venv*``), those on the path and those of pyenv.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.market.plain_month import SETTINGS, books
from tests.patterns.store import FILE
from tests.patterns.test_first_market import same

REPOSITORY = Path(__file__).parents[2]
PROBE = """
import sys
import mesa, numba, numpy, pandas, psutil, pydantic, ruamel.yaml, scipy
print(*sys.version_info[:2])
"""


def candidates() -> Iterator[str]:
    """Interpreters that may be there, the one that was asked for first."""
    if asked := os.environ.get("OTHER_PYTHON"):
        yield asked
    yield from (str(path) for path in REPOSITORY.glob(".venv*/bin/python"))
    for minor in range(12, 16):
        if found := shutil.which(f"python3.{minor}"):
            yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(str(path) for path in pyenv.glob("versions/*/bin/python3"))


def version_of(python: str) -> tuple[int, ...] | None:
    """The version of an interpreter that could live a market; None if it could not."""
    try:
        done = subprocess.run([python, "-c", PROBE], capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


@cache
def other_python() -> str:
    """The first usable interpreter of another version; skips the test where there is none."""
    for python in candidates():
        version = version_of(python)
        if version and version >= (3, 12) and version != sys.version_info[:2]:
            return python
    pytest.skip("no other Python from 3.12 on has the packages; OTHER_PYTHON may name one")


def said(*arguments: str, **variables: str) -> str:
    """What the other Python prints."""
    done = subprocess.run(
        [other_python(), *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **variables},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_small_market_on_another_python(tmp_path: Path) -> None:
    """Its month in plain Python is our compiled month: counts equal, numbers to a billionth."""
    file = tmp_path / "other.npz"
    assert said("-m", "tests.market.plain_month", str(file), NUMBA_DISABLE_JIT="1") == "plain"
    with np.load(file) as other:
        for name, table in (item for setting in SETTINGS for item in books(setting).items()):
            assert len(table) > 0
            for field in table.dtype.names or ():
                one, two = table[field], other[name][field]
                if table[field].dtype.kind == "f":
                    assert np.allclose(one, two, rtol=1e-9, atol=1e-12, equal_nan=True), field
                else:
                    assert np.array_equal(one, two), f"{name}, {field}"


@pytest.mark.slow
def test_the_baseline_on_another_python() -> None:
    """Every number of the first market is the stored one, by the rule of the stored baseline."""
    code = "import json; from tests.patterns.store import baseline; print(json.dumps(baseline()))"
    rows: list[dict[str, Any]] = json.loads(said("-c", code))
    stored = json.loads(FILE.read_text("utf-8"))["rows"]
    moved = [
        f"{now['firm']} in month {now['month']}: {name} was {was[name]}, is {value}"
        for was, now in zip(stored, rows, strict=True)
        for name, value in now.items()
        if not same(name, was[name], value)
    ]
    assert moved == []

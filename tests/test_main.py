"""`python -m sim` is the command, from anywhere."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_module_is_the_command(tmp_path: Path) -> None:
    """It calls itself sim, and finds what is shipped from any folder."""
    path = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "list"],
        cwd=tmp_path,
        env=path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "sim:first_market " in done.stdout
    usage = subprocess.run(
        [sys.executable, "-m", "sim"], cwd=tmp_path, env=path, capture_output=True, text=True
    )
    assert "Usage: sim [OPTIONS] COMMAND" in usage.stdout + usage.stderr

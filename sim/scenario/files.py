"""Files that users name: whether they may be read, and their text."""

import os
import stat
from pathlib import Path

from sim.scenario.problems import Place, Problem, ScenarioError, near

LARGEST_FILE = 1_000_000  # bytes


def utf8_text(path: Path, name: str, root: Path | None = None) -> str:
    """The text of the UTF-8 file at `path`, of at most 1 MB, inside `root` if one is given.

    Raises ScenarioError, in which the file is called `name`.
    """
    check_file(path, name)
    if root is not None and not inside(path, root):
        raise refusal(name, "must lie inside the root folder", str(root), "move the file there")
    try:
        with path.open("rb") as file:
            return _decoded(file.read(LARGEST_FILE + 1), name)
    except OSError as error:
        raise unreadable(name, error) from None


def check_file(path: Path, name: str) -> None:
    """Raise ScenarioError unless `path` is an ordinary file; a missing one names near matches."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise refusal(name, "must be a file", "missing", _near(path)) from None
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
        raise refusal(name, "must be a file", kind, "name a scenario file")


def inside(path: Path, folder: Path) -> bool:
    """Whether `path` lies in `folder` once all symbolic links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def refusal(name: str, rule: str, value: str, remedy: str) -> ScenarioError:
    """The error for a file that is refused as a whole."""
    return ScenarioError([Problem(Place(name, 1, 1), "", rule, value, remedy)])


def unreadable(name: str, error: Exception) -> ScenarioError:
    """The error for a file that the operating system does not let us open."""
    reason = getattr(error, "strerror", None) or str(error)
    remedy = "check its name and its permissions"
    return refusal(name, "must be readable", f"not ({reason})", remedy)


def _near(path: Path) -> str:
    try:
        neighbours = sorted(entry.name for entry in path.parent.iterdir())[:1000]
    except OSError:
        return f"there is no folder {path.parent}"
    return near(path.name, neighbours) or "check the name"


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(name, "must be UTF-8 text", "UTF-16 or UTF-32", "save it as UTF-8")
    if len(raw) > LARGEST_FILE:
        rule = f"must be at most {LARGEST_FILE:,} bytes"
        raise refusal(name, rule, "larger", "keep tables in CSV files beside it")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = place_in(raw[: error.start].decode("utf-8"), error.start, name)
        value = f"byte {raw[error.start]:#04x}"
        problem = Problem(place, "", "must be UTF-8 text", value, "save it as UTF-8")
        raise ScenarioError([problem]) from None


def place_in(text: str, position: int, name: str) -> Place:
    """The place of the letter at `position` (from 0) in `text`."""
    before = text[:position]
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))

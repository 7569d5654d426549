"""Files that users name: clean refusals of what is no small UTF-8 file."""

from pathlib import Path

import pytest

from sim.scenario.files import LARGEST_FILE, check_file, inside, place_in, utf8_text
from sim.scenario.problems import Place, Problem, ScenarioError


def refused(path: Path, raw: bytes | None = None, root: Path | None = None) -> Problem:
    """The only problem that `path` (with `raw` in it) gives."""
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ScenarioError) as caught:
        utf8_text(path, "market.yaml", root)
    [problem] = caught.value.problems
    return problem


def test_a_utf8_file_is_read(tmp_path: Path) -> None:
    """Two bytes in UTF-8 are one letter."""
    (tmp_path / "a").write_bytes(b"\xc3\xa9")
    assert utf8_text(tmp_path / "a", "a") == "é"


@pytest.mark.parametrize(
    "raw", ["a: 1".encode("utf-16"), "a: 1".encode("utf-32"), b"\xfe\xff\x00a"]
)
def test_utf16_is_named_as_what_it_is(tmp_path: Path, raw: bytes) -> None:
    """A byte order mark of UTF-16 gets its own sentence."""
    assert refused(tmp_path / "a", raw).value == "UTF-16 or UTF-32"


def test_a_byte_that_is_no_utf8_is_placed(tmp_path: Path) -> None:
    """The byte 0xff after `ab: ` in line 2 stands in column 5."""
    problem = refused(tmp_path / "a", b"a: 1\nab: \xff")
    assert problem.place == Place("market.yaml", 2, 5)
    assert (problem.rule, problem.value) == ("must be UTF-8 text", "byte 0xff")


def test_a_byte_that_is_no_utf8_is_placed_by_letters(tmp_path: Path) -> None:
    """Columns count letters, not bytes: after `é` comes column 2."""
    assert refused(tmp_path / "a", b"\xc3\xa9\xff").place == Place("market.yaml", 1, 2)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    """1,000,000 bytes are read, one more is not."""
    (tmp_path / "a").write_bytes(b"#" * LARGEST_FILE)
    assert len(utf8_text(tmp_path / "a", "a")) == LARGEST_FILE
    assert refused(tmp_path / "a", b"#" * (LARGEST_FILE + 1)).rule == (
        "must be at most 1,000,000 bytes"
    )


def test_a_missing_file_offers_a_near_match(tmp_path: Path) -> None:
    """`markt.yaml` is near `market.yaml`."""
    (tmp_path / "market.yaml").touch()
    problem = refused(tmp_path / "markt.yaml")
    assert (problem.value, problem.remedy) == ("missing", "did you mean market.yaml?")
    assert refused(tmp_path / "zzz").remedy == "check the name"
    assert refused(tmp_path / "no" / "zzz").remedy == f"there is no folder {tmp_path / 'no'}"


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    """A folder, an endless device, a NUL in the name, a name that is too long."""
    assert refused(tmp_path).value == "a folder"
    assert refused(Path("/dev/zero")).value == "a device or pipe"
    assert "embedded null" in refused(Path("a\0b")).value  # "byte" or "character": Python says
    assert "too long" in refused(tmp_path / ("x" * 5000)).value


def test_a_file_that_may_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the operating system says is passed on, without a traceback."""

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").touch()
    monkeypatch.setattr(Path, "open", refuse)
    assert refused(tmp_path / "a").value == "not (Permission denied)"


def test_a_root_holds(tmp_path: Path) -> None:
    """A file outside the root is refused, also where a link inside leads to it."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "a")
    assert refused(tmp_path / "a", b"x", root).rule == "must lie inside the root folder"
    assert refused(root / "link", None, root).rule == "must lie inside the root folder"
    assert not inside(root / ".." / "a", root)
    assert inside(root / "deep" / "a", root)


def test_checking_a_file_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    """An ordinary file passes, the same file gone does not."""
    (tmp_path / "a").touch()
    check_file(tmp_path / "a", "a")
    (tmp_path / "a").unlink()
    with pytest.raises(ScenarioError):
        check_file(tmp_path / "a", "a")


def test_lines_and_columns_count_from_one() -> None:
    """In `ab, newline, c` the c is at 2:1."""
    assert place_in("ab\nc", 0, "f") == Place("f", 1, 1)
    assert place_in("ab\nc", 3, "f") == Place("f", 2, 1)

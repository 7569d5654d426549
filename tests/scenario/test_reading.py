"""Reading: YAML 1.2 into plain values with places, and nothing that surprises."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.problems import Place, Problem, ScenarioError
from sim.scenario.reading import read, read_text, read_value

SAMPLE = """\
title: Is a caf\u00e9 worth a second visit?
extends: sim:corner_shop      # all the rest
horizon: 24
population: {size: 2_000, entry: {closure: replace}}
mechanisms:
  commitment: off
firms:
  bean: {price: 3.5, "quality": .8}
  leaf:
    price: 4
interventions:
  - {from: 3, until: 6, firm: bean, shift: {price: -1}}
  - from: 9
    why: >
      a long
      story
policies:
  cheap: {firms.bean.price: 3}
"""


def data(text: str) -> dict[str, Any]:
    """The data in `text`."""
    return read_text(text, "f").data


def problems(text: str) -> list[Problem]:
    """The problems in `text`."""
    with pytest.raises(ScenarioError) as caught:
        read_text(text, "f")
    return list(caught.value.problems)


def only_rule(text: str) -> str:
    """The rule of the only problem in `text`."""
    [problem] = problems(text)
    return problem.rule


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10_000", 10_000),
        ("-3", -3),
        ("+3", 3),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("9" * 30, 10**30 - 1),
        ("5_000.5", 5000.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("'3'", "3"),
        ('"true"', "true"),
        ('"caf\\u00e9"', "café"),
        ("|\n a\n b", "a\nb"),
        ("[1, [a, {b: c}], ]", [1, ["a", {"b": "c"}]]),
        ("{a: , b: {}}", {"a": None, "b": {}}),
    ],
)
def test_values_read_as_yaml_1_2_says(text: str, value: object) -> None:
    """Numbers, words, text, lists and mappings become plain Python of exactly that type."""
    got = data(f"key: {text}")["key"]
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    "text", ["no", "off", "on", "yes", "1 %", "2026-01-01", "1:30", "1__0", "_1", "0b11", "=", "1e"]
)
def test_what_older_yaml_converts_stays_text(text: str) -> None:
    """No Norway problem: `no` is a word, a date is a word, a share in per cent is a word."""
    assert data(f"key: {text}")["key"] == text
    assert read_value(text, "--set") == text


def test_places_are_where_an_editor_finds_them() -> None:
    """Keys and values, in blocks and in braces, in lists, and the nearest ancestor if absent."""
    document = read_text(SAMPLE, "cafe.yaml")
    assert document.place(("horizon",)) == Place("cafe.yaml", 3, 10)
    assert document.place(("horizon",), of_key=True) == Place("cafe.yaml", 3, 1)
    assert document.place(("firms", "bean", "quality")) == Place("cafe.yaml", 8, 33)
    assert document.place(("interventions", 0, "shift", "price")) == Place("cafe.yaml", 12, 52)
    assert document.place(("interventions", 1)) == Place("cafe.yaml", 13, 5)
    assert document.place(("policies", "cheap", "firms.bean.price")).column == 29
    assert document.place(("horizon", "absent", 3)) == Place("cafe.yaml", 3, 10)
    assert document.place(()) == Place("cafe.yaml", 1, 1)


def test_the_sample_reads_as_a_person_would() -> None:
    """A scenario as people write it gives plain data."""
    sample = data(SAMPLE)
    assert sample["title"] == "Is a café worth a second visit?"
    assert sample["population"]["size"] == 2000
    assert sample["mechanisms"] == {"commitment": "off"}
    assert sample["interventions"][1] == {"from": 9, "why": "a long story\n"}
    assert sample["policies"] == {"cheap": {"firms.bean.price": 3}}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: 1\na: 2", "must be there once"),
        ("a: {b: 1, 'b': 2}", "must be there once"),
        ("a: &x 1", "must not have an anchor"),
        ("a: &x {}", "must not have an anchor"),
        ("&x a: 1", "must not have an anchor"),
        ("a: *x", "must not be an alias"),
        ("<<: {a: 1}", "must not have a merge key"),
        ("a: !!str 3", "must not have a tag"),
        ("a: !!python/object/apply:os.system ['true']", "must not have a tag"),
        ("!mine {a: 1}", "must not have a tag"),
        ("a: ! b", "must not have a tag"),
        ("a: 1\n---\nb: 2", "must be one document"),
        ("1: a", "must have text as its keys"),
        ("true: a", "must have text as its keys"),
        ("{: a}", "must have text as its keys"),
        ("'': a", "must have text as its keys"),
        ("? [a]\n: 1", "must have text as its keys"),
        ("a: .nan", "must be a finite number"),
        ("a: -.inf", "must be a finite number"),
        ("a: 1e999", "must be a finite number"),
        ("a: " + "9" * 31, "must have at most 30 digits"),
        ("a: 0x" + "f" * 5000, "must have at most 30 digits"),
        ("a: " + "9" * 5000 + ".5", "must be a finite number"),
        ("", "must not be empty"),
        ("# only a comment\n", "must not be empty"),
        ("---\n", "must be a mapping at the top"),
        ("- a", "must be a mapping at the top"),
        ("words", "must be a mapping at the top"),
        ("a\0: 1", "must not contain control characters"),
        ('a: "\\e[31m"', "must not contain control characters"),
        ('"\\0": 1', "must not contain control characters"),
        ('a: "\\ud800"', "must not contain control characters"),
        ("%YAML 1.1\n---\na: no", "must be YAML 1.2"),
    ],
)
def test_what_could_surprise_is_refused(text: str, rule: str) -> None:
    """Each surprise gives one problem, which names its rule."""
    assert only_rule(text) == rule


def test_quotes_make_a_merge_key_a_key() -> None:
    """Only the plain `<<` is the merge key of older YAML."""
    assert data("'<<': 1") == {"<<": 1}


def test_a_refusal_names_place_key_value_and_remedy() -> None:
    """The second of two equal keys is named, with the line of the first."""
    [problem] = problems("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert str(problem) == (
        "f:4:3  a.b: must be there once, is there twice; it is already at line 2; keep one of them"
    )


def test_all_problems_come_at_once() -> None:
    """Five lines with a fault each, the last a syntax error, give five problems in order."""
    found = problems("a: &x 1\nb: *x\nc: .nan\n4: d\ne: [1, 2")
    assert [problem.place and problem.place.line for problem in found] == [1, 2, 3, 4, 5]


def test_a_hundred_problems_are_enough() -> None:
    """A file of a thousand tags is given up after a hundred."""
    assert len(problems("".join(f"k{number}: !x 1\n" for number in range(1000)))) == 100


def test_a_hundred_problems_end_the_reading_of_keys_too() -> None:
    """A thousand keys that are numbers are given up after a hundred."""
    assert len(problems("".join(f"{number}: 1\n" for number in range(1000)))) == 100


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: c: d", 2, 5),
        ("a: [1, 2", 1, 9),
        ("a:\n\tb: 1", 2, 1),
        ("a: 'open", 1, 9),
        ("a: @x", 1, 4),
        ('b: 1\na: "\\UFFFFFFFF"', 2, 1),
        ("%YAML 9.9\n---\na: 1", 1, 1),
        ("%YAML " + "9" * 5000 + "\n---\na: 1", 1, 1),
    ],
)
def test_syntax_errors_have_a_line_and_a_column(text: str, line: int, column: int) -> None:
    """Whatever the parser raises becomes a problem where it stopped, or at the last key."""
    [problem] = problems(text)
    assert problem.rule.startswith("must be YAML (")
    assert problem.place == Place("f", line, column)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_nesting_cannot_exhaust_the_stack(opening: str) -> None:
    """A hundred thousand opening brackets are refused at the twenty-first."""
    assert only_rule(f"a: {opening * 100_000}" if opening[0] in "[{" else opening * 100_000) == (
        "must be nested at most 20 deep"
    )


def test_twenty_deep_is_allowed() -> None:
    """The top mapping and nineteen lists are twenty; one list more is refused."""
    assert data("a: " + "[" * 19 + "]" * 19)["a"]
    assert len(data("a: [" + "[], " * 30 + "]")["a"]) == 30
    assert only_rule("a: " + "[" * 20 + "]" * 20) == "must be nested at most 20 deep"


def test_windows_files_read_alike(tmp_path: Path) -> None:
    """A byte order mark and carriage returns change neither data nor places."""
    path = tmp_path / "market.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    document = read(path)
    assert document.data == {"a": 1, "b": 2}
    assert document.place(("b",)) == Place(str(path), 2, 4)
    assert read(path, name="m").place(("a",)) == Place("m", 1, 4)


def test_a_file_outside_the_root_is_refused(tmp_path: Path) -> None:
    """`read` keeps to the root it is given."""
    (tmp_path / "a.yaml").write_text("a: 1")
    (tmp_path / "root").mkdir()
    with pytest.raises(ScenarioError, match="must lie inside the root folder"):
        read(tmp_path / "a.yaml", root=tmp_path / "root")


def test_a_value_may_be_anything() -> None:
    """The right side of `--set` is a number, a word, a list or a mapping, never nothing."""
    assert read_value("10_000", "--set") == 10_000
    assert read_value("{a: [1, off]}", "--set") == {"a": [1, "off"]}
    assert read_value("null", "--set") is None
    with pytest.raises(ScenarioError, match="must not be empty; write a value, or null"):
        read_value(" ", "--set")


def reads_or_refuses(raw: bytes, path: Path) -> None:
    """Read `raw` as a file; anything but plain data or a ScenarioError is a failure."""
    path.write_bytes(raw)
    outcome: object
    try:
        outcome = read(path).data
    except ScenarioError as error:
        outcome = {str(error): error.to_json()}
    assert isinstance(outcome, dict)


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_arbitrary_bytes_read_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    """No bytes make the reader fail in any other way."""
    reads_or_refuses(raw, tmp_path_factory.getbasetemp() / "bytes.yaml")


@settings(max_examples=200, deadline=None)
@given(
    cut=st.integers(0, len(SAMPLE)),
    twice=st.integers(0, SAMPLE.count("\n") - 1),
    inserted=st.lists(
        st.tuples(
            st.integers(0, len(SAMPLE)),
            st.sampled_from(
                ["[", "]", "{", "}", ":", "- ", "&a ", "*a", "!", "'", '"\\', "\t", "%"]
            ),
        ),
        max_size=3,
    ),
)
def test_a_damaged_scenario_reads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
    cut: int,
    twice: int,
    inserted: list[tuple[int, str]],
) -> None:
    """Cut off, with a line doubled, with stray characters: never another failure."""
    lines = SAMPLE.splitlines(keepends=True)
    text = "".join([*lines[: twice + 1], *lines[twice:]])[:cut]
    for position, stray in inserted:
        text = text[:position] + stray + text[position:]
    reads_or_refuses(text.encode(), tmp_path_factory.getbasetemp() / "damaged.yaml")

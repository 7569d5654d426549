"""The pages of TRACE and STRESS answer every item, and the tests that they name are there.

That their links resolve is tested with those of all pages, in test_documents.py.
"""

import ast
import re
from pathlib import Path

import pytest

from sim.views.documents import DOCS

ROOT = DOCS.parent
PAGES = ("trace.md", "stress.md")
TRACE = [
    "1. Problem formulation", "2. Model description", "3. Data evaluation",
    "4. Conceptual model evaluation", "5. Implementation verification",
    "6. Model output verification", "7. Model analysis", "8. Model output corroboration",
]  # fmt: skip
STRESS = {
    "1. Objectives": {
        "1.1": "Purpose of the model", "1.2": "Model outputs", "1.3": "Experimentation aims",
    },
    "2. Logic": {
        "2.1": "Base model overview diagram", "2.2": "Base model logic", "2.3": "Scenario logic",
        "2.4": "Algorithms", "2.5.1": "Environment", "2.5.2": "Agents",
        "2.5.3": "Interaction topology", "2.5.4": "Entry and exit",
    },
    "3. Data": {
        "3.1": "Data sources", "3.2": "Pre-processing", "3.3": "Input parameters",
        "3.4": "Assumptions",
    },
    "4. Experimentation": {
        "4.1": "Initialisation", "4.2": "Run length", "4.3": "Estimation approach",
    },
    "5. Implementation": {
        "5.1": "Software or programming language", "5.2": "Random sampling",
        "5.3": "Model execution", "5.4": "System specification",
    },
    "6. Code access": {"6.1": "Computer model sharing statement"},
}  # fmt: skip
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def sections(page: str) -> dict[str, str]:
    """What stands under each heading of the second order."""
    parts = (part.partition("\n") for part in text_of(page).split("\n## ")[1:])
    return {heading: body for heading, _, body in parts}


def named_tests() -> list[tuple[str, str, str]]:
    """Page, file and function of every test that a page names."""
    return [
        (page, *found)
        for page in PAGES
        for found in re.findall(r"(tests/[\w/]+\.py)::(\w+)", text_of(page))
    ]


def functions(file: Path) -> set[str]:
    """The tests that a file defines."""
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("page", "file", "function"), sorted(set(named_tests())))
def test_a_named_test_is_there(page: str, file: str, function: str) -> None:
    """Its file defines it, and the name links to that file."""
    assert function.startswith("test_")
    assert function in functions(ROOT / file)
    assert f"[`{file}::{function}`](../{file})" in text_of(page)


def test_tests_are_named() -> None:
    """Both pages name tests, so that the check above is not empty."""
    assert {page for page, _, _ in named_tests()} == set(PAGES)


def test_every_element_of_trace_is_there() -> None:
    """The eight, in their order, and nothing beside."""
    assert list(sections("trace.md")) == TRACE


@pytest.mark.parametrize("element", TRACE)
def test_an_element_says_where_and_what_is_missing(element: str) -> None:
    """It leads to tests, data, scenarios or pages, and ends with what there is not."""
    body = sections("trace.md")[element]
    said, _, missing = body.partition("\n*Missing*: ")
    assert LINK.search(said)
    assert len(missing.split()) > 5


@pytest.mark.parametrize("section", STRESS)
def test_every_item_of_stress_is_answered(section: str) -> None:
    """Number, name, and an answer with a link; the items are the form's, in its order."""
    rows = re.findall(r"^\| ([\d.]+) \| ([^|]+) \| (.*) \|$", sections("stress.md")[section], re.M)
    assert {number: name for number, name, _ in rows} == STRESS[section]
    assert [number for number, _, _ in rows] == list(STRESS[section])
    for number, _, answer in rows:
        assert LINK.search(answer), number


def test_nothing_of_stress_is_left_out() -> None:
    """All six sections, and the picture of the month to which item 2.1 leads."""
    assert list(sections("stress.md")) == [*STRESS, "The month in a picture"]

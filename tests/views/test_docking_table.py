"""Rows in words: what is printed, what machines get, what the documents say."""

import math
from dataclasses import replace

import pytest

from sim.analysis.docking.row import Docked, Figure, Row
from sim.analysis.docking.rows import rows
from sim.views import docking_table

FIGURES = (
    Figure("share in month 1", 0.1234567, 0.12, 0.0021, at=1),
    Figure("share in month 2", 1234.5, 1300, 12, at=2),
    Figure("pace", 0.05, 0.05, 0),
)


@pytest.fixture
def docked() -> Docked:
    row: Row = replace(rows()["trust"], limit="A limit.", parameters={"kept": 0.5})
    return Docked(row, {"kept": 0.95}, FIGURES)


def test_a_row_for_people(docked: Docked) -> None:
    """What it is, a line a figure with the digits that chance leaves, and the verdict last."""
    lines = docking_table.text(docked).splitlines()
    assert lines[0] == f"D21 trust: {docked.row.title}"
    assert "  kind        rule: one rule alone, fed with draws" in lines
    assert "  parameters  kept 0.95 (0.6 to 0.98)" in lines
    assert [" ".join(line.split()) for line in lines[-5:-2]] == [
        "share in month 1 0.1235 0.1200 0.0021 +1.6 agrees",
        "share in month 2 1,234 1,300 12 −5.5 DIFFERS",
        "pace 0.0500000 0.0500000 0 – agrees",
    ]
    assert lines[-1] == docking_table.verdict(docked)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ((0,), "It agrees within 4 standard errors."),
        ((0, 0), "All 2 figures agree within 4 standard errors."),
        ((0, 1), "1 of 2 figures do not agree within 4 standard errors."),
        ((0, 2), "or to 1e-9 where nothing is left to chance."),
    ],
)
def test_the_verdict(docked: Docked, kept: tuple[int, ...], words: str) -> None:
    """Says how many, and by which rule."""
    chosen = tuple(FIGURES[position] for position in kept)
    assert docking_table.verdict(replace(docked, figures=chosen)).endswith(words)


def test_a_row_for_machines(docked: Docked) -> None:
    """Full precision, and a verdict on each figure and on all."""
    data = docking_table.data(docked)
    assert (data["id"], data["agrees"]) == ("D21", False)
    assert data["parameters"] == {"kept": 0.95}
    first, second, third = data["figures"]
    assert first["simulated"] == 0.1234567
    assert first["standard_error"] == 0.0021
    assert first["deviation"] == pytest.approx(0.0034567 / 0.0021)
    assert [each["agrees"] for each in (first, second, third)] == [True, False, True]
    assert math.isnan(third["deviation"])


def test_every_row_on_a_line() -> None:
    """Number, name, kind and title."""
    lines = docking_table.listed(rows().values()).splitlines()
    assert len(lines) == len(rows())
    (bass,) = (line for line in lines if line.startswith("D12"))
    assert bass.split()[:3] == ["D12", "bass", "market"]
    assert bass.endswith(rows()["bass"].title)


def test_every_row_in_the_documents() -> None:
    """A line in the table of all, and one in that of its kind; a heading with its form."""
    known = rows().values()
    told = docking_table.documented(known)
    forms = docking_table.explained(known)
    for row in known:
        assert told.count(f"\n| {row.id} |") == 1
        assert f"### {row.id} {row.name}\n\n    {row.form}\n\n{row.limit}" in forms
        kinds = {kind: docking_table.limits(known, kind) for kind in ("market", "rule")}
        assert [kind for kind, text in kinds.items() if f"| {row.id} |" in text] == [row.kind]


def test_figures_in_the_documents(docked: Docked) -> None:
    """One line a figure, the row being lived with its printed parameters."""
    row = replace(docked.row, dock=lambda _: list(FIGURES))
    lines = docking_table.tabulated([row]).splitlines()[2:]
    assert lines[0] == "| D21 | share in month 1 | 0.1235 | 0.1200 | 0.0021 | +1.6 | agrees |"
    assert len(lines) == 3

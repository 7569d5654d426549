"""Industry presets in words."""

import pytest

from sim.analysis.industries import known
from sim.analysis.industries.known import Known
from sim.views import industries


def row(industry: str = "bakery", fitted: str = "", miss: str = "") -> Known:
    """A figure between 1 and 2, fitted to nothing unless said otherwise."""
    return Known(industry, "kept", 1.0, 2.0, fitted, "Crumb 1999", miss)


@pytest.fixture(autouse=True)
def baked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that is 1.5 in the first world."""

    def kept(industry: str, replication: int) -> float:
        """Loaves kept.

        More words.
        """
        return {"bakery": 1.5, "mill": -0.25}[industry] + replication

    monkeypatch.setitem(known.FIGURES, "kept", kept)


def test_a_figure_that_holds() -> None:
    """Found in its range, and predicted, because nothing was fitted to it."""
    assert industries.line(row(), row().found()) == (
        "Loaves kept", "1.5", "1 to 2", "within", "nothing: predicted", "Crumb 1999", "",
    )  # fmt: skip


def test_a_figure_that_misses_and_one_that_was_fitted() -> None:
    """A miss is printed with its reason, a fitted figure with its parameter."""
    missed = row("mill", fitted="mechanisms.trust.gain", miss="Flour is not in it.")
    told = industries.line(missed, missed.found())
    assert told[1:5] == ("−0.25", "1 to 2", "**misses**", "`mechanisms.trust.gain`")
    assert told[-1] == "Flour is not in it."


def test_industries_apart() -> None:
    """A heading and a table for each industry, in the order of their names."""
    text = industries.told([row("mill"), row()])
    assert text.index("### `sim:industries/bakery`") < text.index("### `sim:industries/mill`")
    assert "why not" not in text  # a column that is empty everywhere


def test_presets_are_listed() -> None:
    """Each preset in a line, the firm that asks first."""
    text = industries.listed()
    assert "`sim:industries/grocery`" in text
    assert "savings_bank, national, regional, direct" in text

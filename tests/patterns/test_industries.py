"""Industry presets: every figure lies in its range, or misses it for the reason that is given.

The table of ranges, with sources and with what was fitted to what, is
``sim/analysis/industries/known.csv``; docs/industries.md shows it with what is found. That buyers
who learn become loyal above a threshold (Weisbuch, Kirman & Herreiner 2000) is docked, row 3.6.
"""

from collections import Counter

import pytest
from _pytest.mark import ParameterSet

from sim.analysis.industries.known import BUSINESS, FIGURES, Known, known
from sim.market.run import run
from sim.scenario import shipped
from sim.scenario.loading import load_scenario

FOLDER = "industries/"
PRESETS = [name.removeprefix(FOLDER) for name in shipped.names() if name.startswith(FOLDER)]


def case(row: Known) -> ParameterSet:
    """A row as a test: heavy ones are slow, known misses are expected to fail."""
    marks = [pytest.mark.slow] * row.heavy
    marks += [pytest.mark.xfail(raises=AssertionError, reason=row.miss)] * bool(row.miss)
    return pytest.param(row, marks=marks, id=f"{row.industry}: {row.figure}")


@pytest.mark.parametrize("row", [case(row) for row in known()])
def test_in_range(row: Known) -> None:
    """The figure lies in the range that is published or stated."""
    found = row.found()
    assert row.holds(found), f"{row.words}: {found:.4g}, not in {row.low} to {row.high}"


def test_every_preset_is_known() -> None:
    """No preset without figures, no figures without a preset, no figure that nobody asks for."""
    assert {row.industry for row in known()} == set(PRESETS)
    assert {row.figure for row in known()} == set(FIGURES)


def test_half_of_the_figures_are_predicted() -> None:
    """For each preset at least half of its figures were fitted to nothing."""
    predicted = Counter(row.industry for row in known() if not row.fitted)
    every = Counter(row.industry for row in known())
    assert all(predicted[industry] >= count / 2 for industry, count in every.items())


def test_every_row_has_a_source_and_a_range() -> None:
    """A source or `Assumed`, and a lower bound below the upper one."""
    for row in known():
        assert row.source
        assert row.low < row.high


@pytest.mark.parametrize("name", PRESETS)
def test_presets_ask_a_question_and_can_be_compared(name: str) -> None:
    """Three to seven firms, one of them asking, and policies of which the first is today's."""
    spec = load_scenario(f"sim:{FOLDER}{name}").spec
    assert spec.title.endswith("?")
    assert 3 <= len(spec.firms) <= 7
    assert next(iter(spec.policies)) == "as_today"
    assert (spec.setting == "b2b") == (name in BUSINESS)
    assert name in BUSINESS or list(spec.policies) == ["as_today", "win", "keep"]


@pytest.mark.parametrize("name", BUSINESS)
def test_business_presets_have_the_published_pipeline_times(name: str) -> None:
    """Leads take 84 days on average, decisions no less than 18."""
    table = run(f"sim:{FOLDER}{name}").firms
    closed, days = table["leads_closed"], table["lead_days"]
    weighed = (days * closed)[closed > 0].sum() / closed.sum()
    assert weighed == pytest.approx(84, abs=4 * 84 / closed.sum() ** 0.5)
    decided, waited = table["opportunities_closed"], table["opportunity_days"]
    assert (waited * decided)[decided > 0].sum() / decided.sum() > 18 * (
        1 - 4 / decided.sum() ** 0.5
    )

"""The real customers of CDNOW, and the picture of a market of their like."""

from io import BytesIO

import numpy as np
import pytest

from sim.market.run import Run, run
from sim.scenario import shipped
from sim.views.cdnow import (
    cumulative_repeats,
    plot_cdnow,
    purchases,
    simulated_repeats,
    trial_weeks,
)


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    return [run("sim:cdnow", replication=k) for k in range(3)]


def test_purchases_are_days_with_an_order() -> None:
    """6,919 orders fell on 6,696 days of 2,357 customers; the first customer ordered four times."""
    customer, day = purchases()
    assert len(customer) == 6696
    assert len(np.unique(customer)) == 2357
    assert day[customer == 1].tolist() == [0, 17, 213, 345]
    assert day.max() == 7 * 78 - 1


def test_weeks_of_the_trials() -> None:
    """A purchase on 1 January is at the end of no week yet, one on 4 January at that of week 1."""
    weeks = trial_weeks()
    assert [len(weeks), weeks.min(), weeks.max()] == [2357, 0, 12]
    customer, day = purchases()
    first_day = np.array([day[customer == c].min() for c in range(1, 2358)])
    for days, week in ((0, 0), (2, 0), (3, 1), (9, 1), (10, 2)):
        assert set(weeks[first_day == days]) == {week}


def test_the_list_of_arrivals_is_that_of_the_trials() -> None:
    """The file that the scenario names says what `trial_weeks` says."""
    file = shipped.folder() / "data" / "cdnow_weeks.csv"
    heading, *rows = file.read_text().splitlines()
    assert heading == "step"
    assert [int(row) for row in rows] == trial_weeks().tolist()


def test_repeat_purchases_are_the_published_ones() -> None:
    """2,457 repeats by week 39 and 1,882 more by week 78; none before week 1 begins."""
    printed = [0, 828, 1746, 2457, 3183, 3844, 4339]
    assert cumulative_repeats([0, 13, 26, 39, 52, 65, 78]).tolist() == printed
    assert cumulative_repeats(39).shape == ()


def test_simulated_repeats_are_purchases_without_trials(runs: list[Run]) -> None:
    """By the end every purchase but 2,357 trials is a repeat, and none is lost on the way."""
    found = simulated_repeats(runs[0])
    assert found[-1] == runs[0].firms["purchases"].sum() - 2357
    assert found.shape == (79,)
    assert (np.diff(found) >= 0).all()


def test_the_picture_shows_both(runs: list[Run]) -> None:
    """Weeks 1 to 78: the mean of the replications over the real purchases."""
    simulated, real = (np.asarray(line.get_xydata()) for line in plot_cdnow(runs).axes[0].lines[:2])
    weeks = np.arange(1, 79)
    mean = np.mean([simulated_repeats(each)[1:] for each in runs], axis=0)
    assert (simulated == np.column_stack([weeks, mean])).all()
    assert (real == np.column_stack([weeks, cumulative_repeats(weeks)])).all()


def test_the_band_holds_the_replications(runs: list[Run]) -> None:
    """At week 78 the band reaches from the 2.5th to the 97.5th percentile."""
    outline = np.asarray(plot_cdnow(runs).axes[0].collections[0].get_paths()[0].vertices)
    last = outline[outline[:, 0] == 78, 1]
    ends = np.percentile([simulated_repeats(each)[78] for each in runs], [2.5, 97.5])
    assert [last.min(), last.max()] == pytest.approx(ends.tolist())


def test_one_run_has_no_band(runs: list[Run]) -> None:
    """One run is drawn as it is, and the picture can be saved."""
    figure = plot_cdnow(runs[0])
    assert not figure.axes[0].collections
    target = BytesIO()
    figure.savefig(target, format="png")
    assert target.getvalue().startswith(b"\x89PNG")

"""The customers of CDNOW, and how a market of their like compares with them.

In the first twelve weeks of 1997 a tenth of the new customers of a music shop, 2,357 people, were
put on a list; what they bought was followed for 78 weeks (Fader & Hardie 2001, Interfaces 31(3-2)).
Orders of one day count as one purchase, the first purchase is a trial and no repeat. A purchase
counts from the end of its day on, and week 1 ends with 7 January.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.scenario import shipped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.market.run import Run

Numbers = npt.NDArray[np.int64]
FIRST_DAY = np.datetime64("1997-01-01")
CALIBRATED = 39
LAST_WEEK = 78
BAND = (2.5, 97.5)


def purchases() -> tuple[Numbers, Numbers]:
    """Customer (1 to 2357) and day (days since 1 January 1997) of every purchase, in this order."""
    file = shipped.folder() / "data" / "cdnow_sample.txt"
    customer, date = np.loadtxt(file, dtype=np.int64, usecols=(1, 2)).T
    calendar = [f"{d // 10000:04}-{d // 100 % 100:02}-{d % 100:02}" for d in date]
    day = (np.array(calendar, "datetime64[D]") - FIRST_DAY).astype(np.int64)
    once = np.unique(np.column_stack([customer, day]), axis=0)
    return once[:, 0], once[:, 1]


def trial_weeks() -> Numbers:
    """(2357,) end of the day of each customer's first purchase, to the nearest end of a week."""
    customer, day = purchases()
    _, first = np.unique(customer, return_index=True)
    return np.rint((day[first] + 1) / 7).astype(np.int64)


def cumulative_repeats(weeks: npt.ArrayLike) -> Numbers:
    """Repeat purchases of all customers by the ends of these ``weeks``; the shape of ``weeks``."""
    customer, day = purchases()
    _, first = np.unique(customer, return_index=True)
    repeats = np.sort(np.delete(day, first))
    return np.searchsorted(repeats, 7 * np.asarray(weeks), side="left").astype(np.int64)


def simulated_repeats(run: "Run") -> Numbers:
    """(steps,) repeat purchases of a run up to the end of each step, all firms together."""
    by_step = run.firms.groupby("month")[["purchases", "acquired"]].sum()
    return (by_step["purchases"] - by_step["acquired"]).cumsum().to_numpy(np.int64)


def plot_cdnow(runs: "Run | Sequence[Run]") -> "Figure":
    """Draw simulated cumulative repeat purchases over the real ones, weeks 1 to 78.

    Args:
        runs: one run of the scenario ``sim:cdnow``, or its replications; of several the mean is
            drawn, in a band that holds 95 % of them.
    """
    from sim.views.style import FAINT, FIRST, OTHERS, End, Picture, entitle, label_ends, style

    weeks = np.arange(1, LAST_WEEK + 1)
    several = runs if isinstance(runs, Sequence) else [runs]
    simulated = np.array([simulated_repeats(run)[weeks] for run in several])
    real, mean, market = cumulative_repeats(weeks), simulated.mean(axis=0), OTHERS[0]
    with style():
        figure = Picture(9.5, 5.5)
        axes = figure.subplots()
        if len(several) > 1:
            low, high = np.percentile(simulated, BAND, axis=0)
            axes.fill_between(weeks, low, high, color=market.color, alpha=0.2, linewidth=0)
        axes.plot(weeks, mean, color=market.color, linestyle=market.dashes, linewidth=market.width)
        axes.plot(weeks, real, color=FIRST.color, linewidth=FIRST.width)
        axes.axvline(CALIBRATED, color=FAINT, linewidth=0.8)
        axes.annotate("fitted until here ", (CALIBRATED, 60), ha="right", color=FAINT)
        axes.set(xlabel="week", ylabel="repeat purchases since week 0")
        axes.set(xlim=(0, LAST_WEEK), ylim=(0, None))
        entitle(figure, "The customers of CDNOW, real and simulated", drawn_from(len(several)))
        ends = [End("CDNOW", LAST_WEEK, float(real[-1]), FIRST)]
        ends.append(End("simulated", LAST_WEEK, float(mean[-1]), market))
        label_ends(figure, {axes: ends})
    return figure


def drawn_from(replications: int) -> str:
    """What the picture was drawn from."""
    people = "Repeat purchases of 2,357 people; first purchases are given, weeks 1-39 were fitted"
    if replications == 1:
        return f"{people}. Dashed: one replication."
    return f"{people}. Dashed: mean of {replications} replications, 95 % of which lie in the band."

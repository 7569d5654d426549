"""D06: how much of the sales falls to the heaviest fifth, in a window and for ever."""

from collections.abc import Sequence

import numpy as np

from sim.analysis.docking.estimates import Values
from sim.analysis.docking.people import part_of_heaviest
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory.nbd import Nbd, long_run_top_share

PEOPLE, WINDOWS = 30_000, (1, 4, 12)
EVER_PEOPLE, EVER_MONTHS, EVER_MEAN = 6_000, 120, 5.0
"""Those who are watched for ever, for how long, and how often they buy in a month."""


def dock(parameters: Parameters) -> list[Figure]:
    """The share of the heaviest in windows that grow, and in the long run."""
    form, part = Nbd(parameters["mean"], parameters["shape"]), parameters["part"]
    lived = watched(form, PEOPLE, WINDOWS)
    return [
        *(figure for months in WINDOWS for figure in in_window(lived, form, months, part)),
        in_the_long_run(form.shape, part),
    ]


def watched(form: Nbd, people: int, windows: Sequence[int]) -> Run:
    """People who buy so often a month, with their purchases after so many months."""
    overrides = {
        "customers.needs.shape": form.shape,
        "customers.needs.mean": form.mean,
        "population.size": people,
        "horizon": max(windows),
        "record.customers_at": [months - 1 for months in windows],
    }
    return run(ROW.scenario, overrides=overrides)


def purchases(lived: Run, months: int) -> Values:
    """(people,) purchases of each person in the first months."""
    table = lived.customers_at(months - 1)
    counts = np.zeros(lived.market.spec.population.size)
    counts[table["person"]] = table["purchases"]
    return counts


def in_window(lived: Run, form: Nbd, months: int, part: float) -> list[Figure]:
    """The same window without those who bought nothing in it, and with them."""
    counts, exact = purchases(lived, months), form.over(months)
    of_buyers = exact.top_share(part).now
    of_all = exact.top_share(part, "everyone").now
    buys, everyone = counts > 0, np.ones(len(counts), np.bool_)
    what, when = "share of the heaviest", f"months watched: {months}"
    return [
        part_of_heaviest(f"{what} buyers, {when}", counts, counts, part, buys, of_buyers),
        part_of_heaviest(f"{what} people, {when}", counts, counts, part, everyone, of_all, months),
    ]


def in_the_long_run(shape: float, part: float) -> Figure:
    """So many purchases that the heaviest are those with the highest rates."""
    lived = watched(Nbd(EVER_MEAN, shape), EVER_PEOPLE, [EVER_MONTHS])
    counts, everyone = purchases(lived, EVER_MONTHS), np.ones(EVER_PEOPLE, np.bool_)
    exact = long_run_top_share(shape, part)
    what = "share of the heaviest people in the long run"
    return part_of_heaviest(what, counts, counts, part, everyone, exact)


ROW = Row(
    id="D06",
    name="concentration",
    title="How much of the sales falls to the heaviest fifth depends on how long one watches, "
    "and on whether non-buyers count",
    kind="market",
    form="top share of the NBD counts; in the long run 1 - F(q; K+1), F(.; K) the gamma "
    "distribution of shape K, q its (1 - part) quantile",
    source="Schmittlein, Cooper & Morrison (1993), Marketing Science 12(2), 167-183",
    limit="Needs as in nbd, the mean being that of a month. The long run is lived for "
    f"{EVER_MONTHS} months at {EVER_MEAN:g} purchases a month; what then still differs falls with "
    "the number of purchases and is below a quarter of the standard error.",
    parameters={"mean": 1.456, "shape": 0.78, "part": 0.2},
    ranges={"mean": (1.0, 4.0), "shape": (0.4, 2.0), "part": (0.1, 0.3)},
    dock=dock,
    scenario="sim:theory/d06_concentration",
    axes=("months watched", "share of all purchases that falls to the heaviest part of people"),
)

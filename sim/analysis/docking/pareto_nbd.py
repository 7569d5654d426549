"""D10: customers who buy at random and one day stop, without a word."""

import numpy as np

from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.people import Whether, bought, expected_by_person, seen_well, share_who
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory.pareto_nbd import ParetoNbd

PEOPLE, KNOWN, MOST = 80_000, 39, 3
WEEKS = (4, 13, 26, 39, 52, 65, 78)


def dock(parameters: Parameters) -> list[Figure]:
    """Repeat purchases by week; who is still there, and who buys again, by history."""
    form = ParetoNbd(**parameters)
    lived = cohort(form)
    repeats = bought(lived, *((0, week) for week in WEEKS))
    known, later = bought(lived, (0, KNOWN), (KNOWN, 2 * KNOWN)).T
    there = still_there(lived)
    none, left = float(form.zero_class(KNOWN)), float(form.still_there(KNOWN))
    return [
        *over_time(form, repeats),
        share_who(f"share without a repeat in {KNOWN} weeks", known == 0, none),
        share_who(f"share still there after {KNOWN} weeks", there, left),
        *seen_well(by_history(form, known, last_repeat(lived), there, later)),
    ]


def cohort(form: ParetoNbd) -> Run:
    """People who have just bought for the first time."""
    overrides = {
        "customers.needs.shape": form.r,
        "customers.needs.mean": form.r / form.alpha,
        "customers.exit.shape": form.s,
        "customers.exit.mean": form.s / form.beta,
        "population.size": PEOPLE,
    }
    return run(ROW.scenario, overrides=overrides)


def still_there(lived: Run) -> Whether:
    """(people,) whether a person has not left by the end of the known weeks."""
    table = lived.customers_at(KNOWN - 1)
    there = np.zeros(PEOPLE, np.bool_)
    there[table["person"][table["present"]]] = True
    return there


def last_repeat(lived: Run) -> Values:
    """(people,) time of the last known repeat, taken for the middle of its week; 0 for none."""
    table = lived.transactions
    table = table[table["month"] < KNOWN]
    last = np.zeros(PEOPLE)
    np.maximum.at(last, table["person"], table["month"] + 0.5)
    return last


def over_time(form: ParetoNbd, repeats: Values) -> list[Figure]:
    """Mean repeat purchases by week."""
    exact = form.expected_purchases(WEEKS)
    return [
        average(f"repeat purchases in {week} weeks", repeats[:, k], float(exact[k]), at=week)
        for k, week in enumerate(WEEKS)
    ]


def by_history(
    form: ParetoNbd, known: Values, last: Values, there: Whether, later: Values
) -> list[Figure]:
    """Share still there and repeats ahead, among those with 0, 1, 2 and 3 known repeats.

    What is expected of each depends on when the last repeat was.
    """
    figures = []
    for x in range(MOST + 1):
        mine = known == x
        history = known[mine], last[mine], KNOWN
        chance = form.probability_alive(*history)
        ahead = form.conditional_purchases(KNOWN, *history)
        figures.append(expected_by_person(f"share still there after {x}", there[mine], chance))
        figures.append(expected_by_person(f"repeats ahead after {x}", later[mine], ahead))
    return figures


ROW = Row(
    id="D10",
    name="pareto_nbd",
    title="Customers buy at random and one day stop; who is still there shows in when they bought",
    kind="market",
    form="E[X(t)] = r b/(a (s - 1)) [1 - (b/(b + t))^(s - 1)], t in weeks; rates of buying are "
    "gamma with shape r and scale 1/a, rates of leaving with s and 1/b; P(still there | x repeats, "
    "the last at t) by 2F1",
    source="Schmittlein, Morrison & Colombo (1987), Management Science 33(1), 1-24; parameters "
    "fitted to CDNOW by Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284",
    limit="A cohort that has bought once, one firm, steps of a week. A person buys until the "
    "moment of leaving, so that counts by week are exact. The last repeat is known by its week and "
    "taken for its middle; what expectations by history are off by is below a tenth of the error.",
    parameters={"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
    ranges={"r": (0.3, 1.5), "alpha": (8.0, 20.0), "s": (0.3, 1.5), "beta": (10.0, 30.0)},
    dock=dock,
    scenario="sim:theory/d10_pareto_nbd",
    axes=("weeks since the first purchase", "mean repeat purchases"),
)

"""D16: how many customers come with one, if each brings others."""

from math import sqrt

from sim.analysis.docking.outbreaks import generations
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.scenario.loading import load_scenario
from sim.theory.contagion import referral_total, referral_variance

SCENARIO = "sim:theory/d16_referral"
PEOPLE = 10_000
WORLDS = 60
REACHED = 0.005
"""Share of the people who are reached on average: so few that hardly one is told twice."""


def dock(parameters: Parameters) -> list[Figure]:
    """Give a small share of the people a first purchase, and count all who come through them."""
    referrals = parameters["referrals"]
    total = referral_total(referrals)
    case = load_scenario(SCENARIO).override(
        {
            "population.size": PEOPLE,
            "start.customers.acme": REACHED / total,
            "mechanisms.word_of_mouth.base": referrals,
        }
    )
    lived = [generations(case, replication) for replication in range(WORLDS)]
    everyone = float(sum(each[0] for each in lived))
    reached = float(sum(each.sum() for each in lived))
    figures = [
        Figure("customers that come with one, herself included", reached / everyone, total,
               sqrt(referral_variance(referrals) / everyone)),
    ]  # fmt: skip
    for months in range(1, 5):
        found = sum(float(each[: months + 1].sum()) for each in lived) / everyone
        what = f"customers that came with one by month {months}"
        exact = (1 - referrals ** (months + 1)) / (1 - referrals)
        error = sqrt(variance_by(months, referrals) / everyone)
        figures.append(Figure(what, found, exact, error, months))
    return figures


def variance_by(months: int, referrals: float) -> float:
    """Variance of the number that came with one after so many months.

    Each who comes brings a Poisson number of successors with as much time less: v(t) = R (v(t-1) +
    m(t-1)^2), m(t) = 1 + R m(t-1).
    """
    mean, variance = 1.0, 0.0
    for _ in range(months):
        mean, variance = 1 + referrals * mean, referrals * (variance + mean**2)
    return variance


ROW = Row(
    id="D16",
    name="referral",
    title="How many customers come with one, if each brings others",
    kind="market",
    form="if each customer brings a Poisson number of others with mean R < 1, there come 1/(1-R) "
    "with each, herself included; the variance is R/(1-R)^3",
    source="branching processes: Watson & Galton (1875); the total is Borel's (1942)",
    limit="One in two hundred people or fewer buy in month 0; who hears praise buys in the next "
    "month, once and for all, and praises in the month of the purchase only. Fewer than one in a "
    "hundred are reached, so a message goes to somebody reached before with a chance below .01: "
    "the total is too low by less than .01 R/(1-R) of it, half of that on average.",
    parameters={"referrals": 0.3},
    ranges={"referrals": (0.1, 0.5)},
    dock=dock,
    scenario=SCENARIO,
    axes=("months", "customers that came with one"),
)

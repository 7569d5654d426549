"""D07: the retention of a cohort rises although nobody's does."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values, average, of_firm, share
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory.sbg import Sbg

PEOPLE, RENEWALS, KNOWN = 50_000, 12, 7
NEGLIGIBLE = 1e-5


def dock(parameters: Parameters) -> list[Figure]:
    """Who is left after each renewal, and what a customer is worth, new and after seven of them."""
    form = Sbg(parameters["alpha"], parameters["beta"])
    discount = parameters["discount"]
    left = cohort(form, discount)
    return [*survival(form, left), *retention(form, left), *worth(form, left, discount)]


def cohort(form: Sbg, discount: float) -> Values:
    """(periods,) customers after 0, 1, 2, ... renewals, until later payments hardly count."""
    overrides = {
        "customers.exit.a": form.alpha,
        "customers.exit.b": form.beta,
        "population.size": PEOPLE,
        "horizon": max(RENEWALS + 1, math.ceil(-math.log(NEGLIGIBLE) / math.log1p(discount))),
    }
    return of_firm(run(ROW.scenario, overrides=overrides), "customers")


def survival(form: Sbg, left: Values) -> list[Figure]:
    """Shares of the cohort after each renewal."""
    return [
        share(f"share left after renewal {t}", left[t], PEOPLE, float(form.survival(t)), at=t)
        for t in range(1, RENEWALS + 1)
    ]


def retention(form: Sbg, left: Values) -> list[Figure]:
    """Shares of those left that renew."""
    return [
        share(
            f"share of those left who renew at renewal {t}",
            left[t],
            int(left[t - 1]),
            form.retention(t),
        )
        for t in range(1, RENEWALS + 1)
    ]


def worth(form: Sbg, left: Values, discount: float) -> list[Figure]:
    """Discounted payments of 1 of a new customer, and those ahead of one who renewed often."""
    leavers = -np.diff(left, append=0).astype(np.int64)
    paid = np.repeat(np.arange(1.0, len(left) + 1), leavers)
    ahead = paid[paid >= KNOWN + 1] - (KNOWN + 1)
    return [
        average("value of a new customer", annuity(paid, discount), form.expected_life(discount)),
        average(
            f"value ahead just before renewal {KNOWN + 1}",
            annuity(ahead, discount),
            form.residual_life(KNOWN, discount),
        ),
    ]


def annuity(payments: Values, discount: float) -> Values:
    """Present value of so many payments of 1, the first at once."""
    return np.asarray(-np.expm1(-payments * math.log1p(discount)) * (1 + discount) / discount)


ROW = Row(
    id="D07",
    name="sbg",
    title="The retention of a cohort rises because the flighty leave first",
    kind="market",
    form="S(t) = B(a, b + t)/B(a, b); r(t) = (b + t - 1)/(a + b + t - 1); value of a new customer "
    "2F1(1, b; a + b; 1/(1 + d)); a, b of the beta distribution B of chances to leave, d discount",
    source="Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90; a and b of their "
    "'High End' customers",
    limit="A cohort, one firm, no outside option: whoever is not leaving renews. A period is a "
    "month of the market; who leaves does so before the bill, and the first payment is at once. "
    f"Payments that are discounted to less than {NEGLIGIBLE:g} are left out.",
    parameters={"alpha": 0.668, "beta": 3.806, "discount": 0.1},
    ranges={"alpha": (0.4, 2.5), "beta": (1.0, 5.0), "discount": (0.05, 0.2)},
    dock=dock,
    scenario="sim:theory/d07_sbg",
    axes=("renewals", "share of the cohort that is left"),
)

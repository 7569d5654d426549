"""D03: how much to spend on winning a prospect, and how much on keeping a customer."""

from collections.abc import Callable
from functools import lru_cache
from math import ceil, log, sqrt
from typing import NamedTuple

from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.expected import Expected, expected
from sim.market.run import run
from sim.scenario.loading import Case, load_scenario
from sim.theory.blattberg_deighton import Optimum, Prospects

SCENARIO = "sim:theory/d03_winning_and_keeping"
PEOPLE = 20_000
FOR_EVER = 1e-12
"""Weight of the first month that is left out."""
SOLVED = 1e-6
"""Relative distance from the optimum at which a search by differences may end."""
LITTLE = 1e-4
"""Change of spending, in units of 1 / response, by which slopes are measured."""


class Spending(NamedTuple):
    """Money per prospect, and per customer and month."""

    acquisition: float
    retention: float


def dock(parameters: Parameters) -> list[Figure]:
    """Find the optimum without noise, compare it, and live it once with luck."""
    prospects = Prospects(**parameters)
    best = prospects.optimum()
    if not (best.acquisition_spend > 0 and best.retention_spend > 0):
        raise ValueError(
            "blattberg_deighton: spending must pay on both sides, it does not at these parameters; "
            "raise margin, the ceilings or the responses"
        )
    firm = FirmOf(case_of(parameters), prospects)
    return [*firm.optimum(best), *firm.identity(best), *firm.curve(best), *firm.with_luck(best)]


def case_of(parameters: Parameters) -> Case:
    """The scenario with these parameters, long enough to stand for ever."""
    kept = parameters["retention_ceiling"] / (1 + parameters["discount"])
    return load_scenario(SCENARIO).override(
        {
            "horizon": ceil(log(FOR_EVER) / log(kept)),
            "discount_rate": parameters["discount"],
            "firms.acme.price": parameters["margin"] + 1,
            "instruments.advertising.ceiling": parameters["acquisition_ceiling"],
            "instruments.advertising.rate": parameters["acquisition_response"],
            "instruments.contact.ceiling": parameters["retention_ceiling"],
            "instruments.contact.rate": parameters["retention_response"],
            "population.size": PEOPLE,
        }
    )


class FirmOf:
    """A firm of the scenario at whatever it spends."""

    def __init__(self, case: Case, prospects: Prospects) -> None:
        self.case = case
        self.prospects = prospects
        self.lived = lru_cache(self._lived)

    def spending(self, spend: Spending) -> dict[str, float]:
        """Overrides by which it spends so much."""
        path = "firms.acme.policy.campaigns"
        return {f"{path}.0.per_head": spend.acquisition, f"{path}.1.per_head": spend.retention}

    def _lived(self, spend: Spending) -> Expected:
        return expected(self.case, self.spending(spend))

    def equity(self, spend: Spending) -> float:
        """Present value of a prospect."""
        return self.lived(spend).npv / PEOPLE

    def won(self, spend: Spending) -> float:
        """Share of the prospects won."""
        return float(self.lived(spend).measured["acquired"].sum()) / PEOPLE

    def kept(self, spend: Spending) -> float:
        """Share of the customers kept in the first month after they were won."""
        return float(self.lived(spend).measured["retention"][1])

    def value(self, spend: Spending) -> float:
        """Present value of a customer, in the month in which she is won."""
        return (self.equity(spend) + spend.acquisition) / self.won(spend)

    # ── what is compared ──────────────────────────────────────────────────────────────────────

    def optimum(self, best: Optimum) -> list[Figure]:
        """What the best spending leads to, and where the slopes of equity put it."""
        there = Spending(best.acquisition_spend, best.retention_spend)
        found = self.best_spending()
        return [
            solved("best spending on a prospect", found.acquisition, best.acquisition_spend),
            solved("best spending on a customer and month", found.retention, best.retention_spend),
            Figure("share of prospects won there", self.won(there), best.acquisition, 0.0),
            Figure("share of customers kept a month there", self.kept(there), best.retention, 0.0),
            Figure("value of a customer there", self.value(there), best.customer_value, 0.0),
            Figure("equity a prospect there", self.equity(there), best.customer_equity, 0.0),
        ]

    def best_spending(self) -> Spending:
        """Where one more unit of money brings back itself, on either side."""
        some = 1 / self.prospects.acquisition_response
        income = self.prospects.margin * (1 + self.prospects.discount)

        def by_retention(spend: float) -> float:
            return self.slope(self.equity, Spending(some, spend), keeping=True)

        retention = root(by_retention, income)

        def by_acquisition(spend: float) -> float:
            return self.slope(self.equity, Spending(spend, retention), keeping=False)

        return Spending(root(by_acquisition, self.value(Spending(some, retention))), retention)

    def slope(self, what: Callable[[Spending], float], at: Spending, *, keeping: bool) -> float:
        """What a number gains by one more unit of money on one side."""
        side = "retention" if keeping else "acquisition"
        step: float = LITTLE / getattr(self.prospects, f"{side}_response")
        more, less = (at._replace(**{side: getattr(at, side) + way * step}) for way in (1, -1))
        return float(what(more) - what(less)) / (2 * step)

    def identity(self, best: Optimum) -> list[Figure]:
        """Winning and keeping one customer more both cost what a customer is worth."""
        found = self.best_spending()
        return [
            solved(f"money that {what} one more", 1 / slope, best.customer_value)
            for what, slope in (
                ("wins", self.slope(self.won, found, keeping=False)),
                ("keeps", self.slope(self.kept, found, keeping=True)),
            )
        ]

    def curve(self, best: Optimum) -> list[Figure]:
        """The value of a customer at other spending on her."""
        figures = []
        for factor in (0.25, 0.5, 0.75, 1.25, 1.5, 2.0):
            spend = Spending(best.acquisition_spend, factor * best.retention_spend)
            exact = self.prospects.customer_value(spend.retention)
            what = f"value of a customer at {spend.retention:.4g} a month"
            figures.append(Figure(what, self.value(spend), exact, 0.0, spend.retention))
        return figures

    def with_luck(self, best: Optimum) -> list[Figure]:
        """The same spending in the market, on people; errors are those of the form."""
        spend = Spending(best.acquisition_spend, best.retention_spend)
        months = run(self.case, overrides=self.spending(spend)).firms
        won, held = months["acquired"].sum(), months["customers"].to_numpy()
        at_risk, kept = held[:-1].sum(), held[1:].sum()
        value = (months["npv"].iloc[-1] + months["advertising"].sum()) / won
        r, shrunk = best.retention, 1 / (1 + self.prospects.discount) ** 2
        spread = best.customer_value * sqrt(shrunk * r * (1 - r) / (1 - shrunk * r))
        share = best.acquisition
        return [
            Figure("share of people won, with luck", won / PEOPLE, share,
                   sqrt(share * (1 - share) / PEOPLE)),
            Figure("share of them kept a month, with luck", kept / at_risk, r,
                   sqrt(r * (1 - r) / at_risk)),
            Figure("value of a customer, with luck", value, best.customer_value,
                   spread / sqrt(won)),
        ]  # fmt: skip


def root(slope: Callable[[float], float], highest: float) -> float:
    """Spending, above 0 and below ``highest``, at which a falling slope is 0."""
    from scipy.optimize import brentq

    return float(brentq(slope, LITTLE * highest, highest, rtol=1e-8, xtol=1e-8 * highest))


def solved(what: str, found: float, exact: float) -> Figure:
    """A number that was searched for by differences."""
    return Figure(what, found, exact, SOLVED * abs(exact) / 4)


ROW = Row(
    id="D03",
    name="blattberg_deighton",
    title="How much to spend on winning a prospect, and how much on keeping a customer",
    kind="market",
    form="a(A) = ca (1 - exp(-ka A)), r(R) = cr (1 - exp(-kr R)); a customer is worth "
    "V = (m(1+d) - R)/(1+d-r), a prospect a V - A; at the best A and R winning one more customer "
    "and keeping one more both cost V: dA/da = dR/dr = V",
    source="Blattberg & Deighton (1996), Harvard Business Review 74(4); Pfeifer (2005) for the "
    "marginal costs",
    limit="A cohort of prospects, one firm, nothing but a choice each month. Advertising reaches a "
    "prospect in month 0 or never, and who is reached buys; a contract is renewed if the customer "
    "is contacted. R is charged for each customer before the renewal, the first margin is earned "
    "at once. The best spending is found in the expected-value mode, by the slopes of equity; then "
    "it is lived with luck.",
    parameters={
        "margin": 50.0,
        "acquisition_ceiling": 0.4,
        "acquisition_response": -log(0.75) / 5,
        "retention_ceiling": 0.7,
        "retention_response": -log(1 - 0.4 / 0.7) / 10,
        "discount": 0.15,
    },
    ranges={
        "margin": (50.0, 200.0),
        "acquisition_ceiling": (0.4, 0.7),
        "acquisition_response": (0.05, 0.1),
        "retention_ceiling": (0.6, 0.9),
        "retention_response": (0.06, 0.15),
        "discount": (0.1, 0.2),
    },
    dock=dock,
    scenario=SCENARIO,
    axes=("money spent on a customer a month", "value of a customer in money"),
)

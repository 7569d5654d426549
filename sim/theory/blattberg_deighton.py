"""How much to spend on winning a prospect and how much on keeping a customer.

Both responses have diminishing returns: acquiring succeeds with a(A) = ca (1 - exp(-ka A)), keeping
with r(R) = cr (1 - exp(-kr R)). At the optimum the last unit of money does the same on both
sides: winning and keeping one more customer both cost what a customer is worth.

Source: Blattberg & Deighton (1996), Harvard Business Review 74(4); the marginal-cost identity
Pfeifer (2005); the closed optimum follows from the first-order conditions.
"""

from dataclasses import dataclass
from math import exp, expm1, log
from typing import NamedTuple

from sim.theory.numerics import lambert_of_exp
from sim.theory.ranges import at_least_zero, open_share, positive


class Optimum(NamedTuple):
    """The best spending and what it leads to."""

    retention_spend: float  # money per customer and period
    retention: float  # share kept per period
    customer_value: float  # money, of an acquired customer
    acquisition_spend: float  # money per prospect
    acquisition: float  # share of the prospects won
    customer_equity: float  # money per prospect


@dataclass(frozen=True)
class Prospects:
    """A market of prospects: margin in money per period, ceilings in (0, 1), responses per money.

    `discount` is the rate per period, 0 or more.
    """

    margin: float
    acquisition_ceiling: float
    acquisition_response: float
    retention_ceiling: float
    retention_response: float
    discount: float

    def __post_init__(self) -> None:
        positive("margin", self.margin)
        open_share("acquisition_ceiling", self.acquisition_ceiling)
        positive("acquisition_response", self.acquisition_response)
        open_share("retention_ceiling", self.retention_ceiling)
        positive("retention_response", self.retention_response)
        at_least_zero("discount", self.discount)

    def acquisition(self, spend: float) -> float:
        """Share of the prospects won by `spend` per prospect: ca (1 - exp(-ka A))."""
        at_least_zero("spend", spend)
        return -self.acquisition_ceiling * expm1(-self.acquisition_response * spend)

    def retention(self, spend: float) -> float:
        """Share of the customers kept by `spend` per customer: cr (1 - exp(-kr R))."""
        at_least_zero("spend", spend)
        return -self.retention_ceiling * expm1(-self.retention_response * spend)

    def customer_value(self, retention_spend: float) -> float:
        """Value of an acquired customer, in money: (m(1+d) - R)/(1+d-r).

        The first margin is earned at once; R is spent on each customer before each renewal.
        """
        growth = 1 + self.discount
        kept = self.retention(retention_spend)
        return (self.margin * growth - retention_spend) / (growth - kept)

    def customer_equity(self, acquisition_spend: float, retention_spend: float) -> float:
        """Value of a prospect, in money: a V - A, equal to a m - A + a (m r - R)/(1+d-r)."""
        won = self.acquisition(acquisition_spend)
        return won * self.customer_value(retention_spend) - acquisition_spend

    def marginal_acquisition_cost(self, spend: float) -> float:
        """Money that wins one more customer, dA/da = exp(ka A)/(ca ka)."""
        response = self.acquisition_response
        return exp(response * spend) / (self.acquisition_ceiling * response)

    def marginal_retention_cost(self, spend: float) -> float:
        """Money that keeps one more customer, dR/dr = exp(kr R)/(cr kr)."""
        response = self.retention_response
        return exp(response * spend) / (self.retention_ceiling * response)

    def optimum(self) -> Optimum:
        """The spending with the highest customer equity; a spend is 0 where none pays.

        R* = m(1+d) - (y+1)/kr with y = W0(z), z = (1+d-cr)/cr exp(kr m(1+d) - 1), and
        A* = ln(ca ka V)/ka.
        """
        retention_spend = max(0.0, self._best_retention_spend())
        worth = self.customer_value(retention_spend)
        pull = self.acquisition_ceiling * self.acquisition_response * worth
        acquisition_spend = log(pull) / self.acquisition_response if pull > 1 else 0.0
        return Optimum(
            retention_spend,
            self.retention(retention_spend),
            worth,
            acquisition_spend,
            self.acquisition(acquisition_spend),
            self.customer_equity(acquisition_spend, retention_spend),
        )

    def _best_retention_spend(self) -> float:
        income = self.margin * (1 + self.discount)
        lost = (1 + self.discount - self.retention_ceiling) / self.retention_ceiling
        log_z = log(lost) + self.retention_response * income - 1
        return income - (lambert_of_exp(log_z) + 1) / self.retention_response

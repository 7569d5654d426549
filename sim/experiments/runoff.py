"""The value of the customers that a firm has at the horizon, found by living on.

The market goes on as it was, with three differences. Nobody enters any more, at any firm. The
focal firm spends nothing on winning customers. On keeping them it spends, instrument by instrument,
what it spent per customer in the last booked year: a fixed sum would otherwise go to ever fewer
people, until the last customer had all of it. So it does on foundations, and what heads of staff it
has per customer at the horizon it keeps. Rivals go on as they are at the horizon, and answer
no more, because the firm's way of living on is no policy of its own.

Only people who are the firm's customers at the horizon are booked: in subscription until they are
lost for the first time, in repertoire until they leave the category. What is booked is the profit
of their accounts with the firm. It bears everything that customers cause (goods, serving, care,
rewards, recovery, save offers), but neither fixed cost, which nobody causes, nor wages and
foundations, which no account bears.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.market.customers import customers_of
from sim.market.firms import Firm
from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.market.state import PRESENT
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.managers import Managers
from sim.scenario.offers import Amount
from sim.scenario.schema import Scenario
from sim.scenario.staff import Staff

Series = npt.NDArray[np.float64]

MOST_MONTHS = 600
LEAST_YEAR = 0.001
"""A year that brings a smaller share of the total is the last one."""
YEARS_OF_FADING = 5
"""The remainder is told from how much less the last five years brought than the five before."""
KEEPING = tuple(name for name, own in INSTRUMENTS.items() if own.side != "acquisition")


@dataclass(frozen=True)
class RunOff:
    """What the customers of the horizon bring afterwards.

    Attributes:
        value: money, discounted to month 0.
        remainder: estimate of what comes later, discounted to month 0 and no part of ``value``: 0
            if the run-off came to its end; infinite if it does not fade; not a number if its last
            years do not tell.
        months: months lived after the horizon.
        series: (steps,) discounted money of each step after the horizon.
        customers: (steps,) people still booked at the end of each.
    """

    value: float
    remainder: float
    months: float
    series: Series
    customers: npt.NDArray[np.int64]


def run_off(market: Market, focal: str, *, npv: float) -> RunOff:
    """Live on and return what the focal firm's present customers still bring.

    It ends when nobody is booked any more; when a further year (or billing period, if longer)
    brings less than 0.1 % of ``npv`` and the run-off so far together; or after 600 months.

    Args:
        market: a market with at least one booked step, usually at its horizon; it stays as it is.
        focal: name of the firm.
        npv: present value of the firm up to now, money discounted to month 0.

    Raises:
        KeyError: there is no firm of this name.
        ValueError: no step has been booked yet.
    """
    after = Afterwards(market, focal)
    while not after.is_over(npv) and len(after.series) < longest(market.spec):
        after.step()
    series = np.array(after.series)
    return RunOff(
        value=float(series.sum()),
        remainder=0.0 if after.is_over(npv) else remainder_of(series, year_of(market.spec)),
        months=len(series) * market.spec.months,
        series=series,
        customers=np.array(after.customers, np.int64),
    )


class Afterwards:
    """A market without newcomers, in which one firm lives on its customers.

    Attributes:
        market: the market that goes on, a branch of the one given.
        firm: the focal firm in it.
        spending: money per customer and month, by retention instrument.
        staff, at_first: its people, and its customers, at the horizon.
        booked: (people,) whose accounts are still booked.
        series: discounted money of each step lived.
        customers: people still booked at the end of each.
    """

    def __init__(self, market: Market, focal: str) -> None:
        if market.month < 1:
            raise ValueError(
                "run-off: the market must have lived a booked step, its next month is "
                f"{market.month}; run it to its horizon first"
            )
        self.market = without_newcomers(market)
        self.firm = self.market.firm(focal)
        self.spending = spending_per_customer(self.market, self.firm)
        self.firm.carried = dict.fromkeys(self.firm.carried, 0.0)
        self.staff, self.managers = self.firm.offer.staff, self.firm.offer.managers
        self.at_first = int(self.firm.last["customers"])
        self.booked = customers_of(self.market, self.firm.position)
        self.series: list[float] = []
        self.customers: list[int] = []

    def is_over(self, npv: float) -> bool:
        """Whether nothing more comes, or next to nothing."""
        year = year_of(self.market.spec)
        return not self.booked.any() or has_faded(np.array(self.series), year, npv)

    def step(self) -> None:
        """Live one step and book what it brings."""
        spec = self.market.spec
        factor = (1.0 + spec.discount_rate) ** (-self.market.month * spec.months)
        self.spend_on_customers()
        before = self.profits()
        self.market.step()
        self.series.append(factor * float((self.profits() - before)[self.booked].sum()))
        self.book_no_more()
        self.customers.append(int(np.count_nonzero(self.booked)))

    def profits(self) -> Series:
        """(people,) profit of each account with the firm since month 0, in money."""
        return np.array(self.market.world.accounts["profit"][:, self.firm.position])

    def spend_on_customers(self) -> None:
        """Give the firm a budget for those who are its customers now, the unbooked included."""
        total = sum(self.spending.values())
        policy = self.firm.offer.policy.model_copy(
            update={
                "budget": Amount(amount=total * int(self.firm.last["customers"])),
                "split": {n: own / total for n, own in self.spending.items()} if total else {},
                "campaigns": (),
            }
        )
        share = self.firm.last["customers"] / max(1, self.at_first)
        staff, managers = staff_for(self.staff, share), managers_for(self.managers, share)
        self.firm.offer = self.firm.offer.model_copy(
            update={"policy": policy, "staff": staff, "managers": managers}
        )

    def book_no_more(self) -> None:
        """Those who left the category are booked no more, nor who left the firm's contract."""
        people = self.market.world.people
        self.booked &= people["present"] == PRESENT
        if self.market.spec.has_contracts:
            self.booked &= people["provider"] == self.firm.position


def without_newcomers(market: Market) -> Market:
    """A branch that nobody enters, in which no firm answers to what is no policy of the other."""
    still = {f"firms.{firm}.reaction": {"kind": "hold"} for firm in market.spec.firms}
    future = market.branch({"record.transactions": False, **still})
    future.entry.open = False
    return future


def spending_per_customer(market: Market, firm: Firm) -> dict[str, float]:
    """Money per customer and month by instrument, acquisition apart, over the last booked year.

    Customers are counted at the beginning of each step, as the budget of a step must.
    """
    steps = min(STEPS_A_YEAR[market.spec.step], market.month)
    ledger = market.history.ledger()[:, firm.position]
    customers = np.append(market.history.opening["customers"][firm.position], ledger["customers"])
    months = int(customers[-steps - 1 : -1].sum()) * market.spec.months
    spent = {name: float(ledger[name][-steps:].sum()) for name in KEEPING}
    return {name: money / months if months else 0.0 for name, money in spent.items()}


def staff_for(staff: Staff | None, share: float) -> Staff | None:
    """The staff for a share of the customers; someone stays until the last of them."""
    if staff is None or not share:
        return staff
    fewer = {
        name: department.model_copy(update={"heads": share * department.heads})
        for name, department in staff.departments.items()
    }
    return staff.model_copy(update=fewer)


def managers_for(managers: Managers | None, share: float) -> Managers | None:
    """The account managers for a share of the customers: all of them, for less of their time."""
    if managers is None or not share:
        return managers
    fewer = {
        name: manager.model_copy(update={"time": share * manager.time})
        for name, manager in managers.people.items()
    }
    return managers.model_copy(update={"people": fewer})


def longest(spec: Scenario) -> int:
    """Steps after which a run-off ends in any case."""
    return round(MOST_MONTHS / spec.months)


def year_of(spec: Scenario) -> int:
    """Steps of a year, or of a billing period if it is longer: a year may go without a bill."""
    return max(STEPS_A_YEAR[spec.step], round(spec.billing_months / spec.months))


def has_faded(series: Series, year: int, npv: float) -> bool:
    """Whether a year has just ended that brought next to nothing, against all that there is."""
    if not len(series) or len(series) % year:
        return False
    return bool(abs(series[-year:].sum()) < LEAST_YEAR * abs(npv + series.sum()))


def remainder_of(series: Series, year: int) -> float:
    """What is still to come if each five years go on to bring the same share of the five before.

    ``last · q / (1 − q)``, q being the share; at most half of the series makes the last years.
    """
    block = year * min(YEARS_OF_FADING, len(series) // (2 * year))
    before, last = float(series[-2 * block : -block].sum()), float(series[-block:].sum())
    share = last / before if before else math.nan
    if share >= 1.0:
        return math.copysign(math.inf, last)
    return last * share / (1.0 - share) if share >= 0.0 else math.nan

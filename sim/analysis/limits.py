"""What the closed forms say of five points of retention, for a market as it is.

Each belongs to a limit of the market. Where customers are *lost for good* and nobody is new, each
is worth a geometric series (``theory.clv``); under a *fixed inflow* their number grows to another
level (``theory.stock``); under *switching* who is lost is a rival's, or nobody's, and may come back
(``theory.markov``); under a *fixed share* nothing moves. In all four the number of customers goes
from N to a level N* by the power of a memory: N* + (N − N*) · memory^t.
"""

from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from sim.theory import markov, stock

Values = npt.NDArray[np.floating[Any]]
Form = Literal["lost for good", "fixed inflow", "switching", "fixed share"]
FORMS: tuple[Form, ...] = get_args(Form)
MONTHS_IN_A_YEAR = 12


class Today(NamedTuple):
    """What the closed forms are given: a firm's year as it is.

    Attributes:
        retention: share of the customers won in a year who are customers twelve months later.
        customers: customers at the end of its first month.
        people: people then, customers or not.
        margin: money per customer and month, before budgets.
    """

    retention: float
    customers: float
    people: float
    margin: float


def monthly(retention: float) -> float:
    """Retention a month that comes to ``retention`` in a year."""
    return float(retention ** (1 / MONTHS_IN_A_YEAR))


def level_and_memory(form: Form, today: Today, retention: float) -> tuple[float, float]:
    """Customers in the long run, and the share of the way to there that a month leaves.

    ``retention`` is that of a year. As it is today, every level but that of people who are lost for
    good is the number of customers there are.
    """
    kept, usual = monthly(retention), monthly(today.retention)
    if form == "lost for good":
        return 0.0, kept
    if form == "fixed inflow":
        return stock.steady_state(today.customers * (1 - usual), kept), kept
    if form == "switching":
        others = today.people - today.customers
        staying = 1 - today.customers * (1 - usual) / others
        share = markov.two_brand_share(kept, staying)
        return today.people * share, kept + staying - 1
    return today.customers, kept


def customers(form: Form, today: Today, retention: float, months: Values) -> Values:
    """Customers after ``months`` (an array), at a retention of a year."""
    level, memory = level_and_memory(form, today, retention)
    return level + (today.customers - level) * memory**months


def discounts(steps: int, months: float, rate: float) -> Values:
    """(steps,) what money of each step is worth at the first one, at a rate per month."""
    return np.asarray((1.0 + rate) ** (-np.arange(steps) * months))


def gain(form: Form, today: Today, retention: float, worth: Values, months: float) -> float:
    """Net present value, in money, of another first-year retention than today's.

    Not a number where all or none are kept: then there is no form to speak of.

    Args:
        form: the limit.
        today: the market as it is.
        retention: of a year, instead of today's.
        worth: (steps,) discount of each step, see :func:`discounts`.
        months: length of a step.
    """
    if not (0.0 < retention < 1.0 and 0.0 < today.retention < 1.0):
        return float("nan")
    when = np.arange(len(worth)) * months
    more = customers(form, today, retention, when) - customers(form, today, today.retention, when)
    return float(today.margin * months * (more @ worth))

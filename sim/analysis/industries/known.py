"""What is known of industries: figures, the range each should lie in, and where that comes from.

The table is ``known.csv``. A range is the published one where a range is published. Around a single
published number it is a stated interval: a quarter more or less, or from half to twice where only
the order of size can be expected. Where nothing is published it is assumed, and guards against a
market gone astray.

*Fitted*: a parameter of the preset, or a default, was chosen for this figure; agreement is
calibration. *Predicted*: nothing was. A *miss* is a figure that the market does not reproduce, kept
with a sentence on why.
"""

import csv
import inspect
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from sim.analysis.industries import accounts, buying, changes, contacts, figures, minds
from sim.market.run import Run

FILE = Path(__file__).with_name("known.csv")
WORLDS = 2
"""Replications over which a figure is taken that needs runs of its own; other figures need one."""
BUSINESS = ("consultancy", "industrial_distributor")
"""Presets of business accounts."""
WORLDS_OF_BUSINESS = 20
"""Replications over which each of their figures is taken: a few accounts decide in such markets."""

Figure = Callable[[str, int], float]
"""A figure of an industry in one replication."""


def of_run(measure: Callable[[Run], float]) -> Figure:
    """A measure of one run, as a figure of an industry."""

    def figure(industry: str, replication: int) -> float:
        return measure(figures.lived(industry, replication))

    figure.__doc__ = measure.__doc__
    return figure


MEASURES = (
    figures.kept, figures.lost_in_first_year, figures.rise_with_tenure, figures.cost_of_winning,
    figures.margin, figures.unprofitable, figures.top_fifth, figures.top_fifth_profit,
    figures.satisfaction, figures.won_by_talk, figures.praise_per_blame,
    accounts.lead_to_opportunity, accounts.opportunity_to_deal, accounts.talk_above_advertising,
)  # fmt: skip
PATTERNS = (
    buying.double_jeopardy, buying.off_duplication, buying.explained_spending,
    buying.nowhere_else, buying.by_members, buying.penetration, buying.purchases_of_a_buyer,
    buying.share_of_requirements, buying.again_in_a_quarter,
    minds.satisfaction_to_loyalty, minds.trust_to_loyalty, minds.satisfaction_above_trust,
    minds.expectation_to_satisfaction, minds.satisfaction_with_again,
    minds.satisfaction_with_recommending, minds.trust_with_recommending,
    minds.talk_of_the_dissatisfied, accounts.lost_with_manager,
)  # fmt: skip
ANSWERS = (
    changes.price_elasticity, changes.price_elasticity_at_once, changes.advertising_elasticity,
    changes.advertising_elasticity_at_once, changes.rise_without_learning,
    buying.top_fifth_of_six_years,
    contacts.buyers_in_a_month, contacts.fall_with_recency,
    contacts.effect_of_a_contact, contacts.more_effect_long_ago,
)  # fmt: skip
FIGURES: dict[str, Figure] = {
    **{measure.__name__: of_run(measure) for measure in MEASURES},
    **{pattern.__name__: pattern for pattern in (*PATTERNS, *ANSWERS)},
}
"""Name in the table → how it is taken."""


class Known(NamedTuple):
    """One figure of one industry, a row of the table."""

    industry: str
    figure: str
    low: float
    high: float
    fitted: str
    """The parameter that was fitted to it; none: it is predicted."""
    source: str
    miss: str
    """Why the market does not reproduce it; none: it does."""

    @property
    def words(self) -> str:
        """What the figure is, in a line."""
        return (inspect.getdoc(FIGURES[self.figure]) or "").partition("\n")[0].rstrip(".")

    @property
    def heavy(self) -> bool:
        """Whether it takes runs of its own, to the horizon."""
        return self.figure in {answer.__name__ for answer in ANSWERS}

    @property
    def worlds(self) -> int:
        """Over how many replications it is taken."""
        if self.industry in BUSINESS:
            return WORLDS_OF_BUSINESS
        return WORLDS if self.heavy else 1

    def found(self) -> float:
        """The figure as it is in the market."""
        return fmean(FIGURES[self.figure](self.industry, number) for number in range(self.worlds))

    def holds(self, found: float) -> bool:
        """Whether a figure lies where it should."""
        return self.low <= found <= self.high


def known() -> list[Known]:
    """Every row of the table, in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return [
        Known(name, figure, float(low), float(high), *why) for name, figure, low, high, *why in rows
    ]

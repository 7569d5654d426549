"""What a contact does to past customers, as a trial tells that mails some of them at random.

Every month from month 0 on is a trial of its own: those who bought in the year before are followed
through it twice, with what is done anyway and with a contact more. Luck is the same, so nobody has
to be left without one.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.industries.changes import settled
from sim.analysis.industries.figures import YEAR
from sim.market.model import Market

Counts = npt.NDArray[np.int64]

TRIALS = 36
"""Months from month 0 on."""
A_CONTACT = 3.0
"""Money for contacts per customer, for one month: it reaches nearly as many as money can."""
RECENT, LONG_AGO = slice(1, 4), slice(10, 13)
"""Months since the last purchase: one to three, and ten to twelve."""


class Trial(NamedTuple):
    """What became of those who bought in the year before, by the months since they last did."""

    people: Counts
    buyers: Counts
    """Of them, who buy in the month without a further contact."""
    purchases: Counts
    """What they buy then."""
    with_contact: Counts
    """What they buy where there is one."""
    contacts: int
    """How many more that are, of all people."""


def buyers_in_a_month(industry: str, replication: int) -> float:
    """Share of the buyers of the last year who buy from the firm in a month."""
    found = trial(industry, replication)
    return float(found.buyers.sum() / found.people.sum())


def fall_with_recency(industry: str, replication: int) -> float:
    """Share that buys in a month, 10 to 12 months after the last purchase, by that 1 to 3 after."""
    found = trial(industry, replication)
    buying = [found.buyers[when].sum() / found.people[when].sum() for when in (RECENT, LONG_AGO)]
    return float(buying[1] / buying[0])


def effect_of_a_contact(industry: str, replication: int) -> float:
    """What a contact adds to a customer's purchases from the firm in its month, as a share."""
    return effect(trial(industry, replication), slice(None))


def more_effect_long_ago(industry: str, replication: int) -> float:
    """What a contact adds more, as a share, 10 to 12 months after the last purchase than 1 to 3."""
    found = trial(industry, replication)
    return effect(found, LONG_AGO) - effect(found, RECENT)


def effect(found: Trial, when: slice) -> float:
    """What one contact adds to purchases of those who last bought then, as a share."""
    more = found.with_contact[when].sum() / found.purchases[when].sum() - 1.0
    return float(more * found.people.sum() / found.contacts)


@cache
def trial(industry: str, replication: int) -> Trial:
    """The trials of the focal firm, added up."""
    market = settled(industry, replication).branch()
    found = [lived_twice(market) for _ in range(TRIALS)]
    return Trial(*(sum(column[1:], start=column[0]) for column in zip(*found, strict=True)))


def lived_twice(market: Market) -> Trial:
    """Live a month of the market, beside one with a contact more; the market goes on without."""
    when = months_since(market)
    before = Seen.of(market)
    arm = market.branch(a_contact(market))
    arm.step()
    market.step()
    without, with_it = before.bought_until(market), before.bought_until(arm)
    return Trial(
        people=counted(when, np.ones_like(when)),
        buyers=counted(when, without > 0),
        purchases=counted(when, without),
        with_contact=counted(when, with_it),
        contacts=contacts(arm) - contacts(market),
    )


class Seen(NamedTuple):
    """Who is where, and what each has bought from the focal firm so far."""

    person: npt.NDArray[np.uint32]
    purchases: npt.NDArray[np.int64]

    @classmethod
    def of(cls, market: Market) -> "Seen":
        """As the market is."""
        bought = market.world.relations["purchases"][:, focal(market)].astype(np.int64)
        return cls(market.world.people["number"].copy(), bought)

    def bought_until(self, market: Market) -> Counts:
        """What each has bought since; nothing counts of who has gone."""
        now = Seen.of(market)
        return np.where(now.person == self.person, now.purchases - self.purchases, 0)


def months_since(market: Market) -> Counts:
    """Months since each person last bought from the focal firm; 0: not in the last year."""
    relations = market.world.relations[:, focal(market)]
    months = market.clock - relations["last"].astype(np.int64)
    known = (relations["purchases"] > 0) & (market.world.people["present"] > 0)
    return np.where(known & (months <= YEAR), months, 0)


def a_contact(market: Market) -> dict[str, object]:
    """A contact in the month that comes."""
    now = market.month
    once = {"instrument": "contact", "per_head": A_CONTACT, "from": now, "until": now + 1}
    return {f"firms.{market.spec.focal}.policy.campaigns": [once]}


def contacts(market: Market) -> int:
    """Contacts by the focal firm in the month just lived."""
    return int(market.history.ledger()["contacts"][-1, focal(market)])


def counted(months: Counts, what: Counts | npt.NDArray[np.bool_]) -> Counts:
    """Sums by months since the last purchase, from 1 on; nobody is counted at 0."""
    sums = np.bincount(months, weights=what, minlength=YEAR + 1).astype(np.int64)
    sums[0] = 0
    return sums


def focal(market: Market) -> int:
    """Position of the focal firm."""
    return list(market.spec.firms).index(str(market.spec.focal))

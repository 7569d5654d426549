"""What a market keeps of its past: ledgers, tallies, years, and people who left."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.market.state import LEDGER, PRESENT, TALLY, World, duplicate, stacked

if TYPE_CHECKING:
    from sim.market.model import Market

Table = npt.NDArray[Any]
MOST_LAST_YEAR = 255
STEPS_A_YEAR = {"month": 12, "week": 52}


class History:
    """The past of one market.

    Attributes:
        opening: (firms,) customers and buyers before the first step.
        last: (firms,) the latest ledger.
        ledgers: one (firms,) ledger a step, from the first of the warm-up.
        tallies: one (1,) tally a step.
        moves: one (firms,) table a step of how far firms have moved, see ``reacting.MOVE``.
        years: one row of yearly measures per firm and year, see :func:`year_of`.
        departed: people who left since month 0: (people, relations, accounts,
            dealings) a step.
        kept: tables of customers at asked months, by month: (people, relations, accounts,
            dealings).
        purchases: the log of each booked step, where purchases are recorded.
    """

    def __init__(self, opening: Table | None = None) -> None:
        self.opening: Table = np.zeros(0, LEDGER) if opening is None else opening
        self.ledgers: list[Table] = []
        self.tallies: list[Table] = []
        self.moves: list[Table] = []
        self.years: list[dict[str, Any]] = []
        self.departed: list[tuple[Table, Table, Table, Table]] = []
        self.kept: dict[int, tuple[Table, Table, Table, Table]] = {}
        self.purchases: list[Table] = []
        self.last = self.opening

    def keep(self, market: "Market") -> None:
        """Keep the step that has just been lived."""
        w = market.world
        self.last = duplicate(w.ledger)
        self.ledgers.append(self.last)
        self.tallies.append(w.tally.copy())
        year = STEPS_A_YEAR[market.spec.step]
        if (market.month + 1) % year == 0:
            self.years += year_of(market)
            w.relations["last_year"] = np.minimum(w.relations["this_year"], MOST_LAST_YEAR)
            w.relations["this_year"] = 0
            w.relations["year_revenue"] = 0.0
        if market.month >= 0 and w.log.size:
            self.purchases.append(w.log[: int(w.tally[0]["logged"])].copy())
        if market.month in market.spec.record.customers_at:
            self.kept[market.month] = tables(market, np.arange(w.people.size))

    def keep_departed(self, market: "Market") -> None:
        """Keep the people whose places are being freed."""
        self.departed.append(tables(market, market.freed))

    def ledger(self) -> Table:
        """(steps, firms) all ledgers so far."""
        return stacked(self.ledgers) if self.ledgers else np.zeros((0, 0), LEDGER)

    def tally(self) -> Table:
        """(steps,) all tallies so far."""
        return np.concatenate(self.tallies) if self.tallies else np.zeros(0, TALLY)


def opening(w: World, subscription: bool) -> Table:
    """(firms,) the customers and buyers with whom a market begins."""
    here = w.people["present"] == PRESENT
    ledger = np.zeros(len(w.firms), LEDGER)
    ledger["buyers"] = (w.relations["purchases"][here] > 0).sum(axis=0)
    ledger["customers"] = ledger["buyers"]
    if subscription:
        holders = w.people["provider"][here]
        ledger["customers"] = [(holders == f).sum() for f in range(len(w.firms))]
    return ledger


def tables(market: "Market", rows: npt.NDArray[np.int64]) -> tuple[Table, Table, Table, Table]:
    """Copies of the rows of people, their relations, accounts and dealings."""
    w = market.world
    dealings = w.dealings[rows] if w.dealings.size else w.dealings
    return w.people[rows].copy(), w.relations[rows].copy(), w.accounts[rows].copy(), dealings.copy()


def year_of(market: "Market") -> list[dict[str, Any]]:
    """The measures of purchases in the year that ends with this step, a row per firm."""
    w = market.world
    here = w.people["present"] == PRESENT
    bought = by_firm(w.relations["this_year"], here).astype(np.int64)
    before = by_firm(w.relations["last_year"], here) > 0
    revenue = by_firm(w.relations["year_revenue"], here)
    everything, largest = bought.sum(axis=0), bought.max(axis=0)
    rows = []
    for firm in market.firms:
        f = firm.position
        buyers = bought[f] > 0
        rows.append(
            {
                "firm": firm.name,
                "month": market.month,
                "penetration": share(buyers.sum(), len(buyers)),
                "frequency": share(bought[f].sum(), buyers.sum()),
                "share_of_requirements": share(bought[f].sum(), everything[buyers].sum()),
                "repeat_rate": share((buyers & before[f]).sum(), before[f].sum()),
                "main_firm": share((buyers & (bought[f] == largest)).sum(), len(buyers)),
                "top_fifth_revenue": top_fifth(revenue[f][buyers]),
            }
        )
    return rows


def by_firm(column: Table, here: npt.NDArray[np.bool_]) -> Table:
    """(firms, people present) a column of relations, each firm's people side by side."""
    return np.compress(here, np.ascontiguousarray(column.T), axis=1)


def share(part: Any, whole: Any) -> float:
    """``part / whole``, not a number where there is no whole."""
    return float(part) / float(whole) if whole else float("nan")


def top_fifth(revenue: npt.NDArray[Any]) -> float:
    """Share of revenue that comes from the top fifth of buyers."""
    fifth = len(revenue) // 5
    if not fifth:
        return float("nan")
    best = np.partition(revenue, -fifth)[-fifth:]
    return share(best.sum(dtype=np.float64), revenue.sum(dtype=np.float64))

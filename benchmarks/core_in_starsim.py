"""The core of word of mouth in Starsim: columns of its People, a network, a module that steps.

Written as Starsim's own modules are, on its fast paths: the month is NumPy over columns, random
numbers are drawn so many at a time, and results on births and deaths are switched off. Columns are
read raw, because nobody comes or goes.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.core_in_c import parameters
from sim.market.model import Market

BOOKED = ("purchases", "customers", "praise", "blame", "satisfaction")


def is_installed() -> bool:
    """Whether Starsim is there."""
    return find_spec("starsim") is not None


def book(sim: Any) -> dict[str, float]:
    """Last month's counts, and the sum of customers' satisfaction."""
    return {name: sim.results.wordofmouth[name][sim.ti - 1] for name in BOOKED}


def made(market: Market, months: int) -> Any:
    """A simulation in Starsim that begins from the state of one of our markets.

    It can live so many months, because Starsim plans them all before the first.
    """
    import starsim as ss

    ss.options(crn=False)  # faster, and the month draws by number, not by person, anyway

    (need, forgetting, gain, loss, message_weight, experienced, weight, reference, staying,
     delivered, noise, learning, delight, disappointment, adaptation, price, cost, base,
     positive, negative, relaxation) = parameters(market)  # fmt: skip
    ties, w, window = market.ties, market.world, market.window
    size, firms = w.relations.shape

    def given(values: Any) -> Callable[[int], Any]:
        """What a column begins with."""
        return lambda _: values

    class Ties(ss.Network):  # type: ignore[misc]
        def __init__(self) -> None:
            tellers = np.repeat(np.arange(size), np.diff(ties.start))
            super().__init__(p1=tellers, p2=ties.tie, beta=np.ones(len(tellers)))
            self.first, self.count = ties.start[:-1].copy(), np.diff(ties.start)
            self.which = ss.random()

        def step(self) -> None:
            """Ties stay."""

        def somebody(self, tellers: Any) -> Any:
            """One tie of each teller."""
            position = (self.which.rvs(len(tellers)) * self.count[tellers]).astype(int)
            return self.p2[self.first[tellers] + position]

    class WordOfMouth(ss.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.define_pars(
                need=ss.poisson(lam=need),
                notice=ss.random(),
                appeal=ss.uniform(1e-9, 1),  # single precision; its logarithm must be finite
                quality=ss.normal(loc=delivered, scale=noise),
                tellings=ss.poisson(),
            )
            self.define_states(ss.IntArr("provider", default=given(w.people["provider"])))
            for name in ("taste", "salience", "expectation", "satisfaction", "purchases"):
                values = given(w.relations[name])
                self.define_states(ss.FloatArr(name, default=values, columns=firms))
            for name in ("first", "last"):
                values = given(since_now(w.relations[name]))
                self.define_states(ss.FloatArr("ti_" + name, default=values, columns=firms))
            for name in ("revenue", "profit", "praise", "blame", "verdict"):
                self.define_states(ss.FloatArr(name, default=0, columns=firms))

        def init_results(self) -> None:
            super().init_results()
            for name in BOOKED:
                self.define_results(ss.Result(name, dtype=float, scale=False))

        def step(self) -> None:
            self.forget_and_hear()
            needs = self.pars.need.rvs(size)
            for occasion in range(needs.max()):
                self.buy(*self.choose(np.flatnonzero(needs > occasion)))
            self.drift()
            self.talk()

        def forget_and_hear(self) -> None:
            self.salience.raw *= 1 - forgetting
            praise, blame = flat(self.praise), flat(self.blame)
            boxes = np.flatnonzero(praise + blame)
            praise, blame = praise[boxes], blame[boxes]
            heard, salience = praise + blame, flat(self.salience)[boxes]
            salience += (1 - (1 - gain) ** praise) * (1 - salience)
            flat(self.salience)[boxes] = salience * (1 - loss) ** blame
            known = flat(self.purchases)[boxes] > 0
            believed = message_weight * np.where(known, experienced, 1)
            gap = flat(self.verdict)[boxes] / heard - flat(self.expectation)[boxes]
            flat(self.expectation)[boxes] += (1 - (1 - believed) ** heard) * gap

        def choose(self, uids: Any) -> tuple[Any, Any]:
            mine = self.provider.raw[uids, None] == np.arange(firms)
            known = rows(self.purchases, uids) > 0
            opinion = np.where(known, rows(self.satisfaction, uids), rows(self.expectation, uids))
            value = rows(self.taste, uids) + weight * (opinion - reference) + staying * mine
            value -= np.log(-np.log(self.pars.appeal.rvs(mine.shape)))
            noticed = self.pars.notice.rvs(mine.shape) < rows(self.salience, uids)
            value[~(noticed | mine)] = -np.inf
            chosen = value.argmax(axis=1)
            found = value[np.arange(len(uids)), chosen] > -np.inf
            return uids[found], chosen[found]

        def buy(self, uids: Any, chosen: Any) -> None:
            at = uids * firms + chosen
            new = flat(self.purchases)[at] == 0
            flat(self.ti_first)[at[new]] = self.ti
            expectation = flat(self.expectation)[at]
            satisfaction = np.where(new, expectation, flat(self.satisfaction)[at])
            quality = self.pars.quality.rvs(len(uids)).clip(0, 1)
            gap = quality - expectation
            met = (quality + np.where(gap >= 0, delight, disappointment) * gap).clip(0, 1)
            flat(self.satisfaction)[at] = satisfaction + learning * (met - satisfaction)
            flat(self.expectation)[at] = expectation + adaptation * gap
            flat(self.revenue)[at] += price
            flat(self.profit)[at] += price - cost
            flat(self.purchases)[at] += 1
            flat(self.salience)[at] = 1
            flat(self.ti_last)[at] = self.ti
            self.provider.raw[uids] = chosen
            self.results.purchases[self.ti] += len(uids)

        def drift(self) -> None:
            idle = self.ti_last.raw < self.ti
            gap = self.expectation.raw - self.satisfaction.raw
            self.satisfaction.raw += relaxation * gap * idle

        def talk(self) -> None:
            tellers = np.flatnonzero(self.ti_last.raw == self.ti)
            satisfaction = flat(self.satisfaction)[tellers]
            above = satisfaction - reference
            self.pars.tellings.set(lam=base + np.where(above >= 0, positive, -negative) * above)
            tellings = self.pars.tellings.rvs(len(tellers))
            uids, about = np.divmod(np.repeat(tellers, tellings), firms)
            boxes = self.sim.networks.ties.somebody(uids) * firms + about
            praised = np.repeat(above >= 0, tellings)
            self.praise.raw[:] = counted(boxes, praised)
            self.blame.raw[:] = counted(boxes, ~praised)
            self.verdict.raw[:] = counted(boxes, np.repeat(satisfaction, tellings))
            self.results.praise[self.ti] = praised.sum()
            self.results.blame[self.ti] = len(praised) - praised.sum()

        def update_results(self) -> None:
            super().update_results()
            customers = self.ti - self.ti_last.raw < window
            self.results.customers[self.ti] = np.count_nonzero(customers)
            total = (self.satisfaction.raw * customers).sum(dtype=float)
            self.results.satisfaction[self.ti] = total

    def since_now(steps: Any) -> Any:
        """Steps as Starsim counts them, from the month that comes; NaN is never."""
        return np.where(w.relations["purchases"] > 0, steps - float(market.clock), np.nan)

    def rows(column: Any, uids: Any) -> Any:
        return column.raw.take(uids, axis=0)

    def flat(column: Any) -> Any:
        return column.raw.reshape(-1)

    def counted(boxes: Any, weights: Any) -> Any:
        return np.bincount(boxes, weights, size * firms).reshape(size, firms)

    sim = ss.Sim(
        n_agents=size,
        dt=ss.month,
        dur=months,
        networks=Ties(),
        custom=WordOfMouth(),
        people_results=False,
        verbose=0,
    )
    return sim.init()

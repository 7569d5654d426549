"""Challenging a verdict: the comparison at both ends of five things nobody knows for sure."""

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.analysis.attempts import Attempt, Lived, attempts_of, live_all
from sim.analysis.candidates import policies_of
from sim.analysis.finding import save_finding
from sim.analysis.statistics import Values, interval
from sim.experiments.arms import Failure, Future
from sim.experiments.runner import Progress, in_processes, in_series
from sim.experiments.solve import solved_arms
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 2
"""Paired worlds from which on there is an interval."""


class Span(NamedTuple):
    """A mean paired difference in net present value with its 95 % interval, in money."""

    mean: float
    low: float
    high: float


class Row(NamedTuple):
    """What the comparison found under one end of one factor.

    Attributes:
        factor: what was changed; empty for the scenario as it is.
        value: to what, in words that can follow "with".
        short: the same beside a bar.
        changed: whether that is anything else than the scenario as it is.
        runs: finished paired worlds.
        winner, second: the policies with the highest mean net present values.
        lead: of the winner over the second.
        won: share of paired worlds in which the winner has the highest value of all.
        gap: of the policy that wins in the scenario as it is over ``against``.
        over: of the winner over the policy that wins in the scenario as it is; 0 if it is that.
        against: the policy that the verdict is held against.
    """

    factor: str
    value: str
    short: str
    changed: bool
    runs: int
    winner: str
    second: str
    lead: Span
    won: float
    gap: Span
    over: Span
    against: str

    @property
    def surely(self) -> bool:
        """Whether it is sure that another policy than before wins."""
        return self.over.low > 0.0


class Challenge:
    """What became of a verdict.

    Attributes:
        case: the scenario.
        arms: names of the policies.
        base: the comparison in the scenario as it is; None where it was not finished.
        rows: one for each end of each factor that was finished, in their order.
        missing: what could not be tried, by factor, and why.
        failures: paired worlds that broke and are left out.
        seconds: time it took.
    """

    def __init__(
        self,
        case: Case,
        arms: tuple[str, ...],
        rows: list[Row],
        missing: dict[str, str],
        failures: list[Failure],
        seconds: float,
    ) -> None:
        self.case = case
        self.arms = arms
        self.base = rows[0] if rows else None
        self.rows = rows[1:]
        self.missing = missing
        self.failures = failures
        self.seconds = seconds

    @property
    def turned(self) -> list[Row]:
        """The rows in which another policy wins than in the scenario as it is."""
        return [row for row in self.rows if self.base and row.winner != self.base.winner]

    @property
    def changes(self) -> list[Row]:
        """The rows without the ends that are as it is."""
        return [row for row in self.rows if row.changed]

    @cached_property
    def table(self) -> "pd.DataFrame":
        """One row for the scenario as it is, and one per end; money, and shares of worlds."""
        import pandas as pd

        return pd.DataFrame([flat(row, row in self.turned) for row in self.all_rows()])

    def all_rows(self) -> list[Row]:
        """The scenario as it is, then every end."""
        return [self.base, *self.rows] if self.base else []

    @cached_property
    def notes(self) -> list[str]:
        """The findings in plain words; what turns the verdict comes last."""
        base = self.base
        if base is None:
            return ["No answer: fewer than two paired worlds of the scenario as it is finished."]
        found = [self.lead(base)]
        found += [f"Not tried: {name}, because {why}." for name, why in self.missing.items()]
        if self.failures:
            found.append(f"{len(self.failures)} paired worlds broke and are left out.")
        shaky = [r.value for r in self.rows if r.winner == base.winner and r.lead.low <= 0.0]
        if shaky and base.lead.low > 0.0:
            found.append(f"{base.winner} is still ahead, but not surely, with {listed(shaky)}.")
        if not self.turned:
            found.append(
                f"{base.winner} is ahead in all {len(self.changes)} changes that were tried."
            )
        return found + [self.turn(row, base.winner) for row in self.turned]

    def lead(self, base: Row) -> str:
        """Who wins in the scenario as it is, in words."""
        sure = "" if base.lead.low > 0.0 else "; not surely, as the interval holds 0"
        ahead = f"{base.winner} earns more than {base.second}: {self.money(base.lead)}"
        return f"As it is, {ahead} over {base.runs} paired worlds{sure}."

    def turn(self, row: Row, before: str) -> str:
        """A change of the winner, in words."""
        sure = "" if row.surely else "; not surely, as the interval holds 0"
        ahead = f"{row.winner} earns more than {before}: {self.money(row.over)}"
        return f"With {row.value}, {ahead}{sure}."

    def money(self, span: Span) -> str:
        """A mean in the scenario's currency, with its interval."""
        return f"{span.mean:,.0f} {self.case.spec.currency} [{span.low:,.0f}, {span.high:,.0f}]"

    @property
    def runs(self) -> int:
        """Finished paired worlds of the scenario as it is."""
        return self.base.runs if self.base else 0

    def __repr__(self) -> str:
        return (
            f"<Challenge of {', '.join(self.arms)}: {len(self.turned)} of {len(self.changes)} turn>"
        )

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines; money in ``currency``."""
        return {
            "focal": self.case.spec.focal,
            "currency": self.case.spec.currency,
            "arms": list(self.arms),
            "rows": [flat(row, row in self.turned) for row in self.all_rows()],
            "missing": self.missing,
            "failures": [vars(failure) for failure in self.failures],
            "notes": self.notes,
            "seconds": round(self.seconds, 3),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``challenge.parquet``, ``challenge.json`` and the scenario."""
        return save_finding(folder, "challenge", self.table, self.case, self.to_json())


def listed(words: list[str]) -> str:
    """Words joined as one says them."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def flat(row: Row, turned: bool) -> dict[str, Any]:
    """A row with a column for each number."""
    plain = {name: value for name, value in row._asdict().items() if not isinstance(value, Span)}
    for name in ("lead", "gap", "over"):
        span = getattr(row, name)
        plain |= {name: span.mean, f"{name}_low": span.low, f"{name}_high": span.high}
    return plain | {"turned": turned, "surely": row.surely}


def challenge(
    case: Case,
    policies: Sequence[str] | None = None,
    *,
    runs: int = 10,
    against: str | None = None,
    jobs: int = -1,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> Challenge:
    """Repeat a comparison at both ends of the range of each of ``FACTORS``.

    Args:
        case: the scenario.
        policies: names of the policies, the baseline first; None: all of the scenario.
        runs: paired worlds for each end; at least 2.
        against: the policy that the best is held against in ``Row.gap``; None: the second best.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told how many paired worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; ends with two finished worlds are then returned.

    Raises:
        ScenarioError: a scenario or a policy that cannot be used.
    """
    begun = time.perf_counter()
    arms = solved_arms(case, policies_of(case, policies), case.spec.focal)
    attempts, missing = attempts_of(case, arms)
    executor = in_series if jobs == 1 else in_processes(jobs)
    lived = list(live_all(attempts, runs, executor, progress, interrupted))
    rows = rows_of(lived, tuple(arms), against)
    failures = [each for attempt, _, some in lived if attempt.new for each in some]
    seconds = time.perf_counter() - begun
    return Challenge(case, tuple(arms), rows, missing, failures, seconds)


# ── what it tells ─────────────────────────────────────────────────────────────────────────────


def rows_of(lived: list[Lived], arms: tuple[str, ...], against: str | None) -> list[Row]:
    """A row for each attempt with enough finished worlds; none if the first has not enough."""
    known = [(attempt, npv_by_arm(futures, arms)) for attempt, futures, _ in lived]
    best, second = ranked(known[0][1]) if enough(known[0][1]) else ("", "")
    named = against if against in arms and against != best else second
    return [row_of(attempt, npv, best, named) for attempt, npv in known if best and enough(npv)]


def npv_by_arm(futures: list[Future], arms: tuple[str, ...]) -> dict[str, Values]:
    """(runs,) net present values of each arm, by paired world."""
    return {arm: np.array([f.outcomes["npv"] for f in futures if f.arm == arm]) for arm in arms}


def enough(npv: dict[str, Values]) -> bool:
    """Whether there are enough worlds for an interval."""
    return min(map(len, npv.values())) >= FEWEST


def ranked(npv: dict[str, Values]) -> tuple[str, str]:
    """The best and the second best arm, by their means."""
    first, second = sorted(npv, key=lambda arm: -float(npv[arm].mean()))[:2]
    return first, second


def row_of(attempt: Attempt, npv: dict[str, Values], best: str, against: str) -> Row:
    """What an attempt found; ``best`` won in the scenario as it is."""
    winner, second = ranked(npv)
    highest = np.max(list(npv.values()), axis=0)
    return Row(
        *attempt[:4],
        runs=len(npv[winner]),
        winner=winner,
        second=second,
        lead=span(npv[winner] - npv[second]),
        won=float(np.mean(npv[winner] == highest)),
        gap=span(npv[best] - npv[against]),
        over=span(npv[winner] - npv[best]),
        against=against,
    )


def span(differences: Values) -> Span:
    """Mean and interval of paired differences."""
    found = interval(differences)
    return Span(found["mean"], found["low"], found["high"])

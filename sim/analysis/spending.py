"""How much the focal firm spends, and on what: arms of a frontier and of the next unit of money.

All of them start from the split of the focal firm as the scenario stands: that is its baseline.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.policy.instruments import INSTRUMENTS
from sim.scenario.loading import Case
from sim.scenario.offers import Amount, ShareOfRevenue
from sim.scenario.problems import Problem, ScenarioError

Split = dict[str, float]
TODAY = "today"
"""Name of the arm in which nothing is changed."""
BUDGETS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Total budgets that are tried, as factors of today's."""


class Mixes(NamedTuple):
    """What a unit of money for one side is spent on: shares by instrument that add up to 1.

    Attributes:
        winning: on the side of acquisition.
        keeping: on the side of retention.
    """

    winning: Split
    keeping: Split

    def at(self, share: float) -> Split:
        """The split that gives a ``share`` of the budget, 0 to 1, to keeping customers."""
        shared = {name: (1.0 - share) * part for name, part in self.winning.items()}
        return shared | {name: share * part for name, part in self.keeping.items()}


def mixes_of(case: Case) -> Mixes:
    """The mixes that ``compare.frontier`` gives, else those of the focal firm's split.

    A side on which the firm spends nothing is advertising, or service.
    """
    given, split = case.spec.compare.frontier, split_of(case)
    winning = given.winning or mix(split, "acquisition") or {"advertising": 1.0}
    keeping = given.keeping or mix(split, "retention") or {"service": 1.0}
    return Mixes(winning, keeping)


def mix(split: Mapping[str, float], side: str) -> Split:
    """The instruments of one side by share of that side; none where nothing is spent on it."""
    own = {name: part for name, part in split.items() if INSTRUMENTS[name].side == side and part}
    total = sum(own.values())
    return {name: part / total for name, part in own.items()}


def split_of(case: Case) -> Split:
    """The focal firm's split."""
    return case.spec.firms[case.spec.focal].policy.split


def share_of(split: Mapping[str, float], side: str) -> float:
    """Share of a split, 0 to 1, that goes to a side."""
    return sum(part for name, part in split.items() if INSTRUMENTS[name].side == side)


def share_kept(split: Mapping[str, float]) -> float:
    """Share of a split, 0 to 1, that goes to keeping customers."""
    return share_of(split, "retention")


def spending(case: Case, factor: float, split: Mapping[str, float]) -> Case:
    """The case with ``factor`` times the focal firm's budget, divided by ``split``."""
    path = f"firms.{case.spec.focal}.policy"
    budget = case.spec.firms[case.spec.focal].policy.budget.model_dump()
    more = {unit: factor * money for unit, money in budget.items()}
    return case.override({f"{path}.budget": more, f"{path}.split": dict(split)})


def raised(case: Case, step: float, extra: Mapping[str, float]) -> Case:
    """The case in which the focal firm's budget is raised by a share ``step`` of it.

    What is added is divided by ``extra`` (shares that add up to 1); all else keeps its money.
    """
    split = split_of(case)
    money = {
        name: split.get(name, 0.0) + step * extra.get(name, 0.0) for name in {**split, **extra}
    }
    return spending(case, 1.0 + step, {name: part / (1.0 + step) for name, part in money.items()})


def refuse_unsteady_budget(case: Case) -> None:
    """Refuse a focal firm that spends nothing or a share of revenue. Raises ScenarioError."""
    policy = case.spec.firms[case.spec.focal].policy
    if isinstance(policy.budget, ShareOfRevenue):
        rule, value = "must not be a share of revenue where budgets are compared", ""
        raise refusal(case, "budget", rule, value, "use amount or per_head")
    money = policy.budget.amount if isinstance(policy.budget, Amount) else policy.budget.per_head
    if not money:
        rule = "must be more than 0 where budgets are compared"
        raise refusal(case, "budget", rule, f"{money:g}", "write what the firm spends today")
    if not policy.split:
        rule = "must name an instrument where budgets are compared"
        raise refusal(case, "split", rule, "{}", "write what the firm spends on today")


def refuse_foundations(case: Case) -> None:
    """Refuse a focal firm whose split is not of the two sides alone. Raises ScenarioError."""
    if share_of(split_of(case), "foundations"):
        rule = "must spend on winning and keeping customers alone where a frontier is drawn"
        remedy = "give foundations money by a campaign, which stays as it is"
        raise refusal(case, "split", rule, "", remedy)


def refusal(case: Case, key: str, rule: str, value: str, remedy: str) -> ScenarioError:
    """A problem with the policy of the focal firm."""
    path: tuple[Any, ...] = ("firms", case.spec.focal, "policy", key)
    return ScenarioError([Problem(case.loaded.place(path), ".".join(path), rule, value, remedy)])


def worded(split: Mapping[str, float]) -> str:
    """A mix in words: ``service 78 %, loyalty 22 %``."""
    return ", ".join(f"{name} {part:.0%}".replace("%", " %") for name, part in split.items())


# ── the arms of a frontier ────────────────────────────────────────────────────────────────────


class Point(NamedTuple):
    """A point of the frontier: the arm that is lived there.

    Attributes:
        kind: ``share`` of the budget for keeping customers, or ``budget``, the whole of it.
        at: a share, 0 to 1; or a factor of today's budget.
        arm: name of the arm.
    """

    kind: str
    at: float
    arm: str


def frontier_points(case: Case) -> Iterator[Point]:
    """Every point of a frontier, by kind and from left to right.

    Where the mixes are those of today, today is a point of both curves.
    """
    share, mixes = share_kept(split_of(case)), mixes_of(case)
    tried = np.linspace(0.0, 1.0, case.spec.compare.frontier.shares)
    shares = {float(at): f"share {at:g}" for at in tried}
    if is_on(split_of(case), mixes):
        shares = {at: arm for at, arm in shares.items() if abs(at - share) > 1e-9}
        shares[share] = TODAY
    yield from (Point("share", at, shares[at]) for at in sorted(shares))
    for factor in BUDGETS:
        yield Point("budget", factor, TODAY if factor == 1.0 else f"budget {factor:g}")


def is_on(split: dict[str, float], mixes: Mixes) -> bool:
    """Whether a split is one that the mixes make."""
    made = mixes.at(share_kept(split))
    return all(abs(split.get(n, 0.0) - made.get(n, 0.0)) < 1e-9 for n in {**split, **made})


def frontier_arms(case: Case) -> dict[str, Case]:
    """The scenario at every point, today first."""
    mixes, arms = mixes_of(case), {TODAY: case}
    for kind, at, arm in frontier_points(case):
        if arm != TODAY and kind == "share":
            arms[arm] = spending(case, 1.0, mixes.at(at))
        elif arm != TODAY:
            arms[arm] = spending(case, at, split_of(case))
    return arms

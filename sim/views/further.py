"""What goes beyond a comparison: the frontier, the next unit of money, the challenge.

Each is lived with a bar on a terminal, and draws itself.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.analysis import challenge as challenges
from sim.analysis import frontier as frontiers
from sim.analysis import money as moneys
from sim.market.run import case_of
from sim.views.facade import Scenario
from sim.views.progress import Told, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Stop = Callable[[], None] | None


class Frontier(frontiers.Frontier):
    """Net present value by the share for keeping customers, and by the whole budget."""

    def plot(self) -> "Figure":
        """Draw both curves. Raises ValueError for fewer than two finished paired worlds."""
        from sim.views.frontier import plot_frontier

        return plot_frontier(self)

    def text(self) -> str:
        """The frontier for people."""
        from sim.views.frontier import frontier_text

        return frontier_text(self)


class Money(moneys.Money):
    """What the next unit of money brings back, by instrument."""

    def plot(self) -> "Figure":
        """Draw it. Raises ValueError for fewer than two finished paired worlds."""
        from sim.views.money import plot_money

        return plot_money(self)

    def text(self) -> str:
        """The table for people."""
        from sim.views.money import money_text

        return money_text(self)


class Challenge(challenges.Challenge):
    """The comparison at both ends of what is doubtful."""

    def plot(self) -> "Figure":
        """Draw it as a tornado. Raises ValueError where the comparison itself is not finished."""
        from sim.views.tornado import plot_challenge

        return plot_challenge(self)

    def text(self) -> str:
        """What turns the verdict over, for people."""
        return "\n".join(self.notes)


def frontier(
    scenario: Scenario,
    *,
    runs: int | None = None,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Told | None = None,
    interrupted: Stop = None,
) -> Frontier:
    """Move the focal firm's budget from winning to keeping customers, and change the whole of it.

    Args:
        scenario: a file, a shipped name, data, or a Case; what it says of the focal firm is today.
        runs: paired worlds; None: as ``compare.frontier.runs`` says.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told the paired worlds finished so far and all of them; None: a bar, on a
            terminal.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: a scenario that cannot be used; a firm that spends nothing, or a share of
            its revenue.
    """
    case = case_of(scenario, overrides=overrides)
    with shown("worlds of the frontier", progress) as told:
        found = frontiers.frontier(
            case, runs=runs, jobs=jobs, progress=told, interrupted=interrupted
        )
    return Frontier(found.case, found.futures, found.failures, found.seconds)


def money(
    scenario: Scenario,
    *,
    runs: int = 10,
    steps: Sequence[float] = moneys.STEPS,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Told | None = None,
    interrupted: Stop = None,
) -> Money:
    """Give every instrument of the setting, and either side as a whole, more money.

    Args:
        scenario: a file, a shipped name, data, or a Case; what it says of the focal firm is today.
        runs: paired worlds.
        steps: extra money, as shares of today's budget, greater than 0 and rising.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told the paired worlds finished so far and all of them; None: a bar, on a
            terminal.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: as for :func:`frontier`.
        ValueError: steps that do not rise from more than 0.
    """
    case = case_of(scenario, overrides=overrides)
    with shown("worlds with more money", progress) as told:
        found = moneys.money(
            case, runs=runs, steps=steps, jobs=jobs, progress=told, interrupted=interrupted
        )
    return Money(found.case, found.steps, found.futures, found.failures, found.seconds)


def challenge(
    scenario: Scenario,
    policies: Sequence[str] | None = None,
    *,
    runs: int = 10,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Told | None = None,
    interrupted: Stop = None,
) -> Challenge:
    """Repeat a comparison at both ends of what is doubtful: what would turn the answer over?

    Args:
        scenario: a file, a shipped name, data, or a Case, with policies to compare.
        policies: names of the policies, the baseline first; None: all of the scenario.
        runs: paired worlds for each end; at least 2.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told the paired worlds finished so far and all of them; None: a bar, on a
            terminal.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: a scenario or a policy that cannot be used.
    """
    case = case_of(scenario, overrides=overrides)
    with shown("worlds of the challenge", progress) as told:
        found = challenges.challenge(
            case, policies, runs=runs, jobs=jobs, progress=told, interrupted=interrupted
        )
    rows = [*([found.base] if found.base else []), *found.rows]
    return Challenge(found.case, found.arms, rows, found.missing, found.failures, found.seconds)

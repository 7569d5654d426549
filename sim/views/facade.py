"""What ``import sim`` offers: runs and comparisons that show their progress and draw themselves."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis import compare as analysis
from sim.analysis.candidates import cases_of
from sim.market import run as lived
from sim.market.memory import refuse_if_too_big
from sim.market.model import DEFAULT
from sim.market.run import case_of
from sim.scenario.loading import Case
from sim.views.progress import Told, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Scenario = str | Path | Mapping[str, Any] | Case


class Run(lived.Run):
    """One lived market, with its picture."""

    def plot(self, focal: str | None = None) -> "Figure":
        """Draw customers, retention, satisfaction, trust and profit of the firms.

        A notebook shows the figure; ``.savefig("run.png")`` writes it. ``focal`` is the firm that
        stands out, the scenario's if it is None.

        Raises:
            KeyError: there is no firm of that name.
            ValueError: no step is booked yet.
        """
        from sim.views.plots import plot_run

        return plot_run(self, focal)

    @property
    def managers(self) -> Any:
        """One row per account manager at the end; see :func:`sim.views.pipeline.manager_table`."""
        from sim.views.pipeline import manager_table

        return manager_table(self)


class Comparison(analysis.Comparison):
    """What a comparison of policies found, with its picture."""

    def plot(self) -> "Figure":
        """Draw what policies earn over time, and against the baseline in each paired world.

        Raises:
            ValueError: fewer than two paired worlds are finished.
        """
        from sim.views.plots import plot_comparison

        return plot_comparison(self)


def run(
    scenario: Scenario = DEFAULT,
    *,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    replication: int = 0,
    root: Path | None = None,
    progress: Told | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> Run:
    """Live a scenario to its horizon.

    Args:
        scenario: a file, a shipped name such as ``sim:first_market``, plain data, or a Case.
        seed: takes the place of the scenario's seed.
        sets: overrides as on the command line, such as ``firms.acme.price=12``.
        overrides: overrides as a mapping from path to value.
        replication: number of the replication under the seed.
        root: folder outside the scenario's own from which files may come.
        progress: told the steps lived so far and all of them; None: a bar, on a terminal.
        interrupted: asked before each step whether to stop; the run is then a shorter one.

    Raises:
        ScenarioError: a scenario that cannot be used, or does not fit into memory; its text says
            where and what to do.
    """
    case = case_of(scenario, seed, sets, overrides, root)
    with shown(f"{case.spec.step}s", progress) as told:
        found = lived.run(case, replication=replication, progress=told, interrupted=interrupted)
    return Run(found.market, found.seconds)


def compare(
    scenario: Scenario,
    *others: Scenario,
    policies: Sequence[str] | None = None,
    runs: int | None = None,
    precision: float | str | None = None,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    root: Path | None = None,
    progress: Told | None = None,
    interrupted: Callable[[], None] | None = None,
    preliminary: Callable[[str], None] | None = None,
) -> Comparison:
    """Set the policies of a scenario, or several scenarios, against each other.

    Args:
        scenario: a file, a shipped name such as ``sim:retention_vs_acquisition``, data, or a Case.
        others: more scenarios; each is then an arm with a warm-up of its own, the first the
            baseline, and their policies play no part.
        policies: names of the policies to compare, the baseline first; None: all of the scenario.
        runs: paired worlds; None: as the (first) scenario says.
        precision: half width of the 95 % interval of the difference between the best two, as a
            share of the baseline's mean (.01 or ``"1 %"``); worlds are lived until it is reached.
        seed: takes the place of the scenario's seed.
        sets: overrides as on the command line.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        root: folder outside the scenario's own from which files may come.
        progress: told the paired worlds finished so far and all of them; None: a bar, on a
            terminal.
        interrupted: called on Ctrl-C; what is finished is then returned.
        preliminary: told an answer in words after the first 10 paired worlds of more; None: a line
            above the bar, where there is one.

    Raises:
        ScenarioError: a scenario or a policy that cannot be used, or that does not fit into
            memory; ``runs`` beside ``precision``.
    """
    cases = cases_of((scenario, *others), runs, precision, seed, sets, overrides, root)
    asked = cases[0].spec.compare
    markets = at_once(jobs, asked.at_most if asked.precision else asked.runs)
    for case in cases:
        refuse_if_too_big(case, markets)
    with shown("paired worlds", progress) as told:
        found = analysis.compare(
            *cases, policies=policies, jobs=jobs, progress=told, interrupted=interrupted,
            preliminary=preliminary or told.say,
        )  # fmt: skip
    return Comparison(
        found.case, found.cases, found.futures, found.failures, found.seconds, found.apart,
        found.talk,
    )  # fmt: skip


def at_once(jobs: int, runs: int) -> int:
    """Markets that live side by side; a world has one for the warm-up, and one for an arm."""
    from joblib import effective_n_jobs

    if jobs == 0:
        raise ValueError("jobs must be a number of processes, or -1 for all cores, is 0; use 1")
    return 2 * min(runs, int(effective_n_jobs(jobs)))

"""What word of mouth brings: the first purchases that would not have happened without it.

Two shares of a firm's first purchases in the booked months, which need not be alike:

- first cue: those of people to whom praise by others first brought the firm to mind;
- counterfactual: those that are missing where nobody in the market talks, about any firm. Who would
  have bought anyway is not missing, whatever the first cue was; who bought because talk kept the
  firm in mind is, even if advertising came first. Where talk serves rivals more than the firm, the
  share is negative.

Each world is lived twice, with the same people and the same luck, and talk ends at month 0. What
was said before stays in people's heads, so the first months are much the same in both lives, and
the share is that of what is said from now on. ``always`` silences the warm-up too: nothing is left
in heads, but it is another market that reaches month 0, where fewer have been won and more are left
to be won, and the share can be the smaller for it.
"""

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.analysis.finding import records
from sim.analysis.statistics import interval
from sim.experiments.arms import Design, Failure, Future
from sim.experiments.runner import Executor, Progress, in_series, replicate
from sim.scenario.loading import Case, Data

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
WORLDS = 10


class WordOfMouth:
    """Two shares of word of mouth in a firm's first purchases, by arm.

    Attributes:
        arms: names of the policies.
        pairs: futures of the same arm and world, with talk and without.
        failures: worlds that broke without talk.
        seconds: time it took to live without talk.
    """

    def __init__(
        self,
        arms: tuple[str, ...],
        pairs: list[tuple[Future, Future]],
        failures: list[Failure],
        seconds: float,
    ) -> None:
        self.arms = arms
        self.pairs = pairs
        self.failures = failures
        self.seconds = seconds

    def first_cue(self, arm: str) -> Values:
        """(worlds,) share of first purchases whose first cue was praise, with talk."""
        return np.array([talk.outcomes["word_of_mouth"] for talk, _ in self.pairs_of(arm)])

    def counterfactual(self, arm: str) -> Values:
        """(worlds,) share of first purchases that are missing without talk, at most 1."""
        acquired = [
            (silence.outcomes["acquired"], talk.outcomes["acquired"])
            for talk, silence in self.pairs_of(arm)
        ]
        return np.array([1.0 - without / given for without, given in acquired])

    def pairs_of(self, arm: str) -> list[tuple[Future, Future]]:
        """The pairs of an arm in whose world somebody was won at all."""
        return [pair for pair in self.pairs if pair[0].arm == arm and pair[0].outcomes["acquired"]]

    @cached_property
    def table(self) -> "pd.DataFrame":
        """One row per arm: mean of both shares over worlds, with Student's 95 % interval.

        Columns: arm; first_cue, first_cue_low, first_cue_high; counterfactual and its low and high;
        runs, the worlds behind them.
        """
        import pandas as pd

        return pd.DataFrame([self.row(arm) for arm in self.arms])

    def row(self, arm: str) -> dict[str, Any]:
        """That row of an arm."""
        found: dict[str, Any] = {"arm": arm}
        for name, values in (
            ("first_cue", self.first_cue(arm)),
            ("counterfactual", self.counterfactual(arm)),
        ):
            of = interval(values)
            found |= {name: of["mean"], f"{name}_low": of["low"], f"{name}_high": of["high"]}
        return found | {"runs": len(self.pairs_of(arm))}

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        return {
            "shares": records(self.table),
            "failures": [vars(failure) for failure in self.failures],
            "seconds": round(self.seconds, 3),
        }


def word_of_mouth(
    design: Design,
    lived: Sequence[Future],
    *,
    runs: int = WORLDS,
    always: bool = False,
    executor: Executor = in_series,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> WordOfMouth:
    """Live the first worlds of a comparison again, without talk.

    Args:
        design: the comparison.
        lived: its futures, as ``replicate`` returned them.
        runs: worlds to live again, at most as many as there are.
        always: nobody has ever talked; otherwise talk ends at month 0.
        executor: how worlds are lived.
        progress: told how many worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; what is finished is then returned.
    """
    begun = time.perf_counter()
    known = {(future.arm, future.replication): future for future in lived}
    silence, failures = replicate(
        silenced(design, always),
        min(runs, 1 + max((number for _, number in known), default=0)),
        executor=executor,
        progress=progress,
        interrupted=interrupted,
    )
    pairs = [
        (known[other.arm, other.replication], other)
        for other in silence
        if (other.arm, other.replication) in known
    ]
    arms = tuple(dict.fromkeys(arm for arm, _ in known))
    return WordOfMouth(arms, pairs, failures, time.perf_counter() - begun)


def talks(case: Case) -> bool:
    """Whether anybody tells anybody anything."""
    rules = case.spec.rules.word_of_mouth
    return rules.base > 0.0 or rules.positive_weight > 0.0 or rules.negative_weight > 0.0


def silenced(design: Design, always: bool) -> Design:
    """The same comparison in which nobody talks from month 0 on, or from the beginning."""
    arms = {name: without_talk(arm) for name, arm in design.arms.items()}
    base = without_talk(design.base) if always else design.base
    beside = tuple(silenced(other, always) for other in design.beside)
    return design._replace(base=base, arms=arms, beside=beside, run_off=False)


def without_talk(scenario: Data) -> Data:
    """A resolved scenario with its word of mouth off."""
    return scenario | {"mechanisms": scenario["mechanisms"] | {"word_of_mouth": "off"}}

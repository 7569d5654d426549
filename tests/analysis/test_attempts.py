"""Attempts: which comparisons a challenge lives, and what it does not live twice."""

from collections.abc import Iterable, Sequence

import pytest

from sim.analysis.attempts import Attempt, attempts_of, live_all
from sim.experiments.arms import Design, Failure, Future
from sim.experiments.outcomes import ALWAYS
from sim.experiments.runner import Result
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE, Data

POLICIES: Data = {"as_today": {}, "cheap": {"firms.acme.price": 15}}


def asked(**more: object) -> tuple[Case, dict[str, Case]]:
    """A scenario with two policies, and its arms."""
    case = scenario_from({**LIKE, "policies": POLICIES, **more})
    return case, {name: case.under_policy(name) for name in POLICIES}


def test_the_scenario_and_ten_ends() -> None:
    """As it is, then both ends of five factors; policies hold at each."""
    attempts, missing = attempts_of(*asked())
    assert [attempt.factor for attempt in attempts[:4]] == ["", "rivals", "rivals", "closure"]
    assert len(attempts) == 11
    assert missing == {}
    for attempt in attempts:
        assert attempt.design.arms["cheap"]["firms"]["acme"]["price"] == 15
        assert attempt.design.base["firms"]["acme"]["price"] == 20
    matching = attempts[2].design
    for scenario in (matching.base, *matching.arms.values()):
        assert scenario["firms"]["bolt"]["reaction"]["kind"] == "match"


def test_a_policy_may_differ_in_what_is_doubled() -> None:
    """What a policy says of talk is doubled from its own value, not from the scenario's."""
    case = scenario_from(
        {**LIKE, "policies": {"a": {}, "b": {"mechanisms.word_of_mouth.base": 1.0}}}
    )
    arms = {name: case.under_policy(name) for name in ("a", "b")}
    twice = next(a for a in attempts_of(case, arms)[0] if a.value == "twice the word of mouth")
    talk = {
        name: arm["mechanisms"]["word_of_mouth"]["base"] for name, arm in twice.design.arms.items()
    }
    assert talk == {"a": 0.5, "b": 2.0}


def test_a_factor_that_the_scenario_forbids_is_missing() -> None:
    """A mean chance of .6 cannot be doubled, and the reason names the key."""
    beta = {"distribution": "beta", "a": 6, "b": 4, "after": "purchase"}
    attempts, missing = attempts_of(*asked(customers={"exit": beta}))
    assert missing == {"exits": "customers.exit.b must be at least 1e-06"}
    assert "exits" not in [attempt.factor for attempt in attempts]
    assert len(attempts) == 9


def test_what_is_not_there_is_missing() -> None:
    """A monopolist who is not talked about: two factors fewer."""
    alone = {"firms": {"acme": {}}, "mechanisms": {"word_of_mouth": "off"}}
    attempts, missing = attempts_of(*asked(**alone))
    assert set(missing) == {"rivals", "word of mouth"}
    assert len(attempts) == 7


class Executor:
    """Gives made-up futures and remembers what it was asked to live."""

    def __init__(self, stop_at: int = 99) -> None:
        self.designs: list[Design] = []
        self.stop_at = stop_at

    def __call__(self, design: Design, replications: Sequence[int]) -> Iterable[Result]:
        self.designs.append(design)
        for number in replications:
            if len(self.designs) == self.stop_at:
                raise KeyboardInterrupt
            yield future(design, number)


def future(design: Design, number: int) -> Result:
    """A world in which everything is 1; the third broke."""
    if number == 3:
        return Failure(number, "Traceback")
    return [Future(number, arm, dict.fromkeys(ALWAYS, 1.0), None) for arm in design.arms]  # type: ignore[arg-type]


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[Attempt]:
    """Eleven attempts, whose first world is made up, too."""
    monkeypatch.setattr("sim.experiments.runner.attempt", future)
    return attempts_of(*asked())[0]


def test_what_is_as_it_is_is_not_lived_again(attempts: list[Attempt]) -> None:
    """Rivals hold and leavers are replaced anyway: nine of eleven are lived, each in 5 worlds."""
    executor, told = Executor(), []
    lived = list(live_all(attempts, 5, executor, lambda *numbers: told.append(numbers), None))
    assert [attempt for attempt, _, _ in lived] == attempts
    assert len(executor.designs) == 9
    assert attempts[1].value == "rivals that hold"
    assert lived[1][1:] == lived[0][1:]
    assert [attempt.value for attempt in attempts if not attempt.changed] == [
        "the scenario as it is", "rivals that hold", "leavers replaced",
    ]  # fmt: skip
    assert [len(failures) for _, _, failures in lived] == [1] * 11
    assert told == [(done, 45) for done in range(1, 46)]


def test_an_interruption_ends_it(attempts: list[Attempt]) -> None:
    """Ctrl-C in the third that is lived: its first world is kept and nothing more is begun."""
    executor, pressed = Executor(stop_at=3), []
    lived = list(live_all(attempts, 5, executor, None, lambda: pressed.append(True)))
    assert pressed == [True]
    assert len(executor.designs) == 3
    assert [attempt.value for attempt, _, _ in lived][-1] == "nobody in place of leavers"
    assert len(lived[-1][1]) == 2
    assert not lived[-1][2]


def test_without_a_listener_an_interruption_is_passed_on(attempts: list[Attempt]) -> None:
    """Nobody to tell: the caller meets the interruption."""
    with pytest.raises(KeyboardInterrupt):
        list(live_all(attempts, 5, Executor(stop_at=2), None, None))

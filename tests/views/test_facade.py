"""The facade: what `import sim` offers lives what the market lives, and draws itself."""

import inspect
import io
from types import SimpleNamespace

import psutil
import pytest
from matplotlib.figure import Figure

from sim.analysis import compare as analysis
from sim.market import model
from sim.market import run as market
from sim.scenario.problems import ScenarioError
from sim.views import facade
from sim.views.facade import Comparison, Run

TINY = {"population.size": 50, "warm_up": 1, "horizon": 3}


def test_a_run_is_the_market_s_own(lived: Run) -> None:
    """The same firms' months as without the facade, to the last digit."""
    bare = market.run("sim:first_market", overrides=lived_as())
    assert lived.firms.equals(bare.firms)
    assert lived.customers.equals(bare.customers)


def lived_as() -> dict[str, int]:
    """The overrides of the fixture."""
    return {"population.size": 200, "warm_up": 24, "horizon": 24}


def test_everything_about_a_run_is_passed_on() -> None:
    """Seed, --set, overrides and replication each arrive."""
    run = facade.run(
        "sim:first_market", seed=7, sets=["firms.acme.price=12"], overrides=TINY, replication=3
    )
    spec = run.market.spec
    assert (spec.seed, spec.firms["acme"].price, spec.horizon) == (7, 12, 3)
    assert run.market.replication == 3


@pytest.mark.parametrize(
    ("ours", "theirs"), [(facade.run, market.run), (facade.compare, analysis.compare)]
)
def test_nothing_can_be_asked_that_the_floor_below_does_not_know(
    ours: object, theirs: object
) -> None:
    """The same parameters with the same defaults."""
    own, their = (inspect.signature(f).parameters for f in (ours, theirs))  # type: ignore[arg-type]
    assert list(own) == list(their)
    assert [own[name].default for name in their] == [each.default for each in their.values()]


def test_progress_is_told_step_by_step() -> None:
    """One of warm-up and three booked: four steps of four."""
    heard: list[tuple[int, int]] = []
    facade.run("sim:first_market", overrides=TINY, progress=lambda *step: heard.append(step))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_an_interrupted_run_is_a_shorter_one(lived: Run) -> None:
    """Stopped after 2 booked months, its tables are the first two months of the whole run."""
    answers = iter([False] * 26 + [True])
    shorter = facade.run(
        "sim:first_market", overrides=lived_as(), interrupted=lambda: next(answers)
    )
    assert (shorter.market.month, shorter.market.running) == (2, True)
    whole = lived.firms.query("month < 2")
    for name in ("customers", "profit", "cash", "satisfaction"):
        assert shorter.firms[name].tolist() == whole[name].tolist()


def test_what_does_not_fit_into_memory_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before anything is built, for a run and for a comparison."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1000))
    monkeypatch.setattr(model, "empty_world", None)
    with pytest.raises(ScenarioError, match=r"population\.size: must fit"):
        facade.run("sim:first_market", overrides=TINY)
    with pytest.raises(ScenarioError, match=r"population\.size: must fit"):
        facade.compare("sim:retention_vs_acquisition", overrides=TINY)


def test_markets_of_a_comparison_live_side_by_side() -> None:
    """Each of 3 processes holds a world and one of its futures; 2 worlds never fill 3 processes."""
    assert facade.at_once(3, 30) == 6
    assert facade.at_once(3, 2) == 4
    with pytest.raises(ValueError, match=r"jobs must be a number of processes.*is 0; use 1"):
        facade.at_once(0, 30)


def test_a_comparison_is_the_analysis_own(compared: Comparison) -> None:
    """The same outcomes as without the facade, world by world."""
    bare = analysis.compare(compared.case, jobs=1)
    assert compared.outcomes.equals(bare.outcomes)
    assert compared.answer == bare.answer


def test_everything_about_a_comparison_is_passed_on(compared: Comparison) -> None:
    """Policies, runs and seed arrive, and worlds are told one by one."""
    heard: list[tuple[int, int]] = []
    found = facade.compare(
        compared.case, policies=["keep", "win"], runs=2, seed=9, jobs=1,
        progress=lambda *world: heard.append(world),
    )  # fmt: skip
    assert (found.arms, found.runs, found.case.spec.seed) == (("keep", "win"), 2, 9)
    assert heard == [(1, 2), (2, 2), (3, 4), (4, 4)]  # each lived once more without talk


def test_several_scenarios_are_passed_on(compared: Comparison) -> None:
    """As arms of their own, and what is not asked for twice arrives once."""
    found = facade.compare(compared.case, compared.case, runs=2, jobs=1)
    bare = analysis.compare(compared.case, compared.case, runs=2, jobs=1)
    assert found.arms == bare.arms == ("market", "market_2")
    assert found.outcomes.equals(bare.outcomes)
    assert found.apart


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_an_answer_on_the_way(
    compared: Comparison, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After ten of eleven worlds, on stderr; who asks for the words gets them instead."""
    terminal, words = Terminal(), list[str]()
    monkeypatch.setattr("sys.stderr", terminal)
    facade.compare(compared.case, runs=11, jobs=1, policies=["win", "keep"])
    assert "After 10 of 11 paired worlds: " in terminal.getvalue()
    assert capsys.readouterr().out == ""
    asked, silent = Terminal(), Terminal()
    monkeypatch.setattr("sys.stderr", asked)
    facade.compare(
        compared.case, runs=11, jobs=1, policies=["win", "keep"], preliminary=words.append
    )
    assert len(words) == 1
    assert "After 10" not in asked.getvalue()
    monkeypatch.setattr("sys.stderr", silent)
    facade.compare(compared.case, runs=4, jobs=1, policies=["win", "keep"])
    assert "After" not in silent.getvalue()


def test_an_interrupted_comparison_keeps_what_is_finished(compared: Comparison) -> None:
    """Ctrl-C in the second world leaves the first, and is reported."""
    stops: list[str] = []

    def press(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    found = facade.compare(
        compared.case, jobs=1, progress=press, interrupted=lambda: stops.append("stop")
    )
    assert (found.runs, stops) == (2, ["stop"])


def test_both_draw_themselves(lived: Run, compared: Comparison) -> None:
    """A figure each; a firm that is not there is named with those that are."""
    assert isinstance(lived.plot(), Figure)
    assert isinstance(lived.plot("bolt"), Figure)
    assert isinstance(compared.plot(), Figure)
    with pytest.raises(KeyError, match="no firm 'acne'; the firms are acme"):
        lived.plot("acne")

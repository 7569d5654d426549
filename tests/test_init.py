"""`import sim`: everything that users need, nothing loaded before it is asked for."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import sim

HEAVY = ("numpy", "pandas", "scipy", "mesa", "numba", "matplotlib", "pydantic", "click", "rich")


def test_what_is_offered_is_there() -> None:
    """Every name of __all__ loads, and is what its home calls by that name."""
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    assert {*sim.__all__} == {*sim._HOMES}
    assert sim.__all__ == sorted(sim.__all__)


def test_names_are_those_of_their_homes() -> None:
    """`sim.run` is the facade's, `sim.ScenarioError` the one that loading raises."""
    from sim.scenario.problems import ScenarioError
    from sim.views import facade, further

    assert (sim.run, sim.compare) == (facade.run, facade.compare)
    assert (sim.Run, sim.Comparison) == (facade.Run, facade.Comparison)
    assert (sim.frontier, sim.money, sim.challenge) == (
        further.frontier,
        further.money,
        further.challenge,
    )
    with pytest.raises(sim.ScenarioError):
        sim.load_scenario("sim:nothing_like_it")
    assert sim.ScenarioError is ScenarioError


def test_completion_sees_everything() -> None:
    """dir() lists what is not loaded yet too."""
    assert {*sim.__all__} <= {*dir(sim)}


def test_a_name_that_is_not_there_is_refused_with_those_that_are() -> None:
    """An AttributeError, so that hasattr works."""
    with pytest.raises(AttributeError, match=r"sim has no 'walk'; it has Challenge, .*, run"):
        _ = sim.walk
    assert not hasattr(sim, "walk")


def test_importing_it_loads_nothing_heavy() -> None:
    """A fresh Python that imports sim has imported none of the libraries."""
    code = f"import sys, sim; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_python_that_is_too_old_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """3.11 is told what is needed, what it is, and what to do."""
    monkeypatch.setattr(sys, "version_info", (3, 11, 4, "final", 0))
    with pytest.raises(ImportError) as refused:
        runpy.run_path(str(Path(sim.__file__)))
    assert str(refused.value) == (
        "sim needs Python 3.12 or newer and this is Python 3.11: install a newer one and make the "
        "environment with it, for example by python3.12 -m venv .venv"
    )

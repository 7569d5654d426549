"""A laboratory of relationship marketing: is it better to win customers or to keep them?

    import sim
    run = sim.run("sim:first_market")
    run.firms

Everything here is loaded when it is first asked for, so that ``import sim`` costs nothing.
"""

import sys
from typing import TYPE_CHECKING, Any

if sys.version_info < (3, 12):  # noqa: UP036
    raise ImportError(
        "sim needs Python 3.12 or newer and this is Python {}.{}: install a newer one and make "
        "the environment with it, for example by python3.12 -m venv .venv".format(*sys.version_info)
    )

if TYPE_CHECKING:
    from sim.market.model import Market
    from sim.market.saving import load_market
    from sim.scenario.loading import load_scenario
    from sim.scenario.problems import ScenarioError
    from sim.views.facade import Comparison, Run, compare, run
    from sim.views.version import __version__

__all__ = [
    "Comparison",
    "Market",
    "Run",
    "ScenarioError",
    "__version__",
    "compare",
    "load_market",
    "load_scenario",
    "run",
]

_HOMES = {
    "Comparison": "sim.views.facade",
    "Market": "sim.market.model",
    "Run": "sim.views.facade",
    "ScenarioError": "sim.scenario.problems",
    "__version__": "sim.views.version",
    "compare": "sim.views.facade",
    "load_market": "sim.market.saving",
    "load_scenario": "sim.scenario.loading",
    "run": "sim.views.facade",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for, once."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"sim has no {name!r}; it has {', '.join(__all__)}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    """What there is, loaded or not."""
    return sorted({*globals(), *__all__})

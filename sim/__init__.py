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
    from sim.views.five_percent import FivePercent, five_percent
    from sim.views.further import Challenge, Frontier, Money, challenge, frontier, money
    from sim.views.version import __version__

__all__ = [
    "Challenge",
    "Comparison",
    "FivePercent",
    "Frontier",
    "Market",
    "Money",
    "Run",
    "ScenarioError",
    "__version__",
    "challenge",
    "compare",
    "five_percent",
    "frontier",
    "load_market",
    "load_scenario",
    "money",
    "run",
]

_HOMES = {
    "Challenge": "sim.views.further",
    "Comparison": "sim.views.facade",
    "FivePercent": "sim.views.five_percent",
    "Frontier": "sim.views.further",
    "Market": "sim.market.model",
    "Money": "sim.views.further",
    "Run": "sim.views.facade",
    "ScenarioError": "sim.scenario.problems",
    "__version__": "sim.views.version",
    "challenge": "sim.views.further",
    "compare": "sim.views.facade",
    "five_percent": "sim.views.five_percent",
    "frontier": "sim.views.further",
    "load_market": "sim.market.saving",
    "load_scenario": "sim.scenario.loading",
    "money": "sim.views.further",
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

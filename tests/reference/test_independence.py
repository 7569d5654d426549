"""The reference shares with the market the scenario, the draws and the network, nothing else."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BESIDE = {"adopt", "compare", "close_calls", "lively", "worlds"}
"""What looks at both of them."""
PLAIN = sorted(
    file.stem
    for file in HERE.glob("*.py")
    if file.stem not in BESIDE and not file.stem.startswith("test_")
)
SHARED = ("sim.draws", "sim.scenario.", "sim.market.ties")


def imported(module: str) -> set[str]:
    """The modules of the project that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((HERE / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "sim":
            names |= {f"sim.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.split(".")[0] in ("sim", "tests")}


@pytest.mark.parametrize("module", PLAIN)
def test_nothing_of_the_market_is_used(module: str) -> None:
    """No rule of behaviour, policy or market is imported, by the reference or by what it uses."""
    known = {f"tests.reference.{name}" for name in PLAIN}
    others = imported(module) - known
    assert all(name.startswith(SHARED) for name in others), others


def test_this_is_the_whole_reference() -> None:
    """The model is among the modules looked at, and so is everything that a month is made of."""
    assert {"model", "customer", "firm", "occasion", "purchase", "talk", "traits"} <= set(PLAIN)

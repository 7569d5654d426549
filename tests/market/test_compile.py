"""Compiled code: the same month as plain Python, and never an old one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from sim.behaviour import trust
from sim.market import compile as compiled
from sim.market import context
from sim.market.compile import as_records, cache_folder, plain_functions, source_hash
from sim.market.lean import without_dealings
from tests.market.plain_month import EVERYTHING, SETTINGS, books, changes
from tests.market.worlds import made, same

REPOSITORY = Path(__file__).parents[2]
CRM = {
    "population": {"size": 3, "network": {"kind": "complete"}},
    "firms": {"acme": {"crm": {"personalisation": 0.5}}},
}


def python(*arguments: str, **variables: str) -> str:
    """What Python prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **variables},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# ── plain Python ──────────────────────────────────────────────────────────────────────────────


def test_the_plain_month_is_the_compiled_month(tmp_path: Path) -> None:
    """Without compilation the same market is lived, every number equal to the last bit.

    Squares that are only summed up may differ in the last digit of their sum.
    """
    file = tmp_path / "plain.npz"
    said = python("-m", "tests.market.plain_month", str(file), NUMBA_DISABLE_JIT="1")
    assert said == "plain"
    expected = {name: table for setting in SETTINGS for name, table in books(setting).items()}
    assert expected["subscription.ledger"]["saved"].sum() > 0
    with np.load(file) as plain:
        assert set(plain.files) == set(expected)
        for name, table in expected.items():
            for field in table.dtype.names or ():
                if field.endswith("_squared"):
                    assert np.allclose(plain[name][field], table[field], rtol=1e-12, atol=0)
                else:
                    assert same(plain[name][field], table[field]), f"{name}, {field}"


def test_records_are_the_same_tables() -> None:
    """Rows read by field name write into the table that compiled code reads."""
    world = made({"population": {"size": 3, "network": {"kind": "complete"}},
                  "firms": {"acme": {}}}).world  # fmt: skip
    records = as_records(world)
    records.people[1].basket = 7.5
    records.relations[2, 0].trust = 0.25
    assert world.people["basket"][1] == 7.5
    assert world.relations["trust"][2, 0] == 0.25


# ── never an old one ──────────────────────────────────────────────────────────────────────────

EXITS = """
from sim.market.model import Market
population = {"size": 500, "network": {"kind": "complete"}}
market = Market({"population": population, "firms": {"acme": {}}, "customers": {"exit": 0.5}})
market.passes.set_out(market.now(), market.world)
print(market.world.tally["exits"][0])
"""


def test_an_edited_rule_takes_effect(tmp_path: Path) -> None:
    """A rule edited in a file of its own changes what the compiled month does, at once.

    The month's own file stays as it is, and both lie in one cache: what Numba would not notice.
    """
    shutil.copytree(REPOSITORY / "sim", tmp_path / "sim")
    variables = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    script = tmp_path / "exits.py"
    script.write_text(EXITS, "utf-8")
    before = int(python(str(script), **variables))
    rule = tmp_path / "sim" / "behaviour" / "leaving.py"
    text = rule.read_text("utf-8")
    assert text.count("draws.exponential(u) / hazard") == 1
    rule.write_text(text.replace("draws.exponential(u)", "2 * draws.exponential(u)"), "utf-8")
    after = int(python(str(script), **variables))
    assert len(list((tmp_path / "cache" / "relmarket").iterdir())) == 2
    for exits, share in ((before, 1 - np.exp(-0.5)), (after, 1 - np.exp(-0.25))):
        assert exits == pytest.approx(500 * share, abs=4 * np.sqrt(500 * share * (1 - share)))
    assert after < before


def test_the_hash_covers_every_compiled_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of a file that goes into machine code changes the hash, another edit does not."""
    shutil.copytree(REPOSITORY / "sim", tmp_path / "sim")
    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "sim" / "market" / "compile.py"))
    seen = {source_hash(*compiled.COMPILED)}
    files = ["draws.py", "behaviour/trust.py", "policy/targets.py", "market/month.py"]
    for name in files:
        edited = tmp_path / "sim" / name
        edited.write_text(edited.read_text("utf-8") + "\n# edited\n", "utf-8")
        seen.add(source_hash(*compiled.COMPILED))
    assert len(seen) == 1 + len(files)
    whole = source_hash()
    (tmp_path / "sim" / "experiments" / "runner.py").write_text("", "utf-8")
    assert source_hash(*compiled.COMPILED) in seen
    assert source_hash() != whole


def test_every_rule_is_compiled() -> None:
    """Each file of behaviour is registered, but declarations and what firms and partners alone use.

    These act once a step, beside the compiled month.
    """
    folder = REPOSITORY / "sim" / "behaviour"
    declarations = {"__init__", "parameter", "rules", "loyalty"}
    few = {
        "levels", "staffing", "queueing", "path", "rejection", "price_memory", "innovation",
        "partnership", "opportunism", "reciprocity", "renewal", "supply", "counsel", "capital",
        "attention", "bond",
    }  # fmt: skip
    names = {f"behaviour.{file.stem}" for file in folder.glob("*.py")} - {
        f"behaviour.{name}" for name in declarations | few
    }
    assert names <= set(compiled.RULES)


def test_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machine code lies in the user's cache; where that cannot be written, in the temporary one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    name = source_hash(*compiled.COMPILED)
    assert cache_folder() == tmp_path / "relmarket" / name
    assert cache_folder().is_dir()
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "elsewhere"))
    assert cache_folder() == tmp_path / "elsewhere" / "relmarket" / name


def test_plain_functions_are_a_modules_own() -> None:
    """Imported functions belong to the module that defines them."""

    def mine() -> None: ...

    mine.__module__ = "somewhere"
    module = ModuleType("somewhere")
    vars(module).update(mine=mine, theirs=source_hash, number=3)
    assert plain_functions(module) == [mine]


def test_passes_are_compiled_once() -> None:
    """Markets of one process and kind share their machine code."""
    assert compiled.passes(True) is compiled.passes(True)
    assert compiled.passes(False) is not compiled.passes(True)


# ── with and without dealings ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_the_month_without_dealings_is_the_month(setting: str) -> None:
    """A market that keeps no dealings lives the same by either machine code, to the last bit."""
    lean, whole = (
        made(EVERYTHING, changes(setting), {"record": {"grievances": False}}) for _ in range(2)
    )
    assert lean.passes is compiled.passes(False)
    whole.passes = compiled.passes(True)
    for market in (lean, whole):
        market.run_model()
    for name, table in lean.world._asdict().items():
        other = getattr(whole.world, name)
        for field in table.dtype.names or ():
            if field.endswith("_squared"):
                assert np.allclose(table[field], other[field], rtol=1e-12, atol=0)
            else:
                assert same(table[field], other[field]), f"{name}, {field}"


def test_what_is_left_out() -> None:
    """Copies ask nothing about dealings and call copies; rules are shared."""
    asking: list[Callable[..., Any]] = [context.is_stopped, context.belongs, trust.updated]
    versions = without_dealings([*asking, context.has_dealings])
    assert list(versions) == asking
    assert versions[trust.updated] is trust.updated
    copy = versions[context.belongs]
    assert copy.__globals__["is_stopped"] is versions[context.is_stopped]
    assert context.belongs.__globals__["is_stopped"] is context.is_stopped
    market = made(CRM)
    world = as_records(market.world)
    world.dealings["stopped"] = 1
    assert context.is_stopped(world, 0, 0)
    assert not versions[context.is_stopped](market.world, 0, 0)


def test_a_market_that_kept_dealings_goes_on_with_them() -> None:
    """What a firm has ended stays ended in a future in which it judges nobody any more."""
    future = made(CRM).branch({"firms.acme.crm": None})
    assert future.passes is compiled.passes(True)

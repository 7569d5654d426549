"""The laws of every market, on scenarios of everything that a file may say."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from sim.market.firms import SPENT
from sim.scenario.schema import Scenario
from tests.properties.laws import LAWS
from tests.properties.life import live
from tests.properties.scenarios import EXTENTS, Written, scenarios, some


@pytest.mark.parametrize("extent", EXTENTS)
def test_every_law_holds(extent: settings, tmp_path: Path) -> None:
    """Any valid scenario can be lived to its horizon, and every law holds of it."""

    @extent
    @given(scenarios())
    def any_market(written: Written) -> None:
        life = live(written.case(tmp_path))
        for law in LAWS:
            law(life)

    any_market()


@pytest.mark.slow
def test_scenarios_of_every_kind(tmp_path: Path) -> None:
    """Five hundred of them say everything that tells kinds apart."""
    specs = [written.case(tmp_path).spec for written in some(500)]
    assert kinds_of(specs) >= {
        "subscription", "repertoire", "b2b", "month", "week", "single", "double",
        "replace", "cohort", "poisson", "listed",
        "complete", "random", "small_world", "scale_free", "edges",
        "hold", "match", "adapt", "imitate",
        "fixed", "gamma", "beta", "period", "purchase", "normal", "dirichlet", "gamma_gamma",
    }  # fmt: skip
    assert {each.act for spec in specs for each in spec.interventions} == {"set", "shift", "hold"}
    assert len({len(spec.firms) for spec in specs}) > 3
    assert {len(spec.suppliers) for spec in specs} == {0, 1, 2, 3}
    contracts = {each.contract for spec in specs for each in spec.suppliers.values()}
    assert contracts == {"oral", "documented", "both"}


RARE = (
    "breaches", "shortages", "replaced", "partnering", "points_redeemed", "points_expired",
    "points_forfeited", "missed", "margins", "fees", "interest", "deals", "managers_left",
    "at_risk",
)  # fmt: skip
"""Counts of what happens between firms and partners, to points and business accounts, seldom."""


def test_most_markets_are_lively(tmp_path: Path) -> None:
    """In half of the markets people buy; in one or other every instrument is paid for, ties break.

    People buy more than twenty times; business accounts, who decide seldom, once. Which markets are
    drawn depends on the modules that are loaded: seldom 400 are too few.
    """
    awaited, lively, count = {*SPENT, *RARE}, 0, 0
    for written in (each for number in (400, 1200) for each in some(number)):
        case = written.case(tmp_path)
        ledger = live(case).ledger
        awaited -= {name for name in awaited if ledger[name].any()}
        lively += ledger["purchases"].sum() > (0 if case.spec.setting == "b2b" else 20)
        count += 1
        if count >= 60 and not awaited:
            break
    assert not awaited, awaited
    assert lively > count / 2


def kinds_of(specs: list[Scenario]) -> set[str]:
    """The words by which scenarios say what kind of thing they mean."""
    found: set[str] = set()
    for spec in specs:
        people, network = spec.population.entry, spec.population.network
        customers = (spec.customers, *(group.customers for group in spec.groups.values()))
        found |= {spec.setting, spec.step, spec.precision, people.closure, network.kind}
        found |= {firm.reaction.kind for firm in spec.firms.values()}
        for traits in customers:
            for trait in (traits.exit, traits.basket, traits.taste, traits.needs):
                found |= {trait.distribution, getattr(trait, "after", "")}
    return found

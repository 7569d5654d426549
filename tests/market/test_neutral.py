"""What is off, unpaid or only counted in another currency changes nothing."""

from typing import Any

import numpy as np
import pytest

from sim.behaviour.parameter import neutral
from sim.behaviour.rules import MECHANISMS
from sim.market.firms import SPENT
from sim.scenario.schema import worded
from tests.market.worlds import LIKE, Data, alike, lived, same

SETTINGS = ["subscription", "repertoire", "b2b"]
ACCOUNTS = ("pipeline", "attention", "bond", "negotiation", "pressure")
"""Mechanisms of business accounts, who are in b2b only."""
LIVELY: Data = {
    "warm_up": 0,
    "horizon": 8,
    "mechanisms": {
        "salience": {"immunity": 0.5},
        "information": {"search": 0.7},
        "promises": {"transparency": 0.6},
        "imitation": {"innovation": 0.05, "imitation": 0.3},
        "forgetting": {"expectation": 0.1},
        "experience": {"failure": 0.2},
        "complaints": {"loss": 0.5, "voice": 1.0, "exit": 0.5},
        "expectation": {"norm": 0.3},
        "price_memory": {"gain": 1.0, "loss": 2.0},
        "opportunism": {"chance": 0.9},
        "breadth": {"attention": 0.3, "bond": 0.5},
        "innovation": {"innovation": 0.3},
    },
    "suppliers": {
        "mill": {"to": "acme", "trust": 0.0, "commitment": 0.9, "patience": 1.0},
        "yard": {"to": "bolt", "trust": 0.1, "commitment": 0.0, "term": 1.0, "reliability": 0.5},
    },
    "distributors": {"shop": {"to": "acme", "quality": 0.9, "trust": 0.1}},
    "agencies": {"spark": {"to": "bolt"}},
    "investors": {"bank": {"to": "cora", "line": 100.0}},
    "firms": {
        "cora": {"fixed_cost": 600},
        "bolt": {"differentiation": {"stop_below": 20.0, "judged_after": 2.0}},
        "acme": {
            "policy": {
                "split": {"referral_reward": 0.3, "contact": 0.2, "loyalty": 0.2, "crm": 0.3}
            },
            "staff": {},
            "helpdesk": {"hours": 0.5},
            "programme": {"tiers": {"gold": {"spend": 60.0}}},
            "pricing": {"kind": "promotions", "every": 3},
            "lines": {"care": {"need": 0.8}, "bags": {"fit": 2.0}},
            "launch": {"month": 1, "listens": 1.0, "product": {"need": 0.9}},
            "path": {"friction": 0.2},
            "crm": {"personalisation": 1.0},
            "level": "partnership",
        },
    },
}
"""Mechanisms that are off by default are on, so that switching one off shows."""


MANAGED: Data = {"pressure": 0.9, "managers": {"people": {"anna": {"capacity": 5}}}}
"""What business accounts meet of a firm: pressure, and a manager who has too much to do."""


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", MECHANISMS)
def test_off_is_neutral(name: str, setting: str) -> None:
    """`off` is the mechanism with every parameter at its neutral value, in each setting."""
    silent = {f: worded(v) for f, v in neutral(MECHANISMS[name])._asdict().items()}
    off = lived(LIKE, LIVELY, {"setting": setting, "mechanisms": {name: "off"}})
    spelled = lived(LIKE, LIVELY, {"setting": setting, "mechanisms": {name: silent}})
    assert off.case.resolved() == spelled.case.resolved()
    assert alike(off, spelled)


@pytest.mark.parametrize("name", sorted(set(MECHANISMS) - {"needs"}))
def test_off_makes_a_difference(name: str) -> None:
    """Every mechanism moves the market where it is on, so that the test above is no empty one."""
    change: Data = {"setting": "repertoire"}
    if name in ACCOUNTS:
        change = {"setting": "b2b", "firms": {"acme": MANAGED}}
    if name == "capital":  # it looks back over a year
        change["horizon"] = 30
    on = lived(LIKE, LIVELY, change)
    assert not alike(on, lived(LIKE, LIVELY, change, {"mechanisms": {name: "off"}}))


IDLE: dict[str, Data] = {
    "experience": {"damage": 0.9, "complain": 1.0, "recover": 0.9, "recovery_bonus": 0.5},
    "expectation": {"experienced": 1.0},
    "word_of_mouth": {"all_customers": True, "per_tie": True},
    "trust": {"keep": 0.1},
    "commitment": {"base": 0.9},
    "personalisation": {"ageing": 0.5, "tolerance": 0.0, "spread": 0.9},
    "staffing": {"weakest": True},
    "programme": {"waking": 0.9, "asking": 0.9, "consolation": 0.9, "forming": 0.9, "fading": 0.9},
    "opportunism": {"cut": 0.9, "documented": 0.9, "complementarity": 1.0},
    "price_memory": {"adjusting": 0.9},
    "reciprocity": {"temptation": 0.0, "penalty": 9.0},
}
"""Parameters without a neutral value, which a mechanism that is off must not use."""


@pytest.mark.parametrize("name", IDLE)
def test_off_ignores_the_rest(name: str) -> None:
    """What a mechanism still says beside its neutral values has no effect.

    Supply is off, too: what fails through it does the damage that experience says.
    """
    silent = {f: worded(v) for f, v in neutral(MECHANISMS[name])._asdict().items()}
    quiet: Data = {"mechanisms": {"supply": "off"}}
    off = lived(LIKE, LIVELY, quiet, {"mechanisms": {name: silent}})
    other = lived(LIKE, LIVELY, quiet, {"mechanisms": {name: silent | IDLE[name]}})
    assert alike(off, other)


def test_what_off_means() -> None:
    """Off: nobody tells, nothing fails, no firm slips from memory, trust and commitment rest."""
    names = (
        "word_of_mouth", "experience", "forgetting", "trust", "commitment", "satisfaction",
        "contacts", "referral", "supply", "personalisation", "rejection",
    )  # fmt: skip
    off = {"mechanisms": dict.fromkeys(names, "off"), "customers": {"exit": 0}}
    market = lived(LIKE, LIVELY, off)
    ledger, relations = market.history.ledger(), market.world.relations
    assert ledger["praise"].sum() + ledger["blame"].sum() + ledger["failures"].sum() == 0
    assert (relations["salience"] >= np.float32(0.3)).all()
    assert (relations["trust"] == np.float32(0.3)).all()
    assert (relations["commitment"] == 0).all()


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_budget_or_nothing_to_spend_it_on(setting: str) -> None:
    """A budget of 0, whatever its split, is a budget that is spent on nothing."""
    policies: list[Any] = [
        {"budget": {"amount": 0}},
        {"budget": {"per_head": 0.0}, "split": {"service": 1.0}},
        {"budget": {"amount": 500}, "split": {}},
        {"budget": {"share_of_revenue": 0.2}, "split": {}},
    ]
    first, *others = (
        lived({**LIKE, "firms": {n: {"policy": p} for n in LIKE["firms"]}}, {"setting": setting})
        for p in policies
    )
    assert first.history.ledger()["revenue"].sum() > 0
    assert all(first.history.ledger()[name].sum() == 0 for name in SPENT)
    assert all(alike(first, other) for other in others)


def test_accounts_without_their_mechanisms_are_subscribers() -> None:
    """b2b with all of its mechanisms off is subscription, to the last bit, the counts apart."""
    change: Data = {"horizon": 12, "mechanisms": dict.fromkeys(ACCOUNTS, "off")}
    plain, accounts = (
        lived(LIKE, LIVELY, change, {"setting": setting}) for setting in ("subscription", "b2b")
    )
    assert same(plain.world.people, accounts.world.people)
    assert same(plain.world.relations, accounts.world.relations)
    assert same(plain.world.accounts, accounts.world.accounts)
    one, other = plain.history.ledger(), accounts.history.ledger()
    apart = {name for name in one.dtype.names or () if not same(one[name], other[name])}
    assert other["deals"].sum() >= one["switched"].sum() > 0
    assert {name.split("_")[0] for name in apart} == {"leads", "opportunities", "deals"}


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_elsewhere_they_are_nothing(setting: str) -> None:
    """Where there are no business accounts, what their mechanisms say has no effect."""
    off: Data = {"setting": setting, "mechanisms": dict.fromkeys(ACCOUNTS, "off")}
    on = lived(LIKE, LIVELY, {"setting": setting})
    assert alike(on, lived(LIKE, LIVELY, off))
    assert not any(
        on.world.dealings[name].any() for name in ("stage", "manager", "bond", "discount")
    )


def in_other_money(factor: float, setting: str) -> Data:
    """The same market where every sum of money is written ``factor`` times as large."""
    split = {"advertising": 0.3, "service": 0.2, "loyalty": 0.2, "recovery": 0.3}
    if setting == "subscription":
        split |= {"recovery": 0.1, "save": 0.2}
    budgets: list[Data] = [
        {"amount": 40 * factor},
        {"per_head": 0.5 * factor},
        {"share_of_revenue": 0.1},
    ]
    offer = {
        "price": 20 * factor,
        "unit_cost": 10 * factor,
        "cost_to_serve": 2 * factor,
        "fixed_cost": 7 * factor,
    }
    rates = {"advertising": 1.2, "service": 0.7, "recovery": 0.1, "loyalty": 0.7, "save": 0.05}
    return {
        "setting": setting,
        "mechanisms": {"choice": {"reference_price": 20.0 * factor}},
        "instruments": {name: {"rate": rate / factor} for name, rate in rates.items()},
        "firms": {
            name: offer | {"policy": {"budget": budget, "split": split}}
            for name, budget in zip(("acme", "bolt", "cora"), budgets, strict=True)
        },
    }


MONEY = {"revenue", "goods", "serving", *SPENT, "discounts", "fixed_cost", "unallocated"}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("factor", [2.0, 0.25, 1.1])
def test_another_currency(setting: str, factor: float) -> None:
    """All money times a factor is all money times it, and nobody acts otherwise.

    To the last bit where the factor is a power of two.
    """
    change = {"precision": "double", "firms": {}}
    one, other = (lived(LIKE, change, in_other_money(f, setting)) for f in (1.0, factor))
    first, second = one.history.ledger(), other.history.ledger()
    exact = factor != 1.1
    for name in first.dtype.names or ():
        expected = first[name] * (factor if name in MONEY else 1)
        if exact or first[name].dtype.kind == "i":
            assert np.array_equal(second[name], expected), name
        else:
            assert np.allclose(second[name], expected, rtol=1e-12), name
    for name in ("revenue", "profit", "acquisition_cost"):
        scaled = one.world.accounts[name] * factor
        assert np.allclose(other.world.accounts[name], scaled, rtol=0 if exact else 1e-9), name
    assert same(one.world.people["provider"], other.world.people["provider"])
    assert min(first[name].sum() for name in ("loyalty", "advertising", "recovery")) > 0

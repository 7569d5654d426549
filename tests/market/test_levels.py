"""Levels of a relationship in the market: what customers meet, and what is booked."""

from typing import Any

import numpy as np
import pytest

from sim.market.firms import profit
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made

HELD: Data = {"start": {"customers": {"acme": 1}}}


def at(level: str, **rules: float) -> Data:
    """Acme at a level, and what levels do."""
    return {"firms": {"acme": {"level": level}}, "mechanisms": {"levels": rules}}


def one(*changes: Data) -> Any:
    """The ledger of a year of one person, who is a customer from before the first step."""
    return lived(ALONE, HELD, *changes).history.ledger()[:, 0]


@pytest.mark.parametrize(
    ("level", "cost"),
    [("basic", 0), ("reactive", 1), ("accountable", 2), ("proactive", 3), ("partnership", 4)],
)
@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_what_a_level_costs(setting: str, level: str, cost: float) -> None:
    """By the customer and month, or by the purchase; it is booked apart, and carried by both."""
    costs = {f"{n}_cost": float(c) for c, n in enumerate(
        ("reactive", "accountable", "proactive", "partnership"), 1)}  # fmt: skip
    market = lived(ALONE, HELD, at(level, **costs), {"setting": setting})
    ledger = market.history.ledger()[:, 0]
    times = ledger["customers"] if setting == "subscription" else ledger["purchases"]
    assert times.sum() > 3
    assert ledger["relating"].tolist() == pytest.approx((cost * times).tolist())
    assert market.world.accounts["profit"].sum() == pytest.approx(profit(ledger).sum())


def test_asking_finds_out_what_nobody_says() -> None:
    """All fail and nobody complains: .2 are told of when asked for, .6 after a call."""
    fails: Data = {
        "population": {"size": 4000},
        "horizon": 1,
        "mechanisms": {"experience": {"failure": 1, "complain": 0}},
    }
    for level, share in (("basic", 0.0), ("reactive", 0.2), ("accountable", 0.6)):
        ledger = one(fails, at(level, told=0.2, found=0.5))
        wide = 4 * np.sqrt(share * (1 - share) / 4000)
        assert ledger["failures"].sum() == 4000
        assert ledger["complaints"].sum() / 4000 == pytest.approx(share, abs=wide)


def test_a_help_desk_asks_the_others() -> None:
    """Of the half that a level leaves unheard, a proactive help desk finds out a half."""
    desk: Data = {"firms": {"acme": {"helpdesk": {"proactive": 0.5, "agents": 50}}}}
    market = lived(ALONE, HELD, at("reactive", told=0.5), desk)
    assert market.firms[0].terms["asks"] == 0.75


def test_somebody_comes_by() -> None:
    """From proactive on customers are contacted at the chance said, without any money for it."""
    people: Data = {"population": {"size": 2000}, "horizon": 1}
    below = one(people, at("accountable", contact=0.3))
    assert below["contacts"].sum() == below["in_touch"].sum() == 0
    ledger = one(people, at("proactive", contact=0.3))
    assert ledger["in_touch"].sum() == 2000
    wide = 4 * np.sqrt(0.3 * 0.7 / 2000)
    assert ledger["contacts"].sum() / 2000 == pytest.approx(0.3, abs=wide)
    assert ledger["contact"].sum() == 0.0


def test_paid_contacts_come_on_top() -> None:
    """Money buys a chance among those who would not have been visited: 1 - (1 - a)(1 - .3)."""
    paid: Data = {"firms": {"acme": {"policy": {"budget": {"amount": 5}, "split": {"contact": 1}}}}}
    alone = lived(ALONE, HELD, paid, {"horizon": 1}).firms[0].terms["contact"]
    both = lived(ALONE, HELD, paid, {"horizon": 1}, at("proactive", contact=0.3))
    assert both.firms[0].terms["contact"] == pytest.approx(1 - (1 - alone) * 0.7)


def test_working_together_fits_better() -> None:
    """Quality .72 leaves .28; half of that filled is .86, met by everybody at each purchase."""
    ledger = one(at("partnership", learning=0.5, contact=0.0))
    assert (ledger["quality"] / ledger["purchases"]).tolist() == pytest.approx([0.86] * 12)
    assert one(at("proactive", learning=0.5))["quality"][0] == pytest.approx(0.72)


def test_partnership_binds() -> None:
    """The wish to stay is moved by orientation × bond of what is missing: .5 · .4 of 1."""
    trustless: Data = {
        "mechanisms": {"trust": {"start": 0, "gain": 0}, "commitment": {"learning": 1}},
        "horizon": 1,
    }
    market = lived(ALONE, HELD, trustless, at("partnership", bond=0.4, contact=0.0))
    relation = market.world.relations[0, 0]
    assert relation["trust"] == 0.0
    assert relation["commitment"] == pytest.approx(0.2)


@pytest.mark.parametrize("level", ["reactive", "accountable", "proactive", "partnership"])
def test_off_makes_all_levels_basic(level: str) -> None:
    """With the mechanism off a level is nothing, to the bit; with it on, it is something."""
    basic = lived(LIKE)
    named = {"firms": {"acme": {"level": level}}}
    assert alike(basic, lived(LIKE, named, {"mechanisms": {"levels": "off"}}))
    assert not alike(basic, lived(LIKE, named))


def test_who_comes_by_needs_no_channel() -> None:
    """A firm with channels is at most accountable."""
    channels: Data = {"firms": {"acme": {"channels": {"mail": {}}}}}
    made(LIKE, channels, {"firms": {"acme": {"level": "accountable"}}})
    with pytest.raises(ScenarioError, match=r"firms\.acme\.level: must be basic, reactive or"):
        made(LIKE, channels, {"firms": {"acme": {"level": "proactive"}}})

"""Contacts by channels: whom they reach, what they cost, how one is left alone on each."""

from typing import Any

import numpy as np
import pytest

from sim.market.approaching import be_spoken_to
from sim.market.channels import CHANCE, COST, IN_TOUCH, is_reachable
from sim.market.compile import as_records
from sim.market.state import FATIGUE_UNIT
from sim.scenario.channels import NAMES
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, stepped

HELD: Data = {"start": {"customers": {"acme": 1}}}
CHATTY: Data = {"instruments": {"contact": {"ceiling": 1, "rate": 1000}}}
"""Whoever can be contacted is."""
MAIL, MOBILE = NAMES.index("mail"), NAMES.index("mobile")


def speaking(money: float, **channels: Data) -> Data:
    """Acme spends this much a month on contacts by these channels."""
    policy = {"budget": {"amount": money}, "split": {"contact": 1.0}}
    return {"firms": {"acme": {"policy": policy, "channels": channels or None}}}


def everybody(**fields: Any) -> Data:
    """A channel by which everybody may be contacted."""
    return {"reach": 1.0} | fields


def test_a_channel_that_is_open_to_all_is_as_none_was() -> None:
    """One channel with nothing special, everybody contacted, nobody lost: the same market."""
    still: Data = {"mechanisms": {"contacts": {"opt_out": 0, "opt_out_weary": 0}}}
    one = lived(ALONE, HELD, CHATTY, still, speaking(100, site=everybody()))
    assert one.history.ledger()["contacts"].sum() == 12
    assert alike(one, lived(ALONE, HELD, CHATTY, still, speaking(100)))


def test_money_is_divided_by_parts_and_among_those_who_listen() -> None:
    """90 for mail and 30 for the telephone, which half of 60 people have: 1.5 and about 1."""
    channels = {"mail": everybody(part=3), "mobile": {"reach": 0.5}}
    market = stepped(made(ALONE, HELD, speaking(120, **channels), {"population": {"size": 60}}), 1)
    heads = market.channels[IN_TOUCH, 0]
    assert heads[MAIL] == 60
    assert 15 < heads[MOBILE] < 45  # 30 on average, 4 standard deviation
    assert market.channels[COST, 0, [MAIL, MOBILE]] == pytest.approx([1.5, 30 / heads[MOBILE]])
    assert market.history.last["in_touch"][0] == heads.sum()
    assert market.history.last["contact"][0] == pytest.approx(120)
    assert market.world.accounts["profit"].sum() == pytest.approx(60 * (10 - 2) - 120)


def test_a_dear_channel_says_less() -> None:
    """Twice as dear, 2 a head do what 1 does: .6 (1 - 1/e)."""
    change = speaking(2, mail=everybody(dearness=2))
    market = stepped(made(ALONE, HELD, change), 1)
    assert market.channels[CHANCE, 0, MAIL] == pytest.approx(0.6 * (1 - np.exp(-1)))


def test_who_lets_a_firm_use_a_channel_does_so_for_good() -> None:
    """Three in ten of 4,000, the same ones at any time, and others by another channel."""
    change = speaking(1, mail={"reach": 0.3}, mobile={"reach": 0.3})
    market = made(ALONE, HELD, change, {"population": {"size": 4000}})
    w, m = as_records(market.world), market.now()
    w.firms[0].contact_target = 3
    by_mail, later, by_phone = (
        np.array([is_reachable(m._replace(step=step), w, i, 0, k) for i in range(4000)])
        for step, k in ((0, MAIL), (9, MAIL), (0, MOBILE))
    )
    assert abs(by_mail.mean() - 0.3) < 4 * np.sqrt(0.21 / 4000)
    assert (by_mail == later).all()
    assert abs((by_mail & by_phone).mean() - 0.09) < 4 * np.sqrt(0.09 * 0.91 / 4000)


def test_contacts_by_hand() -> None:
    """Half as warm by mail: .015; then .03 · .8 of the rest by telephone, twice as tiring."""
    change = speaking(1, mail=everybody(warmth=0.5), mobile=everybody(weariness=2))
    market = made(ALONE, HELD, change)
    w, m = as_records(market.world), market.now()
    w.firms[0].contact_target = 3
    m.channels[CHANCE, 0, [MAIL, MOBILE]] = 1.0
    be_spoken_to(m, w, 0, 0)
    relation = w.relations[0, 0]
    assert w.ledger[0].contacts == 2
    assert relation.commitment == pytest.approx(0.015 + 0.03 * 0.8 * 0.985, abs=1e-5)
    assert relation.fatigue / FATIGUE_UNIT == pytest.approx(0.2 + 0.4 * 0.8, abs=1e-4)


def test_who_has_enough_of_one_channel_is_still_there_by_another() -> None:
    """Where every contact is the last of its channel, each channel has one, and costs no more."""
    sure: Data = {"mechanisms": {"contacts": {"opt_out": 1}}}
    change = speaking(10, mail=everybody(), mobile=everybody())
    market = lived(ALONE, HELD, CHATTY, sure, change, {"horizon": 4})
    ledger = market.history.ledger()[:, 0]
    assert ledger["contacts"].tolist() == ledger["opt_outs"].tolist() == [2, 0, 0, 0]
    assert ledger["contact"].tolist() == [10, 0, 0, 0]
    assert market.world.dealings["silenced"][0, 0] == (1 << MAIL) + (1 << MOBILE)
    assert (market.world.people["opted_out"] == 0).all()


def test_rivals_go_on_as_before() -> None:
    """Channels of one firm move no contact of another in the first step."""
    change = speaking(100, mail=everybody())
    one, other = (stepped(made(LIKE, given), 1).history.last for given in (change, speaking(100)))
    for name in ("contacts", "in_touch", "contact"):
        assert (one[name][1:] == other[name][1:]).all()

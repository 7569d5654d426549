"""Choice: which firms come to mind, what each is worth, and which one is taken."""

from typing import Any

import numpy as np
import pytest

from sim.market.choosing import choose, strikes, worth
from sim.market.compile import as_records
from sim.market.luck import throw_at_occasion
from sim.market.model import Market
from sim.market.state import NO_FIRM
from tests.market.worlds import ALONE, Data, lived, made

TWO: Data = {"firms": {"acme": {}, "bolt": {"policy": {"budget": {"amount": 0}, "split": {}}}}}


def one_person(*changes: Data) -> tuple[Market, Any, Any]:
    """The market, month and tables of one person and two firms."""
    market = made(ALONE, TWO, *changes)
    return market, market.now(), as_records(market.world)


def test_worth_by_hand() -> None:
    """Utility is the sum of its parts, in each of which one can put one number."""
    change: Data = {
        "mechanisms": {"choice": {"staying": 3.5}, "loyalty": {"weight": 2}},
        "firms": {"acme": {"appeal": 0.4, "friction": 0.1, "price": 40}},
        "switching_costs": {"none": {"acme": 0.25}},
    }
    _, m, w = one_person(change)
    relation = w.relations[0, 0]
    relation.taste, w.firms[0].reward = 0.2, 0.3
    newcomer = 0.2 + 4 * (0.65 - 0.65) + (0.4 - 0.1) - 0.25 - np.log(2)
    assert worth(m, w, 0, 0, False) == pytest.approx(newcomer)
    relation.purchases, relation.satisfaction, relation.trust = 1, 0.8, 0.5
    relation.commitment, w.people[0].provider = 0.6, 0
    customer = 0.2 + 4 * 0.15 + 1 * 0.2 + 0.5 * 0.6 + 2 * 0.3 + 3.5 + 0.3 - np.log(2)
    assert worth(m, w, 0, 0, False) == pytest.approx(customer)
    assert worth(m, w, 0, 0, True) == pytest.approx(customer - np.log(0.8))


def test_linear_price() -> None:
    """By its difference, a price of 30 against 20 weighs .5 times the sensitivity."""
    change: Data = {
        "mechanisms": {"choice": {"linear_price": True}},
        "firms": {"acme": {"price": 30}},
    }
    _, m, w = one_person(change)
    assert worth(m, w, 0, 0, False) == pytest.approx(-0.5)


def test_a_forbidden_switch_never_happens() -> None:
    """From acme nobody ever goes to bolt where that is `never`, however much better it is."""
    change: Data = {
        "population": {"size": 100},
        "switching_costs": {"acme": {"bolt": "never"}},
        "firms": {"bolt": {"appeal": 20}},
        "start": {"customers": {"acme": 0.5}},
    }
    ledger = lived(ALONE, TWO, change).history.ledger()
    held = ledger["customers"][0, 0]
    assert 30 < held < 70
    assert ledger["customers"].tolist() == [[held, 100 - held]] * 12


def test_strikes_by_memory_floor_or_imitation() -> None:
    """A firm comes to mind with the chance of its salience, its floor, or of imitation."""
    _, m, w = one_person({"mechanisms": {"salience": {"floor": 0}}})
    w.relations["salience"] = 0.4
    assert strikes(m, w, 0, 1, 0.39)
    assert not strikes(m, w, 0, 1, 0.41)
    rules = m.rules
    floor = m._replace(rules=rules._replace(salience=rules.salience._replace(floor=0.6)))
    assert strikes(floor, w, 0, 1, 0.59)
    bass = rules.imitation._replace(innovation=0.1, imitation=0.5)
    copying = m._replace(rules=rules._replace(imitation=bass))
    w.firms["share"] = 0.5
    assert strikes(copying, w, 0, 1, 0.34)
    assert not strikes(copying, w, 0, 1, 0.36)
    w.relations[0, 1].purchases = 1
    assert strikes(copying, w, 0, 1, 0.39)


@pytest.mark.parametrize(("commitment", "alone"), [(0.0, False), (1.0, True)])
def test_the_committed_do_not_look_at_rivals(commitment: float, alone: bool) -> None:
    """With full immunity full commitment shuts rivals out, and none lets them in."""
    change: Data = {
        "mechanisms": {"salience": {"immunity": 1}},
        "firms": {"bolt": {"appeal": 30}},
    }
    _, m, w = one_person(change)
    w.people[0].provider = 0
    w.relations[0, 0].commitment = commitment
    throw_at_occasion(m.luck, m.run, w.people[0].number, m.step, 0)
    assert choose(m, w, 0, 0, False) == (0 if alone else 1)


@pytest.mark.parametrize(("search", "provider", "chosen"), [(0, 0, 0), (1, 0, 1), (0, NO_FIRM, 1)])
def test_who_does_not_search_stays(search: float, provider: int, chosen: int) -> None:
    """The better rival is found by those who search, and by those who have no firm."""
    change: Data = {
        "mechanisms": {"information": {"search": search}, "salience": {"floor": 1}},
        "firms": {"bolt": {"appeal": 30}},
    }
    _, m, w = one_person(change)
    w.people[0].provider = provider
    throw_at_occasion(m.luck, m.run, w.people[0].number, m.step, 0)
    assert choose(m, w, 0, 0, False) == chosen


def test_the_last_firm_is_always_considered() -> None:
    """The present provider needs no salience; an unknown rival is never chosen."""
    floor: Data = {"mechanisms": {"salience": {"floor": 0}}}
    _, m, w = one_person(floor, {"firms": {"bolt": {"appeal": 30}}})
    w.relations["salience"] = 0
    w.people[0].provider = 0
    throw_at_occasion(m.luck, m.run, w.people[0].number, m.step, 0)
    assert choose(m, w, 0, 0, False) == 0
    w.people[0].provider = NO_FIRM
    assert choose(m, w, 0, 0, False) == NO_FIRM

"""Talk: who tells whom, how many, and what lies in the box of the one who was told."""

import numpy as np
import pytest

from sim.market import edges, network
from sim.market.compile import as_records
from sim.market.context import Month
from sim.market.model import Market
from sim.market.network import Ties
from sim.market.state import ABSENT, VERDICT_UNIT, World
from sim.market.talking import contentment, deliver, someone_else, talk, tell_each_tie, whom
from tests.market.worlds import ALONE, Data, lived, made, stepped

TALKATIVE: Data = {"mechanisms": {"word_of_mouth": {"base": 3.0}}}
RUN = made(ALONE).run_key


def people(count: int, *changes: Data) -> tuple[Month, World]:
    """Month and tables of a market of some people and one firm."""
    market = made(ALONE, {"population": {"size": count}}, *changes)
    return market.now(), as_records(market.world)


def told(m: Month, w: World, ties: Ties, i: int) -> list[int]:
    """How many messages lie in each box once person i has talked."""
    talk(m, w, ties, i)
    boxes = w.relations["praise"][:, 0] + w.relations["blame"][:, 0]
    return [int(count) for count in boxes]


# ── whom ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("i", range(4))
def test_anyone_else(i: int) -> None:
    """Of four places a message reaches each of the three others for a third of the uniforms."""
    others = [someone_else(u, i, 4) for u in (0.1, 0.3, 0.4, 0.6, 0.7, 0.9)]
    expected = [place for place in range(4) if place != i]
    assert others == [place for place in expected for _ in range(2)]


def test_alone_there_is_nobody_to_tell() -> None:
    """A market of one person has no listener, complete or not."""
    assert someone_else(0.5, 0, 1) == -1
    m, w = people(1)
    assert whom(m, w, network.random(1, 0, "poisson", RUN), 0, 0.5, 0.5, 0.5) == -1


def test_a_tie_of_equal_weight() -> None:
    """In a ring of six with two neighbours, place 2 tells place 1 or 3, half and half."""
    m, w = people(6)
    ring = network.small_world(6, 2, 0.0, RUN)
    assert [whom(m, w, ring, 2, u, 0.5, 0.5) for u in (0.1, 0.49, 0.51, 0.9)] == [1, 1, 3, 3]


def test_a_tie_by_weight() -> None:
    """With weights 3 and 1, three quarters of the messages go to the first tie."""
    m, w = people(3)
    ties = edges.from_edges(3, np.array([[0, 1], [0, 2]]), np.array([3.0, 1.0]))
    chosen = [whom(m, w, ties, 0, u, 0.5, 0.5) for u in (0.01, 0.74, 0.76, 0.99)]
    assert chosen == [1, 1, 2, 2]


def test_weak_ties_met_anew() -> None:
    """Two strong ties and four weak ones of weight .5: half of the messages go to anybody."""
    weak = {"neighbours": 4, "weight": 0.5, "met_anew": True}
    kind = {"kind": "small_world", "neighbours": 2, "rewiring": 0.0, "weak": weak}
    m, w = people(10, {"population": {"network": kind}})
    ring = network.small_world(10, 2, 0.0, RUN)
    assert m.weak_met == 2
    assert whom(m, w, ring, 0, 0.9, 0.51, 0.5) == 9
    assert [whom(m, w, ring, 0, 0.9, 0.49, u) for u in (0.05, 0.5, 0.95)] == [1, 5, 9]


# ── how much ──────────────────────────────────────────────────────────────────────────────────


def test_buyers_of_this_step_talk() -> None:
    """Who bought in this step tells; who bought before, or never, does not."""
    m, w = people(2, TALKATIVE)
    ties = network.complete(2)
    assert told(m, w, ties, 0) == [0, 0]
    w.relations["purchases"][0], w.relations["last"][0] = 1, m.step - 1
    assert told(m, w, ties, 0) == [0, 0]
    w.relations["last"][0] = m.step
    counts = told(m, w, ties, 0)
    assert counts[0] == 0
    assert counts[1] == w.ledger[0].praise + w.ledger[0].blame > 0


def test_all_customers_may_talk() -> None:
    """As an option everyone who is a customer tells, bill or no bill."""
    everyone = {"word_of_mouth": {"base": 3.0, "all_customers": True}}
    m, w = people(2, {"mechanisms": everyone})
    w.people[0].provider = 0
    w.relations["purchases"][0], w.relations["last"][0] = 1, m.step - 1
    assert told(m, w, network.complete(2), 0)[1] > 0


def test_messages_are_poisson() -> None:
    """At the reference satisfaction 3,000 buyers tell .25 messages each: the base."""
    rules = {"word_of_mouth": {"base": 0.25}, "satisfaction": "off"}
    change: Data = {"population": {"size": 3000}, "mechanisms": rules, "horizon": 1}
    ledger = lived(ALONE, change).history.ledger()
    total = ledger["praise"].sum() + ledger["blame"].sum()
    assert total == pytest.approx(750, abs=4 * np.sqrt(750))
    assert ledger["blame"].sum() == 0


@pytest.mark.parametrize(("mean", "ties"), [(2.0, 4), (0.5, 8)])
def test_each_tie_by_itself(mean: float, ties: int) -> None:
    """Each of k ties hears with probability 1 - e^(-mean/k); nobody hears twice."""
    m, w = people(1000)
    ring = network.small_world(1000, ties, 0.0, RUN)
    for i in range(1000):
        tell_each_tie(m, w, ring, i, 0, mean)
    heard = w.relations["praise"][:, 0] + w.relations["blame"][:, 0]
    chance = 1 - np.exp(-mean / ties)
    pairs = 1000 * ties
    error = 4 * np.sqrt(pairs * chance * (1 - chance))
    assert heard.sum() == pytest.approx(pairs * chance, abs=error)
    assert heard.max() <= ties


def test_each_tie_by_its_weight() -> None:
    """The rate is divided by weight: a tie of three quarters of it hears with 1 - e^(-.75 mean)."""
    m, w = people(2000)
    pairs = np.array([[p, p + d] for p in range(0, 1998, 3) for d in (1, 2)])
    ties = edges.from_edges(2000, pairs, np.tile([3.0, 1.0], 666))
    for i in range(0, 1998, 3):
        tell_each_tie(m, w, ties, i, 0, 1.0)
    heard = (w.relations["praise"][:, 0] + w.relations["blame"][:, 0])[:1998].reshape(666, 3)
    for place, weight in ((1, 0.75), (2, 0.25)):
        chance = 1 - np.exp(-weight)
        error = 4 * np.sqrt(chance * (1 - chance) / 666)
        assert heard[:, place].mean() == pytest.approx(chance, abs=error)


# ── what ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("satisfaction", "praise"), [(0.65, 1), (0.9, 1), (0.64, 0)])
def test_praise_by_level(satisfaction: float, praise: int) -> None:
    """At .65 and above the message is praise, below it is blame; the box keeps the verdict."""
    m, w = people(2)
    w.relations["satisfaction"][0] = satisfaction
    deliver(m, w, 0, 0, 1)
    box = w.relations[1, 0]
    assert (box.praise, box.blame) == (praise, 1 - praise)
    assert box.verdict / VERDICT_UNIT == pytest.approx(satisfaction, abs=2**-17)
    assert (w.ledger[0].praise, w.ledger[0].blame) == (praise, 1 - praise)


@pytest.mark.parametrize("precision", ["single", "double"])
def test_exactly_at_the_reference_is_praise(precision: str) -> None:
    """Who expects .65 and learns nothing stays at .65, and praises, however it is stored."""
    still: Data = {"mechanisms": {"satisfaction": "off", "expectation": "off"}}
    size: Data = {"precision": precision, "population": {"size": 2}}
    ledger = lived(ALONE, size, still, {"mechanisms": {"word_of_mouth": {"base": 3}}}).history.last
    assert ledger["praise"][0] > 0
    assert ledger["blame"][0] == 0
    assert ledger["willing"][0] == 2


def test_talk_by_disconfirmation() -> None:
    """As an option the last surprise decides: satisfied or not, who was let down blames."""
    option: Data = {"base": 0, "positive_weight": 0, "by_disconfirmation": True}
    change: Data = {"population": {"size": 2}, "mechanisms": {"word_of_mouth": option}}
    market = stepped(made(ALONE, change), 1)
    m, w = market.now(), as_records(market.world)
    level, reference = contentment(m, w, 0, 0)
    assert (level, reference) == pytest.approx((0.72 - 0.65, 0.0), abs=1e-4)
    w.relations[0, 0].surprise = -100
    w.relations["satisfaction"][0] = 0.9
    deliver(m, w, 0, 0, 1)
    assert (w.relations[1, 0].praise, w.relations[1, 0].blame) == (0, 1)


@pytest.mark.parametrize("place", [-1, 1])
def test_ties_to_the_absent_are_silent(place: int) -> None:
    """A message to nobody, or to someone who is not there, is told but heard by nobody."""
    m, w = people(2)
    w.people[1].present = ABSENT
    deliver(m, w, 0, 0, place)
    assert w.ledger[0].praise == 1
    assert w.relations["praise"].sum() == 0


def teller_and_listener(*changes: Data) -> Market:
    """Two tied people: the first is acme's customer, the second never will be."""
    change: Data = {
        "population": {"size": 2},
        "start": {"salience": 0.3},
        "mechanisms": {"needs": {"look_rate": 0}, "forgetting": "off"},
    }
    market = made(ALONE, TALKATIVE, change, *changes)
    market.world.people["provider"][0] = 0
    market.world.relations["purchases"][0] = 1
    return market


def test_a_message_is_heard_next_month() -> None:
    """What is told this month lies in the box until next month, and then moves the listener."""
    market = teller_and_listener()
    before = market.world.relations[1, 0].copy()
    stepped(market, 1)
    box = market.world.relations[1, 0].copy()
    assert box["praise"] > 0
    assert (box["salience"], box["expectation"]) == (before["salience"], before["expectation"])
    stepped(market, 1)
    after = market.world.relations[1, 0]
    assert after["salience"] == pytest.approx(1 - 0.7 * 0.5 ** int(box["praise"]))
    told_level = box["verdict"] / box["praise"] / VERDICT_UNIT
    moved = 1 - 0.7 ** int(box["praise"])
    expected = before["expectation"] + moved * (told_level - before["expectation"])
    assert after["expectation"] == pytest.approx(expected)


def test_blame_makes_a_firm_less_known() -> None:
    """Told that it is bad, the listener thinks of the firm less often and expects less of it."""
    market = teller_and_listener({"firms": {"acme": {"quality": 0.2}}})
    stepped(market, 2)
    after = market.world.relations[1, 0]
    assert after["salience"] < 0.3
    assert after["expectation"] < 0.65
    assert market.history.ledger()["praise"].sum() == 0

"""The schedule of the month: what comes before what, and who takes part."""

import numpy as np
import pytest

from sim.market.compile import as_records
from sim.market.month import close, live, most_purchases, set_out
from sim.market.network import complete
from sim.market.state import ABSENT, ADVERTISING, LEAVING, PRESENT, WORD_OF_MOUTH
from tests.market.worlds import ALONE, LIKE, Data, lived, made, stepped

SETTINGS = ["subscription", "repertoire"]


@pytest.mark.parametrize("setting", SETTINGS)
def test_nobody_leaves_at_a_rate_of_nothing(setting: str) -> None:
    """With an exit rate of 0 the same people are there at the end."""
    market = lived(LIKE, {"setting": setting, "customers": {"exit": 0}, "horizon": 20})
    assert market.history.tally()["exits"].sum() == 0
    assert market.world.people["number"].tolist() == list(range(80))


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("step", "steps"), [("month", 3), ("week", 13)])
def test_exits_at_a_rate(setting: str, step: str, steps: int) -> None:
    """At a rate of .2 a month a share of 1 - e^-.6 has left after three months, in weeks too."""
    change: Data = {
        "setting": setting,
        "step": step,
        "horizon": steps,
        "population": {"size": 4000},
        "customers": {"exit": 0.2},
    }
    exits = lived(ALONE, change).history.tally()["exits"].sum()
    share = 1 - np.exp(-0.6)
    assert exits / 4000 == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 4000))


def test_exit_comes_before_the_bill() -> None:
    """In subscription who leaves in a month gets no bill in it and is no head to be served."""
    change: Data = {
        "population": {"size": 500},
        "customers": {"exit": 0.5},
        "start": {"customers": {"acme": 1}},
        "firms": {"acme": {"policy": {"budget": {"amount": 1}, "split": {"service": 1}}}},
    }
    market = lived(ALONE, change)
    ledger, tally = market.history.ledger()[:, 0], market.history.tally()
    assert np.array_equal(ledger["purchases"], tally["present"] - tally["exits"])
    assert np.array_equal(ledger["heads"], ledger["purchases"])
    assert np.array_equal(ledger["exited"], tally["exits"])


def test_people_act_until_they_leave() -> None:
    """In repertoire a leaver still buys before the exit: λ(1 - e^-h)/h purchases in the step."""
    change: Data = {
        "setting": "repertoire",
        "population": {"size": 4000},
        "customers": {"needs": 2, "exit": 0.7},
    }
    market = stepped(made(ALONE, change), 1)
    mean = 2 * (1 - np.exp(-0.7)) / 0.7
    spread = np.sqrt(mean + 4 * 0.08) / np.sqrt(
        4000
    )  # the time before exit varies by less than .08
    assert market.history.ledger()["purchases"].sum() / 4000 == pytest.approx(mean, abs=4 * spread)
    assert market.history.ledger()["exited"].sum() > 0


def test_a_chance_per_period_comes_with_the_end_of_the_contract() -> None:
    """With a contract of three months customers leave in every third month only."""
    leaves = {"distribution": "beta", "a": 1.0, "b": 1.0, "after": "period"}
    start = {"customers": {"acme": 1}, "first_renewal": "immediate"}
    change: Data = {
        "billing_months": 3,
        "population": {"size": 400},
        "customers": {"exit": leaves},
        "start": start,
    }
    exits = lived(ALONE, change).history.tally()["exits"]
    assert (exits[[3, 6, 9]] > 0).all()
    assert exits[[0, 1, 2, 4, 5, 7, 8, 10, 11]].sum() == 0
    survivors = 400 - exits.cumsum()[[3, 6, 9]]
    for k, left in enumerate(survivors, start=1):  # a uniform chance: 1/2, 1/3, 1/4 stay
        share = 1 / (k + 1)
        assert left / 400 == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 400))


def test_forget_then_advertising_then_messages() -> None:
    """From .4: forgotten to .376, advertised to .688, praised to .844, before a need arises."""
    change: Data = {
        "mechanisms": {"needs": {"look_rate": 0}, "salience": {"floor": 0}},
        "firms": {"acme": {"promise": 0.75}},
    }
    market = made(ALONE, change)
    w = as_records(market.world)
    relation = w.relations[0, 0]
    relation.salience, relation.praise, relation.verdict = 0.4, 1, int(0.9 * 65536)
    w.firms[0].reach = 1.0
    live(market.now(), w)
    assert relation.salience == pytest.approx(0.844)
    assert relation.expectation == pytest.approx(0.68 + 0.3 * (0.9 - 0.68), abs=1e-4)
    assert (relation.first_cue, relation.last_cue) == (ADVERTISING, WORD_OF_MOUTH)


@pytest.mark.parametrize("state", [ABSENT, LEAVING])
def test_who_is_not_there_does_not_act(state: int) -> None:
    """People who are absent, or are leaving, neither look nor buy nor forget nor are counted."""
    market = made(ALONE, {"population": {"size": 2}})
    w, m = as_records(market.world), market.now()
    w.people[0].present = state
    before = w.relations[0, 0].copy()
    set_out(m, w)
    live(m, w)
    close(m, w, complete(2))
    assert w.relations[0, 0] == before
    assert w.tally[0].present == 1
    assert (w.ledger[0].purchases, w.ledger[0].customers) == (1, 1)
    assert w.people[1].present == PRESENT


@pytest.mark.parametrize("setting", SETTINGS)
def test_room_for_all_purchases(setting: str) -> None:
    """The log has room for at least what is bought, for every need where all firms are known."""
    market = made(ALONE, {"setting": setting, "population": {"size": 300}})
    m, w = market.now(), as_records(market.world)
    set_out(m, w)
    room = most_purchases(m, w)
    live(m, w)
    bought = int(w.ledger[0].purchases)
    if setting == "subscription":
        assert room == bought == 300
    else:
        nothing = int((w.relations["purchases"][:, 0] == 0).sum())
        assert room == bought + nothing  # one line is kept for a trial


def test_seasons_count_from_month_0() -> None:
    """The factors of a year apply to months 0 to 11 and their like, the warm-up included."""
    change: Data = {
        "setting": "repertoire",
        "warm_up": 14,
        "horizon": 14,
        "population": {"size": 200},
        "customers": {"needs": 2, "season": [1.0] + [0.0] * 10 + [3.0]},
    }
    occasions = lived(ALONE, change).history.tally()["occasions"]
    months = np.arange(-14, 14)
    lively = {0: 400, 11: 1200}
    for month, count in zip(months, occasions, strict=True):
        mean = lively.get(int(month) % 12, 0)
        assert count == pytest.approx(mean, abs=4 * np.sqrt(mean)), month

"""Memory: the estimate holds what a market takes, and what does not fit is refused."""

import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from sim.market import memory
from sim.market.model import Market
from sim.market.state import LEDGER, PURCHASE, TALLY, bytes_per_person
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario

ONE = {
    "warm_up": 0,
    "horizon": 10,
    "population": {"size": 1000, "network": {"kind": "complete"}, "entry": {"closure": "cohort"}},
    "customers": {"exit": 0},
    "firms": {"acme": {}},
}
PERSON = bytes_per_person(1, "single")
LEDGERS = 10 * (LEDGER.itemsize + TALLY.itemsize)


def case(**changes: object) -> Case:
    """One firm, 1,000 people whom nobody joins, leaves or talks to, and changes by path."""
    return scenario_from(ONE).override({k.replace("__", "."): v for k, v in changes.items()})


def test_a_quiet_market_takes_its_tables_and_what_filling_them_takes() -> None:
    """1,000 people, their filling, 10 ledgers, and the 16 bytes a place of an empty network."""
    tables = 1000 * PERSON
    assert memory.network_bytes(case()) == 16_000
    assert memory.history_bytes(case()) == LEDGERS
    assert memory.needed(case()) == round(tables + memory.FILLING * tables + LEDGERS)


def test_a_dense_network_counts_at_the_peak_of_its_building() -> None:
    """100 neighbours at 33 bytes a tie outweigh the filling of the tables."""
    dense = case(population__network={"kind": "small_world", "neighbours": 100})
    assert memory.network_bytes(dense) == 1000 * (16 + 100 * 33)
    assert memory.needed(dense) == 1000 * (PERSON + 16 + 100 * 33) + LEDGERS


@pytest.mark.parametrize(
    ("weak", "ties"),
    [({"neighbours": 5}, (8 + 5) * 62), ({"neighbours": 5, "met_anew": True}, 8 * 36)],
)
def test_weak_ties_make_a_network_of_weights_if_they_are_stored(weak: object, ties: int) -> None:
    """5 weak ties beside 8 strong ones have weights; those met anew each month are not stored."""
    network = {"kind": "random", "neighbours": 8, "weak": weak}
    assert memory.network_bytes(case(population__network=network)) == 1000 * (16 + ties)


def test_a_newcomer_s_links_are_ties_of_two() -> None:
    """Who makes 4 links has 8 ties on average, as everyone ties both ends."""
    hubs = case(population__network={"kind": "scale_free", "links": 4})
    assert memory.network_bytes(hubs) == 1000 * (16 + 8 * 27)


def test_a_file_of_ties_counts_by_its_rows(tmp_path: Path) -> None:
    """3 lines are taken for 3 ties, of which each has two ends among 1,000 places."""
    (tmp_path / "ties.csv").write_text("from,to\n0,1\n1,2\n")
    wanted = {**ONE, "population": {"network": {"kind": "edges", "file": "ties.csv"}}}
    named = scenario_from(wanted, tmp_path).override({"population.size": 1000})
    assert memory.network_bytes(named) == 1000 * 16 + 6 * 88


def test_people_who_will_arrive_have_places_from_the_beginning(tmp_path: Path) -> None:
    """1,000 at the start; 20 a month for 10 months, or 2 rows and a header, come on top."""
    random = case(population__entry={"closure": "poisson", "per_month": 20.0})
    assert memory.places(random) == 1200
    (tmp_path / "people.csv").write_text("step\n0\n3\n")
    entry = {"closure": "listed", "file": "people.csv"}
    listed = scenario_from({**ONE, "population": {"size": 1000, "entry": entry}}, tmp_path)
    assert memory.places(listed) == 1003


def test_leavers_are_kept_and_counted() -> None:
    """At 5 % a month half of 1,000 leave in 10 months; where all leave, at most all are kept."""
    leaving = {"customers.exit": 0.05, "population.entry": {"closure": "replace"}}
    assert memory.departed(scenario_from(ONE).override(leaving)) == pytest.approx(500)
    assert memory.departed(case(customers__exit=0.9)) == pytest.approx(1000)


@pytest.mark.parametrize(
    ("exits", "chance"),
    [
        ({"distribution": "gamma", "shape": 2.0, "mean": 0.03}, 0.03),
        ({"distribution": "gamma", "shape": 2.0, "mean": 0.03, "per": "week"}, 0.13),
        ({"distribution": "beta", "a": 1.0, "b": 3.0, "after": "period"}, 0.25),
    ],
)
def test_every_form_of_leaving_has_a_mean(exits: object, chance: float) -> None:
    """.03 a month; .03 a week is .13 a month; Beta(1, 3) after each month is .25."""
    spec: Scenario = case(customers__exit=exits).spec
    assert memory.leaving(spec, spec.customers) == pytest.approx(chance)


def test_groups_are_averaged_with_those_who_belong_to_none() -> None:
    """A quarter of the people leave at .4, the rest never: .1 on average."""
    groups = {"restless": {"share": 0.25, "customers": {"exit": 0.4}}}
    spec = case(groups=groups).spec
    assert memory.over_people(spec, memory.leaving) == pytest.approx(0.1)


def test_a_log_of_purchases_counts_by_the_purchases() -> None:
    """1,000 people who pay monthly for 10 months leave 10,000 records, whatever the season."""
    logged = memory.history_bytes(case(record__transactions=True))
    assert logged == LEDGERS + 10_000 * PURCHASE.itemsize
    needs = {"distribution": "fixed", "value": 2.0, "per": "week"}
    weekly = case(
        setting="repertoire", record__transactions=True, step="week", customers__needs=needs
    )
    assert memory.purchases(weekly) == pytest.approx(2 * 10 * 1000)
    summer = weekly.override({"customers.season": [0] * 9 + [4] * 3})
    assert memory.purchases(summer) == pytest.approx(2 * 10 * 1000)


def test_tables_of_customers_that_are_asked_for_count_each() -> None:
    """Two months asked for: two more copies of the people."""
    asked = memory.history_bytes(case(record__customers_at=[0, 5]))
    assert asked == LEDGERS + 2 * 1000 * PERSON


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"population.network": {"kind": "complete"}},
        {"population.network": {"kind": "small_world", "weak": {"neighbours": 8}}},
        {"population.network": {"kind": "complete"}, "record.customers_at": [0, 1]},
    ],
)
def test_the_estimate_holds_what_a_market_really_takes(changes: dict[str, object]) -> None:
    """A market of 10,000 people takes no more than estimated, and at least two thirds of it."""
    real = scenario_from({"firms": {"acme": {}, "bolt": {}, "cora": {}, "dune": {}}})
    Market(real, overrides={"population.size": 10, "horizon": 1, "warm_up": 0}).run_model()
    wanted = real.override({"warm_up": 2, "horizon": 4, **changes})
    tracemalloc.start()
    Market(wanted).run_model()
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert memory.needed(wanted) / 1.5 < taken < memory.needed(wanted)


def test_what_fits_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly as much as is needed is enough."""
    free(monkeypatch, memory.needed(case()))
    memory.refuse_if_too_big(case())


def test_what_does_not_fit_is_refused_with_a_size_that_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The words name the key, the need, what is free, and a size to try, which then fits."""
    big = case(population__size=1_000_000)
    free(monkeypatch, memory.needed(big) // 2)
    with pytest.raises(ScenarioError) as refused:
        memory.refuse_if_too_big(big)
    needed, available = (memory.worded(n) for n in (memory.needed(big), memory.needed(big) // 2))
    assert str(refused.value) == (
        f"population.size: must fit into the {available} of memory that are free, is 1,000,000 "
        f"people, about {needed}; lower it to about 400,000, or keep less under `record`"
    )
    memory.refuse_if_too_big(case(population__size=400_000))


def test_markets_side_by_side_need_as_much_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for one is no room for four, and fewer processes are a remedy."""
    free(monkeypatch, 2 * memory.needed(case()))
    memory.refuse_if_too_big(case(), at_once=2)
    with pytest.raises(ScenarioError, match=r"for 4 markets side by side.*fewer --jobs"):
        memory.refuse_if_too_big(case(), at_once=4)


def free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the machine have this many bytes free."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=count))


@pytest.mark.parametrize(
    ("count", "text"), [(31_400_000, "31 MB"), (1_640_000_000, "1.6 GB"), (999e6, "999 MB")]
)
def test_bytes_are_worded_for_people(count: float, text: str) -> None:
    """Megabytes below a gigabyte, then gigabytes with a decimal."""
    assert memory.worded(count) == text

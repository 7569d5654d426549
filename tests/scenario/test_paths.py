"""Paths: one grammar for naming places in a scenario, and the two rules of overriding."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.paths import get, merge, parse, put
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.reading import Value

MARKET: dict[str, Value] = {
    "firms": {"acme": {"price": 20, "split": {"advertising": 0.5, "service": 0.5}}},
    "interventions": [{"from": 12}, {"from": 24}],
    "seed": 1,
}


def refused(act: Callable[[], object]) -> Problem:
    """The only problem that `act` raises."""
    with pytest.raises(ScenarioError) as caught:
        act()
    [problem] = caught.value.problems
    return problem


def test_a_path_is_names_joined_by_dots() -> None:
    """List positions stay text until a list is met."""
    assert parse("interventions.0.from") == ("interventions", "0", "from")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("", "must be names joined by dots"),
        ("a..b", "must be names joined by dots"),
        (".a", "must be names joined by dots"),
        ("a.", "must be names joined by dots"),
        ("a\x1b.b", "must be printable"),
        ("a.\udc80", "must be printable"),
        (".".join("a" * 21), "must have at most 20 steps"),
    ],
)
def test_other_paths_are_refused(path: str, rule: str) -> None:
    """Empty steps, invisible letters and endless paths name their rule."""
    assert refused(lambda: parse(path)).rule == rule


def test_get_follows_mappings_and_lists() -> None:
    """A step is a position only where a list stands."""
    assert get(MARKET, "firms.acme.price") == 20
    assert get(MARKET, "interventions.1.from") == 24
    assert get(MARKET, ("interventions", 1, "from")) == 24
    assert get({"0": "a key"}, "0") == "a key"


def test_get_names_the_nearest_known_key() -> None:
    """`acne` is near `acme`."""
    problem = refused(lambda: get(MARKET, "firms.acne.price"))
    assert str(problem) == (
        "firms.acne.price: must lead to something, is no acne; did you mean acme?"
    )


def test_put_changes_one_place_and_leaves_the_old_data() -> None:
    """New data differ at the path only; the data given stay as they were."""
    before = deepcopy(MARKET)
    after = put(MARKET, "interventions.1.from", 36)
    assert get(after, "interventions") == [{"from": 12}, {"from": 36}]
    assert get(after, "firms") == MARKET["firms"]
    assert before == MARKET


def test_put_makes_missing_mappings() -> None:
    """A firm that is not there yet comes to be on the way to its price."""
    assert get(put(MARKET, "firms.rival.price", 18), "firms.rival") == {"price": 18}
    assert put({}, "a.b.c", 1) == {"a": {"b": {"c": 1}}}


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("seed.x", "must lead through mappings and lists"),
        ("firms.acme.price.x.y", "must lead through mappings and lists"),
        ("interventions.2.from", "must use a position in the list from 0 to 1"),
        ("interventions.-1.from", "must use a position in the list from 0 to 1"),
        ("interventions.first", "must use a position in the list from 0 to 1"),
        ("interventions.²", "must use a position in the list from 0 to 1"),
        ("interventions." + "9" * 5000, "must use a position in the list from 0 to 1"),
    ],
)
def test_put_refuses_ways_that_do_not_exist(path: str, rule: str) -> None:
    """Neither through a scalar nor past the end of a list."""
    problem = refused(lambda: put(MARKET, path, 1))
    assert (problem.rule, problem.key) == (rule, path)


def test_an_empty_list_has_no_position() -> None:
    """The rule does not speak of positions that cannot be."""
    assert refused(lambda: put({"a": []}, "a.0", 1)).rule == "must not use a position: empty list"


def test_mappings_merge_and_all_else_replaces() -> None:
    """A nested mapping keeps what is not said; lists, scalars and null replace."""
    over: dict[str, Value] = {
        "firms": {"acme": {"split": {"service": 0.2}}, "rival": {}},
        "interventions": [],
        "seed": None,
    }
    assert merge(MARKET, over) == {
        "firms": {
            "acme": {"price": 20, "split": {"advertising": 0.5, "service": 0.2}},
            "rival": {},
        },
        "interventions": [],
        "seed": None,
    }


def test_a_key_with_a_dot_replaces() -> None:
    """The same split written as a path forgets what it does not say."""
    merged = merge(MARKET, {"firms.acme.split": {"service": 0.2}})
    assert get(merged, "firms.acme") == {"price": 20, "split": {"service": 0.2}}


def test_a_key_with_a_dot_is_a_path_only_at_the_top() -> None:
    """Policies keep their paths until they are compared."""
    policies: Value = {"win": {"firms.acme.price": 18}}
    assert merge(MARKET, {"policies": policies})["policies"] == policies


NAMED: dict[str, Value] = {
    "suppliers": {"mill": {"to": "acme", "share": 0.5}, "yard": {"to": "acme"}},
    "firms": {"acme": {"lines": {"repairs": {}}}, "bolt": {"price": 18}},
}


@pytest.mark.parametrize("over", [{"suppliers": {}}, {"suppliers": {"mill": None, "yard": None}}])
def test_none_of_those_that_have_names(over: dict[str, Value]) -> None:
    """An empty mapping of names is none of them, and so is each of them taken away."""
    assert merge(NAMED, over) == {"suppliers": {}, "firms": NAMED["firms"]}


@pytest.mark.parametrize("over", [{"suppliers": {"mill": None}}, {"suppliers.mill": None}])
def test_null_takes_one_away(over: dict[str, Value]) -> None:
    """The other supplier stays as it is."""
    assert merge(NAMED, over)["suppliers"] == {"yard": {"to": "acme"}}


def test_deep_in_a_firm_too() -> None:
    """A firm that says nothing stays as it is; its lines may be none, or one less."""
    assert merge(NAMED, {"firms": {"bolt": {}}}) == NAMED
    without: Value = {"acme": {"lines": {}}, "bolt": {"price": 18}}
    assert merge(NAMED, {"firms": {"acme": {"lines": {}}}})["firms"] == without
    assert merge(NAMED, {"firms.acme.lines.repairs": None})["firms"] == without


def test_null_is_a_value_where_nothing_has_the_name() -> None:
    """What is not there cannot be taken away: the null stays, to be refused; so do null values."""
    assert get(merge(NAMED, {"suppliers.mil": None}), "suppliers.mil") is None
    assert get(merge(NAMED, {"suppliers": {"mil": None}}), "suppliers.mil") is None
    assert get(merge(NAMED, {"firms.bolt.price": None}), "firms.bolt") == {"price": None}
    assert merge(NAMED, {"agencies.spark": None})["agencies"] == {"spark": None}


def test_a_name_is_no_key() -> None:
    """A policy may be called `split`, and says nothing if it is empty."""
    data: dict[str, Value] = {"policies": {"split": {"seed": 2}}}
    assert merge(data, {"policies": {"split": {}}}) == data


def test_later_keys_win() -> None:
    """Keys are applied in the order they are written."""
    assert merge({}, {"a.b": 1, "a": {"b": 2}}) == {"a": {"b": 2}}
    assert merge({}, {"a": {"b": 2}, "a.b": 1}) == {"a": {"b": 1}}


def test_merge_reports_every_key_that_cannot_be_used() -> None:
    """Two bad keys give two problems, each under the key as it is written."""
    with pytest.raises(ScenarioError) as caught:
        merge(MARKET, {"seed.x": 1, "horizon": 3, "interventions.9.from": 1})
    assert [problem.key for problem in caught.value.problems] == ["seed.x", "interventions.9.from"]


MAPPINGS = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(
        st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner), max_leaves=5
    ),
)


@given(base=MAPPINGS, over=MAPPINGS)
def test_what_was_set_is_what_one_gets(base: dict[str, Value], over: dict[str, Value]) -> None:
    """Merging over nothing or twice changes nothing, and a path gets what was put there."""
    untouched = deepcopy(base)
    once = merge(base, over)
    assert merge(once, over) == once
    assert merge({}, over) == over
    assert merge(base, {}) == base == untouched
    assert get(put({"x": base}, "x.y", 7), "x") == {**base, "y": 7}

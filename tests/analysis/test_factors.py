"""Factors: what a scenario becomes at both ends, and where it cannot be changed."""

from typing import Any

import pytest

from sim.analysis.factors import FACTORS, Factor
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE, Data

BY_NAME = {factor.name: factor for factor in FACTORS}


def at(name: str, end: int, more: Data) -> Case:
    """LIKE with ``more``, brought to one end of a factor."""
    case = scenario_from({**LIKE, **more})
    return case.override(BY_NAME[name].ends[end].changes(case.spec))


def test_five_factors_with_words() -> None:
    """Five, each with two ends that differ in their words and in what they do."""
    assert list(BY_NAME) == ["rivals", "closure", "word of mouth", "service ceiling", "exits"]
    spec = scenario_from(LIKE).spec
    for _, (one, other), missing in FACTORS:
        assert one.value != other.value
        assert one.short != other.short
        assert one.changes(spec) != other.changes(spec)
        assert missing(spec) == ""


def test_all_rivals_answer_alike_but_not_the_focal_firm() -> None:
    """They hold, or match wholly after three months; the focal firm's own reaction stays."""
    mixed = {"firms": {"acme": {"reaction": {"kind": "adapt"}}, "bolt": {}, "cora": {}}}
    mixed["firms"]["cora"] = {"reaction": {"kind": "imitate"}}
    kinds = [
        {n: f.reaction.kind for n, f in at("rivals", e, mixed).spec.firms.items()} for e in (0, 1)
    ]
    assert kinds[0] == {"acme": "adapt", "bolt": "hold", "cora": "hold"}
    assert kinds[1] == {"acme": "adapt", "bolt": "match", "cora": "match"}
    match = at("rivals", 1, mixed).spec.firms["bolt"].reaction
    assert match.model_dump() == {"kind": "match", "lag": 3, "fraction": 1.0}


def test_both_closures() -> None:
    """Leavers are replaced by newcomers who begin as before, or by nobody."""
    entry = {"closure": "poisson", "per_month": 2, "on_arrival": {"customer_of": "bolt"}}
    more = {"population": {"size": 80, "entry": entry}}
    replaced = at("closure", 0, more).spec.population.entry.model_dump(mode="json")
    assert replaced == {"closure": "replace", "on_arrival": {"customer_of": "bolt"}}
    assert at("closure", 1, more).spec.population.entry.closure == "cohort"
    alone = {"population": {"size": 80, "entry": {"closure": "cohort"}}}
    assert at("closure", 0, alone).spec.population.entry.closure == "replace"


def test_no_talk_and_twice_as_much() -> None:
    """The three weights are 0, or doubled; the rest of talk is untouched by doubling."""
    talk = {"base": 0.1, "positive_weight": 0.5, "negative_weight": 2.0, "all_customers": True}
    more: Data = {"mechanisms": {"word_of_mouth": talk}}
    silent, twice = (at("word of mouth", e, more).spec.rules.word_of_mouth for e in (0, 1))
    assert (silent.base, silent.positive_weight, silent.negative_weight) == (0, 0, 0)
    assert (twice.base, twice.positive_weight, twice.negative_weight) == (0.2, 1.0, 4.0)
    assert twice.all_customers


def test_the_ceiling_of_service() -> None:
    """.4, which is cautious, and .8."""
    found = [at("service ceiling", e, {}).spec.responses["service"].ceiling for e in (0, 1)]
    assert found == [0.4, 0.8]


@pytest.mark.parametrize(
    ("leaving", "half", "twice"),
    [
        (0.02, {"value": 0.01}, {"value": 0.04}),
        ({"distribution": "fixed", "value": 0.1, "per": "week"}, {"value": 0.05}, {"value": 0.2}),
        ({"distribution": "gamma", "shape": 2, "mean": 0.1}, {"mean": 0.05}, {"mean": 0.2}),
        ({"distribution": "beta", "a": 2, "b": 8, "after": "purchase"}, {"a": 1, "b": 9},
         {"a": 4, "b": 6}),
    ],
)  # fmt: skip
def test_half_and_twice_the_exits(leaving: Any, half: Data, twice: Data) -> None:
    """The mean is halved or doubled: a rate, the mean of a gamma, or the chance a / (a + b)."""
    more = {"customers": {"exit": leaving}}
    before = scenario_from({**LIKE, **more}).spec.customers.exit.model_dump()
    for end, wanted in ((0, half), (1, twice)):
        assert at("exits", end, more).spec.customers.exit.model_dump() == before | wanted


def test_groups_leave_in_proportion() -> None:
    """A group with exits of its own has them doubled; one without has those of all, doubled."""
    groups = {
        "loyal": {"share": 0.2, "customers": {"exit": 0.01}},
        "plain": {"share": 0.2, "customers": {"basket": 2}},
    }
    spec = at("exits", 1, {"customers": {"exit": 0.05}, "groups": groups}).spec
    rates = [g.customers.exit.model_dump()["value"] for g in spec.groups.values()]
    assert rates == pytest.approx([0.02, 0.1])
    assert spec.groups["plain"].customers.basket.model_dump()["value"] == 2


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("rivals", {"firms": {"acme": {}}}, "there are no rivals"),
        ("word of mouth", {"mechanisms": {"word_of_mouth": "off"}}, "nobody talks"),
        ("exits", {"customers": {"exit": 0}}, "nobody leaves for good"),
        ("exits", {"customers": {"exit": {"distribution": "gamma", "shape": 2, "mean": 0}}},
         "nobody leaves for good"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(name: str, more: Data, why: str) -> None:
    """Where there is nothing to change, the factor says why."""
    factor: Factor = BY_NAME[name]
    assert factor.missing(scenario_from({**LIKE, **more}).spec).startswith(why)


def test_a_group_that_leaves_is_enough() -> None:
    """Exits are not missing where one group has some."""
    groups = {"restless": {"share": 0.2, "customers": {"exit": 0.01}}}
    spec = scenario_from({**LIKE, "customers": {"exit": 0}, "groups": groups}).spec
    assert BY_NAME["exits"].missing(spec) == ""

"""Coherence: parts of a scenario that do not fit each other are refused at their place."""

from typing import Any

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError

Data = dict[str, Any]
MARKET: Data = {"firms": {"acme": {}, "bolt": {}}}
BETA = {"distribution": "beta", "a": 1, "b": 9}


def keys(more: Data) -> list[str]:
    """The keys of all problems of the two-firm market with ``more``."""
    with pytest.raises(ScenarioError) as refusal:
        scenario_from(MARKET | more)
    return [problem.key for problem in refusal.value.problems]


def spending(split: dict[str, float], **targets: str) -> Data:
    """Two firms of which acme spends so."""
    return {"firms": {"acme": {"policy": {"split": split, "targets": targets}}, "bolt": {}}}


def campaigning(**campaign: Any) -> Data:
    """Two firms of which acme has a campaign."""
    policy = {"split": {}, "campaigns": [{"per_head": 1, **campaign}]}
    return {"firms": {"acme": {"policy": policy}, "bolt": {}}}


def mixed(**mixes: dict[str, float]) -> Data:
    """A frontier with these mixes."""
    return {"compare": {"frontier": mixes}}


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"compare": {"focal": "akme"}}, "compare.focal"),
        ({"suppliers": {"mill": {"to": "akme"}}}, "suppliers.mill.to"),
        (
            {"suppliers": {n: {"to": "acme", "share": 0.6} for n in ("mill", "yard")}},
            "suppliers",
        ),
        ({"start": {"customers": {"akme": 0.5}}}, "start.customers.akme"),
        (
            {"customers": {"needs": {"distribution": "fixed", "value": 116, "per": "week"}}},
            "customers.needs.value",
        ),
        (
            {"customers": {"talkativeness": {"distribution": "gamma", "shape": 1, "mean": 101}}},
            "customers.talkativeness.mean",
        ),
        (
            {"groups": {"a": {"share": 1, "customers": {"talkativeness": 101}}}},
            "groups.a.customers.talkativeness.value",
        ),
        ({"switching_costs": {"akme": {"bolt": 1}}}, "switching_costs.akme"),
        ({"switching_costs": {"acme": {"bold": 1}}}, "switching_costs.acme.bold"),
        (
            {"population": {"entry": {"closure": "replace", "on_arrival": {"customer_of": "x"}}}},
            "population.entry.on_arrival.customer_of",
        ),
        (
            {"customers": {"taste": {"distribution": "dirichlet", "strengths": {"x": 1}}}},
            "customers.taste.strengths.x",
        ),
        (spending({"advertisng": 1}), "firms.acme.policy.split.advertisng"),
        ({"setting": "repertoire"} | spending({"save": 1}), "firms.acme.policy.split.save"),
        (campaigning(instrument="advertisng"), "firms.acme.policy.campaigns.0.instrument"),
        (
            {"setting": "repertoire"} | campaigning(instrument="save"),
            "firms.acme.policy.campaigns.0.instrument",
        ),
        (
            {"horizon": 12} | campaigning(instrument="service", until=13),
            "firms.acme.policy.campaigns.0.until",
        ),
        (spending({"service": 1}, service="all"), "firms.acme.policy.targets.service"),
        (spending({}, advertising="young"), "firms.acme.policy.targets.advertising"),
        ({"groups": {"a": {"share": 0.7}, "b": {"share": 0.4}}}, "groups"),
        ({"start": {"customers": {"acme": -0.1}}}, "start.customers.acme"),
        ({"start": {"customers": {"acme": 0.7, "bolt": 0.4}}}, "start.customers"),
        (
            {"setting": "repertoire", "customers": {"exit": BETA | {"after": "period"}}},
            "customers.exit.after",
        ),
        (
            {"groups": {"a": {"share": 1, "customers": {"exit": BETA | {"after": "period"}}}}},
            "groups.a.customers.exit",
        ),
        (
            {"groups": {"a": {"share": 1, "customers": {"season": [2] * 12}}}},
            "groups.a.customers.season",
        ),
        (
            {"start": {"first_renewal": "immediate", "satisfaction": 0.5}},
            "start.satisfaction",
        ),
        ({"population": {"size": 0}}, "population.size"),
        ({"population": {"size": 8}}, "population.network.neighbours"),
        (
            {"population": {"size": 9, "network": {"kind": "scale_free", "links": 9}}},
            "population.network.links",
        ),
        ({"horizon": 12, "record": {"customers_at": [0, 12]}}, "record.customers_at.1"),
        (mixed(keeping={"servise": 1}), "compare.frontier.keeping.servise"),
        (mixed(keeping={"advertising": 1}), "compare.frontier.keeping.advertising"),
        (mixed(winning={"service": 1}), "compare.frontier.winning.service"),
        (
            {"setting": "repertoire"} | mixed(keeping={"save": 1}),
            "compare.frontier.keeping.save",
        ),
        (mixed(keeping={"service": 0.7, "loyalty": 0.2}), "compare.frontier.keeping"),
        (mixed(winning={}), "compare.frontier.winning"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_key(more: Data, key: str) -> None:
    """One thing is wrong, and the problem stands where it is."""
    assert key in keys(more)


def test_each_tie_needs_ties() -> None:
    """On a complete network, which stores none, messages cannot go tie by tie."""
    complete: Data = {"population": {"network": {"kind": "complete"}}}
    scenario_from(MARKET | complete)
    per_tie = {"mechanisms": {"word_of_mouth": {"per_tie": True}}}
    assert keys(complete | per_tie) == ["population.network.kind"]
    anew = {"kind": "random", "weak": {"neighbours": 2, "met_anew": True}}
    assert keys({"population": {"network": anew}} | per_tie) == ["population.network.weak.met_anew"]


@pytest.mark.parametrize(
    ("size", "neighbours", "fits"), [(10, 3, True), (9, 4, True), (9, 3, False)]
)
def test_a_regular_network_has_two_ends_a_tie(size: int, neighbours: int, fits: bool) -> None:
    """Nine people cannot have three ties each: 27 ends are not pairs."""
    network = {"kind": "random", "degrees": "regular", "neighbours": neighbours}
    more: Data = {"population": {"size": size, "network": network}}
    if fits:
        scenario_from(MARKET | more)
    else:
        assert keys(more) == ["population.network.neighbours"]


def test_who_arrives_later_may_make_the_network_fit() -> None:
    """How many arrive is known only in each world, so five people are not refused here."""
    entry = {"closure": "poisson", "per_month": 10}
    scenario_from(MARKET | {"population": {"size": 5, "entry": entry}})


def test_the_focal_firm_has_nobody_to_match() -> None:
    """It is refused with its name; another firm may match, and so may it when another is focal."""
    match: Data = {"reaction": {"kind": "match"}}
    firms: Data = {"firms": {"acme": match, "bolt": {}}}
    assert keys(firms) == ["firms.acme.reaction.kind"]
    with pytest.raises(ScenarioError, match=r"is 'acme'; use hold, adapt or imitate, or name"):
        scenario_from(firms)
    scenario_from(firms | {"compare": {"focal": "bolt"}})
    scenario_from({"firms": {"acme": {}, "bolt": match}})


def test_everything_is_said_at_once() -> None:
    """Three faults, three problems."""
    wrong = {"compare": {"focal": "x"}, "horizon": 5, "record": {"customers_at": [5]}}
    assert len(keys(wrong | spending({"sale": 1}))) == 3


def test_a_name_that_is_near_is_offered() -> None:
    """`advertisng` is near `advertising`."""
    with pytest.raises(ScenarioError, match=r"did you mean advertising\?"):
        scenario_from(MARKET | spending({"advertisng": 1}))


def test_mixes_of_a_frontier_that_fit() -> None:
    """Instruments of their own side that add up to 1, or nothing said."""
    scenario_from(MARKET | mixed(winning={"advertising": 1}, keeping={"service": 0.8, "save": 0.2}))
    assert scenario_from(MARKET).spec.compare.frontier.keeping is None

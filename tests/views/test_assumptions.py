"""What a comparison rests on, in words: from the scenario, arm by arm where arms differ."""

from typing import Any

import pytest

from sim.scenario.loading import Case, scenario_from
from sim.views import assumptions as assumed
from tests.analysis.told import comparison
from tests.market.worlds import LIKE, Data


def case(changes: Data | None = None) -> Case:
    """Three like firms, changed."""
    return scenario_from({**LIKE, **(changes or {})})


def test_everything_a_reader_must_know_is_named() -> None:
    """Newcomers, rivals, time, people, the firm, coefficients, changes; events where there are."""
    rows = dict(assumed.assumptions(comparison(as_today=[1, 2], gift=[3, 4])))
    assert list(rows) == [
        "Newcomers", "Rivals", "Time", "People", "acme today", "Coefficients",
        "Changed against the defaults",
    ]  # fmt: skip
    assert rows["Newcomers"] == "whoever leaves the market is replaced by a newcomer"
    assert rows["Time"].startswith("6 months are booked, after 2 of warm-up; money is discounted")
    assert rows["People"].startswith("80, simulated; each is with one provider at a time")
    assert "Each of 2 paired worlds" in rows["People"]


@pytest.mark.parametrize(
    ("firms", "words"),
    [
        ({"acme": {}}, "there are none"),
        ({"acme": {}, "bolt": {}, "cora": {}}, "each of 2 keeps its policy, whatever the others"),
        (
            {"acme": {}, "bolt": {"reaction": {"kind": "match"}}, "cora": {}},
            "bolt copies the changes of the firm that is compared; cora keeps its policy",
        ),
    ],
)
def test_rivals_are_told_apart(firms: dict[str, Any], words: str) -> None:
    """All together where they answer alike, one by one where they do not."""
    assert assumed.rivals(case({"firms": firms})).startswith(words)


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        ({"per_head": 0.5}, "0.5 EUR a month for each person of the market"),
        ({"amount": 12000}, "12,000 EUR a month"),
        ({"share_of_revenue": 0.1}, "10 % of its revenue"),
    ],
)
def test_the_firm_is_described(budget: dict[str, float], words: str) -> None:
    """Price, cost, budget in its yardstick, split."""
    policy = {"budget": budget, "split": {"win_back": 0.25, "service": 0.75}}
    found = assumed.offer(case({"firms": {"acme": {"price": 18, "policy": policy}}}))
    assert (
        found == f"sells at 18 EUR what costs it 10; spends {words} (win back 25 %, service 75 %)"
    )


def test_assumed_coefficients_are_counted() -> None:
    """By their declared sources: more than half, and not all."""
    sources = [parameter.source for parameter in assumed.every_parameter()]
    guesses = len([source for source in sources if source.startswith("assumed")])
    assert len(sources) / 2 < guesses < len(sources)
    assert f"{guesses} of the {len(sources)} numbers" in assumed.coefficients()


def test_changes_against_the_defaults_of_the_setting() -> None:
    """What the setting brings is no change; what the scenario says is; many are counted."""
    plain = {"setting": "repertoire", "population": {}}
    assert assumed.changed(case(plain)) == "nothing in people, rules and instruments"
    talk = {"word_of_mouth": {"base": 0.11}}
    found = assumed.changed(case({**plain, "mechanisms": talk}))
    assert found.startswith("mechanisms.word_of_mouth.base 0.11 (default ")
    silent = {"word_of_mouth": "off", "choice": "off", "trust": "off", "satisfaction": "off"}
    assert " more" in assumed.changed(case({"mechanisms": silent})).split("; ")[-1]


def test_events_are_told_by_their_own_words_or_by_what_they_do() -> None:
    """With their dates; both ends may be open."""
    given = [
        {"from": 2, "until": 4, "firm": "bolt", "shift": {"price": -2}, "why": "price war"},
        {"firm": "acme", "shift": {"price": 1}},
    ]
    assert assumed.events(case({"interventions": given})) == (
        "price war, from month 2 until before month 4; shift price 1.0, from month 0 to the end"
    )
    assert assumed.events(case()) == "none"


def test_campaigns_are_told_beside_the_budget() -> None:
    """Each with its months and what it spends a head."""
    launch = {"instrument": "advertising", "per_head": 5, "until": 1}
    calls = {"instrument": "contact", "per_head": 0.5, "from": 3}
    policy = {"budget": {"amount": 0}, "split": {}, "campaigns": [launch, calls]}
    assert assumed.offer(case({"firms": {"acme": {"policy": policy}}})).endswith(
        "(on nothing), and from month 0 until month 1 5 EUR a head on advertising, "
        "and from month 3 0.5 EUR a head on contact"
    )


def test_arms_that_differ_are_named() -> None:
    """The same words once; others with the name of the arm."""
    found = comparison({"policies": {"a": {}, "b": {"firms.bolt.reaction": {"kind": "imitate"}}}},
                       a=[1, 2], b=[3, 4])  # fmt: skip
    assert assumed.of_all(found, assumed.newcomers) == assumed.CLOSURES["replace"]
    told = assumed.of_all(found, assumed.rivals)
    assert told.startswith("a: each of 2 keeps its policy")
    assert "; b: bolt takes over the policy that earned most of late; cora keeps" in told


def test_every_kind_has_its_words() -> None:
    """No closure, reaction or setting of the scenario language is without."""
    from typing import get_args

    from sim.scenario.offers import Reaction
    from sim.scenario.schema import Scenario
    from sim.scenario.world import Entry

    def tags(union: Any, name: str) -> set[str]:
        return {kind.model_fields[name].default for kind in get_args(get_args(union)[0])}

    assert set(assumed.CLOSURES) == tags(Entry, "closure")
    assert set(assumed.RIVALS) == tags(Reaction, "kind")
    settings = set(get_args(Scenario.model_fields["setting"].annotation))
    assert set(assumed.SETTINGS) == set(assumed.UNSUITED) == settings


def test_who_should_not_use_it_depends_on_the_setting() -> None:
    """The last point is the setting's; forecasts and what is left out come in any."""
    for setting, last in assumed.UNSUITED.items():
        found = assumed.unsuited(setting)
        assert found[-1] == last
        assert any("forecast" in line for line in found)
        assert any("left out does nothing" in line for line in found)

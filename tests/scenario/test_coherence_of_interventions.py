"""Interventions that do not fit their scenario are refused where they stand, with a remedy."""

from typing import Any

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError

Data = dict[str, Any]
MARKET: Data = {
    "firms": {"acme": {}, "bolt": {"price": 5}},
    "groups": {"young": {"share": 0.5}},
    "horizon": 24,
}


def refused(*interventions: Data, **more: Any) -> str:
    """What is said of these interventions."""
    with pytest.raises(ScenarioError) as refusal:
        scenario_from({**MARKET, "interventions": list(interventions), **more})
    return str(refusal.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"firm": "akme", "hold": 0.1}, "interventions.0.firm: must name one of the firms, is 'ak"),
        ({"group": "yung", "set": {"trust": 1}}, "0.group: must name one of the groups, is 'yung'"),
        ({"group": "young", "hold": 0.1}, "0.group: must not be named with hold"),
        ({"from": 24, "hold": 0.1}, "0.from: must lie in 0 to 23, is 24"),
        ({"until": 25, "hold": 0.1}, "0.until: must lie in 0 to 24, is 25"),
        ({"set": {"pric": 3}}, "0.set.pric: must name what an intervention can change, is 'pric'; "
            "did you mean price?"),
        ({"set": {"mechanisms.choice.stying": 3}}, "did you mean mechanisms.choice.staying?"),
        ({"set": {"mechanisms.word_of_mouth.per_tie": 1}}, "must name what an intervention can"),
        ({"group": "young", "set": {"price": 3}}, "set.price: must not be changed for one group"),
        ({"firm": "acme", "shift": {"basket": 1}}, "not be changed for one firm: people have it"),
        ({"firm": "acme", "set": {"mechanisms.choice.staying": 1}}, "it is the same for everybody"),
        ({"until": 3, "set": {"trust": 1}}, "set.trust: must not have an end: memory is changed"),
        ({"set": {"price": 0}}, "must leave price above 0 and at most 1000000000, is 0 in month 0"),
        ({"from": 3, "shift": {"price": -6}}, "shift.price: must leave price above 0 and at most"),
        ({"set": {"trust": 1.5}}, "set.trust: must leave trust from 0 to 1, is 1.5 in month 0"),
        ({"set": {"basket": -1}}, "set.basket: must leave basket from 0 to"),
        ({"set": {"mechanisms.trust.gain": 2}}, "must leave mechanisms.trust.gain from 0 to 1"),
    ],
)  # fmt: skip
def test_what_does_not_fit(said: Data, words: str) -> None:
    """One thing is wrong, and it is said where it is and what to do."""
    assert words in refused(said)


def test_what_can_be_changed_is_said() -> None:
    """Far from any name: the numbers beside a path, or all short names and one path."""
    assert "use one of mechanisms.choice.staying, mechanisms.choice.outside" in refused(
        {"set": {"mechanisms.choice.zzz_zzz_zzz_zzz_zzz_zzz_zzz_zzz": 1}}
    )
    said = refused({"set": {"qqqq": 1}})
    assert "use one of price, unit_cost" in said
    assert "or a path such as mechanisms.needs.look_rate" in said


def test_shifts_that_only_together_leave_the_range() -> None:
    """15 off a price of 20 twice is refused in the month in which the second begins."""
    first: Data = {"from": 2, "firm": "acme", "shift": {"price": -15}}
    said = refused(first, {**first, "from": 5})
    assert said.startswith("interventions.1.shift.price: must leave price above 0")
    assert "is -10 in month 5" in said
    scenario_from({**MARKET, "interventions": [{**first, "until": 5}, {**first, "from": 5}]})


def test_no_wish_at_all_cannot_be_shifted() -> None:
    """`none` is no number to which something could be added."""
    shift: Data = {"shift": {"mechanisms.choice.outside": 1}}
    nothing: Data = {"mechanisms": {"choice": {"outside": "none"}}}
    assert "mechanisms.choice.outside from -50 to 50, is -inf" in refused(shift, **nothing)
    scenario_from({**MARKET, "interventions": [shift]})


def test_shifts_of_traits_are_cut_and_not_refused() -> None:
    """People differ, so a shift that is too much for some is not too much."""
    shift: Data = {"shift": {"orientation": 0.7, "talkativeness": -0.9}}
    scenario_from({**MARKET, "interventions": [shift]})


def test_everything_is_said_at_once() -> None:
    """Three interventions, three faults; ranges are looked at when the rest is right."""
    said = refused({"firm": "x", "hold": 0}, {"set": {"pric": 1}}, {"from": 99, "hold": 0})
    assert said.count("interventions.") == 3
    assert "must leave" not in refused({"set": {"pric": 1}}, {"set": {"price": -1}})

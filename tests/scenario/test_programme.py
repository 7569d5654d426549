"""The loyalty programme as a scenario declares it."""

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError
from sim.scenario.programme import Programme, Tier


def test_a_firm_has_no_programme_unless_it_says_so() -> None:
    """None by default; what is left out of one has a default, and it has no tiers."""
    case = scenario_from({"firms": {"acme": {}, "bolt": {"programme": {"points": 2}}}})
    assert case.spec.firms["acme"].programme is None
    assert case.spec.firms["bolt"].programme == Programme(points=2.0)
    assert Programme().tiers == {}


def test_tiers_have_names() -> None:
    """So that one of them can be changed by its path."""
    tiers = {"silver": {"spend": 100}, "gold": {"spend": 300}}
    case = scenario_from({"firms": {"acme": {"programme": {"tiers": tiers}}}})
    dearer = case.override({"firms.acme.programme.tiers.gold.spend": 400})
    programme = dearer.spec.firms["acme"].programme
    assert programme is not None
    assert programme.tiers == {"silver": Tier(spend=100.0), "gold": Tier(spend=400.0)}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points": 0}, "firms.acme.programme.points: must be greater than 0"),
        ({"given": "soon"}, "firms.acme.programme.given"),
        ({"reward": 5}, "firms.acme.programme"),
        ({"tiers": {f"t{k}": {} for k in range(5)}}, "firms.acme.programme.tiers"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], said: str) -> None:
    """Points of nothing, a word that is none, a key that is none, more than four tiers."""
    with pytest.raises(ScenarioError) as error:
        scenario_from({"firms": {"acme": {"programme": wrong}}})
    assert said in str(error.value)

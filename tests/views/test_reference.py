"""The reference of scenario files: every key of the schema has a row."""

from sim.scenario.schema import Scenario
from sim.scenario.traits import ExitChance
from sim.views.reference import default_of, scenario, sections, source, unit

FIELDS = Scenario.model_fields


def test_every_top_level_key_is_told() -> None:
    """Each key of a scenario stands in the reference."""
    told = scenario()
    assert all(f"`{name}`" in told for name in FIELDS)


def test_every_kind_of_thing_has_a_section() -> None:
    """A beta exit is found, and told apart by its distribution."""
    assert sections()[ExitChance].tag == "distribution: beta"


def test_numbers_have_sources_and_choices_have_none() -> None:
    """The horizon is assumed; the title is the user's."""
    assert source(FIELDS["horizon"]) == "assumed"
    assert source(FIELDS["title"]) == ""
    assert unit(FIELDS["horizon"]) == "steps"
    assert default_of(FIELDS["horizon"], ("horizon",)) == "120"
    assert default_of(FIELDS["firms"], ("firms",)) == "must be given"

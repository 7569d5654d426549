"""The starter: what it writes out is what holds anyway, and so is what it comments out."""

import re

import pytest

from sim.scenario.loading import Case, scenario_from
from sim.scenario.offers import Firm
from sim.scenario.reading import read_text
from sim.scenario.schema import Scenario
from sim.views import starter as module
from sim.views.starter import plain, starter

TEXT = starter("mine.yaml")
UNCOMMENTED = re.sub(r"(?m)^# ", "", TEXT)


def loaded(text: str) -> Case:
    """The checked case of a scenario's text."""
    return scenario_from(read_text(text, "mine.yaml").data)


def test_the_starter_is_the_defaults() -> None:
    """Only its title and its policies are its own."""
    firms = {name: Firm() for name in module.FIRMS}
    wanted = Scenario(title=module.TITLE, firms=firms, policies=module.POLICIES)
    assert loaded(TEXT).spec == wanted


def test_what_is_commented_out_is_in_force_anyway() -> None:
    """With every comment sign removed the scenario is the same."""
    assert loaded(UNCOMMENTED).spec == loaded(TEXT).spec


def test_everything_that_can_be_said_is_there() -> None:
    """Uncommented, the file has every key of the resolved scenario of its first firm and rules."""
    data, resolved = read_text(UNCOMMENTED, "x").data, loaded(TEXT).resolved()
    for name in module.FIRMS[1:]:
        resolved["firms"][name] = {}
    assert paths(data) == paths(resolved)


def paths(data: object, start: str = "") -> set[str]:
    """Every path of a mapping of mappings, policies apart."""
    if not isinstance(data, dict) or start == ".policies":
        return {start}
    return {start}.union(*(paths(value, f"{start}.{key}") for key, value in data.items()))


def test_it_says_meaning_unit_range_and_source() -> None:
    """Rewiring of the network has all four, right above it."""
    words = "share of ties that lead anywhere [share; a number from 0 to 1; Watts & Strogatz 1998]"
    above = f"  ## {words}\n"
    assert above in TEXT.replace("    ##", "  ##")
    assert "## people at the start [people; a whole number" in TEXT


def test_it_names_what_else_could_stand_there() -> None:
    """The kinds of a network, the yardsticks of a budget."""
    assert "[kind: one of complete, random, small_world, scale_free, edges]" in TEXT
    assert "[one of amount, per_head, share_of_revenue]" in TEXT


def test_a_changed_default_changes_the_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is copied: a horizon of 7 as default is a horizon of 7 in the file."""
    monkeypatch.setitem(Scenario.model_fields, "horizon", Scenario.model_fields["horizon"])
    monkeypatch.setattr(Scenario.model_fields["horizon"], "default", 7)
    Scenario.model_rebuild(force=True)
    try:
        assert "\nhorizon: 7\n" in starter("x")
    finally:
        monkeypatch.undo()
        Scenario.model_rebuild(force=True)
    assert "\nhorizon: 120\n" in starter("x")


def test_the_setting_can_be_changed_without_dragging_defaults_along() -> None:
    """In repertoire, forgetting is .15 a month as its declaration says, not subscription's .06."""
    other = loaded(TEXT.replace("setting: subscription", "setting: repertoire"))
    assert other.spec == loaded("setting: repertoire\n" + only_own(TEXT)).spec


def only_own(text: str) -> str:
    """A file with the starter's title, firms and policies, and nothing else."""
    data = read_text(text, "x").data
    return (
        f"title: {data['title']}\nfirms: {{acme: {{}}, bolt: {{}}, cora: {{}}, dune: {{}}}}\n"
        + (f"policies: {plain(data['policies'])}\n")
    )


def test_every_policy_can_be_lived() -> None:
    """`sim compare` works on the starter as it is."""
    case = loaded(TEXT)
    splits = {
        name: case.under_policy(name).spec.firms["acme"].policy.split for name in case.spec.policies
    }
    assert splits["win"] == {"advertising": 0.8, "service": 0.2}
    assert splits["keep"] == {"advertising": 0.2, "service": 0.8}


def test_lines_are_short_and_the_file_is_named() -> None:
    """At most 100 letters a line, so that it fits beside something; commands name the file."""
    assert max(map(len, TEXT.splitlines())) <= 100
    assert "sim run mine.yaml" in TEXT


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (0.5, "0.5"),
        ("", '""'),
        ("sorted", "sorted"),
        ((1.0, 2.0), "[1.0, 2.0]"),
        ({"a": {"b": 1}}, "{a: {b: 1}}"),
    ],
)
def test_values_are_written_as_a_file_has_them(value: object, text: str) -> None:
    """On one line, and read back as they were."""
    assert plain(value) == text

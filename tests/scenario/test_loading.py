"""From a file to a checked case: defaults of a setting, groups, overrides, files, hashes."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.loading import Case, load_scenario, scenario_from
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.schema import Scenario

FIRMS: dict[str, Any] = {"firms": {"acme": {}, "bolt": {}}}


def case(**values: Any) -> Case:
    """A case of two firms."""
    return scenario_from({**FIRMS, **values})


# ── what depends on the setting ───────────────────────────────────────────────────────────────


def test_defaults_of_a_repertoire_market() -> None:
    """Less inertia, more forgetting, no outside option, milder blame, less unequal baskets."""
    rules = case(setting="repertoire").spec.rules
    assert rules.choice.staying == 0.4
    assert rules.choice.outside == float("-inf")
    assert rules.forgetting.salience == 0.15
    assert rules.word_of_mouth.negative_weight == 1.5
    assert case(setting="repertoire").spec.customers.basket.log_sd == 0.5  # type: ignore[union-attr]
    assert case().spec.customers.basket.log_sd == 1.0  # type: ignore[union-attr]


def test_what_is_said_stays_said() -> None:
    """A value of the scenario stands above the default of its setting, the rest is filled in."""
    given = {"choice": {"staying": 2.0}, "forgetting": {"commitment": 0.1}}
    rules = case(setting="repertoire", mechanisms=given).spec.rules
    assert rules.choice.staying == 2
    assert rules.choice.outside == float("-inf")
    assert (rules.forgetting.commitment, rules.forgetting.salience) == (0.1, 0.15)


def test_what_is_off_stays_off() -> None:
    """The defaults of a setting do not switch a mechanism on again."""
    rules = case(setting="repertoire", mechanisms={"forgetting": "off", "choice": "off"}).spec.rules
    assert rules.forgetting.salience == 0
    assert rules.choice.staying == 0


def test_a_basket_of_another_kind_replaces_the_default() -> None:
    """Details of the default distribution do not linger in another one."""
    basket = {"distribution": "gamma", "shape": 2, "mean": 1}
    found = case(setting="repertoire", customers={"basket": basket}).spec.customers.basket
    assert found.model_dump() == {"distribution": "gamma", "shape": 2.0, "mean": 1.0}


def test_a_policy_may_have_none_of_the_partners() -> None:
    """`suppliers: {}` is none of them, null is one less, and what nobody has cannot be taken."""
    partners = {"mill": {"to": "acme"}, "yard": {"to": "bolt"}}
    policies = {"none": {"suppliers": {}}, "one": {"suppliers.mill": None}}
    found = case(suppliers=partners, policies=policies | {"wrong": {"suppliers.mil": None}})
    assert not found.under_policy("none").spec.suppliers
    assert list(found.under_policy("one").spec.suppliers) == ["yard"]
    with pytest.raises(ScenarioError, match=r"suppliers\.mil: must be a mapping, not null"):
        found.under_policy("wrong")


def test_an_override_of_the_setting_brings_its_defaults() -> None:
    """What depends on the setting is filled in after all overrides."""
    assert case().override({"setting": "repertoire"}).spec.rules.choice.staying == 0.4


# ── groups ────────────────────────────────────────────────────────────────────────────────────


def test_a_group_has_everybodys_traits_but_its_own() -> None:
    """A group differs in what it says, and is like all customers in the rest."""
    groups = {"heavy": {"share": 0.2, "customers": {"needs": 4}}, "rest": {"share": 0.1}}
    found = case(customers={"needs": 2, "taste": 0.5}, groups=groups).spec
    heavy, rest = (found.groups[name].customers for name in groups)
    assert heavy.needs.value == 4  # type: ignore[union-attr]
    assert heavy.taste == found.customers.taste
    assert rest == found.customers


def test_a_group_in_a_repertoire_market() -> None:
    """Groups get the defaults of the setting too."""
    found = case(setting="repertoire", groups={"heavy": {"share": 0.2}}).spec
    assert found.groups["heavy"].customers == found.customers


# ── overrides ─────────────────────────────────────────────────────────────────────────────────


def test_overrides_by_path() -> None:
    """A path sets one value; the case before it stays as it was."""
    before = case()
    after = before.override({"firms.acme.price": 25, "firms.bolt": {"quality": 0.9}})
    assert (before.spec.firms["acme"].price, after.spec.firms["acme"].price) == (20, 25)
    assert after.spec.firms["bolt"].quality == 0.9


def test_sets_as_on_the_command_line() -> None:
    """Words like `firms.acme.price=12` are read as a file would be."""
    found = case().with_sets(["firms.acme.price=12", "setting=repertoire", "mechanisms.trust=off"])
    assert found.spec.firms["acme"].price == 12
    assert found.spec.setting == "repertoire"
    assert found.spec.rules.trust.weight == 0


def test_under_a_policy() -> None:
    """A policy is a set of overrides; another than the known ones is refused."""
    found = case(policies={"dear": {"firms.acme.price": 30}, "as_today": {}})
    assert found.under_policy("dear").spec.firms["acme"].price == 30
    assert found.under_policy("as_today").spec == found.spec
    with pytest.raises(ScenarioError, match="deer"):
        found.under_policy("deer")


def test_a_wrong_policy_is_named_at_its_place(tmp_path: Path) -> None:
    """A policy that cannot be used is refused with the line in which it stands."""
    file = tmp_path / "market.yaml"
    file.write_text(
        "firms: {acme: {}}\npolicies:\n  dear:\n    firms.acme.price: -3\n  as_today: {}\n", "utf-8"
    )
    with pytest.raises(ScenarioError, match=r"market\.yaml:4:23 .*firms\.acme\.price"):
        load_scenario(file).under_policy("dear")


# ── resolved, hashed, sent away ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_the_resolved_scenario_says_everything(setting: str) -> None:
    """Resolved data lead to the same scenario again, whatever the defaults become."""
    values: Any = {
        "setting": setting,
        "mechanisms": {"trust": "off", "choice": {"outside": "none"}},
        "customers": {"taste": {"distribution": "dirichlet", "strengths": {"acme": 0.1}}},
        "groups": {"heavy": {"share": 0.2, "customers": {"basket": 3}}},
        "switching_costs": {"acme": {"bolt": "never"}},
    }
    first = case(**values)
    data = json.loads(json.dumps(first.resolved()))
    again = scenario_from(data)
    assert again.spec == first.spec
    assert again.digest() == first.digest()
    assert set(data) == set(Scenario.model_fields)


def test_the_hash_is_of_what_is_said_in_the_end() -> None:
    """Restating a default does not change the hash; any value does."""
    assert case(horizon=120).digest() == case().digest()
    assert case(horizon=121).digest() != case().digest()
    assert len(case().digest()) == 32


def files(folder: Path) -> Case:
    """A case from a file in a folder, which names files in two others."""
    for name, text in (("a/steps.csv", "step\n0\n"), ("b/ties.csv", "from,to\n0,1\n")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    population = {
        "size": 2,
        "entry": {"closure": "listed", "file": "a/steps.csv"},
        "network": {"kind": "edges", "file": "b/ties.csv"},
    }
    (folder / "market.json").write_text(json.dumps({**FIRMS, "population": population}), "utf-8")
    return load_scenario(folder / "market.json")


def test_files_that_a_scenario_names(tmp_path: Path) -> None:
    """Files are found relative to the scenario's own file."""
    found = files(tmp_path)
    assert found.files() == {
        ("population", "entry", "file"): (tmp_path / "a" / "steps.csv").resolve(),
        ("population", "network", "file"): (tmp_path / "b" / "ties.csv").resolve(),
    }
    assert case().files() == {}


def test_the_hash_covers_the_files(tmp_path: Path) -> None:
    """An edited file is another scenario."""
    before = files(tmp_path).digest()
    (tmp_path / "a" / "steps.csv").write_text("step\n1\n", "utf-8")
    assert load_scenario(tmp_path / "market.json").digest() != before


def test_a_portable_case(tmp_path: Path) -> None:
    """A folder and plain data are enough to have the same case elsewhere."""
    found = files(tmp_path)
    folder, data = found.portable()
    again = scenario_from(json.loads(json.dumps(data)), folder)
    assert again.files() == found.files()
    assert again.spec.model_dump() == found.spec.model_dump()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is refused with its key when it is asked for."""
    found = files(tmp_path)
    (tmp_path / "b" / "ties.csv").unlink()
    with pytest.raises(ScenarioError, match=r"population\.network\.file"):
        found.files()


def test_every_problem_at_once(tmp_path: Path) -> None:
    """All faults of a file are told in one error, each at its place."""
    file = tmp_path / "market.yaml"
    file.write_text("horizon: 0\nfirms: {acme: {pric: 3}}\nstep: day\n", "utf-8")
    with pytest.raises(ScenarioError) as refused:
        load_scenario(file)
    keys = [problem.key for problem in refused.value.problems]
    assert keys == ["horizon", "firms.acme.pric", "step"]
    assert all(problem.remedy for problem in refused.value.problems)


def test_what_is_found_wrong_later_gets_its_place(tmp_path: Path) -> None:
    """A problem of a part that is being built stands where the scenario asks for it."""
    file = tmp_path / "market.yaml"
    file.write_text("firms: {acme: {}}\npopulation:\n  size: 9\n  network: {kind: complete}\n")
    case = load_scenario(file)
    with pytest.raises(ScenarioError) as caught, case.at("population", "network"):
        raise ValueError("ties.csv, row 2: to must be a place")
    assert str(caught.value) == (
        f"{file}:4:12  population.network: ties.csv, row 2: to must be a place"
    )
    with pytest.raises(ScenarioError, match="as it is"), case.at("population"):
        raise ScenarioError([Problem(None, "", "as it is", "", "")])

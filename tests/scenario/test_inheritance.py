"""Inheritance: parents first, then the file, then `--set`; and no way out of the folder."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.scenario.inheritance import LONGEST_CHAIN, load, resolve_file
from sim.scenario.problems import Place, Problem, ScenarioError


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files into the folder; the path of the first of them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder / next(iter(files))


def refused(
    path: str | Path, sets: tuple[str, ...] = (), root: Path | None = None, shop: Path | None = None
) -> list[Problem]:
    """The problems of loading `path`; shipped files lie in `shop`."""
    shipped = None if shop is None else lambda name: shop / f"{name}.yaml"
    with pytest.raises(ScenarioError) as caught:
        load(path, root=root, sets=sets, shipped=shipped)
    return list(caught.value.problems)


def test_the_child_overrides_its_parents(tmp_path: Path) -> None:
    """Grandparent, parent, child: each says one thing more, the child's price stands."""
    path = write(
        tmp_path,
        {
            "child.yaml": "extends: base/parent.yaml\nfirms.acme.price: 3",
            "base/parent.yaml": "extends: ../grand.yaml\nfirms: {acme: {price: 2}}\nseed: 2",
            "grand.yaml": "firms: {acme: {price: 1, quality: .5}}\nseed: 1",
        },
    )
    loaded = load(path)
    assert loaded.data == {"firms": {"acme": {"price": 3, "quality": 0.5}}, "seed": 2}
    assert loaded.place(("firms", "acme", "price")) == Place(str(path), 2, 19)
    assert loaded.place(("seed",)) == Place(str(tmp_path / "base/parent.yaml"), 3, 7)
    assert loaded.folder == tmp_path
    assert [file.name for file in loaded.files] == ["child.yaml", "parent.yaml", "grand.yaml"]
    assert loaded.folder_of(("seed",)) == tmp_path / "base"


def test_a_shipped_scenario_can_be_extended_and_loaded(tmp_path: Path) -> None:
    """`sim:shop/corner` is resolved by the package, from outside the user's folder."""
    shop = tmp_path / "package"
    write(shop, {"shop/corner.yaml": "seed: 1\nhorizon: 9\nextends: sim:bare", "bare.yaml": "a: 1"})
    path = write(tmp_path / "mine", {"m.yaml": "extends: sim:shop/corner\nseed: 2"})
    loaded = load(path, shipped=lambda name: shop / f"{name}.yaml")
    assert loaded.data == {"a": 1, "seed": 2, "horizon": 9}
    assert loaded.place(("horizon",)) == Place("sim:shop/corner", 2, 10)
    again = load("sim:shop/corner", shipped=lambda name: shop / f"{name}.yaml")
    assert again.data == {"a": 1, "seed": 1, "horizon": 9}


def test_set_overrides_in_order(tmp_path: Path) -> None:
    """The second `--set` of the seed wins; its place is the second, after `seed=`."""
    path = write(tmp_path, {"m.yaml": "seed: 1\nlist: [{from: 1}]"})
    loaded = load(path, sets=["seed=2", "seed=3", "list.0.from = 10_000", "a.b={c: [1, off]}"])
    assert loaded.data == {"seed": 3, "list": [{"from": 10_000}], "a": {"b": {"c": [1, "off"]}}}
    assert loaded.place(("seed",)) == Place("--set", 2, 6)
    assert loaded.place(("list", 0, "from")) == Place("--set", 3, 15)
    assert loaded.place(("a", "b", "c", 1)) == Place("--set", 4, 13)
    assert loaded.place(("list", 0)) == Place(str(path), 2, 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seed", "--set:1:1  must read path=value, is 'seed'; write it like firms.acme.price=20"),
        ("seed=", "--set:1:6  seed: must not be empty; write a value, or null"),
        ("seed=.nan", "--set:1:6  seed: must be a finite number, is '.nan'; write a number"),
        ("a={b: .nan}", "--set:1:7  a.b: must be a finite number, is '.nan'; write a number"),
        (
            "extends=b.yaml",
            "--set:1:1  extends: must not be set; write a file that extends the other parent",
        ),
        (
            "a..b=1",
            "--set:1:6  a..b: must be names joined by dots, is 'a..b'; "
            "write it like firms.acme.price",
        ),
        (
            "seed.x=1",
            "--set:1:8  seed.x: must lead through mappings and lists, is 1 before x; "
            "set the whole mapping",
        ),
    ],
)
def test_a_set_that_cannot_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """Each refusal names the column in the argument, the rule, the value, the remedy."""
    path = write(tmp_path, {"m.yaml": "seed: 1"})
    assert [str(problem) for problem in refused(path, (text,))] == [message]


def test_all_bad_sets_are_named_at_once(tmp_path: Path) -> None:
    """Two that do not parse, or two that do not fit, come together."""
    path = write(tmp_path, {"m.yaml": "seed: 1"})
    assert len(refused(path, ("seed=", "horizon=3", "x"))) == 2
    assert len(refused(path, ("seed.x=1", "horizon=3", "seed.y=1"))) == 2


@pytest.mark.parametrize(
    ("extends", "rule"),
    [
        ("[a.yaml]", "must be text"),
        ("null", "must be text"),
        ("/etc/passwd", "must be a relative path"),
        ("C:\\m.yaml", "must be a relative path"),
        ("\\\\host\\m.yaml", "must be a relative path"),
        ("../secret.yaml", "must lie in the folder of the scenario"),
        ("way_out.yaml", "must lie in the folder of the scenario"),
        ("way/secret.yaml", "must lie in the folder of the scenario"),
        ("../nothing_there.yaml", "must lie in the folder of the scenario"),
        (".", "must be a file"),
        ("missing.yaml", "must be a file"),
        ("''", "must be a file"),
        ("sim:absent", "must be a shipped scenario"),
        ("sim:../secret", "must be a shipped scenario"),
        ("'sim:'", "must be a shipped scenario"),
    ],
)
def test_a_parent_must_be_a_file_within_the_folder(tmp_path: Path, extends: str, rule: str) -> None:
    """No absolute path, no `..`, no link leads out; the place is that of `extends`."""
    write(tmp_path, {"secret.yaml": "seed: 1"})
    path = write(tmp_path / "mine", {"m.yaml": f"seed: 1\nextends: {extends}"})
    (tmp_path / "mine" / "way_out.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "mine" / "way").symlink_to(tmp_path)
    [problem] = refused(path, shop=tmp_path / "mine")
    assert (problem.rule, problem.key) == (rule, "extends")
    assert problem.place == Place(str(path), 2, 10)


def test_a_root_widens_what_is_allowed(tmp_path: Path) -> None:
    """With the common folder as root, a parent beside the scenario's folder is found."""
    write(tmp_path, {"common/base.yaml": "seed: 1"})
    path = write(tmp_path, {"mine/m.yaml": "extends: ../common/base.yaml"})
    assert load(path, root=tmp_path).data == {"seed": 1}
    assert refused(path)[0].rule == "must lie in the folder of the scenario"
    assert refused(path, root=tmp_path / "mine")[0].rule == "must lie in the folder of the scenario"


def test_a_missing_parent_offers_near_matches(tmp_path: Path) -> None:
    """A file in the same folder, or a shipped scenario, with nearly that name."""
    path = write(tmp_path, {"m.yaml": "extends: bse.yaml", "base.yaml": "seed: 1"})
    assert str(refused(path)[0]) == (
        f"{path}:1:10  extends: must be a file, is 'bse.yaml' (missing); did you mean base.yaml?"
    )
    path.write_text("extends: sim:bse")
    assert refused(path, shop=tmp_path)[0].remedy == "did you mean sim:base?"
    assert refused("sim:bse", shop=tmp_path)[0].remedy == "did you mean sim:base?"


def test_without_shipped_scenarios_none_can_be_named(tmp_path: Path) -> None:
    """`sim:name` is refused where nothing says where such files lie."""
    assert refused("sim:base")[0].rule == "must be a shipped scenario"


def test_a_circle_is_named(tmp_path: Path) -> None:
    """a extends b extends a: the chain is the value, the place is in b."""
    path = write(tmp_path, {"a.yaml": "extends: b.yaml", "b.yaml": "extends: a.yaml"})
    [problem] = refused(path)
    assert problem.rule == "must not lead back to itself"
    first, second = str(path), str(tmp_path / "b.yaml")
    assert problem.value == f"{first} → {second} → {first}"
    assert problem.place == Place(str(tmp_path / "b.yaml"), 1, 10)
    path.write_text("extends: a.yaml")
    assert refused(path)[0].rule == "must not lead back to itself"


def test_a_chain_ends_after_twenty_files(tmp_path: Path) -> None:
    """Twenty files load; twenty-one do not."""
    files = {f"{n}.yaml": f"extends: {n + 1}.yaml" for n in range(1, LONGEST_CHAIN)}
    path = write(tmp_path, files | {f"{LONGEST_CHAIN}.yaml": "seed: 1"})
    assert load(path).data == {"seed": 1}
    write(tmp_path, {"20.yaml": "extends: 21.yaml", "21.yaml": "seed: 1"})
    assert refused(path)[0].rule == "must lead through at most 20 files"


def test_a_fault_in_a_parent_is_placed_in_the_parent(tmp_path: Path) -> None:
    """The child is well; the parent's syntax error has the parent's line."""
    path = write(tmp_path, {"m.yaml": "extends: base.yaml", "base.yaml": "a: 1\nb: [1"})
    [problem] = refused(path)
    assert problem.place == Place(str(tmp_path / "base.yaml"), 2, 6)


def test_a_missing_scenario_is_refused(tmp_path: Path) -> None:
    """The first file is named in the same words as any other."""
    assert str(refused(tmp_path / "m.yaml")[0]) == (
        f"{tmp_path / 'm.yaml'}:1:1  must be a file, is missing; check the name"
    )


def test_other_files_are_found_as_safely(tmp_path: Path) -> None:
    """A CSV beside the scenario is found; one outside is not, unless the root holds it."""
    mine = write(tmp_path, {"mine/arrivals.csv": "1", "other.csv": "2"}).parent
    assert resolve_file(mine, "arrivals.csv") == mine / "arrivals.csv"
    assert resolve_file(mine, "../other.csv", root=tmp_path) == tmp_path / "other.csv"
    for name in ("../other.csv", "/etc/passwd", "a\0b", "missing.csv", "."):
        with pytest.raises(ScenarioError) as caught:
            resolve_file(mine, name)
        [problem] = caught.value.placed(Place("m.yaml", 3, 1), "arrivals").problems
        assert problem.place == Place("m.yaml", 3, 1)

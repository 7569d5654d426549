"""Layers: a value's place is its place in the last layer that holds it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.layers import Layer, Loaded, merged
from sim.scenario.problems import KeyPath, Place, ScenarioError
from sim.scenario.reading import Value, read_text


def layer(text: str, name: str) -> Layer:
    """A layer of a file called `name`, which lies in a folder of the same name."""
    document = read_text(text, name)
    return Layer(document.data, document.place, Path(name))


def stack(*texts: str) -> Loaded:
    """Layers called a, b, c ... of which each overrides the ones before it; all are files."""
    layers = tuple(layer(text, name) for text, name in zip(texts, "abcdef", strict=False))
    data: dict[str, Value] = {}
    for each in layers:
        data = merged(data, each)
    return Loaded(data, layers, tuple(Path(each.folder) for each in layers), Path("z"))


def test_the_last_layer_that_holds_a_value_places_it() -> None:
    """Price comes from b, quality still from a."""
    loaded = stack("firms: {acme: {price: 20, quality: .7}}", "firms:\n  acme: {price: 18}")
    assert loaded.data == {"firms": {"acme": {"price": 18, "quality": 0.7}}}
    assert loaded.place(("firms", "acme", "price")) == Place("b", 2, 17)
    assert loaded.place(("firms", "acme", "price"), of_key=True) == Place("b", 2, 10)
    assert loaded.place(("firms", "acme", "quality")) == Place("a", 1, 36)


def test_a_replaced_list_is_placed_where_it_was_replaced() -> None:
    """The second entry of a list that b shortened no longer exists; its list is in b."""
    loaded = stack("list: [1, 2]", "list: [3]")
    assert loaded.place(("list", 0)) == Place("b", 1, 8)
    assert loaded.place(("list", 1)) == Place("b", 1, 7)


def test_a_path_places_what_it_sets() -> None:
    """Values under a dotted key stand in the layer of that key."""
    loaded = stack("firms: {acme: {split: {service: 1}}}", "firms.acme.split: {service: 2}")
    assert loaded.place(("firms", "acme", "split", "service")) == Place("b", 1, 29)
    assert loaded.place(("firms", "acme", "split"), of_key=True) == Place("b", 1, 1)
    assert loaded.place(("firms", "acme")) == Place("a", 1, 15)


def test_a_path_into_a_list_places_one_entry() -> None:
    """Entry 1 is b's, entry 0 still a's."""
    loaded = stack("list: [{x: 1}, {x: 2}]", "list.1.x: 3")
    assert loaded.data == {"list": [{"x": 1}, {"x": 3}]}
    assert loaded.place(("list", 1, "x")) == Place("b", 1, 11)
    assert loaded.place(("list", 0, "x")) == Place("a", 1, 12)


def test_a_mapping_that_only_a_path_made_is_placed_at_the_path() -> None:
    """No layer says `firms`, but a dotted key leads through it."""
    made = stack("seed: 1", "firms.acme.price: 3")
    assert made.place(("firms", "acme")) == Place("b", 1, 19)
    assert made.place(("firms", "acme"), of_key=True) == Place("b", 1, 1)


def test_of_two_keys_in_one_layer_the_later_places_the_value() -> None:
    """Written as a path and again nested, the price is the nested one."""
    loaded = stack("firms.acme.price: 1\nfirms: {acme: {price: 2}}")
    assert loaded.data == {"firms": {"acme": {"price": 2}}}
    assert loaded.place(("firms", "acme", "price")) == Place("a", 2, 23)


def test_what_is_absent_is_placed_at_the_nearest_ancestor() -> None:
    """A missing quality is looked for at its firm, a missing key at the top in the last file."""
    loaded = stack("firms: {acme: {price: 20}}", "seed: 1")
    assert loaded.place(("firms", "acme", "quality", "x")) == Place("a", 1, 15)
    assert loaded.place(("firms", "acme", "quality"), of_key=True) == Place("a", 1, 9)
    assert loaded.place(("horizon",)) == Place("b", 1, 1)
    assert loaded.place(()) == Place("b", 1, 1)


def test_a_file_named_by_a_value_lies_beside_the_file_that_names_it() -> None:
    """Arrivals listed by the parent are looked for in the parent's folder."""
    loaded = stack("arrivals: list.csv", "seed: 1")
    assert loaded.folder_of(("arrivals",)) == Path("a")
    assert loaded.folder_of(("seed",)) == Path("b")


def test_a_policy_is_one_more_layer_with_its_places() -> None:
    """Under `win` the split is the policy's, placed in its lines; the rest stays."""
    loaded = stack("firms: {acme: {price: 20}}\npolicies:\n  win: {firms.acme.price: 18, seed: 4}")
    won = loaded.under("policies", "win")
    assert won.data["firms"] == {"acme": {"price": 18}}
    assert won.place(("firms", "acme", "price")) == Place("a", 3, 27)
    assert won.place(("seed",), of_key=True) == Place("a", 3, 31)
    assert loaded.data["firms"] == {"acme": {"price": 20}}


def refused(act: Callable[[], object]) -> str:
    """The message of the ScenarioError that `act` raises."""
    with pytest.raises(ScenarioError) as caught:
        act()
    return str(caught.value)


def test_a_policy_that_is_no_mapping_is_refused() -> None:
    """The place is that of the policy; one that is missing gets the nearest name."""
    loaded = stack("policies: {win: off}")
    assert refused(lambda: loaded.under("policies", "win")) == (
        "a:1:17  policies.win: must be a mapping, is 'off'; write `key: value` lines, or {}"
    )
    assert "did you mean win?" in refused(lambda: loaded.under("policies", "wim"))


def test_a_key_that_cannot_be_used_is_placed() -> None:
    """A path through a number is refused at the key that says it."""
    message = refused(lambda: stack("seed: 1", "horizon: 3\nseed.x: 2"))
    assert message.startswith("b:2:1  seed.x: must lead through mappings and lists")


def test_overrides_from_python_have_no_place() -> None:
    """A dictionary overrides like a file, and its values stand nowhere."""
    loaded = stack("seed: 1\nhorizon: 3").override({"seed": 2})
    assert loaded.data == {"seed": 2, "horizon": 3}
    assert loaded.place(("seed",)) is None
    assert loaded.place(("horizon",)) == Place("a", 2, 10)


def test_own_and_made_paths() -> None:
    """A layer knows its own spelling of a path, and which key leads through one."""
    paths: tuple[KeyPath, ...] = (("a", "b", "c"), ("a",), ("a", "x"))
    each = layer("a.b: {c: 1}", "f")
    assert [each.own(path) for path in paths] == [("a.b", "c"), None, None]
    assert [each.makes(path) for path in paths] == [None, ("a.b",), None]

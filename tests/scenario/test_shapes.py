"""Shapes: what a model wants at a place, found along the location of an error."""

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from sim.scenario.shapes import choices, described, find, known_keys, plain_number, tags


class Fixed(BaseModel):
    kind: Literal["fixed"]
    fixed: float


class Spread(BaseModel):
    kind: Literal["normal", "gamma"]
    sd: Annotated[float, Field(gt=0)]


type Spreading = Annotated[Fixed | Spread, Field(discriminator="kind")]


class Firm(BaseModel):
    price: Annotated[float, Field(gt=0)] = 1
    class_: Annotated[str | None, Field(alias="class")] = None
    basket: Spreading | float = 1
    lists: tuple[int, str] = (1, "a")


class Market(BaseModel):
    firms: dict[str, Firm] = {}
    taste: Spreading | None = None
    rest: list[Annotated[float, Field(ge=0, le=1)] | Literal["auto"]] = []


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (float, "a number"),
        (Annotated[float, Field(gt=0)], "a number above 0"),
        (Annotated[float, Field(ge=0, le=0.5)], "a number from 0 to 0.5"),
        (Annotated[int, Field(gt=0, le=10)], "a whole number above 0 and of at most 10"),
        (Annotated[int, Field(ge=2)] | None, "a whole number of at least 2"),
        (Annotated[float, Field(lt=1)] | str, "a number below 1 or text"),
        (Literal["a", "b"], "one of a, b"),
        (Literal["auto"] | bool, "auto or true or false"),
        (Colour, "red"),
        (Spreading, "a mapping"),
        (Spreading | float, "a mapping or a number"),
        (dict[str, int] | list[int] | tuple[int, ...], "a mapping or a list"),
        (Any, "another value"),
    ],
)
def test_what_is_wanted_is_said_in_words(shape: object, words: str) -> None:
    """Kinds, bounds, words to choose from; Optional says nothing of null."""
    assert described(shape) == words


def test_bounds_can_be_left_out() -> None:
    """The kind alone, as a rule about kinds needs it."""
    assert described(Annotated[float, Field(gt=0)], bounds=False) == "a number"


def test_words_to_choose_from() -> None:
    """Literals, Enums and the tags of a discriminated union."""
    assert choices(Literal["a", "b"] | float) == ("a", "b")
    assert choices(Colour) == ("red",)
    assert choices(float) == ()
    assert tags(Spreading, "kind") == ("fixed", "normal", "gamma")
    assert tags(Spreading, "absent") == ()


def test_known_keys_are_the_visible_ones() -> None:
    """An alias hides the name of the field; what is no model knows no keys."""
    assert known_keys(Firm) == ("price", "class", "basket", "lists")
    assert known_keys(dict[str, Firm]) == ()


def test_a_location_is_followed_through_mappings_models_and_lists() -> None:
    """Firm acme's price is wanted above 0; its owner is a Firm."""
    data = {"firms": {"acme": {"price": -1, "class": 3, "lists": [1, 2]}}}
    found = find(Market, data, ("firms", "acme", "price"))
    assert (found.path, found.owner) == (("firms", "acme", "price"), Firm)
    assert described(found.shape) == "a number above 0"
    assert described(find(Market, data, ("firms", "acme", "class")).shape) == "text"
    assert described(find(Market, data, ("firms", "acme", "lists", 1)).shape) == "text"


def test_tags_are_no_keys_even_where_a_key_has_their_name() -> None:
    """`taste.fixed.fixed`: the first is the member of the union, the second the key."""
    data = {"taste": {"kind": "fixed", "fixed": "x"}}
    found = find(Market, data, ("taste", "fixed", "fixed"))
    assert (found.path, found.owner, found.forks) == (("taste", "fixed"), Fixed, ())


def test_plain_unions_are_forks() -> None:
    """A number or one of two mappings: the member tried is kept, and is no key."""
    data = {"firms": {"acme": {"basket": {"kind": "gamma", "sd": 0}}}}
    place = ("firms", "acme", "basket")
    found = find(Market, data, (*place, "tagged-union[Fixed,Spread]", "gamma", "sd"))
    assert (found.path, found.owner) == ((*place, "sd"), Spread)
    assert found.forks == ((place, "tagged-union[Fixed,Spread]"),)
    number = find(Market, data, (*place, "float"))
    assert (number.path, described(number.shape)) == (place, "a number")


def test_members_of_unions_in_lists() -> None:
    """Constrained members and literals are recognised by pydantic's labels."""
    number = find(Market, {"rest": [3]}, ("rest", 0, "constrained-float"))
    assert (number.path, described(number.shape)) == (("rest", 0), "a number from 0 to 1")
    word = find(Market, {"rest": [3]}, ("rest", 0, "literal['auto']"))
    assert (word.path, described(word.shape)) == (("rest", 0), "auto")


class Small(BaseModel):
    kind: Literal["small"]


class SmallWorld(BaseModel):
    kind: Literal["small-world"]


class Network(BaseModel):
    ties: Annotated[Small | SmallWorld, Field(discriminator="kind")]
    weights: float | dict[str, float]


def test_the_best_match_of_a_label_is_chosen() -> None:
    """`small-world` also mentions small, and `dict[str,float]` a float."""
    assert find(Network, {"ties": {}}, ("ties", "small-world")).shape is SmallWorld
    weights = find(Network, {"weights": {"a": "x"}}, ("weights", "dict[str,float]", "a"))
    assert (weights.path, weights.shape) == (("weights", "a"), float)


def test_what_is_missing_ends_the_path_and_what_is_unknown_is_dropped() -> None:
    """A field that is not in the data is a key all the same; a stray label is not."""
    data = {"taste": {"kind": "gamma"}}
    found = find(Market, data, ("taste", "gamma", "sd"))
    assert (found.path, described(found.shape)) == (("taste", "sd"), "a number above 0")
    assert find(Market, data, ("taste", "gamma", "function-wrap[check()]")).path == ("taste",)


def test_a_key_can_be_at_fault() -> None:
    """pydantic marks faults of keys with `[key]`."""
    found = find(Market, {"firms": {"A": {}}}, ("firms", "A", "[key]"))
    assert (found.path, found.of_key) == (("firms", "A"), True)


def test_numbers_are_written_without_needless_decimals() -> None:
    """A bound of 0.0 reads as 0."""
    assert [plain_number(each) for each in (0.0, 0.5, 3, 1e15)] == [
        "0",
        "0.5",
        "3",
        "1000000000000000",
    ]

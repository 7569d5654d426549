"""Checking: every fault a model finds, at its file and line, in plain words."""

from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.checking import validate
from sim.scenario.inheritance import Loaded, load
from sim.scenario.problems import Place, ScenarioError
from sim.scenario.reading import Value


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Fixed(Strict):
    kind: Literal["fixed"]
    mean: Annotated[float, Field(gt=0)]


class Lognormal(Strict):
    kind: Literal["lognormal"]
    mean: Annotated[float, Field(gt=0)] = 1
    log_sd: float


class Pulse(Strict):
    at: int
    height: Annotated[float, Field(gt=0, le=1)]


class Wave(Strict):
    period: float
    phase: float
    height: float


class Closure(Enum):
    REPLACE = "replace"
    COHORT = "cohort"


type Distribution = Annotated[Fixed | Lognormal, Field(discriminator="kind")]


class Firm(Strict):
    price: Annotated[float, Field(gt=0)]
    quality: Annotated[float, Field(ge=0, le=1)] = 0.5
    customers: Annotated[int, Field(lt=10)] = 0
    basket: Distribution | None = None
    taste: Distribution | Annotated[float, Field(ge=0)] | Literal["auto"] = 1
    season: Wave | Pulse | None = None
    name: Annotated[str, Field(pattern="^[a-z]+$", max_length=5)] = "firm"


class Intervention(Strict):
    start: int = Field(alias="from")
    until: int

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until <= self.start:
            rule, remedy = "must be after `from`", "write a later step"
            words = {"rule": rule, "remedy": remedy, "key": "until", "value": str(self.until)}
            raise PydanticCustomError("order", "{rule}", words)
        return self


class Market(Strict):
    firms: dict[Annotated[str, Field(pattern="^[a-z_]+$")], Firm] = {}
    step: Literal["month", "week"] = "month"
    closure: Closure = Closure.REPLACE
    booked: bool = True
    interventions: tuple[Intervention, ...] = ()
    title: str | None = None
    seed: int = 1
    grid: Annotated[list[float], Field(min_length=2)] = [0, 1]

    @field_validator("seed")
    @classmethod
    def _lucky(cls, seed: int) -> int:
        if seed == 13:
            raise ValueError("must not be unlucky")
        return seed

    @field_validator("title")
    @classmethod
    def _short(cls, title: str | None) -> str | None:
        if title == "long":
            raise PydanticCustomError("short", "{rule}", {"rule": "must be short", "remedy": "cut"})
        return title


def loaded(tmp_path: Path, text: str, *sets: str) -> Loaded:
    """A scenario of the text, from a file."""
    (tmp_path / "m.yaml").write_text(text)
    return load(tmp_path / "m.yaml", sets=sets)


def messages(tmp_path: Path, text: str, *sets: str) -> list[str]:
    """What the model says to the text; the file is called m.yaml."""
    with pytest.raises(ScenarioError) as caught:
        validate(Market, loaded(tmp_path, text, *sets))
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


ACME = "firms:\n  acme:\n    price: 20\n    "


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "prise: 3",
            "4:5  firms.acme.prise: must be a known key, is 'prise'; did you mean price?",
        ),
        (
            "zzz: 3",
            "4:5  firms.acme.zzz: must be a known key, is 'zzz'; known here: price, quality, "
            "customers, basket, taste, season, name",
        ),
        (
            "basket.mean: 3",
            "4:5  firms.acme.basket.mean: must be a known key, is 'basket.mean'; "
            "a path with dots works only at the top of a file or a policy",
        ),
        (
            "quality: 1.5",
            "4:14  firms.acme.quality: must be at most 1, is 1.5; write a number from 0 to 1",
        ),
        (
            "quality: -1",
            "4:14  firms.acme.quality: must be at least 0, is -1; write a number from 0 to 1",
        ),
        (
            "customers: 10",
            "4:16  firms.acme.customers: must be less than 10, is 10; "
            "write a whole number below 10",
        ),
        (
            "customers: 5_000.0",
            "4:16  firms.acme.customers: must be a whole number, not a number with a decimal "
            "point, is 5000.0; write a whole number below 10",
        ),
        (
            "quality: true",
            "4:14  firms.acme.quality: must be a number, not true or false, is true; "
            "write a number from 0 to 1",
        ),
        (
            "quality: '0.5'",
            "4:14  firms.acme.quality: must be a number, not text, is '0.5'; "
            "write a number from 0 to 1",
        ),
        (
            "quality:",
            "4:13  firms.acme.quality: must be a number, not null, is null; "
            "write a number from 0 to 1",
        ),
        (
            "basket: [1]",
            "4:13  firms.acme.basket: must be a mapping, not a list, is [1]; write a mapping",
        ),
        (
            "name: 3",
            "4:11  firms.acme.name: must be text, not a whole number, is 3; write text",
        ),
        (
            "name: Acme",
            "4:11  firms.acme.name: must match the pattern ^[a-z]+$, is 'Acme'; "
            "write text that matches it",
        ),
        (
            "name: abcdef",
            "4:11  firms.acme.name: must have at most 5 letters, is 'abcdef'; make it shorter",
        ),
    ],
)
def test_a_fault_in_a_firm(tmp_path: Path, line: str, message: str) -> None:
    """Unknown keys, ranges and kinds: the words are pinned, the place is the editor's."""
    assert messages(tmp_path, ACME + line) == [f"m.yaml:{message}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("step: moth", "1:7  step: must be one of month, week, is 'moth'; did you mean month?"),
        ("step: 3", "1:7  step: must be one of month, week, is 3; known here: month, week"),
        (
            "closure: replaced",
            "1:10  closure: must be one of replace, cohort, is 'replaced'; did you mean replace?",
        ),
        (
            "booked: no",
            "1:9  booked: must be true or false, not text, is 'no'; write true or false",
        ),
        ("firms: 3", "1:8  firms: must be a mapping, not a whole number, is 3; write a mapping"),
        (
            "firms: {acme: off}",
            "1:15  firms.acme: must be a mapping, not text, is 'off'; write a mapping",
        ),
        (
            "firms: {Acme: {price: 1}}",
            "1:9  firms.Acme: must match the pattern ^[a-z_]+$, is 'Acme'; "
            "write a name that matches it",
        ),
        ("grid: [1]", "1:7  grid: must have at least 2 entries, is [1]; make it longer"),
        ("grid: [1, a]", "1:11  grid.1: must be a number, not text, is 'a'; write a number"),
        ("grid: {}", "1:7  grid: must be a list, not a mapping, is {}; write a list"),
        (
            "interventions: {}",
            "1:16  interventions: must be a list, not a mapping, is {}; write a list",
        ),
        ("seed: 13", "1:7  seed: must not be unlucky, is 13"),
        ("title: long", "1:8  title: must be short, is 'long'; cut"),
        (
            "interventions:\n  - from: 12\n    until: 6",
            "3:12  interventions.0.until: must be after `from`, is 6; write a later step",
        ),
        (
            "interventions:\n  - start: 12\n    from: 1\n    until: 2",
            "2:5  interventions.0.start: must be a known key, is 'start'; known here: from, until",
        ),
    ],
)
def test_a_fault_elsewhere(tmp_path: Path, text: str, message: str) -> None:
    """Words to choose from, keys, lists, validators with words of their own."""
    assert messages(tmp_path, text) == [f"m.yaml:{message}"]


def test_a_missing_key_is_placed_at_the_key_that_lacks_it(tmp_path: Path) -> None:
    """Firm acme has no price: the place is that of `acme`, the remedy says what to write."""
    assert messages(tmp_path, "firms:\n  acme: {}") == [
        "m.yaml:2:3  firms.acme.price: must be given, is missing; write a number above 0"
    ]


def test_all_faults_come_at_once_in_order(tmp_path: Path) -> None:
    """Three faults, three problems, sorted by line."""
    found = messages(tmp_path, "step: 3\nsed: 1\nfirms:\n  acme: {price: 0}")
    assert [message.split("  ")[0] for message in found] == [
        "m.yaml:1:7",
        "m.yaml:2:1",
        "m.yaml:4:17",
    ]


@pytest.mark.parametrize(
    ("basket", "message"),
    [
        (
            "{kind: lognorm}",
            "4:20  firms.acme.basket.kind: must be one of fixed, lognormal, is 'lognorm'; "
            "did you mean lognormal?",
        ),
        (
            "{mean: 1}",
            "4:5  firms.acme.basket.kind: must be given, is missing; write one of fixed, lognormal",
        ),
        (
            "{kind: fixed, mean: 0}",
            "4:33  firms.acme.basket.mean: must be greater than 0, is 0; write a number above 0",
        ),
        (
            "{kind: fixed, mean: 1, log_sd: 1}",
            "4:36  firms.acme.basket.log_sd: must be a known key, is 'log_sd'; "
            "known here: kind, mean",
        ),
        (
            "{kind: lognormal}",
            "4:5  firms.acme.basket.log_sd: must be given, is missing; write a number",
        ),
    ],
)
def test_faults_in_a_union_told_apart_by_kind(tmp_path: Path, basket: str, message: str) -> None:
    """The member is chosen by its kind, and the kind appears in no key."""
    assert messages(tmp_path, f"{ACME}basket: {basket}") == [f"m.yaml:{message}"]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (
            "taste",
            "[1]",
            "4:12  firms.acme.taste: must be a mapping or a number or auto, is [1]; "
            "write a mapping or a number of at least 0 or auto",
        ),
        (
            "taste",
            "aut",
            "4:12  firms.acme.taste: must be a mapping or a number or auto, is 'aut'; "
            "did you mean auto?",
        ),
        (
            "taste",
            "-1",
            "4:12  firms.acme.taste: must be at least 0, is -1; write a number of at least 0",
        ),
        (
            "taste",
            "{kind: fixed, mean: -1}",
            "4:32  firms.acme.taste.mean: must be greater than 0, is -1; write a number above 0",
        ),
        (
            "taste",
            "{kind: fixd}",
            "4:19  firms.acme.taste.kind: must be one of fixed, lognormal, is 'fixd'; "
            "did you mean fixed?",
        ),
        (
            "season",
            "off",
            "4:13  firms.acme.season: must be a mapping, not text, is 'off'; write a mapping",
        ),
        (
            "season",
            "{at: 3, height: 2}",
            "4:29  firms.acme.season.height: must be at most 1, is 2; "
            "write a number above 0 and of at most 1",
        ),
    ],
)
def test_faults_in_a_plain_union_are_one_problem(
    tmp_path: Path, key: str, value: str, message: str
) -> None:
    """Only the member that was meant speaks; where none was, all are named in one sentence."""
    assert messages(tmp_path, f"{ACME}{key}: {value}") == [f"m.yaml:{message}"]


def test_each_fault_is_placed_in_the_file_it_came_from(tmp_path: Path) -> None:
    """A `--set`, a policy and a parent are each blamed for what they say."""
    (tmp_path / "base.yaml").write_text("firms:\n  acme: {price: 0}\n")
    text = "extends: base.yaml\nseed: x\n"
    policies = "policies:\n  win: {firms.acme.quality: 3}\n"
    found = messages(tmp_path, text, "step=day")
    assert [message.split("  ")[0] for message in found] == [
        "--set:1:6",
        "base.yaml:2:17",
        "m.yaml:2:7",
    ]
    won = loaded(tmp_path, "firms: {acme: {price: 1}}\n" + policies).under("policies", "win")
    with pytest.raises(ScenarioError) as caught:
        validate(Market, won)
    by_key = {problem.key: problem.place for problem in caught.value.problems}
    assert by_key["firms.acme.quality"] == Place(str(tmp_path / "m.yaml"), 3, 29)


def test_a_sound_scenario_becomes_a_model(tmp_path: Path) -> None:
    """Whole numbers do for numbers, lists for tuples, words for Enums, aliases for fields."""
    text = "closure: cohort\ninterventions: [{from: 1, until: 2}]\ntitle: null\ngrid: [1, 2, 3]\n"
    market = validate(Market, loaded(tmp_path, text + ACME + "quality: 1"))
    assert market.closure is Closure.COHORT
    assert market.interventions[0].start == 1
    assert isinstance(market.firms["acme"].price, float)
    assert market.firms["acme"].price == 20


@given(number=st.floats(allow_nan=False, allow_infinity=False, min_value=5e-324))
def test_no_digit_is_lost(number: float) -> None:
    """A price arrives in the model to the last bit."""
    values: dict[str, Value] = {"firms": {"acme": {"price": number}}}
    market = validate(Market, Loaded(values, (), (), Path()))
    assert market.firms["acme"].price == number


def test_a_thousand_faults_are_cut_at_a_hundred(tmp_path: Path) -> None:
    """More would help nobody."""
    assert len(messages(tmp_path, "".join(f"k{n}: 1\n" for n in range(1000)))) == 100

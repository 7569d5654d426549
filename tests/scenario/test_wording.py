"""Wording: single validation errors in plain words (checking tests the rest through models)."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.shapes import Found
from sim.scenario.wording import Words, discriminator, is_wrong_kind, worded, wrong_kind


def error_of(shape: Any, value: object) -> ErrorDetails:
    """The only error that strict validation of the value gives."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(shape).validate_python(value, strict=True)
    [error] = caught.value.errors()
    return error


@pytest.mark.parametrize(
    ("shape", "value", "words"),
    [
        (
            Annotated[int, Field(multiple_of=3)],
            4,
            Words("must be a multiple of 3", "4", "write a whole number"),
        ),
        (
            Annotated[float, Field(gt=0.5)],
            0.5,
            Words("must be greater than 0.5", "0.5", "write a number above 0.5"),
        ),
        (
            Annotated[str, Field(min_length=2)],
            "a",
            Words("must have at least 2 letters", "'a'", "make it longer"),
        ),
        (Literal["auto"], "aut", Words("must be auto", "'aut'", "write auto")),
        (
            Annotated[float, Field(allow_inf_nan=False)],
            float("inf"),
            Words("must be a finite number", "inf", ""),
        ),
    ],
)
def test_errors_in_words(shape: object, value: object, words: Words) -> None:
    """The rule says what must be, the value what is, the remedy what to write."""
    assert worded(error_of(shape, value), Found(shape=shape)) == words


def test_a_wrong_kind_is_told_from_a_wrong_value() -> None:
    """Text for a number is the wrong kind, -1 for a share is not."""
    assert is_wrong_kind(error_of(float, "a"))
    assert not is_wrong_kind(error_of(Annotated[float, Field(ge=0)], -1))


def test_a_wrong_kind_may_be_a_misspelt_word() -> None:
    """`of` where a number or `off` is wanted was probably meant to be `off`."""
    words = wrong_kind("of", Found(shape=float | Literal["off"]))
    assert words == Words("must be a number or off", "'of'", "did you mean off?")


def test_a_validator_has_its_own_words() -> None:
    """A whole mapping is not printed beside them, a scalar is, and `value` stands before both."""
    error = error_of(dict[str, int], 3)
    error["ctx"] = {"rule": "must sum to 1", "remedy": "scale it"}
    assert worded(error, Found()) == Words("must sum to 1", "3", "scale it")
    error["input"] = {"a": 0.7, "b": 0.7}
    assert worded(error, Found()) == Words("must sum to 1", "", "scale it")
    error["ctx"]["value"] = "1.4"
    assert worded(error, Found()) == Words("must sum to 1", "1.4", "scale it")


def test_only_errors_about_unions_have_a_discriminator() -> None:
    """Its key is named without pydantic's quotes."""
    assert discriminator(error_of(float, "a")) == ""
    error = error_of(float, "a")
    error["ctx"] = {"discriminator": "'kind'"}
    assert discriminator(error) == "kind"

"""Wording: few digits, units for whole columns, columns in line."""

import math

import pytest

from sim.views.wording import aligned, number, percent, scale


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([9_999.0, -3.0], (1.0, "EUR")),
        ([10_000.0], (1e3, "thousand EUR")),
        ([-12_345_678.0, 2.0], (1e6, "million EUR")),
        ([4e10], (1e9, "billion EUR")),
        ([math.nan, math.inf, 5.0], (1.0, "EUR")),
        ([], (1.0, "EUR")),
    ],
)
def test_the_largest_value_sets_the_unit_of_a_column(
    values: list[float], wanted: tuple[float, str]
) -> None:
    """From 10,000 on in thousands, whatever the sign; what is no number does not count."""
    assert scale(values, "EUR") == wanted


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567.8, 0, "1,234,568"),
        (0.256, 2, "0.26"),
        (-4.25, 1, "−4.2"),
        (-0.04, 1, "0.0"),
        (math.nan, 1, "–"),
        (math.inf, 0, "–"),
    ],
)
def test_numbers_have_thousands_apart_a_true_minus_and_no_minus_zero(
    value: float, digits: int, text: str
) -> None:
    """1234567.8 is 1,234,568; −0.04 is 0.0; no number is a dash."""
    assert number(value, digits) == text


def test_a_share_is_a_percentage() -> None:
    """.256 is 25.6."""
    assert percent(0.256, 1) == "25.6"


def test_words_stand_left_and_numbers_right() -> None:
    """The first column to the left, the others to the right, nothing behind the last."""
    rows = [["", "people"], ["acme", "7"], ["b", ""]]
    assert aligned(rows) == "      people\nacme       7\nb"

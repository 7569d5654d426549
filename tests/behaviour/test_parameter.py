"""Parameters: read from their declaration, silenced exactly, scaled to the length of a step."""

from typing import Annotated, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.forgetting import faded
from sim.behaviour.parameter import (
    Parameter,
    declared,
    neutral,
    per_step,
    scale,
    share_lost,
)

share = st.floats(0, 1)


class Charm(NamedTuple):
    weight: Annotated[float, Parameter("weight", "utility", 0, 9, "assumed", neutral=0)] = 2.0
    fading: Annotated[
        float, Parameter("fading", "share per month", 0, 1, "assumed", neutral=0, scale="share")
    ] = 0.19
    visits: Annotated[
        float, Parameter("visits", "per month", 0, 9, "assumed", neutral=0, scale="rate")
    ] = 4.0
    norm: Annotated[float, Parameter("norm", "share", 0, 1, "assumed")] = 0.6


def test_declarations_are_read_in_order() -> None:
    """Each field brings its own declaration, first things first."""
    parameters = declared(Charm)
    assert list(parameters) == ["weight", "fading", "visits", "norm"]
    assert [p.meaning for p in parameters.values()] == list(parameters)
    assert parameters["fading"].scale == "share"


def test_neutral_silences_and_keeps_the_rest() -> None:
    """What has a neutral value takes it, what has none stays at its default."""
    assert neutral(Charm) == Charm(weight=0, fading=0, visits=0, norm=0.6)


def test_half_a_month_in_the_head() -> None:
    """Of 19 % lost a month, 10 % go in each half, for .9 · .9 = .81; 4 visits become 2."""
    assert per_step(Charm(), 0.5) == pytest.approx((2.0, 0.1, 2.0, 0.6))


def test_a_month_is_a_month() -> None:
    """A step of one month leaves every value exactly as it is."""
    assert per_step(Charm(fading=0.1), 1.0) == Charm(fading=0.1)


@given(value=share, towards=share, lost=share)
def test_two_halves_of_a_share_make_the_month(value: float, towards: float, lost: float) -> None:
    """Twice the half month's loss is the month's, as what stays is multiplied."""
    half = scale(lost, "share", 0.5)
    twice = faded(faded(value, towards, half), towards, half)
    assert twice == pytest.approx(faded(value, towards, lost), abs=1e-12)


@given(lost=share, months=st.floats(0, 12))
def test_a_share_stays_a_share(lost: float, months: float) -> None:
    """However long the step, no more than everything is lost."""
    assert 0.0 <= scale(lost, "share", months) <= 1.0


@given(rate=st.floats(0, 100), months=st.floats(0.1, 12))
def test_a_rate_is_proportional_to_time(rate: float, months: float) -> None:
    """Twice the time, twice the events; other values know no time."""
    assert scale(rate, "rate", 2 * months) == pytest.approx(2 * scale(rate, "rate", months))
    assert scale(rate, "none", months) == rate


def test_a_half_life_is_a_share() -> None:
    """Half lost in one month is a share of .5; in two, what is left twice over is a half."""
    assert share_lost(1.0) == 0.5
    assert (1.0 - share_lost(2.0)) ** 2 == pytest.approx(0.5)
    assert (1.0 - share_lost(11.0)) ** 11 == pytest.approx(0.5)

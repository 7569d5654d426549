"""Traits: distributions that a person's traits may have."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario.traits import (
    Basket,
    Beta,
    Customers,
    Dirichlet,
    Exit,
    ExitChance,
    ExitHazard,
    ExitRate,
    Fixed,
    Gamma,
    GammaGamma,
    Lognormal,
    NeedGamma,
    NeedLognormal,
    NeedRate,
    Needs,
    Normal,
    Positive,
    Real,
    Share,
    Taste,
    number_is_fixed,
)


def read(kind: Any, value: Any) -> Any:
    """A trait from plain data, as a file would give it."""
    return TypeAdapter(kind).validate_json(json.dumps(value))


@pytest.mark.parametrize("kind", [Positive, Basket, Share, Real, Taste])
def test_a_number_is_the_same_for_everybody(kind: Any) -> None:
    """A plain number is a fixed trait."""
    assert isinstance(read(kind, 0.5), Fixed)
    assert read(kind, 1) == read(kind, {"distribution": "fixed", "value": 1.0})
    assert read(kind, 0.25).value == 0.25


@pytest.mark.parametrize(
    ("kind", "value"), [(Positive, -0.1), (Basket, -1), (Share, 1.1), (Share, -0.1), (Real, 2e6)]
)
def test_a_number_keeps_to_its_range(kind: Any, value: float) -> None:
    """Nobody buys less than nothing, a share lies in 0 to 1, and a taste can be held."""
    with pytest.raises(ValidationError):
        read(kind, value)


def test_a_number_is_a_rate() -> None:
    """For needs and exits a plain number is a rate per month."""
    assert read(Needs, 2) == NeedRate(value=2.0, per="month")
    assert read(Exit, 0.01) == ExitRate(value=0.01, per="month")


@pytest.mark.parametrize("value", [True, "0.5", None, [1]])
def test_only_numbers_are_fixed(value: Any) -> None:
    """What is no number is left for the distribution to judge, and refused."""
    assert number_is_fixed(value) is value
    with pytest.raises(ValidationError):
        read(Positive, value)


@pytest.mark.parametrize(
    ("kind", "value", "model"),
    [
        (Positive, {"distribution": "gamma", "shape": 1, "mean": 2}, Gamma),
        (Positive, {"distribution": "lognormal", "mean": 1, "log_sd": 0.5}, Lognormal),
        (Basket, {"distribution": "gamma_gamma", "p": 6, "q": 3.7, "scale": 15}, GammaGamma),
        (Share, {"distribution": "beta", "a": 2, "b": 2}, Beta),
        (Real, {"distribution": "normal", "sd": 1}, Normal),
        (Taste, {"distribution": "dirichlet", "strengths": {"acme": 0.5}}, Dirichlet),
        (Needs, {"distribution": "gamma", "shape": 1, "mean": 1, "per": "week"}, NeedGamma),
        (Needs, {"distribution": "lognormal", "mean": 1, "log_sd": 1}, NeedLognormal),
        (Exit, {"distribution": "gamma", "shape": 2, "mean": 0.006}, ExitHazard),
        (Exit, {"distribution": "beta", "a": 1, "b": 3, "after": "purchase"}, ExitChance),
    ],
)
def test_distributions(kind: Any, value: Any, model: type) -> None:
    """Distributions are told apart by the key `distribution`."""
    assert isinstance(read(kind, value), model)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Share, {"distribution": "gamma", "shape": 1, "mean": 2}),
        (Share, {"distribution": "beta", "a": 0, "b": 2}),
        (Positive, {"distribution": "normal", "sd": 1}),
        (Positive, {"distribution": "lognormal", "mean": 0, "log_sd": 0.5}),
        (Positive, {"distribution": "gamma_gamma", "p": 6, "q": 3.7, "scale": 15}),
        (Basket, {"distribution": "gamma_gamma", "p": 6, "q": 1, "scale": 15}),
        (Exit, {"distribution": "beta", "a": 1, "b": 3}),
        (Exit, {"distribution": "beta", "a": 1, "b": 3, "after": "period", "per": "week"}),
        (Needs, {"distribution": "gamma", "shape": 1, "mean": 1, "per": "year"}),
        (Needs, -1),
        (Exit, -0.1),
        (Taste, {"distribution": "dirichlet", "strengths": {"acme": 0}}),
    ],
)
def test_what_a_trait_cannot_be(kind: Any, value: Any) -> None:
    """A trait has the distributions that suit it, shapes above 0, and known units of time."""
    with pytest.raises(ValidationError):
        read(kind, value)


def test_a_season_is_a_year() -> None:
    """Twelve factors from 0, one a month; otherwise the error counts them and says what to do."""
    assert Customers().season == (1.0,) * 12
    assert read(Customers, {"season": [0.5] * 12}).season == (0.5,) * 12
    with pytest.raises(ValidationError, match="season must have 12 factors, one a month, has 3"):
        read(Customers, {"season": [1, 2, 3]})
    with pytest.raises(ValidationError):
        read(Customers, {"season": [-1.0] + [1.0] * 11})


def test_customers_by_default() -> None:
    """One need a month and a basket of one on average; few leave the category."""
    people = Customers()
    assert people.needs == NeedGamma(shape=1.0, mean=1.0)
    assert people.basket == Lognormal(mean=1.0, log_sd=1.0)
    assert people.price_sensitivity == Lognormal(mean=4.5, log_sd=0.4)
    assert people.exit == ExitHazard(shape=2.0, mean=0.006)

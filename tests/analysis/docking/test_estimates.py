"""Simulated numbers and their standard errors, on numbers one can do in one's head."""

import math

import numpy as np
import pytest

from sim.analysis.docking import estimates
from sim.market.run import run


def test_a_mean() -> None:
    """Of 1 and 3: 2, give or take the root of 2 over the root of 2."""
    assert estimates.average("two", np.array([1.0, 3.0]), 2, 7) == ("two", 2, 2, 1, 7)


def test_a_share() -> None:
    """A quarter of 100 people, expected a fifth: an error of .04."""
    figure = estimates.share("fifth", 25, 100, 0.2)
    assert figure == pytest.approx(("fifth", 0.25, 0.2, 0.04, None))


def test_a_spread() -> None:
    """For normal values the error of an sd is sd / sqrt(2 n)."""
    values = np.random.default_rng(1).normal(5, 2, 20_000)
    figure = estimates.spread("two", values, 2)
    assert figure.simulated == pytest.approx(2, abs=4 * 0.01)
    assert figure.error == pytest.approx(0.01, rel=0.05)


def test_a_gain() -> None:
    """From 10 to 12 is a fifth; the pairs stray by .5 from 1.2 times what was, two of them."""
    figure = estimates.gain("fifth", np.array([9.0, 11.0]), np.array([11.3, 12.7]), 0.2)
    assert figure.simulated == pytest.approx(0.2)
    assert figure.error == pytest.approx(0.5 / 10)


def test_a_settled_series() -> None:
    """Fifty batches of which each is all 0 or all 2: their means count, not their members."""
    series = np.repeat([0.0, 2.0] * 25, 100)
    figure = estimates.settled("one", series, 1)
    assert (figure.simulated, figure.exact) == (1, 1)
    assert figure.error == pytest.approx(math.sqrt(50 / 49) / math.sqrt(50))


def test_what_a_customer_was_worth() -> None:
    """Everyone stays: a margin of 1 for three months at 10 per cent is 2.7355, for two 1.9091."""
    overrides = {
        "population.size": 4,
        "firms.acme.appeal": 50,
        "horizon": 3,
        "record.transactions": True,
    }
    lived = run("sim:theory/d01_retention_value_immediate", overrides=overrides)
    assert estimates.worth_to(lived) == pytest.approx([1 + 1 / 1.1 + 1 / 1.21] * 4)
    assert estimates.worth_to(lived, months=2) == pytest.approx([1 + 1 / 1.1] * 4)
    assert estimates.of_firm(lived, "customers").tolist() == [4, 4, 4]

"""People: every trait has its distribution, groups their shares, the start its customers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.behaviour import leaving
from sim.market.model import Market
from sim.market.people import (
    amount_shape,
    exit_form,
    log_gamma_tastes,
    quantile,
    steps_of,
)
from sim.scenario.fields import Specification
from sim.scenario.traits import (
    Beta,
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
    Normal,
)
from tests.market.worlds import ALONE, LIKE, Data, made, stepped

U = np.array([1e-9, 0.02, 0.3, 0.5, 0.9, 1 - 1e-9])


# ── distributions ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("trait", "inverse"),
    [
        (Fixed(value=3.5), lambda u: np.full(u.shape, 3.5)),
        (Gamma(shape=2.0, mean=6.0), stats.gamma(2.0, scale=3.0).ppf),
        (NeedGamma(shape=0.5, mean=1.0), stats.gamma(0.5, scale=2.0).ppf),
        (ExitHazard(shape=2.0, mean=0.006), stats.gamma(2.0, scale=0.003).ppf),
        (Beta(a=2.0, b=3.0), stats.beta(2.0, 3.0).ppf),
        (ExitChance(a=0.7, b=3.0, after="period"), stats.beta(0.7, 3.0).ppf),
        (Normal(mean=0.65, sd=0.08), stats.norm(0.65, 0.08).ppf),
        (Lognormal(mean=2.0, log_sd=1.0), stats.lognorm(1.0, scale=2 * np.exp(-0.5)).ppf),
        (NeedLognormal(mean=2.0, log_sd=0.5), stats.lognorm(0.5, scale=2 * np.exp(-0.125)).ppf),
        (GammaGamma(p=6.25, q=3.74, scale=15.0), lambda u: 15 / stats.gamma(3.74).ppf(u)),
        (NeedRate(value=2.0), lambda u: np.full(u.shape, 2.0)),
        (ExitRate(value=0.1), lambda u: np.full(u.shape, 0.1)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Specification) else "",
)
def test_quantiles(trait: Specification, inverse: Callable[[Any], Any]) -> None:
    """Each trait is the inverse of its distribution at the uniform."""
    assert quantile(trait, U) == pytest.approx(inverse(U), rel=1e-9)


def test_an_unknown_distribution_is_refused() -> None:
    """A distribution without an inverse is a mistake of ours, and says so."""
    with pytest.raises(TypeError, match="no inverse is known for the distribution"):
        quantile(Specification(), U)


def test_dirichlet_tastes() -> None:
    """Logarithms of gamma variates: their exponentials have mean and variance a, tiny ones too."""
    u = (np.arange(400_000) + 0.5) / 400_000
    rng = np.random.default_rng(1)
    for strength in (0.05, 0.5, 3.0):
        tastes = log_gamma_tastes(
            np.full(u.shape, strength), rng.permutation(u), rng.permutation(u)
        )
        assert np.isfinite(tastes).all()
        gammas = np.exp(tastes)
        assert gammas.mean() == pytest.approx(strength, abs=4 * np.sqrt(strength / len(u)))
        spread = np.sqrt((3 * strength**2 + 6 * strength - strength**2) / len(u))
        assert gammas.var() == pytest.approx(strength, abs=4 * spread)
    assert np.isfinite(log_gamma_tastes(np.array([1e-6]), np.array([1e-9]), np.array([1e-9]))).all()


@pytest.mark.parametrize(
    ("per", "months", "factor"),
    [("month", 1, 1), ("week", 1, 52 / 12), ("week", 12 / 52, 1), ("month", 12 / 52, 12 / 52)],
)
def test_rates_per_step(per: Any, months: float, factor: float) -> None:
    """A rate per month or week becomes one per step."""
    assert steps_of(NeedRate(value=1.0, per=per), months) == pytest.approx(factor)
    assert steps_of(Fixed(value=1.0), months) == months


def test_forms_of_leaving_and_of_baskets() -> None:
    """Rates are hazards, chances belong to periods or purchases; only gamma-gamma varies."""
    assert exit_form(ExitRate(value=0.1)) == exit_form(ExitHazard(shape=1.0, mean=1.0))
    assert exit_form(ExitChance(a=1.0, b=1.0, after="period")) == leaving.PER_PERIOD
    assert exit_form(ExitChance(a=1.0, b=1.0, after="purchase")) == leaving.AFTER_PURCHASE
    assert amount_shape(GammaGamma(p=6.0, q=3.0, scale=1.0)) == 6
    assert amount_shape(Fixed(value=6.0)) == 0


# ── traits of newcomers ───────────────────────────────────────────────────────────────────────


def test_traits_of_the_first_people() -> None:
    """Ten thousand people have the means that the scenario asks for, trait by trait."""
    w = made(
        {"population": {"size": 10_000}, "firms": {"acme": {}, "bolt": {}}, "warm_up": 0}
    ).world
    expected = {
        "need_rate": stats.gamma(1),
        "basket": stats.lognorm(1.0, scale=np.exp(-0.5)),
        "price_sensitivity": stats.lognorm(0.4, scale=4.5 * np.exp(-0.08)),
        "orientation": stats.beta(2, 2),
        "talkativeness": stats.lognorm(0.6, scale=np.exp(-0.18)),
        "exit_hazard": stats.gamma(2, scale=0.003),
    }
    for name, law in expected.items():
        assert stats.kstest(w.people[name], law.cdf).pvalue > 1e-4, name
    by_firm = {"taste": stats.norm(0, 1), "fit": stats.norm(0, 0.08),
               "expectation": stats.norm(0.65, 0.08)}  # fmt: skip
    for name, law in by_firm.items():
        for f in range(2):
            assert stats.kstest(w.relations[name][:, f], law.cdf).pvalue > 1e-4, name
    names = [w.people[name] for name in expected] + [w.relations[n][:, 0] for n in by_firm]
    correlations = np.corrcoef(stats.rankdata(names, axis=1)) - np.eye(len(names))
    assert np.abs(correlations).max() < 4.5 / np.sqrt(10_000)


@pytest.mark.parametrize("step", ["month", "week"])
def test_traits_are_cut_to_their_range(step: str) -> None:
    """However wide their spread, nobody has more than 500 needs a month, or talks more than 100."""
    wide = {"distribution": "lognormal", "mean": 50, "log_sd": 5}
    change: Data = {"step": step, "population": {"size": 3000}}
    traits = {"needs": wide, "talkativeness": wide, "basket": wide | {"mean": 1e9}}
    market = made(LIKE, change, {"customers": traits})
    people = market.world.people
    assert people["need_rate"].max() == np.float32(500 * market.spec.months)
    assert people["talkativeness"].max() == 100
    assert people["basket"].max() == np.float32(1e9)


def test_expectations_are_cut_to_their_range() -> None:
    """However wide their spread, expectations lie in 0 to 1, and satisfaction begins there."""
    wide = {"expectation": {"distribution": "normal", "mean": 0.5, "sd": 2.0}}
    w = made(LIKE, {"customers": wide}).world
    assert w.relations["expectation"].min() == 0
    assert w.relations["expectation"].max() == 1
    assert np.array_equal(w.relations["first_expectation"], w.relations["expectation"])


def test_exits_per_week_and_month() -> None:
    """Hazards are scaled to the step, chances never."""
    weekly: Data = {"step": "week", "customers": {"exit": {"distribution": "fixed", "value": 0.1}}}
    hazards = made(LIKE, weekly).world.people["exit_hazard"]
    assert hazards == pytest.approx(np.full(80, 0.1 * 12 / 52))
    leaves = {"distribution": "beta", "a": 1e6, "b": 1e6, "after": "period"}
    chances = made(LIKE, weekly, {"customers": {"exit": leaves}}).world.people["exit_hazard"]
    assert chances == pytest.approx(np.full(80, 0.5), abs=0.01)


# ── groups ────────────────────────────────────────────────────────────────────────────────────


def test_groups_have_their_shares_and_traits() -> None:
    """Shares of .3 and .5 within four standard errors; traits are the group's, or everybody's."""
    groups: Data = {
        "heavy": {"share": 0.3, "customers": {"basket": 5}},
        "calm": {"share": 0.5, "customers": {"price_sensitivity": 1}},
    }
    change: Data = {"population": {"size": 4000}, "customers": {"basket": 2}, "groups": groups}
    people = made(LIKE, change).world.people
    for code, share in ((0, 0.2), (1, 0.3), (2, 0.5)):
        found = (people["group"] == code).mean()
        assert found == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 4000))
    assert (people["basket"] == np.where(people["group"] == 1, 5, 2)).all()
    calm = people["group"] == 2
    assert (people["price_sensitivity"][calm] == 1).all()
    assert people["price_sensitivity"][~calm].std() > 1


def test_groups_of_newcomers() -> None:
    """Who comes later belongs to the groups in the same shares."""
    change: Data = {"population": {"size": 1000}, "customers": {"exit": 0.5},
                    "groups": {"heavy": {"share": 0.3, "customers": {"exit": 0.5}}}}  # fmt: skip
    market = stepped(made(LIKE, change), 8)
    people = market.world.people
    later = people["number"] >= 1000
    assert later.sum() > 900
    share = (people["group"][later] == 1).mean()
    assert share == pytest.approx(0.3, abs=4 * np.sqrt(0.3 * 0.7 / later.sum()))


# ── the start ─────────────────────────────────────────────────────────────────────────────────


def held(customers: Any, **start: Any) -> Market:
    """A market of 4,000 people with that start."""
    begin = {"customers": customers, **start}
    return made(LIKE, {"population": {"size": 4000}, "start": begin})


@pytest.mark.parametrize(
    ("customers", "shares"),
    [
        ("random", (1 / 3, 1 / 3, 1 / 3)),
        ({"acme": 0.5, "cora": 0.2}, (0.5, 0, 0.2)),
        ({"bolt": 1}, (0, 1, 0)),
        ("none", (0, 0, 0)),
    ],
)
def test_shares_of_the_start(customers: Any, shares: tuple[float, ...]) -> None:
    """Customers are shared out as asked, within four standard errors; the rest is nobody's."""
    providers = held(customers).world.people["provider"]
    for f, share in ((-1, 1 - sum(shares)), *enumerate(shares)):
        error = 4 * np.sqrt(share * (1 - share) / 4000)
        assert (providers == f).mean() == pytest.approx(share, abs=error + 1e-12)


def test_people_sorted_by_taste() -> None:
    """A sorted start leaves few without a firm, and gives people to the one that suits them."""
    market = held("sorted")
    taste, providers = market.world.relations["taste"], market.world.people["provider"]
    assert 0.8 < (providers >= 0).mean() < 1
    own = taste[np.arange(4000), providers][providers >= 0]
    assert own.mean() > 0.4
    liked = made(LIKE, {"population": {"size": 4000}, "firms": {"bolt": {"appeal": 3}}})
    assert (liked.world.people["provider"] == 1).mean() > 0.8


def test_customers_of_the_start_bought_before() -> None:
    """They bought once before the run, know their firm, and are no acquisition of it."""
    w = held({"acme": 1}, salience=0.2).world
    assert (w.relations["purchases"] == [1, 0, 0]).all()
    assert (w.relations["first"][:, 0] == -1).all()
    assert (w.relations["salience"] == np.array([1, 0.2, 0.2], np.float32)).all()


def test_memory_of_the_start() -> None:
    """Satisfaction, trust and commitment of the start are those of each customer's own firm."""
    market = held("random", satisfaction=0.9, trust=0.6, commitment=0.4)
    w, places = market.world, np.arange(4000)
    own = w.relations[places, w.people["provider"]]
    for name, value in (("satisfaction", 0.9), ("trust", 0.6), ("commitment", 0.4)):
        assert (own[name] == np.float32(value)).all()
    other = w.relations[places, (w.people["provider"] + 1) % 3]
    assert (other["trust"] == np.float32(0.3)).all()
    assert (other["commitment"] == 0).all()


@pytest.mark.parametrize(("step", "steps"), [("month", 12), ("week", 52)])
def test_contracts_end_evenly(step: str, steps: int) -> None:
    """Yearly contracts end in every step of the year alike."""
    change: Data = {"step": step, "billing_months": 12, "population": {"size": 5200}}
    market = made(ALONE, change, {"start": {"customers": {"acme": 1}}})
    due = market.world.people["due"] / market.spec.months
    counts = np.bincount(np.round(due).astype(int), minlength=steps)
    assert np.allclose(due, np.round(due))
    assert len(counts) == steps
    assert stats.chisquare(counts).pvalue > 1e-4

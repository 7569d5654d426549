"""The Dirichlet on toothpaste: row D08 of the docking table."""

from collections.abc import Callable

import pytest

from sim.theory import dirichlet, nbd
from sim.theory.dirichlet import Dirichlet
from sim.theory.nbd import Nbd

SIX = 0.51e-6  # six printed decimals
COLGATE = 0.25
SHARES = (COLGATE, 0.19, 0.10, 0.10, 0.09, 0.08, 0.03, 0.02)
PENETRATIONS = (0.20, 0.17, 0.09, 0.08, 0.08, 0.07, 0.03, 0.02)
TOOTHPASTE = nbd.from_penetration(mean=0.56 * 2.6, penetration=0.56)


def estimates() -> list[float]:
    pairs = zip(SHARES, PENETRATIONS, strict=True)
    return [dirichlet.diversity_from_penetration(TOOTHPASTE, *pair) for pair in pairs]


MARKET = Dirichlet(TOOTHPASTE, dirichlet.mean_diversity(SHARES, estimates()))


def test_estimates() -> None:
    """Each brand's penetration gives an S of its own; weighted by share it is 1.549944."""
    printed = [1.2977, 2.2134, 1.6031, 0.8446, 1.4493, 1.2930, 2.2198, 2.1382]
    assert estimates() == pytest.approx(printed, abs=0.51e-4)
    assert MARKET.diversity == pytest.approx(1.549944, abs=SIX)


@pytest.mark.parametrize(
    ("measure", "printed"),
    [
        (
            MARKET.penetration,
            (0.205086, 0.161291, 0.089459, 0.089459, 0.080990, 0.072419, 0.027980, 0.018766),
        ),
        (
            MARKET.purchases_per_buyer,
            (1.774865, 1.715161, 1.627568, 1.627568, 1.617983, 1.608429, 1.561107, 1.551733),
        ),
        (
            MARKET.share_of_requirements,
            (0.555136, 0.526526, 0.485567, 0.485567, 0.481160, 0.476782, 0.455320, 0.451113),
        ),
        (
            MARKET.sole_buyers,
            (0.425561, 0.397614, 0.359089, 0.359089, 0.355045, 0.351046, 0.331710, 0.327972),
        ),
        (
            MARKET.over(2).penetration,
            (0.298953, 0.238923, 0.135926, 0.135926, 0.123418, 0.110681, 0.043410, 0.029204),
        ),
        (
            MARKET.repeat_rate,
            (0.542305, 0.518683, 0.480571, 0.480571, 0.476127, 0.471641, 0.448546, 0.443792),
        ),
    ],
    ids=["penetration", "purchases", "requirements", "sole", "two periods", "repeat"],
)
def test_brand_measures(measure: Callable[[float], float], printed: tuple[float, ...]) -> None:
    """Every measure of the eight brands comes out."""
    assert [measure(share) for share in SHARES] == pytest.approx(printed, abs=SIX)


def test_double_jeopardy_is_only_roughly_a_constant() -> None:
    """w (1 - b) drifts from 1.410865 to 1.522613, by 8 per cent."""
    large, small = (
        MARKET.purchases_per_buyer(share) * (1 - MARKET.penetration(share))
        for share in (0.25, 0.02)
    )
    assert (large, small) == pytest.approx((1.410865, 1.522613), abs=SIX)
    assert small / large - 1 == pytest.approx(0.08, abs=0.0051)


@pytest.mark.parametrize(
    ("share", "also", "constant"),
    [(0.19, 0.255893, 1.247735), (0.10, 0.257042, 1.253338), (0.02, 0.258079, 1.258393)],
)
def test_duplication_of_purchase(share: float, also: float, constant: float) -> None:
    """About a quarter of any brand's buyers buy Colgate too."""
    assert MARKET.also_buy(share, COLGATE) == pytest.approx(also, abs=SIX)
    assert MARKET.duplication(share, COLGATE) == pytest.approx(constant, abs=SIX)


def test_two_brands_that_are_the_whole_market() -> None:
    """Whoever buys at all then buys one or the other."""
    either = MARKET.penetration(0.4) * (2 - MARKET.also_buy(0.4, 0.6) - 1)
    assert either + MARKET.penetration(0.6) == pytest.approx(0.56)


def test_no_diversity_and_full_diversity() -> None:
    """S near 0: all buyers are loyal, repeat as the category does. S large: an NBD of its own."""
    loyal = Dirichlet(TOOTHPASTE, 1e-9)
    assert loyal.sole_buyers(0.3) == pytest.approx(1)
    assert loyal.penetration(0.3) == pytest.approx(0.3 * 0.56)
    alike = Dirichlet(TOOTHPASTE, 1e9)
    thinned = Nbd(0.3 * TOOTHPASTE.mean, TOOTHPASTE.shape)
    assert alike.penetration(0.3) == pytest.approx(thinned.penetration())


def test_nonsense_is_refused() -> None:
    """Shares above one together, impossible penetrations and lists that do not fit are named."""
    with pytest.raises(ValueError, match="share is 25, but it must lie between 0 and 1"):
        MARKET.penetration(25)
    with pytest.raises(ValueError, match=r"share \+ other is 1.2, but it must be at most 1"):
        MARKET.also_buy(0.6, 0.6)
    with pytest.raises(
        ValueError, match=r"penetration is 0.5, but it must lie between 0.14\d* and"
    ):
        dirichlet.diversity_from_penetration(TOOTHPASTE, 0.25, 0.5)
    with pytest.raises(ValueError, match="the number of diversities is 1, but it must be 2"):
        dirichlet.mean_diversity([0.5, 0.5], [1])

"""The core of word of mouth: who races the market must live the same market."""

import pytest

from benchmarks.core import agree, frameworks, market_of, rival_of
from benchmarks.core_in_c import compiler

BOOK = {"purchases": 400, "customers": 1_000, "praise": 64, "blame": 25, "satisfaction": 700.0}


def test_a_like_month_agrees() -> None:
    """500 purchases are within 6 √900 + 16 = 196 of 400; .715 within .02 of .7."""
    agree("C", BOOK, BOOK | {"purchases": 500, "satisfaction": 715.0})


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"purchases": 0}, "purchases: must be alike in the market and in C, are 400, 0"),
        ({"blame": 200}, "blame: must be alike in the market and in C, are 25, 200"),
        ({"satisfaction": 730.0}, r"mean satisfaction: .* in C, is \[0.7, 0.73\]"),
    ],
)
def test_another_month_is_refused(other: dict[str, float], said: str) -> None:
    """A market that sells, tells or pleases otherwise is not raced."""
    with pytest.raises(ValueError, match=said):
        agree("C", BOOK, BOOK | other)


def test_all_who_are_here_live_the_same_market() -> None:
    """A year after the same state, C and installed frameworks are where the market is."""
    market = market_of(4_000)
    names = (["C"] if compiler() else []) + frameworks(4_000, 4_000)
    rivals = {name: rival_of(name, market, months=12) for name in names}
    for _ in range(12):
        market.step()
        for rival in rivals.values():
            rival.step()
    for name, rival in rivals.items():
        agree(name, market.history.last, rival.book())

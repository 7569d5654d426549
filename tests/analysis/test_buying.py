"""Who buys what of a brand, on purchases that can be counted by hand."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from sim.analysis.industries import buying

PURCHASES = pd.DataFrame(
    [
        (0, 1, "acme"), (1, 1, "acme"), (2, 1, "bolt"), (2, 2, "acme"), (2, 3, "bolt"),
        (3, 1, "acme"), (5, 3, "bolt"),
        (6, 1, "acme"), (8, 1, "elsewhere"),
        (11, 1, "acme"), (11, 3, "bolt"),
    ],
    columns=["month", "person", "firm"],
)  # fmt: skip
"""Of acme two of ten people buy in the first quarter, one of them in each of the others, too."""
BRAND: Any = SimpleNamespace(
    transactions=PURCHASES,
    market=SimpleNamespace(spec=SimpleNamespace(focal="acme", population=SimpleNamespace(size=10))),
)


@pytest.fixture(autouse=True)
def brand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A first year that was BRAND, whatever the industry."""
    monkeypatch.setattr(buying, "first_year", lambda industry, replication: BRAND)
    yield
    buying.quarters.cache_clear()
    buying.bought.cache_clear()


def test_a_brand_in_a_quarter() -> None:
    """3 purchases of 2 buyers, who buy 4 times in all; then one buyer, once or of 2 times."""
    assert buying.penetration("bakery", 0) == pytest.approx((0.2 + 3 * 0.1) / 4)
    assert buying.purchases_of_a_buyer("bakery", 0) == pytest.approx((1.5 + 3 * 1) / 4)
    assert buying.share_of_requirements("bakery", 0) == pytest.approx((3 / 4 + 1 + 1 / 2 + 1) / 4)


def test_who_buys_again_in_the_next_quarter() -> None:
    """Half of the first quarter's buyers, and the one of the others."""
    assert buying.again_in_a_quarter("bakery", 0) == pytest.approx((0.5 + 1 + 1) / 3)


def test_who_buys_where_is_seen_over_a_month_or_a_year() -> None:
    """The last month has one buyer of each; packaged goods have a year, and nobody else's firm."""
    assert buying.bought("bakery", 0).purchases == {"acme": 1, "bolt": 1}
    of_a_year = buying.bought("packaged_goods", 0)
    assert of_a_year.purchases == {"acme": 6, "bolt": 4}
    assert of_a_year.buyers == {"acme": {1, 2}, "bolt": {1, 3}}


def test_the_top_fifth_of_six_years(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of five buyers brings 6 of 10; at the other firm all bring the same."""
    money = {
        "acme": [6, 1, 1, 1, 1, 0],
        "bolt": [2, 2, 2, 2, 2, 0],
        "elsewhere": [9, 0, 0, 0, 0, 0],
    }
    table = pd.DataFrame(
        [(firm, revenue) for firm, column in money.items() for revenue in column],
        columns=["firm", "revenue"],
    )
    monkeypatch.setattr(buying, "run", lambda name, **what: SimpleNamespace(customers=table))
    assert buying.top_fifth_of_six_years("bakery", 0) == pytest.approx((0.6 + 0.2) / 2)

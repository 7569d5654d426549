"""The table of policies for a page: the numbers of the comparison, in units that suit them."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.compare import Comparison
from sim.analysis.counterfactual import WordOfMouth
from sim.analysis.money import Money
from sim.experiments.arms import Future
from sim.views import standings as side_by_side
from tests.analysis.told import comparison
from tests.views.pages import Page

Rows = dict[str, list[str]]


def rows(found: Comparison, word_of_mouth: WordOfMouth | None = None) -> Rows:
    """The cells of each row, by its name."""
    lines = [
        *side_by_side.money(found),
        *side_by_side.customers(found, word_of_mouth),
        *side_by_side.certain(found),
    ]
    return {name: cells for name, *cells in lines}


def test_money_by_hand() -> None:
    """20, 30, 40 against 10 each time: 30 on average, 20 more, give or take 4.303 · 10 / √3."""
    found = rows(comparison(as_today=[10, 10, 10], gift=[20, 30, 40]))
    assert found["net present value of 6 months, EUR"] == ["10.0", "30.0"]
    assert found["less that of as_today, EUR"] == ["–", "20 [−5, 45]"]
    assert found["spent on all instruments, EUR"] == ["100.0", "100.0"]
    assert found["highest in so many paired worlds, %"] == ["0", "100"]


def test_large_differences_have_large_units() -> None:
    """20 thousand more are 20.0 thousand."""
    found = rows(comparison(as_today=[1e4] * 3, gift=[2e4, 3e4, 4e4]))
    assert found["less that of as_today, thousand EUR"] == ["–", "20.0 [−4.8, 44.8]"]


def test_confidence_is_told_from_ten_worlds_on() -> None:
    """With fewer a bootstrap is too sure of itself."""
    name = "confidence that its mean is the highest, %"
    assert name not in rows(comparison(as_today=[1] * 9, gift=[2] * 9))
    assert rows(comparison(as_today=[1] * 10, gift=[2] * 10))[name] == ["< 0.1", "> 99.9"]


def test_every_cell_has_its_column(compared: Comparison) -> None:
    """A head for the rows and one for each policy; as many cells in each row."""
    page = Page(side_by_side.standings(compared, None))
    heads = page.values("th", "scope")
    assert heads.count("col") == 1 + len(compared.arms)
    assert page.tags.count("td") == heads.count("row") * len(compared.arms)
    assert "customers kept from month to month, %" in page.words


def test_what_is_missing_without_talk() -> None:
    """10 and 30 of 100 do not come: 20 %, give or take 12.706 · 10; not lived again: a dash."""
    found = comparison(as_today=[1, 1], gift=[2, 2])
    own = [future for future in found.futures if future.arm == "gift"]
    pairs = [(talk, without(talk, left)) for talk, left in zip(own, (90.0, 70.0), strict=True)]
    told = rows(found, WordOfMouth(("gift",), pairs, [], 1.0))
    assert told["won by word of mouth: missing without, %"] == ["–", "20.0 [−107.1, 147.1]"]


def without(future: Future, acquired: float) -> Future:
    """The same future with so many people acquired."""
    return replace(future, outcomes=future.outcomes | {"acquired": acquired})


def test_policies_are_what_they_override() -> None:
    """The focal firm's paths without its name; of several scenarios, the titles."""
    changes = {"firms.acme.policy.split": {"service": 1}, "firms.bolt.price": 9}
    found = comparison({"policies": {"a": {}, "b": changes}}, a=[1, 2], b=[3, 4])
    assert side_by_side.what(found, "a") == "nothing is changed"
    assert side_by_side.what(found, "b") == "policy.split: service 1; firms.bolt.price: 9"
    apart = Comparison(found.case, found.cases, found.futures, [], 1.0, apart=True)
    assert side_by_side.what(apart, "a") == "a scenario without a title"


def test_beside_the_table(compared: Comparison) -> None:
    """Notes but the circumstances, which the assumptions tell."""
    words = Page(side_by_side.beside(compared, None, None)).words
    assert compared.notes[0].startswith("Closure")
    assert compared.notes[0] not in words
    assert compared.notes[2] in words


@pytest.mark.parametrize(
    ("marginal", "words"),
    [
        (50.0, "one more customer won costs 50.00 EUR [40.00, 60.00], where one costs 9.00 on"),
        (np.nan, "there is not surely one more customer won, which costs 9.00 on average"),
    ],
)
def test_one_more_beside_the_average(marginal: float, words: str) -> None:
    """Or that it cannot be told."""
    row = {"side": "acquisition", "marginal": marginal, "average": 9.0}
    row |= {"marginal_low": 40.0, "marginal_high": 60.0}
    assert side_by_side.one_more(row, "EUR").startswith(words)


def test_either_side_is_told(lived_money: Money) -> None:
    """The step is named."""
    told = side_by_side.marginal(lived_money)
    assert told.startswith("With 10 % more of today's budget for either side, ")
    assert "customer won" in told
    assert "customer kept a month" in told

"""What each policy comes to, side by side: a table for a page, with what explains it."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.analysis.verdict import FEW
from sim.scenario.problems import printable
from sim.views.assumptions import worded
from sim.views.html import Markup, points, table, terms
from sim.views.summary import Rows, by_arm, cells, certainty, unit_of
from sim.views.wording import NOTHING, number, percent, scale

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.analysis.counterfactual import WordOfMouth
    from sim.analysis.money import Money

Row = list[str]
CUSTOMERS: Rows = {
    "retention": "customers kept from {step} to {step}",
    "market_share": "share of the market's revenue",
    "satisfaction": "satisfaction of customers",
    "word_of_mouth": "won by word of mouth: first cue",
}
COSTS: Rows = {
    "cost_per_customer_won": "average cost of a customer won",
    "cost_per_customer_kept": "average cost of one kept a month",
}
FURTHER = {"acquisition": "customer won", "retention": "customer kept a month"}
"""What one more of costs extra money, by side."""


def standings(comparison: "Comparison", word_of_mouth: "WordOfMouth | None") -> Markup:
    """A row for each measure, a column for each policy; means over the paired worlds."""
    rows = [*money(comparison), *customers(comparison, word_of_mouth), *certain(comparison)]
    return table(
        f"Means over {comparison.runs} paired worlds; in brackets 95 % intervals",
        ["", *comparison.arms],
        rows,
    )


def money(comparison: "Comparison") -> Iterator[Row]:
    """Net present value, how it differs from the baseline's, and what was spent."""
    base, *others = comparison.arms
    spec = comparison.case.spec
    end = f"net present value of {comparison.months} {spec.step}s"
    yield mean(comparison, "npv", end)
    gaps = by_arm(comparison.differences, "npv")
    divisor, unit = scale(spread(gaps[arm] for arm in others), printable(comparison.currency))
    digits = 0 if divisor == 1.0 else 1
    less = (ranged(gaps[arm], divisor, digits) for arm in others)
    yield [f"less that of {base}, {unit}", NOTHING, *less]
    yield mean(comparison, "npv_run_off", "net present value with the run-off")
    yield mean(comparison, "spending", "spent on all instruments")


def spread(rows: Iterable[Mapping[Any, Any]]) -> list[float]:
    """The ends of all intervals."""
    return [row[end] for row in rows for end in ("low", "high")]


def customers(comparison: "Comparison", word_of_mouth: "WordOfMouth | None") -> Iterator[Row]:
    """How many are won and kept, what they think, what they cost."""
    for metric, words in CUSTOMERS.items():
        yield mean(comparison, metric, words.format(step=comparison.case.spec.step))
    if word_of_mouth:
        yield [
            "won by word of mouth: missing without, %",
            *(missing(word_of_mouth, arm) for arm in comparison.arms),
        ]
    for metric, words in COSTS.items():
        yield mean(comparison, metric, words)


def mean(comparison: "Comparison", metric: str, words: str) -> Row:
    """The means of a measure, in the unit that suits the largest."""
    found = cells(comparison.summary)
    values = [found[arm, metric]["mean"] for arm in comparison.arms]
    divisor, unit, digits = unit_of(metric, values, printable(comparison.currency))
    return [f"{words}, {unit}", *(number(value / divisor, digits) for value in values)]


def missing(word_of_mouth: "WordOfMouth", arm: str) -> str:
    """The counterfactual share of an arm in per cent."""
    if not word_of_mouth.pairs_of(arm):
        return NOTHING
    row = word_of_mouth.row(arm)
    ends = ("counterfactual", "counterfactual_low", "counterfactual_high")
    return ranged(dict(zip(("mean", "low", "high"), map(row.get, ends), strict=True)), 0.01, 1)


def ranged(row: Mapping[Any, Any], divisor: float, digits: int) -> str:
    """A mean with its interval."""
    value, low, high = (number(row[name] / divisor, digits) for name in ("mean", "low", "high"))
    return f"{value} [{low}, {high}]"


def certain(comparison: "Comparison") -> Iterator[Row]:
    """The two numbers that say how surely a policy is the best."""
    rows = comparison.best.to_dict("records")
    yield ["highest in so many paired worlds, %", *(percent(row["won"]) for row in rows)]
    if comparison.runs >= FEW:
        sure = [certainty(row["confidence"]) for row in rows]
        yield ["confidence that its mean is the highest, %", *sure]


# ── beside the table ──────────────────────────────────────────────────────────────────────────


def policies(comparison: "Comparison") -> Markup:
    """What each policy is: what it overrides, or the title of its scenario."""
    return terms((arm, what(comparison, arm)) for arm in comparison.arms)


def what(comparison: "Comparison", arm: str) -> str:
    """One of them in words."""
    case = comparison.cases[arm]
    if comparison.apart:
        return case.spec.title or "a scenario without a title"
    given = comparison.case.spec.policies.get(arm, {})
    own = f"firms.{comparison.focal}."
    said = (f"{path.removeprefix(own)}: {worded(value)}" for path, value in given.items())
    return "; ".join(said) or "nothing is changed"


def beside(
    comparison: "Comparison", money: "Money | None", word_of_mouth: "WordOfMouth | None"
) -> Markup:
    """What a reader of the table must know."""
    from sim.analysis import verdict

    known = verdict.circumstances(comparison)  # the assumptions say so at more length
    notes = [note for note in comparison.notes if note not in known]
    if word_of_mouth:
        notes.append(
            "First cue: praise brought the firm to mind first. Missing without: they would not "
            f"have come if nobody talked ({worlds(word_of_mouth)} worlds lived again in silence)."
        )
    if money and money.runs > 1:
        notes.append(marginal(money))
    return points(notes)


def worlds(word_of_mouth: "WordOfMouth") -> int:
    """Worlds that were lived again."""
    return len({talk.replication for talk, _ in word_of_mouth.pairs})


def marginal(money: "Money") -> str:
    """What one more customer costs beside what one costs on average, either side."""
    sides = [row for row in money.rows(money.steps[0]) if row["whole"]]
    return (
        f"With {percent(money.steps[0])} % more of today's budget for either side, "
        f"{' and '.join(one_more(row, money.currency) for row in sides)}."
    )


def one_more(row: Mapping[Any, Any], currency: str) -> str:
    """The same for one side."""
    what = FURTHER[row["side"]]
    if math.isnan(row["marginal"]):
        return f"there is not surely one more {what}, which costs {row['average']:.2f} on average"
    low, high = row["marginal_low"], row["marginal_high"]
    return (
        f"one more {what} costs {row['marginal']:.2f} {currency} [{low:.2f}, {high:.2f}], where "
        f"one costs {row['average']:.2f} on average"
    )

"""What a run or a comparison comes to: in a table with notes for people, as data for machines."""

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.market.history import STEPS_A_YEAR
from sim.scenario.problems import printable
from sim.views.wording import aligned, number, percent, scale

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.compare import Comparison
    from sim.market.run import Run

LONG_ENOUGH = 24
"""Steps of warm-up from which on it can be told whether the market had settled."""

# ── a run ─────────────────────────────────────────────────────────────────────────────────────


def at_the_end(run: "Run") -> "pd.DataFrame":
    """One row per firm at the last booked step, and its profit of the last 12 months.

    Columns: customers (people), market_share and retention_year (shares), satisfaction (0 to 1),
    profit_year and npv (money). Fewer than 12 months are booked: profit_year is that of those.
    """
    year = STEPS_A_YEAR[run.market.spec.step]
    names = ["customers", "market_share", "retention_year", "satisfaction", "npv"]
    by_firm = run.firms.groupby("firm", sort=False)
    table = by_firm[names].nth(-1).set_index(by_firm["firm"].nth(-1))
    table.insert(4, "profit_year", by_firm["profit"].apply(lambda profit: profit.tail(year).sum()))
    return table


def word_of_mouth_share(run: "Run") -> float:
    """Share of all first purchases since month 0 whose first cue was praise by others."""
    acquired = float(run.firms["acquired"].sum())
    return float(run.firms["acquired_by_word_of_mouth"].sum()) / acquired if acquired else math.nan


def run_data(run: "Run") -> dict[str, Any]:
    """A run's summary for machines: money in ``currency``, shares 0 to 1, null for undefined."""
    spec = run.market.spec
    return plain(
        {
            "title": spec.title,
            "setting": spec.setting,
            "people": spec.population.size,
            "seed": spec.seed,
            "step": spec.step,
            "warm_up": spec.warm_up,
            "horizon": spec.horizon,
            "months": run.market.month,
            "currency": spec.currency,
            "scenario_hash": run.market.case.digest(),
            "firms": at_the_end(run).reset_index().to_dict("records"),
            "word_of_mouth_share": word_of_mouth_share(run),
            "drift": run.drift.to_dict("records"),
            "seconds": run.seconds,
        }
    )


def run_text(run: "Run") -> str:
    """A run's summary for people."""
    market, spec = run.market, run.market.spec
    head = (
        f"{spec.setting} setting, {number(spec.population.size)} people, {market.month} "
        f"{spec.step}s after {spec.warm_up} of warm-up, seed {spec.seed}, {run.seconds:.1f} s"
    )
    parts = [printable(spec.title), head, "", run_table(run), "", *run_notes(run)]
    return "\n".join(parts)


def run_table(run: "Run") -> str:
    """The firms at the end, a row each."""
    table, spec = at_the_end(run), run.market.spec
    span = min(run.market.month, STEPS_A_YEAR[spec.step])
    currency = printable(spec.currency)
    year, earned = scale(table["profit_year"], currency)
    value, worth = scale(table["npv"], currency)
    rows = [
        ["", "customers", "market", "kept over", "satis-", f"profit of", "net present"],
        ["", "", "share", "12 months", "faction", f"{span} {spec.step}s", "value"],
        ["", "people", "%", "%", "0 to 1", earned, worth],
    ]
    for firm, row in table.iterrows():
        rows.append(
            [
                str(firm),
                number(row["customers"]),
                percent(row["market_share"], 1),
                percent(row["retention_year"], 1),
                number(row["satisfaction"], 2),
                number(row["profit_year"] / year, 1),
                number(row["npv"] / value, 1),
            ]
        )
    return aligned(rows)


def run_notes(run: "Run") -> Iterator[str]:
    """What a reader should know beside the table."""
    acquired = number(run.firms["acquired"].sum())
    if share := word_of_mouth_share(run):
        yield (
            f"Word of mouth was the first cue of {percent(share)} % of {acquired} first purchases "
            "(what would be lost without it is another question)."
        )
    warm_up, unsettled = run.market.spec.warm_up, run.drift.query("not settled")
    if 0 < warm_up < LONG_ENOUGH:
        yield f"A warm-up of {warm_up} steps is too short to tell whether the market had settled."
    for row in unsettled.itertuples():
        yield (
            f"Not settled by month 0: {row.firm} (in the last 12 steps of warm-up customers moved "
            f"by {percent(row.customers, 1)} %, satisfaction by {percent(row.satisfaction, 1)} %); "
            "a longer warm_up lets it settle."
        )


# ── a comparison ──────────────────────────────────────────────────────────────────────────────

MEASURES = {
    "npv": "net present value",
    "profit": "profit",
    "retention": "customers kept from step to step",
    "market_share": "market share",
    "satisfaction": "satisfaction",
    "spending": "spent",
}
MONEY = ("npv", "profit", "spending")
SHARES = ("retention", "market_share")


def comparison_text(comparison: "Comparison") -> str:
    """A comparison for people: means, paired differences, notes, and the answer as the last line."""
    spec = comparison.case.spec
    head = (
        f"{comparison.focal} in {comparison.runs} paired worlds of {number(spec.population.size)} "
        f"people and {comparison.months} {spec.step}s, {comparison.seconds:.1f} s"
    )
    parts = [printable(spec.title), head, "", comparison_table(comparison), ""]
    return "\n".join([*parts, *map(printable, comparison.notes), "", printable(comparison.answer)])


def comparison_table(comparison: "Comparison") -> str:
    """Every measure with its mean by policy, and the paired difference against the baseline."""
    base = comparison.arms[0]
    rows = [["", "mean", "95 % interval", f"less {base}", "95 % interval", "higher in"]]
    for metric in MEASURES:
        rows += measure_rows(comparison, metric)
    return aligned(rows)


def measure_rows(comparison: "Comparison", metric: str) -> Iterator[list[str]]:
    """One measure: a row that names it with its unit, and a row for each policy."""
    means = comparison.summary.query("metric == @metric").set_index("arm")
    gaps = comparison.differences.query("metric == @metric").set_index("arm")
    divisor, unit, digits = unit_of(metric, means["mean"], printable(comparison.currency))
    yield [f"{MEASURES[metric]}, {unit}", *[""] * 5]
    for arm in comparison.arms:
        row = [f"  {arm}", *interval(means.loc[arm], divisor, digits)]
        if arm in gaps.index:
            won = f"{percent(gaps.loc[arm, 'won'])} %"
            yield [*row, *interval(gaps.loc[arm], divisor, digits), won]
        else:
            yield [*row, "", "", ""]


def unit_of(metric: str, values: "pd.Series[float]", currency: str) -> tuple[float, str, int]:
    """What to divide a measure by, the unit it then has, and its digits after the point."""
    if metric in MONEY:
        return *scale(values, currency), 1
    return (0.01, "%", 2) if metric in SHARES else (1.0, "0 to 1", 3)


def interval(row: Any, divisor: float, digits: int) -> list[str]:
    """A mean, and its interval in brackets."""
    mean, low, high = (number(row[name] / divisor, digits) for name in ("mean", "low", "high"))
    return [mean, f"[{low}, {high}]"]


# ── both ──────────────────────────────────────────────────────────────────────────────────────


def plain(value: Any) -> Any:
    """The value as JSON has it: full precision, numbers of Python's own, null for no number."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    own = value.item() if hasattr(value, "item") else value
    return None if isinstance(own, float) and not math.isfinite(own) else own


def machine(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(plain(value), allow_nan=False)

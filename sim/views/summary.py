"""What a run or a comparison comes to: in a table with notes for people, as data for machines."""

import json
import math
from collections.abc import Iterable, Iterator
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
    table = by_firm[names].last(skipna=False)
    table.insert(4, "profit_year", by_firm.tail(year).groupby("firm")["profit"].sum())
    return table


def word_of_mouth_share(run: "Run") -> float:
    """Share of all first purchases since month 0 whose first cue was praise by others."""
    acquired = float(run.firms["acquired"].sum())
    return float(run.firms["acquired_by_word_of_mouth"].sum()) / acquired if acquired else math.nan


def run_data(run: "Run") -> Any:
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
        ["", "customers", "market", "kept over", "satis-", "profit of", "net present"],
        ["", "", "share", "12 months", "faction", f"{span} {spec.step}s", "value"],
        ["", "people", "%", "%", "0 to 1", earned, worth],
    ]
    for row in table.reset_index().to_dict("records"):
        rows.append(
            [
                row["firm"],
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
    acquired, share = number(run.firms["acquired"].sum()), word_of_mouth_share(run)
    if share > 0:
        yield (
            f"Word of mouth was the first cue of {percent(share)} % of {acquired} first purchases "
            "(what would be lost without it is another question)."
        )
    warm_up, drift = run.market.spec.warm_up, run.drift.to_dict("records")
    if 0 < warm_up < LONG_ENOUGH:
        yield f"A warm-up of {warm_up} steps is too short to tell whether the market had settled."
    if moved := [moving(row) for row in drift if not row["settled"]]:
        yield (
            f"Not settled in the last 24 steps of warm-up: {', '.join(moved)}; a longer warm_up "
            "lets a market settle, and more people make it calmer."
        )


def moving(row: dict[Any, Any]) -> str:
    """How far a firm drifted in the second half of that time against the first."""
    customers, satisfaction = percent(row["customers"], 1), percent(row["satisfaction"], 1)
    return f"{row['firm']} (customers {customers} %, satisfaction {satisfaction} %)"


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
    """A comparison for people: means, paired differences, notes, the answer last."""
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
    means, gaps = by_arm(comparison.summary, metric), by_arm(comparison.differences, metric)
    currency, levels = printable(comparison.currency), [row["mean"] for row in means.values()]
    divisor, unit, digits = unit_of(metric, levels, currency)
    yield [f"{MEASURES[metric]}, {unit}", *[""] * 5]
    for arm, mean in means.items():
        row = [f"  {arm}", *interval(mean, divisor, digits)]
        gap = interval(gaps[arm], divisor, digits) if arm in gaps else ["", ""]
        wins = arm in gaps and metric != "spending"
        yield [*row, *gap, f"{percent(gaps[arm]['won'])} %" if wins else ""]


def by_arm(table: "pd.DataFrame", metric: str) -> dict[str, dict[Any, Any]]:
    """The rows of a metric, by policy."""
    return {row["arm"]: row for row in table.to_dict("records") if row["metric"] == metric}


def unit_of(metric: str, values: Iterable[float], currency: str) -> tuple[float, str, int]:
    """What to divide a measure by, the unit it then has, and its digits after the point."""
    if metric in MONEY:
        return *scale(values, currency), 1
    return (0.01, "%", 2) if metric in SHARES else (1.0, "0 to 1", 3)


def interval(row: dict[Any, Any], divisor: float, digits: int) -> list[str]:
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

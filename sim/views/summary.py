"""What a run or a comparison comes to: in a table with notes for people, as data for machines."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.analysis.verdict import FEW
from sim.experiments.outcomes import reached
from sim.market.history import STEPS_A_YEAR
from sim.scenario.problems import printable
from sim.views.pipeline import pipeline_text
from sim.views.wording import NOTHING, aligned, number, percent, scale

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
    tables = [run_table(run), "", *pipeline_text(run)]
    parts = [printable(spec.title), head, "", *tables, *run_notes(run)]
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

Rows = dict[str, str]
MONEY: Rows = {
    "profit": "profit, not discounted",
    "customer_equity": "customer equity at the end",
    "spending": "spent on all instruments",
}
SHARES: Rows = {
    "retention": "customers kept from step to step",
    "market_share": "share of the market's revenue",
    "word_of_mouth": "won by word of mouth (first cue)",
}
MINDS: Rows = {"satisfaction": "satisfaction", "trust": "trust", "commitment": "commitment"}
COSTS: Rows = {
    "cost_per_customer_won": "per person won",
    "cost_per_customer_kept": "per customer and month kept",
}
SIDE_BY_SIDE = 3
"""More arms than this are not set beside the baseline in one table."""


def comparison_text(comparison: "Comparison") -> str:
    """A comparison for people: paired differences, who is best, notes, the answer last."""
    specs = [case.spec for case in comparison.cases.values()]
    titles = dict.fromkeys(printable(spec.title) for spec in specs)
    people = " or ".join(dict.fromkeys(number(spec.population.size) for spec in specs))
    head = (
        f"{comparison.focal} in {comparison.runs} paired worlds of {people} people and "
        f"{comparison.months} {specs[0].step}s, {comparison.seconds:.1f} s"
    )
    parts = [" against ".join(titles), head, "", comparison_table(comparison)]
    parts += ["", best_table(comparison), ""]
    return "\n".join([*parts, *map(printable, comparison.notes), "", printable(comparison.answer)])


def comparison_table(comparison: "Comparison") -> str:
    """The baseline's means, and beside them what the other arms have more, world by world."""
    base, *others = comparison.arms
    tables = []
    for first in range(0, len(others), SIDE_BY_SIDE):
        arms = others[first : first + SIDE_BY_SIDE]
        rows = [
            ["", base, *(cell for arm in arms for cell in (f"{arm} less", "95 %"))],
            ["", "mean", *[base, "interval"] * len(arms)],
        ]
        for title, metrics in groups(comparison).items():
            rows += group_rows(comparison, title, metrics, arms)
        tables.append(aligned(rows))
    return "\n\n".join(tables)


def groups(comparison: "Comparison") -> dict[str, Rows]:
    """The measures of the table under their heads: measures of one unit stand together."""
    step, horizon = comparison.case.spec.step, comparison.months
    ends = reached(comparison.case.spec)
    worth = {f"npv_{m}": f"after {m} months" for m, end in ends.items() if end < horizon}
    return {
        "net present value": worth
        | {"npv": f"at the horizon of {horizon} {step}s", "npv_run_off": "with the run-off"},
        "money": MONEY,
        "customers": SHARES,
        "what customers think": MINDS,
        "average cost": COSTS,
    }


def group_rows(
    comparison: "Comparison", title: str, metrics: Rows, arms: Sequence[str]
) -> Iterator[list[str]]:
    """Measures of one unit: a row that names it, and a row for each measure."""
    means, gaps = cells(comparison.summary), cells(comparison.differences)
    base, currency = comparison.arms[0], printable(comparison.currency)
    levels = [means[base, metric]["mean"] for metric in metrics]
    divisor, unit, digits = unit_of(next(iter(metrics)), levels, currency)
    yield [f"{title}, {unit}", *[""] * (1 + 2 * len(arms))]
    for metric, words in metrics.items():
        row = [f"  {words}", number(means[base, metric]["mean"] / divisor, digits)]
        for arm in arms:
            row += interval(gaps[arm, metric], divisor, digits)
        yield row


def best_table(comparison: "Comparison") -> str:
    """How surely each arm has the highest net present value."""
    rows = comparison.best.to_dict("records")
    few = comparison.runs < FEW
    confidence = [NOTHING if few else certainty(row["confidence"]) for row in rows]
    return aligned(
        [
            ["highest net present value", *(row["arm"] for row in rows)],
            ["  in paired worlds, %", *(percent(row["won"]) for row in rows)],
            ["  by its mean, confidence in %", *confidence],
        ]
    )


def certainty(share: float) -> str:
    """A confidence in per cent; what no resample showed is not impossible."""
    if share > 0.999:
        return "> 99.9"
    return "< 0.1" if share < 0.001 else percent(share, 1)


def cells(table: "pd.DataFrame") -> dict[tuple[str, str], dict[Any, Any]]:
    """The rows of a table, by arm and metric."""
    return {(row["arm"], row["metric"]): row for row in table.to_dict("records")}


def by_arm(table: "pd.DataFrame", metric: str) -> dict[str, dict[Any, Any]]:
    """The rows of a metric, by arm."""
    return {arm: row for (arm, name), row in cells(table).items() if name == metric}


def unit_of(metric: str, values: Iterable[float], currency: str) -> tuple[float, str, int]:
    """What to divide a measure by, the unit it then has, and its digits after the point."""
    if metric in COSTS:
        return 1.0, currency, 2
    if metric in MINDS:
        return 1.0, "0 to 1", 3
    return (0.01, "%", 2) if metric in SHARES else (*scale(values, currency), 1)


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

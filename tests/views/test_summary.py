"""Summaries: the numbers of the run's own tables, in words for people and in full for machines."""

import json
import math
import re
from dataclasses import replace

import pytest

from sim.scenario.loading import scenario_from
from sim.views import summary
from sim.views.facade import Comparison, Run, run
from sim.views.wording import percent

# ── a run ─────────────────────────────────────────────────────────────────────────────────────


def test_the_table_is_the_last_month_and_the_last_year_s_profit(lived: Run) -> None:
    """bolt at the end: its row of month 23, and the sum of its profits of months 12 to 23."""
    table = summary.at_the_end(lived).to_dict("index")
    bolt = lived.firms.query("firm == 'bolt'").to_dict("records")
    assert list(table) == ["acme", "bolt", "cora", "dune"]
    for name in ("customers", "market_share", "retention_year", "satisfaction", "npv"):
        assert table["bolt"][name] == bolt[23][name]
    profits = [row["profit"] for row in bolt[12:]]
    assert table["bolt"]["profit_year"] == pytest.approx(sum(profits))


def test_the_share_of_word_of_mouth_is_over_all_firms_and_months(lived: Run) -> None:
    """First purchases by praise over all first purchases."""
    sums = lived.firms[["acquired", "acquired_by_word_of_mouth"]].sum()
    expected = sums["acquired_by_word_of_mouth"] / sums["acquired"]
    assert summary.word_of_mouth_share(lived) == pytest.approx(expected)
    assert 0 < expected < 1


def test_without_acquisitions_there_is_no_share() -> None:
    """Nobody comes where everybody is a customer of the only firm and none may leave."""
    quiet = run(
        {
            "warm_up": 0,
            "horizon": 2,
            "population": {"size": 10, "entry": {"closure": "cohort"}},
            "customers": {"exit": 0},
            "start": {"customers": {"acme": 1.0}},
            "mechanisms": {"choice": {"outside": "none"}},
            "firms": {"acme": {}},
        }
    )
    assert math.isnan(summary.word_of_mouth_share(quiet))
    assert "Word of mouth" not in summary.run_text(quiet)
    assert json.loads(summary.machine(summary.run_data(quiet)))["word_of_mouth_share"] is None


def test_machines_get_full_precision(lived: Run) -> None:
    """What is printed reads back as the very numbers of the table."""
    data = json.loads(summary.machine(summary.run_data(lived)))
    assert data["firms"] == summary.at_the_end(lived).reset_index().to_dict("records")
    assert (data["people"], data["months"], data["currency"]) == (200, 24, "EUR")
    assert data["scenario_hash"] == lived.market.case.digest()
    assert [row["firm"] for row in data["drift"]] == ["acme", "bolt", "cora", "dune"]


def test_people_get_units_and_few_digits(lived: Run) -> None:
    """A row a firm, under names and units; percentages with one decimal."""
    lines = summary.run_table(lived).splitlines()
    assert lines[2].split()[:6] == ["people", "%", "%", "0", "to", "1"]
    assert lines[2].split().count("EUR") == 2
    end = summary.at_the_end(lived).loc["acme"]
    firm, customers, share, kept, *_ = lines[3].split()
    assert (firm, customers) == ("acme", f"{end['customers']:.0f}")
    assert (share, kept) == (
        f"{100 * end['market_share']:.1f}",
        f"{100 * end['retention_year']:.1f}",
    )


def test_the_text_names_what_was_run_and_what_moved(lived: Run) -> None:
    """200 people never settle to within 2 %: those who moved are named, with how far."""
    text = summary.run_text(lived)
    assert text.startswith(
        "A first market of four like firms\nsubscription setting, 200 people, 24"
    )
    moved = lived.drift.query("not settled")
    assert len(moved)
    for row in moved.to_dict("records"):
        assert f"{row['firm']} (customers {percent(row['customers'], 1)} %" in text
    assert all(f"{row} (customers" not in text for row in lived.drift.query("settled")["firm"])


def test_a_short_warm_up_is_said_to_be_too_short() -> None:
    """12 steps cannot be compared with the 12 before; no warm-up at all needs no words."""
    tiny = {"population.size": 50, "horizon": 1}
    short = run("sim:first_market", overrides=tiny | {"warm_up": 12})
    assert "A warm-up of 12 steps is too short to tell" in summary.run_text(short)
    none = run("sim:first_market", overrides=tiny | {"warm_up": 0})
    assert "warm-up of" not in summary.run_text(none).partition("\n\n")[2]


def test_a_year_that_is_not_over_is_named_by_its_months() -> None:
    """After one month: the profit of 1 month, and a dash for the year's retention."""
    tiny = run("sim:first_market", overrides={"population.size": 50, "warm_up": 0, "horizon": 1})
    lines = summary.run_table(tiny).splitlines()
    assert "1 months" in lines[1]
    assert lines[3].split()[3] == "–"


# ── a comparison ──────────────────────────────────────────────────────────────────────────────


def test_the_answer_is_the_last_line(compared: Comparison) -> None:
    """After the notes, and nothing follows it."""
    lines = summary.comparison_text(compared).splitlines()
    assert lines[-1] == compared.answer
    assert set(compared.notes) <= set(lines[:-1])
    assert lines[0] == "Win or keep?"
    assert lines[1].startswith("acme in 4 paired worlds of 100 people and 12 months")


def test_every_measure_has_its_row(compared: Comparison) -> None:
    """Five groups, each under its unit; a horizon of 12 months is not also one on the way."""
    lines = summary.comparison_table(compared).splitlines()
    rows = [rows for group in summary.groups(compared).values() for rows in group.items()]
    assert [name for name, _ in rows] == [
        "npv", "npv_run_off", "profit", "customer_equity", "spending", "retention", "market_share",
        "word_of_mouth", "satisfaction", "trust", "commitment", "cost_per_customer_won",
        "cost_per_customer_kept",
    ]  # fmt: skip
    assert len(lines) == 2 + 5 + len(rows)
    assert lines[0].split() == ["as_today", "win", "less", "95", "%", "keep", "less", "95", "%"]
    assert lines[2] == "net present value, EUR"
    for _, words in rows:
        assert sum(words in line for line in lines) == 1


def test_present_value_on_the_way_has_rows() -> None:
    """12 and 36 months of a horizon of 40, in weeks too."""
    lived_on = {"horizon": 174, "step": "week"}
    case = scenario_from({"firms": {"acme": {}}, "policies": {"a": {}, "b": {}}, **lived_on})
    found = Comparison(case, {"a": case, "b": case}, [], [], 0.0)
    assert summary.groups(found)["net present value"] == {
        "npv_12": "after 12 months",
        "npv_36": "after 36 months",
        "npv": "at the horizon of 174 weeks",
        "npv_run_off": "with the run-off",
    }


def test_the_rows_hold_the_comparison_s_numbers(compared: Comparison) -> None:
    """Satisfaction: the baseline's mean, and beside it what `keep` has more, with its interval."""
    means, gaps = summary.cells(compared.summary), summary.cells(compared.differences)
    (line,) = (x for x in summary.comparison_table(compared).splitlines() if "  satisfaction" in x)
    numbers = re.findall(r"-?[0-9.]+", line.replace("−", "-"))
    assert float(numbers[0]) == pytest.approx(means["as_today", "satisfaction"]["mean"], abs=5e-4)
    row = gaps["keep", "satisfaction"]
    for text, name in zip(numbers[4:], ("mean", "low", "high"), strict=True):
        assert float(text) == pytest.approx(row[name], abs=5e-4)


def test_many_arms_are_set_beside_in_several_tables(compared: Comparison) -> None:
    """Three others at a time, each table with the baseline and every measure."""
    arms = {f"arm_{number}": compared.case for number in range(6)}
    futures = [
        replace(future, arm=arm) for future in compared.futures if future.arm == "win"
        for arm in arms
    ]  # fmt: skip
    tables = summary.comparison_table(Comparison(compared.case, arms, futures, [], 1.0))
    first, second = tables.split("\n\n")
    assert first.splitlines()[0].split().count("less") == 3
    assert second.splitlines()[0].split()[:2] == ["arm_0", "arm_4"]
    assert len(first.splitlines()) == len(second.splitlines())


def test_the_best_is_a_small_table(compared: Comparison) -> None:
    """Worlds won by arm; of four worlds no confidence is told, of twelve it is."""
    head, won, confidence = summary.best_table(compared).splitlines()
    assert head.split() == ["highest", "net", "present", "value", *compared.arms]
    assert won.split()[-3:] == [f"{100 * share:.0f}" for share in compared.best["won"]]
    assert confidence.split()[-3:] == ["–"] * 3
    times_three = [
        replace(future, replication=future.replication + 4 * times)
        for times in range(3)
        for future in compared.futures
    ]
    longer = Comparison(compared.case, compared.cases, times_three, [], 1.0)
    told = summary.best_table(longer).splitlines()[2].partition("%")[2]
    shares = [summary.certainty(share) for share in longer.best["confidence"]]
    assert told.split() == " ".join(shares).split()


@pytest.mark.parametrize(
    ("share", "words"), [(0.123, "12.3"), (0.999, "99.9"), (1.0, "> 99.9"), (0.0, "< 0.1")]
)
def test_no_confidence_is_a_certainty(share: float, words: str) -> None:
    """4,000 resamples cannot tell never from hardly ever."""
    assert summary.certainty(share) == words


def test_several_scenarios_are_named_with_their_people(compared: Comparison) -> None:
    """Titles against each other, and the people of each."""
    other = compared.case.override({"title": "A village", "population.size": 60})
    cases = {"town": compared.case, "village": other}
    futures = [
        replace(future, arm={"as_today": "town", "win": "village"}[future.arm])
        for future in compared.futures
        if future.arm != "keep"
    ]
    lines = summary.comparison_text(
        Comparison(compared.case, cases, futures, [], 1.0, apart=True)
    ).splitlines()
    assert lines[0] == "Win or keep? against A village"
    assert lines[1].startswith("acme in 4 paired worlds of 100 or 60 people and 12 months")


@pytest.mark.parametrize(
    ("metric", "unit"),
    [
        ("npv", (1000.0, "thousand CHF", 1)),
        ("retention", (0.01, "%", 2)),
        ("satisfaction", (1.0, "0 to 1", 3)),
        ("cost_per_customer_won", (1.0, "CHF", 2)),
    ],
)
def test_measures_have_units(metric: str, unit: tuple[float, str, int]) -> None:
    """Money in the scenario's currency, shares in per cent, the rest as it is."""
    assert summary.unit_of(metric, [20_000.0], "CHF") == unit


# ── both ──────────────────────────────────────────────────────────────────────────────────────


def test_json_has_no_numbers_that_are_none() -> None:
    """NumPy's numbers become Python's; no number becomes null, however deep."""
    import numpy as np

    odd = {"a": [np.float64("nan"), math.inf, np.int64(3)], "b": (np.bool_(True), None, "x")}
    assert summary.machine(odd) == '{"a": [null, null, 3], "b": [true, null, "x"]}'

"""What each part of the market does to a firm: `sim:everything` with one part taken away at a time.

``python -m sim.views.rows`` lives it in paired worlds and writes docs/rows.md and its picture. That
takes minutes.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.views import facade, style
from sim.views.documents import DOCS
from sim.views.markdown import flow, table

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison

SCENARIO = "sim:everything"
RUNS = 10
HEADS = ("without", "changed", "net present value", "satisfaction", "market share", "")

PAGE = """# What each part does

`{scenario}` has all that a scenario can tell of, business accounts apart, which are a setting of
their own. Here one thing is taken away at a time, from month 0 on, and {firm} is compared with
{firm} in the same worlds with everything on. Figures are without less with, so that a part which
earns money has a minus before its net present value; in brackets 95 % intervals of {runs} paired
worlds of {people:,} people over {months} months.

A row says what that part does **in this market, at these assumed sizes**, to the one firm that has
it. It is no verdict on the part: each has a scenario of its own that asks whether it pays
([list](model.md)). Where the last column says *unsure*, neither the sign of the money nor of
satisfaction or share is told by so many worlds; *nothing* is no difference at all: what the part is
for did not come up. The investor has something to do because {firm} launches its product on credit;
without it money has no price and no end.

{table}

![Net present value without each part](pictures/rows.png)

Made by `python -m sim.views.rows`.
"""


def page(comparison: "Comparison") -> str:
    """The page of a comparison whose every arm but the first takes something away."""
    spec = comparison.case.spec
    return PAGE.format(
        scenario=SCENARIO,
        firm=spec.focal.capitalize(),
        runs=comparison.runs,
        people=spec.population.size,
        months=round(spec.horizon * spec.months),
        table=table(HEADS, rows(comparison)),
    )


def rows(comparison: "Comparison") -> list[tuple[str, ...]]:
    """A row of the table for each part: its name, what was changed, three effects, a word."""
    found = {(row["arm"], row["metric"]): row for row in comparison.differences.to_dict("records")}
    policies = comparison.case.spec.policies
    out = []
    for arm in comparison.arms[1:]:
        effects = [found[arm, name] for name in ("npv", "satisfaction", "market_share")]
        nothing = all(effect["low"] == effect["high"] == 0.0 for effect in effects)
        unsure = all(effect["low"] <= 0.0 <= effect["high"] for effect in effects)
        word = "nothing" if nothing else "unsure" if unsure else ""
        changed = ", ".join(f"`{path}: {flow(value)}`" for path, value in policies[arm].items())
        units = ((1e-3, 1, " thousand"), (1.0, 3, ""), (100.0, 2, " points"))
        told = [worded(effect, *unit) for effect, unit in zip(effects, units, strict=True)]
        out.append((arm.replace("_", " "), changed, *told, word))
    return out


def worded(effect: Mapping[Any, Any], factor: float, digits: int, unit: str) -> str:
    """A mean with its interval."""
    mean, low, high = (factor * float(effect[name]) for name in ("mean", "low", "high"))
    return f"{mean:+.{digits}f}{unit} [{low:+.{digits}f}, {high:+.{digits}f}]"


def plot(comparison: "Comparison") -> style.Picture:
    """A dot with its interval for each part, the largest loss on top."""
    found = comparison.differences.query("metric == 'npv'").sort_values("mean", ascending=False)
    with style.style():
        figure = style.Picture(8.0, 1.6 + 0.28 * len(found))
        axes = figure.subplots()
        places = range(len(found))
        mean = found["mean"] / 1e3
        spread = [mean - found["low"] / 1e3, found["high"] / 1e3 - mean]
        axes.errorbar(mean, places, xerr=spread, fmt="o", capsize=3, color="tab:blue")
        axes.axvline(0.0, color="0.6", linewidth=1)
        axes.set_yticks(places, [arm.replace("_", " ") for arm in found["arm"]])
        currency = comparison.case.spec.currency
        axes.margins(x=0.04)
        axes.set_xlabel(f"net present value less that with everything on, thousand {currency}")
        style.entitle(
            figure,
            "What is lost or gained without each part",
            f"{comparison.runs} paired worlds; bars: 95 % intervals",
        )
    return figure


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page and its picture. Returns 0."""
    parser = argparse.ArgumentParser("python -m sim.views.rows", description="Write docs/rows.md.")
    parser.add_argument("--runs", type=int, default=RUNS, help="paired worlds")
    parser.add_argument("--into", type=Path, default=DOCS, metavar="DIR", help="another folder")
    parser.add_argument("--set", action="append", default=[], dest="sets", metavar="PATH=VALUE")
    said = parser.parse_args(arguments)
    comparison = facade.compare(SCENARIO, runs=said.runs, sets=said.sets)
    (said.into / "pictures").mkdir(parents=True, exist_ok=True)
    style.save(plot(comparison), said.into / "pictures" / "rows.png")
    (said.into / "rows.md").write_text(page(comparison), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

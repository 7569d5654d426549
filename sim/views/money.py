"""What the next unit of money brings back, for people: a picture and a table."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.scenario.problems import printable
from sim.views.plots import Figures
from sim.views.style import FAINT, INK, OTHERS, Look, Picture, entitle, style
from sim.views.wording import aligned, number, percent

if TYPE_CHECKING:
    from sim.analysis.money import Money

SIDES = {"acquisition": "WINNING, as a whole", "retention": "KEEPING, as a whole"}
PEOPLE = {"acquisition": "customer won", "retention": "customer-month kept"}
ROOM = 1.25
"""How far to the right the axis reaches at least, so that the line at 1 can be named."""
LARGER = (OTHERS[0], OTHERS[1], OTHERS[2])


def plot_money(money: "Money", *, page: bool = False) -> Figure:
    """Draw what extra money brings back in each instrument, and in either side as a whole.

    Args:
        money: a result with at least two finished paired worlds.
        page: drawn for a page: smaller, and without title and small print, which the page has.

    Raises:
        ValueError: fewer than two paired worlds are finished.
    """
    if money.runs < 2:
        raise ValueError(
            f"a picture of money must have at least 2 finished paired worlds, has {money.runs}; "
            "let more of them finish"
        )
    with style():
        rows = len(money.uses)
        figure = Picture(7.4, 0.29 * rows + 1.4) if page else Picture(13, 0.62 * rows + 4)
        axes = figure.subplots()
        uses = ordered(money)
        draw_uses(axes, money, uses)
        label_uses(axes, uses)
        if page:
            figure.legend(loc="outside upper right", ncols=len(money.steps))
        else:
            axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=len(money.steps))
            title = f"What {money.focal}'s next {money.currency} brings back"
            entitle(figure, title, of_money(money))
    return figure


def ordered(money: "Money") -> list[str]:
    """Each side as a whole with its instruments under it, the best first."""
    first = money.table[money.table["step"] == money.steps[0]]
    rows = first.sort_values(
        ["side", "whole", "returned"], ascending=[True, False, False], kind="stable"
    )
    return list(rows["use"])


def looks(money: "Money") -> list[tuple[Look, str]]:
    """How each step is drawn: the first in ink and filled, larger ones in colour and hollow."""
    first = (Look(INK, "solid", 2.4), INK)
    return [first, *((LARGER[n % len(LARGER)], "white") for n in range(len(money.steps) - 1))]


def draw_uses(axes: Axes, money: "Money", uses: list[str]) -> None:
    """A mark with its interval for every use and step, and the line at which money pays back."""
    apart = 0.36 / max(1, len(money.steps) - 1)
    axes.axvline(1.0, color=INK, linewidth=1.4)
    for position, (step, (look, fill)) in enumerate(zip(money.steps, looks(money), strict=True)):
        found = {row["use"]: row for row in money.rows(step)}
        values = np.array([[found[u][f"returned{e}"] for e in ("", "_low", "_high")] for u in uses])
        mean, low, high = values.T
        axes.errorbar(
            mean,
            np.arange(len(uses)) + apart * position - 0.15,
            xerr=[mean - low, high - mean],
            fmt="os^D"[position % 4],
            color=look.color,
            markerfacecolor=fill,
            markeredgewidth=2,
            markersize=9,
            capsize=5,
            label=f"+{percent(step)} % of today's budget",
        )
    axes.set_xlabel(f"present value brought back by each extra {money.currency}, {money.currency}")
    axes.set_ylim(len(uses) - 0.4, -0.9)
    axes.margins(x=0.05)
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0.0), max(high, ROOM))
    axes.xaxis.set_major_formatter(Figures())
    axes.annotate(
        "1: just pays back", (1.0, 0.99), (6, 0), xycoords=axes.get_xaxis_transform(),
        textcoords="offset points", va="top",
    )  # fmt: skip


def label_uses(axes: Axes, uses: list[str]) -> None:
    """Names beside the rows; a side as a whole stands out, above its instruments."""
    names = [SIDES.get(use, use.replace("_", " ")) for use in uses]
    axes.set_yticks(range(len(uses)), names)
    for label, use in zip(axes.get_yticklabels(), uses, strict=True):
        label.set_fontweight("bold" if use in SIDES else "normal")
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    for row in [place for place, use in enumerate(uses) if use in SIDES and place]:
        axes.axhline(row - 0.5, color=FAINT, linewidth=0.8)


def of_money(money: "Money") -> str:
    """What the picture was drawn from."""
    spec = money.case.spec
    return (
        f"{money.answer}\n{money.notes[1]} {money.runs} paired worlds of "
        f"{number(spec.population.size)} people and {spec.horizon} {spec.step}s; bars are 95 % "
        "intervals. Brought back before the extra money is taken off, all discounted; each use "
        "gets it alone while all others keep theirs."
    )


def money_text(money: "Money") -> str:
    """The same for people: a table, notes, the answer last."""
    spec = money.case.spec
    head = (
        f"{money.focal} in {money.runs} paired worlds of {number(spec.population.size)} people "
        f"and {spec.horizon} {spec.step}s, {money.seconds:.1f} s"
    )
    parts = [head, "", money_table(money), ""]
    return "\n".join([*parts, *map(printable, money.notes), "", printable(money.answer)])


def money_table(money: "Money") -> str:
    """What comes back at each step, and what a further customer costs, use by use."""
    first, *larger = money.steps
    heads = [f"at +{percent(step)} %" for step in money.steps]
    more = [cell for head in heads[1:] for cell in (head, "")]
    rows = [
        ["", heads[0], "95 % interval", *more, "one more costs", "on average", "a"],
    ]
    found = {(row["use"], row["step"]): row for step in money.steps for row in money.rows(step)}
    for use in ordered(money):
        row = found[use, first]
        cells = [cell for step in larger for cell in span(found[use, step])]
        costs = [number(row["marginal"], 2), number(row["average"], 2), PEOPLE[row["side"]]]
        rows.append([SIDES.get(use, f"  {use}"), *span(row), *cells, *costs])
    unit = printable(money.currency)
    return aligned(rows) + f"\n{unit} of present value for each extra {unit}; costs in {unit}."


def span(row: dict[Any, Any]) -> list[str]:
    """What comes back, and its interval in brackets."""
    value, low, high = (number(row[f"returned{end}"], 2) for end in ("", "_low", "_high"))
    return [value, f"[{low}, {high}]"]

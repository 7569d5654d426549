"""What points of retention are worth, for people: lived with a bar, as a picture and a table."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis import five_percent as analysis
from sim.analysis.closure import NEAREST, spans
from sim.analysis.points import signed, time
from sim.experiments.solve import PAIRS
from sim.market.memory import refuse_if_too_big
from sim.market.run import case_of
from sim.scenario.problems import printable
from sim.views.facade import Scenario, at_once
from sim.views.plots import Figures
from sim.views.progress import Told, shown
from sim.views.style import CROWD, FAINT, INK, OTHERS, Picture, entitle, style
from sim.views.wording import aligned, number, percent

NEWCOMERS = {
    "replace": "who leaves is replaced",
    "poisson": "as many come by chance",
    "cohort": "nobody new comes",
}
"""Closures in words."""
CLOSED_FORM = OTHERS[1]
COLUMNS = (
    (75, "right", "bold", INK),
    (165, "right", "normal", CLOSED_FORM.color),
    (175, "left", "normal", CLOSED_FORM.color),
)
"""What stands beside the picture: how far from it in points, and how it looks."""


class FivePercent(analysis.FivePercent):
    """What points of retention bring, closure by closure."""

    def plot(self) -> Figure:
        """Draw it. Raises ValueError for fewer than two finished paired worlds."""
        return plot_five_percent(self)

    def text(self) -> str:
        """The table for people."""
        return five_percent_text(self)


def five_percent(
    scenario: Scenario = "sim:five_percent",
    *,
    closures: Sequence[str] = tuple(NEAREST),
    runs: int | None = None,
    pairs: int = PAIRS,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Told | None = None,
    interrupted: Callable[[], None] | None = None,
) -> FivePercent:
    """Live what points of retention do to profit in several closures, closed forms beside.

    Args:
        scenario: a file, a shipped name, data or a Case with policies, of which the first is the
            baseline and another asks for points of retention.
        closures: who comes when people leave: ``replace``, ``poisson``, ``cohort``.
        runs: paired worlds in each closure; None: as the scenario says.
        pairs: worlds in which points of retention are solved and the first year is measured.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told the paired worlds finished so far and all of them; None: a bar, on a
            terminal, which also counts the worlds that are lived to find chances to stay.
        interrupted: called on Ctrl-C; the closures that are finished are then returned.

    Raises:
        ScenarioError: a scenario, or a question of points, that cannot be used, or that does not
            fit into memory.
    """
    more = {} if runs is None else {"compare.runs": runs}
    case = case_of(scenario, overrides={**(overrides or {}), **more})
    refuse_if_too_big(case, at_once(jobs, case.spec.compare.runs) + pairs)
    with shown("paired worlds", progress) as told:
        found = analysis.five_percent(
            case,
            closures=closures,
            pairs=pairs,
            jobs=jobs,
            progress=told,
            searching=lambda closure, n: told.meanwhile(f"{closure}: {n} worlds to find chances"),
            interrupted=interrupted,
        )
    return FivePercent(found.case, found.closures, found.seconds)


# ── a picture ─────────────────────────────────────────────────────────────────────────────────


def plot_five_percent(found: analysis.FivePercent) -> Figure:
    """Draw the change of net present value by policy and closure, the closed form beside.

    Args:
        found: a result with a closure of at least two finished paired worlds.

    Raises:
        ValueError: no closure has them.
    """
    if not found.runs:
        raise ValueError(
            "a picture of points of retention must have a closure with at least 2 finished paired "
            "worlds, has none; let more of them finish"
        )
    with style():
        each = 1 + len(found.finished)
        figure = Picture(13, 0.4 * each * len(found.arms) + 3.6)
        axes = figure.subplots()
        axes.axvline(0.0, color=INK, linewidth=1.4)
        for place, arm in enumerate(found.arms):
            draw_arm(axes, found, arm, each * place)
        label_axes(axes, found, each)
        entitle(figure, found.headline, of_five_percent(found))
    return figure


def draw_arm(axes: Axes, found: analysis.FivePercent, arm: str, top: int) -> None:
    """A row for each closure under a row for the name: what was lived, and the closed form."""
    for row, last in enumerate(found.rows(arm), start=top + 1):
        draw_lived(axes, row, found.course(last["closure"], arm))
        axes.plot(
            100.0 * last["closed_form"], row, "D", ms=11, mfc="none", mec=CLOSED_FORM.color,
            mew=2.2, ls="none", label="by the closed form", zorder=5,
        )  # fmt: skip
        cells = (signed(last["gain"]), signed(last["closed_form"]), last["form"])
        write(axes, row, cells)


def draw_lived(axes: Axes, row: int, course: Sequence[Mapping[Any, Any]]) -> None:
    """The change over the horizon with its interval; over shorter times pale, just below."""
    *shorter, last = course
    gain, low, high = (100.0 * last[name] for name in ("gain", "low", "high"))
    axes.errorbar(
        gain, row, xerr=[[gain - low], [high - gain]], fmt="o", color=INK, ms=9, capsize=5,
        elinewidth=2.2, label=f"lived over {time(last['years'])}, with its 95 % interval",
    )  # fmt: skip
    if shorter:
        years = [f"{each['years']:g}" for each in shorter[:-1]] + [time(shorter[-1]["years"])]
        axes.plot(
            [100.0 * each["gain"] for each in course], [row + 0.3] * len(course), "-o",
            color=CROWD.color, lw=CROWD.width, ms=4, markevery=range(len(shorter)),
            label=f"over {', '.join(years)}",
        )  # fmt: skip


def write(axes: Axes, row: float, cells: Sequence[str]) -> None:
    """Words in columns beside the picture."""
    for words, (place, side, weight, color) in zip(cells, COLUMNS, strict=True):
        axes.annotate(
            words, (1.0, row), (place, 0), xycoords=axes.get_yaxis_transform(), va="center",
            textcoords="offset points", ha=side, weight=weight, color=color, annotation_clip=False,
        )  # fmt: skip


def label_axes(axes: Axes, found: analysis.FivePercent, each: int) -> None:
    """Policies in bold over their closures, the unit below, what the marks are above."""
    names: list[str] = []
    for arm in found.arms:
        names += [name_of(found, arm), *(NEWCOMERS[row["closure"]] for row in found.rows(arm))]
    axes.set_yticks(range(len(names)), names)
    for place, label in enumerate(axes.get_yticklabels()):
        label.set_fontweight("normal" if place % each else "bold")
    for place in range(each, len(names), each):
        axes.axhline(place - 0.5, color=FAINT, linewidth=0.8)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.margins(x=0.05)
    base = printable(next(iter(found.case.spec.policies))).replace("_", " ")
    axes.set_xlabel(f"change of net present value, % of the baseline's ({base})")
    axes.xaxis.set_major_formatter(Figures())
    write(axes, 0, ("lived", "closed form", ""))
    explain(axes)


def explain(axes: Axes) -> None:
    """What the marks are, each once, what was lived first."""
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    order = sorted(once, key=lambda label: not label.startswith("lived"))
    axes.legend(
        [once[label] for label in order], order, loc="lower center", bbox_to_anchor=(0.5, 1.0),
        ncols=len(order),
    )  # fmt: skip


def name_of(found: analysis.FivePercent, arm: str) -> str:
    """A policy, and the points of retention that it brings."""
    name = printable(arm).replace("_", " ")
    points = [row["points"] for row in found.rows(arm) if math.isfinite(row["points"])]
    if not points:
        return name
    ends = dict.fromkeys(f"{end(points):+.1f}".replace("-", "−") for end in (min, max))
    return f"{name}  ({' to '.join(ends)} points)"


def of_five_percent(found: analysis.FivePercent) -> str:
    """What the picture was drawn from."""
    spec = found.case.spec
    return (
        f"{found.answer}\n{found.runs} paired worlds of {number(spec.population.size)} people and "
        f"{spec.horizon} {spec.step}s in each closure. Points: by how much first-year retention is "
        f"higher. {found.notes[-1]}"
    )


# ── a table ───────────────────────────────────────────────────────────────────────────────────


def five_percent_text(found: analysis.FivePercent) -> str:
    """The same for people: a table, sentences, notes, the answer last."""
    spec = found.case.spec
    head = (
        f"{found.focal} in {found.runs} paired worlds of {number(spec.population.size)} people "
        f"and {spec.horizon} {spec.step}s in each closure, {found.seconds:.1f} s"
    )
    parts = [printable(spec.title), head, ""]
    if found.finished:
        parts += [five_percent_table(found), "", *found.sentences, ""]
    return "\n".join([*parts, *map(printable, found.notes), "", printable(found.answer)])


def five_percent_table(found: analysis.FivePercent) -> str:
    """Change by number of years, a row for each policy and closure."""
    years = list(spans(found.case.spec))
    rows = [
        ["net present value", "retention", *(f"{time(y)}," for y in years), "95 %", "closed", ""],
        ["", "points", *["%"] * len(years), "interval", "form, %", ""],
    ]
    for arm in found.arms:
        rows.append([printable(arm), *[""] * (len(years) + 4)])
        rows += [table_row(found.course(row["closure"], arm)) for row in found.rows(arm)]
    return aligned(rows)


def table_row(course: Sequence[Mapping[Any, Any]]) -> list[str]:
    """A policy in a closure: points, the change by number of years, the closed form."""
    last = course[-1]
    low, high, closed = (percent(last[name], 1) for name in ("low", "high", "closed_form"))
    return [
        f"  {NEWCOMERS[last['closure']]}",
        number(last["points"], 1),
        *(percent(each["gain"], 1) for each in course),
        f"[{low}, {high}]",
        closed,
        last["form"],
    ]

"""The picture of a challenge: how far five doubts move the verdict, the widest first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.scenario.problems import printable
from sim.views.plots import Figures
from sim.views.style import FAINT, INK, PALE, RC, Picture, entitle, style
from sim.views.wording import number, scale

if TYPE_CHECKING:
    from sim.analysis.challenge import Challenge, Row

BAR, TURNED = "#c3d6e4", "#D55E00"
"""Colours of a bar, and of an end at which another policy wins; a turned end is a square, too."""
POINTS = "offset points"


def plot_challenge(challenge: "Challenge", *, page: bool = False) -> Figure:
    """Draw by how much the best policy is ahead at both ends of every factor, as a tornado.

    Args:
        challenge: a challenge of which the scenario as it is and one end are finished.
        page: drawn for a page: smaller, and without title and small print, which the page has.

    Raises:
        ValueError: less than that is finished.
    """
    base = challenge.base
    if base is None or not challenge.rows:
        raise ValueError(
            "a picture of a challenge must have the scenario as it is and one end, has less; let "
            "2 paired worlds of each finish"
        )
    factors = widest_first(challenge.rows)
    money, unit = scale(edges([base, *challenge.rows]), printable(challenge.case.spec.currency))
    with style():
        figure = (
            Picture(7.4, 1.2 + 0.62 * len(factors)) if page else Picture(12.5, 3.2 + len(factors))
        )
        axes = figure.subplots()
        draw_verdict(axes, base, money)
        for position, rows in enumerate(factors.values()):
            draw_factor(axes, position, rows, challenge, money)
        axes.set(yticks=range(len(factors)), yticklabels=list(factors))
        axes.set(ylim=(len(factors) - 0.3, -0.6))
        axes.set_xlabel(f"net present value of {base.winner} less that of {base.against}, {unit}")
        axes.margins(x=0.05)
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_major_locator(MaxNLocator(7))
        axes.xaxis.set_major_formatter(Figures())
        if not page:
            entitle(figure, title(challenge, base), small_print(challenge, base))
        make_room(figure, axes)
    return figure


def widest_first(rows: Iterable["Row"]) -> dict[str, list["Row"]]:
    """The ends of each factor from the lower to the higher, the factor that moves most first."""
    factors: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.gap.mean):
        factors.setdefault(row.factor, []).append(row)
    order = sorted(factors, key=lambda name: factors[name][0].gap.mean - factors[name][-1].gap.mean)
    return {name: factors[name] for name in order}


def edges(rows: Iterable["Row"]) -> list[float]:
    """The outermost numbers of the picture, in money."""
    return [edge for row in rows for edge in (row.gap.low, row.gap.high)]


def draw_verdict(axes: Axes, base: "Row", money: float) -> None:
    """The scenario as it is, with its interval, and the line at which another policy takes over."""
    low, mean, high = base.gap.low / money, base.gap.mean / money, base.gap.high / money
    axes.axvspan(low, high, color=PALE, alpha=0.6, lw=0)
    axes.axvline(mean, color=FAINT, linewidth=1.6, linestyle=(0, (4, 2)))
    axes.axvline(0, color=INK, linewidth=1.8)
    foot = axes.get_xaxis_transform()
    axes.annotate("as it is", (mean, 0.0), (4, 5), xycoords=foot, textcoords=POINTS, color=FAINT)
    for name, side, away in ((base.winner, "left", 8), (base.against, "right", -8)):
        words = f"{name} earns more \u2192" if away > 0 else f"\u2190 {name} earns more"
        axes.annotate(
            words, (0, 1.0), (away, 4), xycoords=foot, textcoords=POINTS, ha=side, weight="bold"
        )


def draw_factor(
    axes: Axes, position: int, rows: list["Row"], challenge: "Challenge", money: float
) -> None:
    """A bar from one end to the other; at each a mark, its interval, and what it is."""
    left, right = rows[0].gap.mean / money, rows[-1].gap.mean / money
    axes.barh(position, right - left, left=left, height=0.5, color=BAR, edgecolor=INK, lw=0.6)
    reach = [edge / money for edge in edges(rows)]
    for row, side, edge in zip(rows, ("right", "left"), (min(reach), max(reach)), strict=False):
        turned = row in challenge.turned
        shift = -0.13 if side == "right" else 0.13
        axes.errorbar(
            row.gap.mean / money,
            position + shift,
            xerr=[[(row.gap.mean - row.gap.low) / money], [(row.gap.high - row.gap.mean) / money]],
            fmt="s" if turned else "o",
            color=TURNED if turned else INK,
            markersize=9 if turned else 7,
            capsize=4,
        )
        axes.annotate(
            said(row, turned),
            (edge, position + shift),
            (-8 if side == "right" else 8, 0),
            textcoords=POINTS,
            ha=side,
            va="center",
            size=RC["font.size"] - 1,
            weight="bold" if turned else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1},
        )


def make_room(figure: Figure, axes: Axes) -> None:
    """Widen the axis until all words beside the ends stand inside it.

    Words keep their width while the axis is drawn closer, so it takes a few rounds.
    """
    for _ in range(8):
        figure.draw_without_rendering()
        words = [text.get_window_extent() for text in axes.texts]
        left, right = axes.get_xlim()
        dot = (right - left) / axes.bbox.width
        short = max(0.0, axes.bbox.x0 + 6 - min(box.x0 for box in words))
        over = max(0.0, max(box.x1 for box in words) - axes.bbox.x1 + 6)
        axes.set_xlim(left - short * dot, right + over * dot)


def said(row: "Row", turned: bool) -> str:
    """What stands beside an end."""
    if turned:
        return f"{row.short}\n" + (
            f"{row.winner} earns most" if row.surely else f"perhaps {row.winner}"
        )
    return row.short if row.changed else f"{row.short} (as it is)"


def title(challenge: "Challenge", base: "Row") -> str:
    """What one sees."""
    changes, turned = len(challenge.changes), len(challenge.turned)
    if not turned:
        return f"{base.winner} is ahead in all of {changes} changes"
    surely = sum(row.surely for row in challenge.turned)
    sure = "" if surely == turned else f", {surely or 'none'} of them surely"
    return f"{turned} of {changes} changes put another policy ahead of {base.winner}{sure}"


def small_print(challenge: "Challenge", base: "Row") -> str:
    """From what the picture was drawn, and how to read it."""
    spec = challenge.case.spec
    return (
        f"{challenge.notes[0]}\nA bar leads from one end of a doubt to the other. Dot: "
        f"{base.winner} still earns {spec.focal} most; square: another policy does (perhaps: "
        f"the interval of its lead holds 0). Thin lines, "
        f"and the band for the scenario as it is, are 95 % intervals over {base.runs} paired "
        f"worlds of {number(spec.population.size)} people. {printable(spec.title)}"
    )

"""Industry presets in words: what they are, and what they do beside what is known."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from sim.analysis.industries.known import Known
from sim.scenario import shipped
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from sim.views.markdown import table

FOLDER = "industries/"
DIGITS = 3


def presets() -> dict[str, Scenario]:
    """The presets that ship, by the name that follows the folder."""
    names = (name for name in shipped.names() if name.startswith(FOLDER))
    return {name.removeprefix(FOLDER): load_scenario(f"sim:{name}").spec for name in names}


def listed() -> str:
    """A table of the presets."""
    heads = ("scenario", "question", "setting", "people", "firms; the one that asks is first")
    rows = [
        (
            f"`sim:{FOLDER}{name}`",
            spec.title,
            spec.setting,
            f"{spec.population.size:,}",
            firms(spec),
        )
        for name, spec in presets().items()
    ]
    return table(heads, rows)


def firms(spec: Scenario) -> str:
    """The firms of a preset, the focal one first."""
    return ", ".join(sorted(spec.firms, key=lambda name: name != spec.focal))


def told(rows: Iterable[Known]) -> str:
    """For each industry a table of its figures, as they are found."""
    by_industry = groupby(sorted(rows, key=attrgetter("industry")), attrgetter("industry"))
    return "\n\n".join(
        f"### `sim:{FOLDER}{industry}`\n\n{figures(of_it)}" for industry, of_it in by_industry
    )


def figures(rows: Iterable[Known]) -> str:
    """One industry's figures, found beside known; what misses says why."""
    heads = (
        "figure",
        "found",
        "range",
        "",
        "fitted to it",
        "where the range comes from",
        "why not",
    )
    return table(heads, [line(row, row.found()) for row in rows])


def line(row: Known, found: float) -> tuple[str, ...]:
    """One figure: found, where it should lie, whether it does."""
    verdict = "within" if row.holds(found) else "**misses**"
    span = f"{plain(row.low)} to {plain(row.high)}"
    fitted = f"`{row.fitted}`" if row.fitted else "nothing: predicted"
    return (row.words, plain(found), span, verdict, fitted, row.source, row.miss)


def plain(value: float) -> str:
    """A figure in three significant digits, a negative one with its true sign."""
    return f"{value:.{DIGITS}g}".replace("-", "−")

"""Closed circles of friends, as a file of ties and a scenario that names it."""

from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.scenario.loading import Case, load_scenario

FOLDER = TemporaryDirectory()


@cache
def in_circles(scenario: str, people: int, friends: int) -> Case:
    """The scenario with about so many people in full circles, each with so many friends."""
    folder, size = Path(FOLDER.name), friends + 1
    circles = round(people / size)
    ties = (
        f"{size * circle + a},{size * circle + b}\n"
        for circle in range(circles)
        for a, b in combinations(range(size), 2)
    )
    name = f"{scenario.rsplit('/', 1)[-1]}_{people}_{friends}"
    (folder / f"{name}.csv").write_text("from,to\n" + "".join(ties), "utf-8")
    (folder / f"{name}.yaml").write_text(
        f"extends: {scenario}\n"
        f"population: {{size: {circles * size}, network: {{file: {name}.csv}}}}\n",
        "utf-8",
    )
    return load_scenario(folder / f"{name}.yaml")

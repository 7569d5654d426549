"""Points of retention: the chance to stay that raises retention by so much, found by runs.

"Five points more" names an outcome. Which share of the would-be leavers must stay for it depends on
the market, so it is found: paired worlds are lived with and without, and the chance is moved until
the retention of the customers won in the first year has risen by what was asked for. Common luck
makes that rise a function of the chance that hardly trembles.
"""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from typing import Any

import numpy as np

from sim.market.customers import customers_of
from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.scenario.loading import Case
from sim.scenario.problems import Problem, ScenarioError, dotted

Told = Callable[[], None]
"""Told of every world that has been lived for the search, a warm-up or two years after it."""
PAIRS = 10
TOLERANCE = 0.001
"""How far the mean rise may lie from what was asked for, as a share."""


def nobody() -> None:
    """Nobody is told."""


def solved(case: Case, focal: str, *, runs: int = PAIRS) -> Case:
    """The case with the chance to stay filled in where it asks for points of retention.

    Args:
        case: a scenario, or one arm of a comparison.
        focal: the firm whose retention counts, where the intervention names none.
        runs: paired worlds over which the rise is averaged.

    Raises:
        ScenarioError: points that no chance gives, or more than one question in one scenario.
    """
    return solved_arms(case, {"": case}, focal, runs=runs)[""]


def solved_arms(
    base: Case,
    arms: Mapping[str, Case],
    focal: str,
    *,
    runs: int = PAIRS,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Case]:
    """The arms of a comparison, each solved; the warm-up under ``base`` is lived once per world.

    Args:
        base: the scenario under whose warm-up all arms begin.
        arms: scenarios by name; those that ask for nothing are handed back as they are.
        focal: the firm whose retention counts, where an intervention names none.
        runs: paired worlds over which the rise is averaged.
        progress: told how many worlds have been lived for the search so far, warm-ups included.

    Raises:
        ScenarioError: as :func:`solved` does.
    """
    if not any(unsolved(arm) for arm in arms.values()):
        return dict(arms)
    told = counting(progress)
    worlds = warmed_up_worlds(without(base), runs, told)
    return {name: solved_in(worlds, arm, focal, told) for name, arm in arms.items()}


def counting(progress: Callable[[int], None] | None) -> Told:
    """Told of one world after the other; passes on how many there have been."""
    numbers = count(1)
    return lambda: progress(next(numbers)) if progress else None


def unsolved(case: Case) -> list[int]:
    """Positions of the interventions that ask for points of retention."""
    return [n for n, each in enumerate(case.spec.interventions) if each.is_unsolved]


def without(case: Case) -> Case:
    """The case without what is still to be solved: enough to live the warm-up under."""
    missing = unsolved(case)
    kept = [data for n, data in enumerate(as_data(case)) if n not in missing]
    return case.override({"interventions": kept}) if missing else case


def as_data(case: Case) -> list[dict[str, Any]]:
    """The interventions of a case as plain data."""
    return [each.model_dump(mode="json") for each in case.spec.interventions]


def with_chance(case: Case, number: int, chance: float) -> Case:
    """The case in which the intervention at a position has its chance."""
    interventions = as_data(case)
    interventions[number]["hold"]["chance"] = chance
    return case.override({"interventions": interventions})


# ── what is lived ─────────────────────────────────────────────────────────────────────────────


def warmed_up(case: Case, replication: int) -> Market:
    """A market at its month 0, with two years before it."""
    market = Market(long_enough(case), replication=replication)
    while market.month < 0:
        market.step()
    return market


def warmed_up_worlds(case: Case, runs: int, told: Told) -> list[Market]:
    """The first ``runs`` worlds, each at its month 0."""
    worlds = []
    for replication in range(runs):
        worlds.append(warmed_up(case, replication))
        told()
    return worlds


def long_enough(case: Case) -> Case:
    """The case with a horizon of two years at least."""
    needed = 2 * STEPS_A_YEAR[case.spec.step]
    return case if case.spec.horizon >= needed else case.override({"horizon": needed})


def first_year_retention(market: Market, firm: str) -> tuple[float, int]:
    """Share of a firm's customers won in the year to come who are customers twelve months later.

    The market, at month 0, is lived for two years. Returns the share and how many were won.
    """
    position, year, begun = market.firm(firm).position, STEPS_A_YEAR[market.spec.step], market.clock
    stayed = 0
    for step in range(begun, begun + 2 * year):
        market.step()
        won_a_year_ago = market.world.relations["first"][:, position] == step - year
        if step >= begun + year:
            stayed += int(np.count_nonzero(won_a_year_ago & customers_of(market, position)))
    won = sum(int(e["acquired"][position]) for e in market.history.ledgers[begun : begun + year])
    return (stayed / won if won else float("nan")), won


# ── the search ────────────────────────────────────────────────────────────────────────────────


def solved_in(worlds: list[Market], arm: Case, focal: str, told: Told = nobody) -> Case:
    """One arm, solved in worlds that stand at month 0."""
    missing = unsolved(arm)
    if not missing:
        return arm
    if len(missing) > 1:
        rule = "must be asked for by one intervention of a scenario"
        raise refusal(
            arm, missing[1], rule, f"asked for by {len(missing)}", "leave one of them out"
        )
    return with_chance(arm, missing[0], chance_of(worlds, arm, missing[0], focal, told))


def chance_of(worlds: list[Market], arm: Case, number: int, focal: str, told: Told) -> float:
    """The chance that gives the points for which the intervention at a position asks."""
    from scipy.optimize import brentq

    question = arm.spec.interventions[number]
    firm, wanted = question.firm or focal, question.points / 100
    before, won = mean_retention(worlds, without(arm), firm, told)
    if not won:
        rule, remedy = f"must be about a firm that wins customers; {firm} wins none", "name another"
        raise refusal(arm, number, rule, "", remedy)
    enough = max(TOLERANCE, 1.5 / (won * len(worlds)))

    @cache
    def missed(chance: float) -> float:
        """By how much the rise is too high; 0 where it is near enough, which ends the search."""
        after, won = mean_retention(worlds, with_chance(arm, number, chance), firm, told)
        by = (after if won else 1.0) - before - wanted  # where nobody leaves nobody can be won
        return 0.0 if abs(by) <= 0.5 * enough else by

    if missed(1.0) < 0.0:
        most = 100 * (wanted + missed(1.0))
        rule = f"must be within reach of {firm}, which keeps {before:.1%} as it is"
        raise refusal(arm, number, rule, f"{100 * wanted:g}", f"ask for at most {most:.1f}")
    found = brentq(lambda chance: missed(chance) if chance else -wanted, 0.0, 1.0, xtol=1e-6)
    if abs(missed(found)) > enough:
        rule = f"must be met within {100 * enough:.1f} in {len(worlds)} worlds of so few customers"
        raise refusal(arm, number, rule, f"{100 * wanted:g}", "raise population.size")
    return round(float(found), 6)


def mean_retention(
    worlds: list[Market], case: Case, firm: str, told: Told = nobody
) -> tuple[float, float]:
    """First-year retention of a firm and its customers won, each a mean over worlds.

    Worlds in which it wins nobody have no retention and do not count for it.
    """
    longer, futures = long_enough(case), []
    for world in worlds:
        futures.append(first_year_retention(world.branch_into(longer), firm))
        told()
    shares, won = np.array(futures).T
    share = float(np.mean(shares[won > 0])) if won.any() else float("nan")
    return share, float(np.mean(won))


def refusal(case: Case, number: int, rule: str, value: str, remedy: str) -> ScenarioError:
    """A question that has no answer, at its place."""
    path = ("interventions", number, "hold", "points_of_retention")
    return ScenarioError([Problem(case.loaded.place(path), dotted(path), rule, value, remedy)])

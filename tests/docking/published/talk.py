"""3.1: Goldenberg, Libai & Muller (2001), "Talk of the network".

In each period whoever has not bought does so with probability 1 - (1-a)(1-bw)^j(1-bs)^m, where j of
w acquaintances, met anew, and m of s friends, who form closed circles, have bought.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.market.model import Market, latest
from tests.docking.published.circles import in_circles
from tests.docking.published.design import (
    Array,
    Estimate,
    Setting,
    effects,
    latin,
    live,
    mean,
    told,
)

PEOPLE, LONGEST = 3_000, 400
MARKS = (0.16, 0.5, 0.95)
"""Shares of buyers between which the stages lie."""
TIES = (5, 9, 13, 17, 21, 25, 29)
LEVELS: dict[str, tuple[float, ...]] = {
    "strong": TIES,
    "weak": TIES,
    "advertising": tuple(np.linspace(0.0005, 0.01, 7).tolist()),
    "by_weak": tuple(np.linspace(0.005, 0.015, 7).tolist()),
    "by_strong": tuple(np.linspace(0.01, 0.07, 7).tolist()),
}
"""The published ranges, in seven levels each."""
COMPUTED = (
    (-0.386, -0.213, -0.596, -0.138, -0.359),
    (-0.466, -0.304, -0.467, -0.195, -0.409),
    (-0.514, -0.365, -0.312, -0.233, -0.447),
)
"""Effects on the times, computed by others from the published rule: all 16,807 cells, once each."""
MIDDLE: Setting = {
    "strong": 9, "weak": 9, "advertising": 0.005, "by_weak": 0.01, "by_strong": 0.04
}  # fmt: skip


class Times(NamedTuple):
    """Periods until each mark, and the stages between them."""

    until: Array
    stages: Array


def market_times(setting: Setting, world: int, people: int = PEOPLE) -> Times:
    """As the market lives it."""
    friends, acquaintances = setting["strong"], setting["weak"]
    told = -math.log(1 - setting["by_strong"])
    case = in_circles("sim:theory/p31_talk_of_the_network", people, int(friends)).override(
        {
            "horizon": LONGEST,
            "population.network.weak.neighbours": int(acquaintances),
            "population.network.weak.weight": setting["by_weak"] / told,
            "mechanisms.word_of_mouth.base": friends * told + acquaintances * setting["by_weak"],
            "instruments.advertising.ceiling": setting["advertising"],
        }
    )
    market = Market(case, replication=world)
    return times_of(bought(market), case.spec.population.size)


def bought(market: Market) -> Iterator[float]:
    """How many have bought by the end of each step."""
    while market.running:
        market.step()
        yield latest(market, "acme", "customers")


def rule_times(setting: Setting, world: int, people: int = PEOPLE) -> Times:
    """The published rule itself, without the market."""
    return times_of(by_rule(setting, np.random.default_rng(world), people), people)


def by_rule(setting: Setting, chance: np.random.Generator, people: int) -> Iterator[float]:
    """How many have bought by the end of each period."""
    circle = np.arange(people) // (int(setting["strong"]) + 1)
    has = np.zeros(people, np.bool_)
    while True:
        friends = np.bincount(circle, weights=has)[circle]
        met = chance.binomial(int(setting["weak"]), has.mean(), people)
        untouched = (1 - setting["advertising"]) * (1 - setting["by_strong"]) ** friends
        untouched *= (1 - setting["by_weak"]) ** met
        has |= chance.random(people) >= untouched
        yield float(has.sum())


def times_of(counts: Iterator[float], people: int) -> Times:
    """Periods until each mark is passed."""
    until: list[int] = []
    for period, count in enumerate(counts, start=1):
        while len(until) < len(MARKS) and count >= MARKS[len(until)] * people:
            until.append(period)
        if len(until) == len(MARKS):
            break
    found = np.array(until, np.float64)
    return Times(found, np.diff(found, prepend=0.0))


@cache
def whole_design(runs: int = 400, people: int = PEOPLE) -> tuple[list[Setting], list[Times]]:
    """The published ranges, sampled."""
    settings = latin(LEVELS, runs, seed=1)
    return settings, live(settings, lambda setting, world: market_times(setting, world, people))


def stage_effects(runs: int = 400, people: int = PEOPLE) -> list[dict[str, Estimate]]:
    """What each factor does to the length of each stage, standardised."""
    settings, times = whole_design(runs, people)
    return [effects(settings, [each.stages[stage] for each in times]) for stage in range(3)]


def time_effects(runs: int = 400, people: int = PEOPLE) -> list[dict[str, Estimate]]:
    """What each factor does to the time until each mark, standardised."""
    settings, times = whole_design(runs, people)
    return [effects(settings, [each.until[mark] for each in times]) for mark in range(3)]


@cache
def with_circles_of(strong: tuple[float, ...], runs: int = 240) -> dict[str, Estimate]:
    """What each factor does to the time until 95 per cent, where circles have these sizes."""
    settings = latin({**LEVELS, "strong": strong}, runs, seed=2)
    times = live(settings, lambda setting, world: market_times(setting, world, 1_500))
    return effects(settings, [each.until[-1] for each in times])


@cache
def beside_the_rule(worlds: int = 60, people: int = PEOPLE) -> list[tuple[Estimate, Estimate]]:
    """Mean times until each mark: the market, the rule."""
    market = [market_times(MIDDLE, world, people).until for world in range(worlds)]
    rule = [rule_times(MIDDLE, world, people).until for world in range(worlds)]
    return [
        (mean([until[mark] for until in market]), mean([until[mark] for until in rule]))
        for mark in range(3)
    ]


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    for mark, (market, rule) in zip(MARKS, beside_the_rule(), strict=True):
        yield f"periods until {mark:.0%}: market {market}, rule {rule}"
    for mark, found in zip(MARKS, time_effects(), strict=True):
        yield f"time until {mark:.0%}: " + told(found)
    for mark, found in zip(MARKS, stage_effects(), strict=True):
        yield f"stage up to {mark:.0%}: " + told(found)
    for sizes in ((5, 9), (25, 29)):
        yield f"until 95% with {sizes} friends: " + told(with_circles_of(sizes))

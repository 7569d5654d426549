"""3.2: Goldenberg, Libai, Moldovan & Muller (2007), "The NPV of bad news".

The rules are those of a later replication. Its numbers, and those of the paper, are not known here;
what the rules give, ``by_rule`` computes.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.analysis.docking.estimates import of_firm
from sim.market.run import run
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

Flags = NDArray[np.bool_]
FRIENDS = ACQUAINTANCES = 8
MONTHS, DISCOUNT, ADVERTISING = 100, 0.01, 0.005
USUAL: Setting = {"bad": 0.05, "multiplier": 2, "by_weak": 0.001, "by_strong": 0.04}
SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
LEVELS: dict[str, Sequence[float]] = {
    "bad": (0.01, 0.02, 0.05, 0.1, 0.2),
    "multiplier": (1, 2, 3),
    "by_weak": (0.001, 0.003, 0.009),
    "by_strong": (0.03, 0.04, 0.05),
}


def value(setting: Setting, world: int, people: int = 1_500) -> float:
    """Discounted buyers, as a share of all people, as the market lives it."""
    bad, multiplier = setting["bad"], setting["multiplier"]
    told = -math.log(1 - setting["by_strong"])
    case = in_circles("sim:theory/p32_bad_news", people, FRIENDS).override(
        {
            "customers.exit.a": max(1e-4 * bad, 1e-12),
            "customers.exit.b": 1e-4 * (1 - bad),
            "firms.without.quality": 0.5 + 0.1 * multiplier,
            "firms.without.appeal": math.log(multiplier),
            "population.network.weak.weight": setting["by_weak"] / told,
            "mechanisms.word_of_mouth.positive_weight": 10
            * (FRIENDS * told + ACQUAINTANCES * setting["by_weak"]),
        }
    )
    lived = run(case, replication=world)
    return worth(of_firm(lived, "acquired")) / case.spec.population.size


def worth(buyers: Array) -> float:
    """Discounted number of buyers."""
    return float(buyers @ (1 + DISCOUNT) ** -np.arange(len(buyers), dtype=np.float64))


def rule_value(setting: Setting, world: int, people: int = 3_006, late: bool = False) -> float:
    """The same by the rules alone.

    With ``late``, the timing of the market: buyers who turn out disappointed praise once, speak
    against the product two periods later, and all advertising falls into ten periods.
    """
    chance = np.random.default_rng(world)
    return worth(np.array(list(by_rule(setting, chance, people, late)))) / people


def by_rule(
    setting: Setting, chance: np.random.Generator, people: int, late: bool
) -> Iterator[float]:
    """Buyers of each period."""
    circle = np.arange(people) // (FRIENDS + 1)
    spoiled = chance.random(people) < setting["bad"]
    bought, refused = np.full(people, np.inf), np.full(people, np.inf)
    for period in range(MONTHS):
        for_it = (bought < period) & (~spoiled | (late & (bought == period - 1)))
        against = (refused < period) | (spoiled & (bought < period - 2 * late))
        seen = ADVERTISING * (period < 10 if late else 0.9**period)
        good = 1 - (1 - seen) * unheard(for_it, circle, setting, 1, chance)
        bad = 1 - unheard(against, circle, setting, setting["multiplier"], chance)
        open_still = np.isinf(bought) & np.isinf(refused)
        for_once, against_once = (chance.random(people) < p for p in (good, bad))
        prefers = chance.random(people) * (good + bad) < good
        buys = open_still & for_once & (~against_once | prefers)
        bought[buys] = period
        refused[open_still & against_once & ~buys] = period
        yield float(buys.sum())


def unheard(
    speakers: Flags,
    circle: NDArray[np.int64],
    setting: Setting,
    factor: float,
    chance: np.random.Generator,
) -> Array:
    """Chance of each to hear none of these speakers, who speak ``factor`` times as much."""
    friends = np.bincount(circle, weights=speakers)[circle]
    met = chance.binomial(ACQUAINTANCES, speakers.mean(), len(speakers))
    silent = (1 - setting["by_strong"]) ** (factor * friends)
    return np.asarray(silent * (1 - setting["by_weak"]) ** (factor * met))


# ── what is asked of it ───────────────────────────────────────────────────────────────────────


def kept(setting: Setting, worlds: int, people: int = 1_500) -> Array:
    """(worlds,) value with some disappointed, as a share of that with none."""
    return np.array([kept_in(setting, world, people) for world in range(worlds)])


def kept_in(setting: Setting, world: int, people: int = 1_500) -> float:
    """The same in one world."""
    return value(setting, world, people) / untroubled(
        setting["by_weak"], setting["by_strong"], world, people
    )


@cache
def untroubled(by_weak: float, by_strong: float, world: int, people: int) -> float:
    """Value where nobody is disappointed."""
    setting = {**USUAL, "bad": 0.0, "by_weak": by_weak, "by_strong": by_strong}
    return value(setting, world, people)


@cache
def loss_by_share(worlds: int = 16, people: int = 1_500) -> Array:
    """(worlds, shares) relative loss of value by the share of disappointed."""
    settings = [{**USUAL, "bad": share} for share in SHARES]
    return 1 - np.column_stack([kept(setting, worlds, people) for setting in settings])


def slopes(losses: Array) -> list[Estimate]:
    """How much more of the value each further disappointed share costs, interval by interval."""
    return [mean(each) for each in (np.diff(losses) / np.diff(SHARES)).T]


def bends(losses: Array) -> list[Estimate]:
    """By how much that falls from one interval to the next."""
    each = np.diff(losses) / np.diff(SHARES)
    return [mean(bend) for bend in -np.diff(each).T]


@cache
def loss_by_multiplier(worlds: int = 16) -> list[Estimate]:
    """Relative loss with 5 per cent disappointed who speak once, twice, three times as much."""
    return [mean(1 - kept({**USUAL, "multiplier": m}, worlds)) for m in (1, 2, 3)]


@cache
def loss_effects(runs: int = 120) -> dict[str, Estimate]:
    """What each factor does to the logarithm of the relative loss, standardised."""
    settings = latin(LEVELS, runs, seed=3)
    losses = live(settings, lambda setting, world: 1 - kept_in(setting, world))
    return effects(settings, np.log(losses))


@cache
def beside_the_rule(worlds: int = 16) -> list[tuple[float, Estimate, Estimate, Estimate]]:
    """Share, value kept in the market, by the rules with its timing, and by the rules."""
    return [
        (share, mean(kept({**USUAL, "bad": share}, worlds)), *by_rules(share, worlds))
        for share in (0.02, 0.05, 0.2)
    ]


def by_rules(share: float, worlds: int) -> tuple[Estimate, Estimate]:
    """Value kept by the rules, with the market's timing and with their own."""
    late, prompt = (
        mean(
            [
                rule_value({**USUAL, "bad": share}, world, late=late)
                / rule_value({**USUAL, "bad": 0.0}, world, late=late)
                for world in range(worlds)
            ]
        )
        for late in (True, False)
    )
    return late, prompt


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    for share, market, late, prompt in beside_the_rule():
        yield f"{share:.0%} bad, value kept: market {market}, rule late {late}, rule {prompt}"
    losses = loss_by_share()
    for share, lost in zip(SHARES[1:], losses.T[1:], strict=True):
        yield f"{share:.0%} bad: loss {mean(lost)}"
    yield "loss per share: " + ", ".join(map(str, slopes(losses)))
    yield "bends: " + ", ".join(map(str, bends(losses)))
    yield "loss at multiplier 1, 2, 3: " + ", ".join(map(str, loss_by_multiplier()))
    yield f"effects on log loss: {told(loss_effects())}"

"""3.2: Goldenberg, Libai, Moldovan & Muller (2007), "The NPV of bad news".

The rules are those of a later replication: a share of the buyers is disappointed and speaks against
the product, m times as much as others speak for it; who hears only that refuses for good and speaks
against it, too; who hears both goes either way in proportion to the two chances.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
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
PERIODS, MONTHS, DISCOUNT, ADVERTISING = 80, 4, 0.01, 0.005
"""Periods that are lived, months of the scenario in each, interest and first reach a period."""
USUAL: Setting = {"bad": 0.05, "multiplier": 2, "by_weak": 0.001, "by_strong": 0.04}
SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
COARSE = (0.02, 0.1, 0.5)
WEAK = (0.001, 0.005, 0.009)
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
            "customers.exit": leaving(bad),
            "firms.without.quality": 0.5 + 0.1 * multiplier,
            "firms.without.appeal": math.log(multiplier),
            "population.network.weak.weight": setting["by_weak"] / told,
            "mechanisms.word_of_mouth.positive_weight": 10
            * (FRIENDS * told + ACQUAINTANCES * setting["by_weak"])
            / MONTHS,
        }
    )
    lived = run(case, replication=world)
    return worth(of_firm(lived, "acquired"), MONTHS) / case.spec.population.size


def leaving(bad: float) -> Mapping[str, object] | float:
    """So large a share leaves after the first period, and the others never."""
    if not bad:
        return 0.0
    return {"distribution": "beta", "a": 1e-4 * bad, "b": 1e-4 * (1 - bad), "after": "period"}


def worth(buyers: Array, steps: int) -> float:
    """Discounted number of buyers, counted so many times a period."""
    return float(buyers @ (1 + DISCOUNT) ** (-np.arange(len(buyers)) / steps))


def rule_value(setting: Setting, world: int, cut: int = 1, people: int = 3_006) -> float:
    """The same by the rules alone; with a ``cut``, in the market's timing.

    Then a period is cut into so many steps, advertising stays the same for ten periods, and who is
    disappointed praises in the step after the purchase and speaks against the product from the
    third on.
    """
    chance = np.random.default_rng(world)
    return worth(np.array(list(by_rule(setting, chance, cut, people))), cut) / people


def by_rule(
    setting: Setting, chance: np.random.Generator, cut: int, people: int
) -> Iterator[float]:
    """Buyers of each step."""
    circle = np.arange(people) // (FRIENDS + 1)
    spoiled = chance.random(people) < setting["bad"]
    bought, refused = np.full((2, people), np.inf)
    late = cut > 1
    for step in range(PERIODS * cut):
        praising = (bought < step) & (~spoiled | (late & (bought == step - 1)))
        blaming = (refused < step) | (spoiled & (bought < step - 2 * late))
        seen = ADVERTISING / cut * ((step < 10 * cut) if late else 0.9**step)
        good = 1 - (1 - seen) * unheard(praising, circle, setting, 1 / cut, chance)
        bad = 1 - unheard(blaming, circle, setting, setting["multiplier"] / cut, chance)
        hears_good, hears_bad = (chance.random(people) < each for each in (good, bad))
        prefers = chance.random(people) * (good + bad) < good
        undecided = np.isinf(bought) & np.isinf(refused)
        buys = undecided & hears_good & (~hears_bad | prefers)
        refused[undecided & hears_bad & ~buys] = step
        bought[buys] = step
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


def lost_in(setting: Setting, world: int, people: int = 1_500) -> float:
    """Loss of value by the disappointed, as a share of the value without them."""
    usual = untroubled(setting["by_weak"], setting["by_strong"], world, people)
    return 1 - value(setting, world, people) / usual


def lost(setting: Setting, worlds: int, people: int = 1_500) -> Array:
    """(worlds,) the same."""
    return np.array([lost_in(setting, world, people) for world in range(worlds)])


@cache
def untroubled(by_weak: float, by_strong: float, world: int, people: int) -> float:
    """Value where nobody is disappointed."""
    setting = {**USUAL, "bad": 0.0, "by_weak": by_weak, "by_strong": by_strong}
    return value(setting, world, people)


@cache
def loss_by_share(worlds: int = 16) -> Array:
    """(worlds, shares) relative loss of value by the share of disappointed."""
    return np.column_stack([lost({**USUAL, "bad": share}, worlds) for share in SHARES])


def slopes(shares: Sequence[float]) -> Array:
    """(worlds, shares) how much is lost for each further disappointed, from share to share."""
    lost = loss_by_share()[:, [SHARES.index(share) for share in shares]]
    return np.asarray(np.diff(lost, prepend=0.0) / np.diff(shares, prepend=0.0))


def bends(shares: Sequence[float]) -> list[Estimate]:
    """By how much that falls from one interval between shares to the next."""
    return [mean(bend) for bend in -np.diff(slopes(shares)).T]


@cache
def loss_by_multiplier(worlds: int = 16) -> list[Estimate]:
    """Relative loss with 5 per cent disappointed who speak once, twice, three times as much."""
    return [mean(lost({**USUAL, "multiplier": times}, worlds)) for times in (1, 2, 3)]


@cache
def loss_by_weak_ties(worlds: int = 24) -> Array:
    """(worlds, strengths) relative loss with 10 per cent disappointed."""
    settings = [{**USUAL, "bad": 0.1, "by_weak": strength} for strength in WEAK]
    return np.column_stack([lost(setting, worlds) for setting in settings])


@cache
def loss_effects(runs: int = 120) -> dict[str, Estimate]:
    """What each factor does to the logarithm of the relative loss, standardised."""
    settings = latin(LEVELS, runs, seed=3)
    return effects(settings, np.log(live(settings, lost_in)))


@cache
def rule_loss(share: float, cut: int = 1, worlds: int = 24) -> Estimate:
    """Relative loss by the rules alone."""
    with_bad, without = (
        [rule_value({**USUAL, "bad": bad}, world, cut) for world in range(worlds)]
        for bad in (share, 0.0)
    )
    return mean(1 - np.array(with_bad) / np.array(without))


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    losses = loss_by_share()
    for share, found in zip(SHARES, losses.T, strict=True):
        rules = f"by the rules {rule_loss(share)}, in the same timing {rule_loss(share, MONTHS)}"
        yield f"{share:.0%} disappointed: loss {mean(found)}, {rules}"
    for shares in (SHARES, COARSE):
        lost_for_each = ", ".join(str(mean(slope)) for slope in slopes(shares).T)
        yield f"loss for each further disappointed, up to {shares}: {lost_for_each}"
    yield "loss at multiplier 1, 2, 3: " + ", ".join(map(str, loss_by_multiplier()))
    for strength, found in zip(WEAK, loss_by_weak_ties().T, strict=True):
        yield f"weak ties of {strength}: loss {mean(found)}"
    yield f"effects on log loss: {told(loss_effects())}"

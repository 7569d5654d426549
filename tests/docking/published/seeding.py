"""3.3: Libai, Muller & Peres (2013), what seeding a brand is worth, with and without a rival."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np

from sim.market.run import Run, run
from sim.scenario.loading import Case, load_scenario
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

SCENARIO = "sim:theory/p33_seeding"
INFLUENTIAL = 0.1
"""Share of people who tell more."""
PROGRAMMES = {
    "at_random": ("influential_in_both", "crowd_seeds"),
    "influential": ("influential_in_both", "influential_seeds"),
}
"""Groups that each of them seeds."""
NETWORKS: dict[str, dict[str, object]] = {
    "random": {"kind": "random", "neighbours": 8},
    "scale_free": {"kind": "scale_free", "links": 4},
    "small_world": {"kind": "small_world", "neighbours": 8, "rewiring": 0.1},
}
USUAL: Setting = {"talk": 0.5, "advertising": 0.01, "seeds": 0.05, "rival": 1}
LEVELS: dict[str, Sequence[float]] = {
    "talk": (0.32, 0.56, 0.8),
    "advertising": (0.005, 0.01, 0.02),
    "seeds": (0.01, 0.05),
    "rival": (0, 1),
}
"""Messages a month (8 ties of .04 to .1), reach a month, share seeded, whether there is a rival."""


def market(setting: Setting, network: str = "random", people: int = 2_000) -> Case:
    """The scenario with these numbers; a rival that is not there does not advertise."""
    seeds, both = setting["seeds"], INFLUENTIAL * setting["seeds"]
    return load_scenario(SCENARIO).override(
        {
            "population.size": people,
            "population.network": NETWORKS[network],
            "mechanisms.word_of_mouth.base": setting["talk"],
            "instruments.advertising.ceiling": setting["advertising"],
            "firms.bolt.policy.budget": {"per_head": float(setting["rival"])},
            "groups.influential_in_both.share": both,
            "groups.influential_seeds.share": seeds - both,
            "groups.influential.share": INFLUENTIAL - seeds,
            "groups.crowd_seeds.share": seeds - both,
            "record.transactions": True,
        }
    )


def gains(case: Case, world: int) -> Array:
    """(programmes,) value gained from others than the seeds, as a share of the brand's value."""
    before = run(case.under_policy("as_it_is"), replication=world)
    brand = worth(before, ())
    return np.array([gain(case, before, name, world) for name in PROGRAMMES]) / brand


def gain(case: Case, before: Run, programme: str, world: int) -> float:
    """Value gained from others than the seeds of a programme."""
    after = run(case.under_policy(programme), replication=world)
    seeds = PROGRAMMES[programme]
    return worth(after, seeds) - worth(before, seeds)


def worth(lived: Run, without: Sequence[str]) -> float:
    """Discounted buyers of acme who belong to none of these groups."""
    names = np.array(["", *lived.market.spec.groups])
    bought = lived.transactions
    bought = bought[bought["firm"] == "acme"]
    group = names[lived.market.world.people["group"][bought["person"].to_numpy()]]
    now = (1 + lived.market.spec.discount_rate) ** -bought["month"].to_numpy(np.float64)
    return float(now[~np.isin(group, without)].sum())


# ── what is asked of it ───────────────────────────────────────────────────────────────────────


@cache
def cell(network: str, talk: float, seeds: float, worlds: int = 8, people: int = 2_000) -> Array:
    """(worlds, rival or not, programmes) gains in common worlds."""
    settings: list[Setting] = [
        {**USUAL, "talk": talk, "seeds": seeds, "rival": rival} for rival in (0, 1)
    ]
    return np.array(
        [
            [gains(market(setting, network, people), world) for setting in settings]
            for world in range(worlds)
        ]
    )


def cells() -> Iterator[tuple[str, Array]]:
    """All cells of the factorial design, with their names."""
    for network, talk, seeds in product(NETWORKS, (0.32, 0.8), (0.01, 0.05)):
        yield f"{network}, talk {talk}, seeds {seeds:.0%}", cell(network, talk, seeds)


def amplified(found: Array) -> list[Estimate]:
    """By how much a gain is larger with a rival than without, of each programme."""
    return [mean(each) for each in (found[:, 1] - found[:, 0]).T]


def advantage(found: Array) -> list[Estimate]:
    """By how much influential seeds gain more than seeds at random, without a rival and with."""
    return [mean(each) for each in (found[:, :, 1] - found[:, :, 0]).T]


@cache
def log_gain_effects(runs: int = 120) -> list[dict[str, Estimate]]:
    """What each factor does to the logarithm of the gain, by programme, standardised."""
    settings = latin(LEVELS, runs, seed=4)
    found = np.array(live(settings, lambda setting, world: gains(market(setting), world)))
    return [effects(settings, np.log(gained)) for gained in found.T]


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    for name, found in cells():
        means = [str(mean(each)) for each in found.reshape(len(found), -1).T]
        alone, rivalled = " and ".join(means[:2]), " and ".join(means[2:])
        yield f"{name}: random and influential alone {alone}, with a rival {rivalled}"
    for programme, weighed in zip(PROGRAMMES, log_gain_effects(), strict=True):
        yield f"log gain {programme}: {told(weighed)}"

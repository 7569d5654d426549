"""Scenarios drawn at random in which much happens to few people within a year."""

from pathlib import Path
from typing import Any

import numpy as np

from sim.behaviour.levels import LEVELS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.channels import NAMES
from sim.scenario.loading import Case, scenario_from

Data = dict[str, Any]


def lively_case(seed: int, folder: Path) -> Case:
    """A valid scenario in which everything that a file may say is drawn; files go to ``folder``."""
    rng = np.random.default_rng([2024, seed])
    setting = str(rng.choice(["subscription", "repertoire", "b2b"]))
    firms = ["acme", "bolt", "cora", "dune", "east", "fern"][: rng.integers(1, 7)]
    groups = ["heavy", "light"][: rng.integers(0, 3)]
    data: Data = {
        "setting": setting,
        "step": str(rng.choice(["month", "week"])),
        "warm_up": int(rng.choice([0, 5, 13])),
        "horizon": int(rng.integers(6, 18)),
        "billing_months": int(rng.integers(1, 13)) if rng.random() < 0.5 else 1,
        "active_months": int(rng.integers(1, 13)),
        "seed": seed,
        "precision": str(rng.choice(["single", "double"])),
        "population": population(rng, firms, folder / f"edges_{seed}.csv"),
        "customers": traits(rng, setting, firms),
        "start": {
            "customers": start(rng, firms),
            "first_renewal": str(rng.choice(["spread", "deferred", "immediate"])),
        },
        "mechanisms": mechanisms(rng),
        "firms": {name: firm(rng, setting, groups) for name in firms},
        "record": {
            "transactions": bool(rng.random() < 0.5),
            "customers_at": [0, 4],
            "grievances": bool(rng.random() < 0.5),
        },
    }
    data["groups"] = {
        name: {"share": float(rng.uniform(0.1, 0.5)), "customers": {"basket": 2.5, "taste": 0.5}}
        for name in groups
        if data["customers"]["basket"]["distribution"] != "gamma_gamma"
    }
    talk = data["mechanisms"].get("word_of_mouth")
    network = data["population"]["network"]
    met_anew = network.get("weak", {}).get("met_anew", False)
    if isinstance(talk, dict) and (network["kind"] == "complete" or met_anew):
        talk["per_tie"] = False  # no ties to go through one by one
    if not data["groups"]:
        for offer in data["firms"].values():
            offer["policy"]["targets"] = {}
    if len(firms) > 1 and rng.random() < 0.3:
        data["switching_costs"] = {firms[0]: {firms[1]: "never"}, "none": {firms[0]: 0.5}}
    for name in firms:
        if rng.random() < 0.3:
            data["firms"][name]["path"] = {"departments": 3, "friction": 0.2}
        data["firms"][name]["reaction"] = reaction(rng, focal=name == firms[0])
    add_programmes(np.random.default_rng([1716, seed]), data)
    if len(firms) > 1 and rng.random() < 0.4:
        come_late(rng, data, firms[-1])
    return scenario_from(data, folder)


def come_late(rng: np.random.Generator, data: Data, name: str) -> None:
    """Let a firm enter in one of the first months, or never; nobody is its customer before."""
    data["firms"][name]["enters"] = "never" if rng.random() < 0.2 else int(rng.integers(0, 2))
    if data["population"]["entry"].get("on_arrival") == {"customer_of": name}:
        data["population"]["entry"]["on_arrival"] = "prospect"
    if isinstance(data["start"]["customers"], dict):
        del data["start"]["customers"][name]


def population(rng: np.random.Generator, firms: list[str], edges: Path) -> Data:
    """People, closure, network."""
    size = int(rng.integers(20, 70))
    arrival = "prospect" if rng.random() < 0.5 else {"customer_of": str(rng.choice(firms))}
    entry: Data = {"closure": str(rng.choice(["replace", "poisson", "cohort"]))}
    if entry["closure"] != "cohort":
        entry["on_arrival"] = arrival
    if entry["closure"] == "poisson":
        entry["per_month"] = float(rng.uniform(0.2, 6))
    networks: list[Data] = [
        {"kind": "complete"},
        {"kind": "random", "neighbours": 4},
        {"kind": "random", "neighbours": 4, "degrees": "regular"},
        {"kind": "small_world", "neighbours": 6, "rewiring": 0.3},
        {"kind": "scale_free", "links": 2},
        {"kind": "edges", "file": edges.name},
    ]
    network = networks[rng.integers(len(networks))]
    if network["kind"] == "random" and size % 2:
        size += 1
    if network["kind"] == "edges":
        pairs = {(i, int(rng.integers(i + 1, size))) for i in range(size - 1)}
        lines = [f"{one},{other},{rng.uniform(0.5, 2):.3f}" for one, other in sorted(pairs)]
        edges.write_text("\n".join(["from,to,weight", *lines]) + "\n", "utf-8")
    elif network["kind"] != "complete" and rng.random() < 0.5:
        network["weak"] = {"neighbours": 2, "weight": 0.5, "met_anew": bool(rng.random() < 0.5)}
    return {"size": size, "entry": entry, "network": network}


def traits(rng: np.random.Generator, setting: str, firms: list[str]) -> Data:
    """What people are like: every distribution, every form of leaving."""
    exits: list[Any] = [
        {"distribution": "fixed", "value": 0.05},
        {"distribution": "gamma", "shape": 2.0, "mean": 0.1, "per": "week"},
        {"distribution": "beta", "a": 0.5, "b": 3.0, "after": "purchase"},
    ]
    if setting != "repertoire":
        exits.append({"distribution": "beta", "a": 1.0, "b": 4.0, "after": "period"})
    baskets: list[Any] = [
        {"distribution": "fixed", "value": 1.5},
        {"distribution": "lognormal", "mean": 1.0, "log_sd": 1.0},
        {"distribution": "gamma_gamma", "p": 2.0, "q": 3.0, "scale": 1.0},
    ]
    strengths = {name: float(rng.uniform(0.05, 1)) for name in firms}
    tastes: list[Any] = [
        {"distribution": "normal", "mean": 0.0, "sd": 1.0},
        {"distribution": "dirichlet", "strengths": strengths},
    ]
    return {
        "needs": {"distribution": "gamma", "shape": 1.0, "mean": float(rng.uniform(0.3, 3))},
        "basket": baskets[rng.integers(len(baskets))],
        "taste": tastes[rng.integers(len(tastes))],
        "exit": exits[rng.integers(len(exits))],
        "season": [float(factor) for factor in rng.uniform(0.2, 2, 12)],
    }


def start(rng: np.random.Generator, firms: list[str]) -> Any:
    """How the market stands before its first step."""
    shares = 0.8 * rng.dirichlet(np.ones(len(firms)))
    part = dict(zip(firms, shares.tolist(), strict=True))
    return ["sorted", "random", "none", part][rng.integers(4)]


def mechanisms(rng: np.random.Generator) -> Data:
    """Mechanisms with values of their own, some of them off."""
    given: Data = {
        "needs": {"look_rate": float(rng.uniform(0, 1)), "buy_once": bool(rng.random() < 0.1)},
        "salience": {"immunity": float(rng.uniform(0, 1))},
        "information": {"search": float(rng.uniform(0.5, 1))} if rng.random() < 0.5 else "off",
        "promises": {"transparency": 0.5} if rng.random() < 0.5 else "off",
        "pipeline": {"lead_days": 40.0, "bar": "none" if rng.random() < 0.3 else 0.2},
        "pressure": {"push": 2.0, "regret": 0.3} if rng.random() < 0.7 else "off",
        "negotiation": {"most": 0.3} if rng.random() < 0.7 else "off",
        "imitation": {"innovation": 0.02, "imitation": 0.3} if rng.random() < 0.2 else "off",
        "forgetting": {"expectation": 0.05},
        "choice": {"staying": 1.0, "outside": "none" if rng.random() < 0.3 else 0.5},
        "experience": {"failure": 0.3, "recovered_share": 0.7},
        "breadth": {"attention": 0.2, "openness": 0.8, "bond": float(rng.uniform(0, 1))},
        "innovation": {"telling": 0.5, "innovation": 0.3},
        "path": {"weight": 0.8} if rng.random() < 0.7 else "off",
        "complaints": {"loss": 0.5, "voice": 1.5, "exit": float(rng.uniform(0, 1))},
        "personalisation": {"insight": 0.5, "lift": 0.6} if rng.random() < 0.8 else "off",
        "expectation": {"norm": float(rng.choice([0.0, 0.4]))},
        "word_of_mouth": {
            "per_tie": bool(rng.random() < 0.3),
            "all_customers": bool(rng.random() < 0.3),
        },
    }
    for name in (*given, "satisfaction", "trust", "commitment", "loyalty"):
        if name not in ("needs", "choice") and rng.random() < 0.15:
            given[name] = "off"
    return given


def add_programmes(rng: np.random.Generator, data: Data) -> None:
    """Loyalty programmes of half of the firms, and how people take to them."""
    offers = data["firms"].values()
    for offer in offers:
        if rng.random() < 0.5:
            offer["programme"] = programme(rng)
    shares = ("joining", "dozing", "waking", "asking", "consolation", "forming", "fading")
    given: Data = {name: float(rng.uniform(0, 1)) for name in shares}
    given |= {"weight": float(rng.uniform(0, 2)), "gradient": float(rng.uniform(0, 2))}
    given |= {"habit": float(rng.uniform(0, 2)), "aversion": float(rng.uniform(1, 3))}
    data["mechanisms"]["programme"] = given if rng.random() < 0.9 else "off"


def programme(rng: np.random.Generator) -> Data:
    """Points, rewards that are soon in reach, and up to two tiers."""
    tiers: Data = {
        name: {"spend": float(rng.uniform(10, 150)), "worth": float(rng.uniform(0, 1)), "bond": 0.5}
        for name in ("gold", "silver")[: rng.integers(0, 3)]
    }
    return {
        "points": float(rng.uniform(0.5, 2)),
        "reward_points": float(rng.uniform(5, 80)),
        "reward_cost": float(rng.uniform(0, 5)),
        "given": str(rng.choice(["at_once", "later"])),
        "expiry": float(rng.uniform(1, 6)) if rng.random() < 0.7 else None,
        "welcome": float(rng.uniform(0, 20)),
        "app": 7.0,
        "referral": float(rng.uniform(0, 20)),
        "promoted_share": float(rng.uniform(0, 0.5)),
        "tiers": tiers,
        "period": int(rng.integers(1, 7)),
    }


def reaction(rng: np.random.Generator, focal: bool) -> Data:
    """How a firm answers: half of them hold, and the focal one never matches."""
    kinds: list[Data] = [
        {"kind": "hold"},
        {"kind": "adapt", "every": int(rng.integers(1, 4)), "step": float(rng.uniform(0.05, 0.5))},
        {"kind": "imitate", "lag": int(rng.integers(1, 4))},
        {"kind": "match", "lag": int(rng.integers(1, 4)), "fraction": float(rng.uniform(0, 1))},
    ]
    return kinds[0] if rng.random() < 0.5 else kinds[rng.integers(1, 3 if focal else 4)]


def channels(rng: np.random.Generator) -> Data:
    """Two or three channels, each unlike the others."""
    names = rng.choice(NAMES, int(rng.integers(2, 4)), replace=False).tolist()
    return {
        name: {
            "part": float(rng.uniform(0.5, 2)),
            "reach": float(rng.uniform(0.2, 1)),
            "dearness": float(rng.uniform(0.2, 2)),
            "warmth": float(rng.uniform(0, 2)),
            "weariness": float(rng.uniform(0, 3)),
        }
        for name in names
    }


def firm(rng: np.random.Generator, setting: str, groups: list[str]) -> Data:
    """An offer, a budget by one of its yardsticks, and a split over what the setting offers."""
    own = {"crm": None, "channels": channels(rng) if rng.random() < 0.5 else None}
    if rng.random() < 0.7:
        own["crm"] = {
            "personalisation": float(rng.uniform(0, 1)), "careful": bool(rng.random() < 0.5),
        }  # fmt: skip
    own |= beside(rng) if rng.random() < 0.5 else {}
    needs = {n: i.needs for n, i in INSTRUMENTS.items() if setting in i.settings}
    usable = [n for n, need in needs.items() if need is None or own.get(need)]
    shares = rng.dirichlet(np.ones(len(usable))).tolist()
    budget = [
        {"amount": float(rng.uniform(0, 200))},
        {"per_head": float(rng.uniform(0, 3))},
        {"share_of_revenue": float(rng.uniform(0, 0.3))},
    ][rng.integers(3)]
    targets = ["all", "prospects", "lapsed", "customers", *groups]
    return {
        "price": float(rng.uniform(10, 30)),
        "unit_cost": float(rng.uniform(2, 12)),
        "cost_to_serve": float(rng.uniform(0, 3)),
        "fixed_cost": float(rng.uniform(0, 50)),
        "quality": float(rng.uniform(0.3, 1)),
        "appeal": float(rng.uniform(-1, 1)),
        **own,
        "level": str(rng.choice(LEVELS[:3] if own["channels"] else LEVELS)),
        "pressure": float(rng.uniform(0, 1)) if setting == "b2b" else 0.0,
        "policy": {
            "budget": budget,
            "split": dict(zip(usable, shares, strict=True)),
            "targets": {"advertising": str(rng.choice(targets))},
        },
    }


def beside(rng: np.random.Generator) -> Data:
    """Two lines, one of which others may sell, too, and in half of the cases a new product."""
    lines = {
        "bags": {"price": 3.0, "elsewhere": 3.5, "need": 0.8},
        "care": {"price": 6.0, "need": float(rng.uniform(0.2, 1)), "fit": 0.5},
    }
    launch = {
        "month": int(rng.integers(0, 2)), "listens": 0.7, "hearing": 0.5, "cost": 90.0,
        "upkeep": 4.0, "preparation": 2, "trial": int(rng.integers(1, 3)),
        "goal": float(rng.uniform(0, 0.5)),
        "product": {"need": 0.9, "price": 4.0},
    }  # fmt: skip
    return {"lines": lines, **({"launch": launch} if rng.random() < 0.5 else {})}

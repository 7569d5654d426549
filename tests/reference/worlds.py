"""Scenarios drawn at random in which everything is on that a market may have on."""

from pathlib import Path
from typing import Any

import numpy as np

from sim.policy.instruments import INSTRUMENTS
from sim.scenario.loading import Case
from tests.reference.lively import lively_case

Data = dict[str, Any]
SELECTIONS: dict[str, Any] = {
    "top_share": {"top_share": 0.4},
    "scores": {"recency": [1, 3, 4, 5], "money": [2, 3, 4, 5], "frequency": None},
}


def any_case(seed: int, folder: Path) -> Case:
    """A valid scenario with few people; files that it names go to ``folder``."""
    case = lively_case(seed, folder)
    rng = np.random.default_rng([31, seed])
    changes: Data = {
        "mechanisms": mechanisms(rng),
        "instruments": instruments(rng),
        "start": start(rng, case),
        "customers": customers(rng),
        "interventions": interventions(rng, case),
    }
    for name in case.spec.firms:
        changes[f"firms.{name}.policy.targets"] = targets(rng, case)
        changes[f"firms.{name}.policy.campaigns"] = campaigns(rng, case)
        changes[f"firms.{name}.promise"] = float(rng.uniform(0.3, 1))
        changes[f"firms.{name}.friction"] = float(rng.uniform(0, 0.5))
        changes[f"firms.{name}.pricing"] = pricing(rng)
    if rng.random() < 0.25:
        changes["population.entry"] = listed(rng, case, folder / f"arrivals_{seed}.csv")
    return case.override(changes)


def mechanisms(rng: np.random.Generator) -> Data:
    """What `lively_case` leaves as it is by default."""
    return {
        "choice": {"linear_price": bool(rng.random() < 0.3)},
        "contacts": {"opt_out": 0.05, "opt_out_weary": 0.6, "reminder": 0.3},
        "forgetting": {
            "salience": {"half_life_months": 6} if rng.random() < 0.5 else 0.1,
            "fatigue": 0.2,
        },
        "word_of_mouth": {"by_disconfirmation": bool(rng.random() < 0.3), "base": 0.6},
        "trust": {"start": float(rng.uniform(0, 0.6)), "keep": float(rng.uniform(0.6, 1))},
        "price_memory": {"gain": 0.5, "loss": 1.0} if rng.random() < 0.5 else "off",
        "referral": {
            "trust": 0.3,
            "thought_of": int(rng.integers(1, 4)),
            "bond": float(rng.choice([0.0, 2.0])),
        },
    }


def pricing(rng: np.random.Generator) -> Data:
    """The list price in half of the firms, else any other rule."""
    kinds: list[Data] = [
        {"kind": "premium", "over": 0.3, "every": 1},
        {"kind": "match", "every": 2, "of": "mean"},
        {"kind": "match", "every": 1},
        {"kind": "promotions", "depth": 0.3, "every": 3},
    ]
    return {"kind": "list"} if rng.random() < 0.5 else kinds[rng.integers(len(kinds))]


def instruments(rng: np.random.Generator) -> Data:
    """Responses strong enough for each instrument to matter among few people."""
    return {
        "advertising": {"carry_over": float(rng.choice([0.0, 0.6])), "ceiling": 0.8},
        "referral_reward": {"ceiling": 0.9, "friend": float(rng.choice([0.0, 0.6]))},
        "save": {"ceiling": 0.9, "rate": 1.0, "discount": 0.5},
        "win_back": {"ceiling": 0.9},
        "contact": {"ceiling": 0.9},
        "crm": {"rate": 10.0},
    }


def start(rng: np.random.Generator, case: Case) -> Data:
    """What customers of the start are like."""
    given: Data = {"salience": float(rng.uniform(0, 1)), "commitment": 0.2, "trust": 0.5}
    if case.spec.start.first_renewal != "immediate":
        given["satisfaction"] = float(rng.uniform(0.4, 0.9))
    return given


def customers(rng: np.random.Generator) -> Data:
    """Distributions that `lively_case` does not draw."""
    needs: list[Data] = [
        {"distribution": "fixed", "value": 0.4, "per": "week"},
        {"distribution": "lognormal", "mean": 1.5, "log_sd": 0.7},
        {"distribution": "gamma", "shape": 0.7, "mean": 1.5, "per": "month"},
    ]
    return {
        "needs": needs[rng.integers(3)],
        "price_sensitivity": {"distribution": "gamma", "shape": 3.0, "mean": 3.0},
        "fit": {"distribution": "normal", "mean": 0.0, "sd": 0.1},
        "talkativeness": 1.3 if rng.random() < 0.2 else {
            "distribution": "lognormal", "mean": 1.5, "log_sd": 0.6
        },
    }  # fmt: skip


def targets(rng: np.random.Generator, case: Case) -> Data:
    """A target for every instrument that may be aimed."""
    chosen: Data = {}
    for name, instrument in INSTRUMENTS.items():
        words = [word for word in instrument.targets if " " not in word]
        if "a named group" in instrument.targets:
            words += list(case.spec.groups)
        if words and case.spec.setting in instrument.settings:
            word = str(rng.choice(words))
            chosen[name] = SELECTIONS.get(word, word)
    return chosen


def campaigns(rng: np.random.Generator, case: Case) -> list[Data]:
    """Money by the head for one of the instruments, in a third of the firms."""
    usable = [n for n, i in INSTRUMENTS.items() if case.spec.setting in i.settings and not i.needs]
    name, begin = str(rng.choice(usable)), int(rng.integers(0, 2))
    campaign = {"instrument": name, "per_head": float(rng.uniform(0.5, 3)), "from": begin}
    return [campaign] if rng.random() < 0.33 else []


def interventions(rng: np.random.Generator, case: Case) -> list[Data]:
    """A few things done from outside; none in a third of the scenarios."""
    firm, groups = next(iter(case.spec.firms)), list(case.spec.groups)
    group: Data = {"group": groups[0]} if groups else {}
    menu: list[Data] = [
        {"hold": 0.4},
        {"from": 1, "until": 3, "firm": firm, "hold": 0.5},
        {"from": 2, "firm": firm, "shift": {"price": -2.0, "fixed_cost": 3.0}},
        {"until": 2, "set": {"quality": 0.9, "promise": 0.5}},
        {"from": 1, "until": 4, **group, "shift": {"need_rate": 1.0, "orientation": 0.4}},
        {"from": 1, **group, "set": {"basket": 2.0, "price_sensitivity": 1.0}},
        {"shift": {"exit_hazard": -0.02, "talkativeness": 0.5}},
        {"from": 1, "firm": firm, "shift": {"trust": -0.2, "satisfaction": 0.3}},
        {"from": 2, **group, "set": {"salience": 0.7}},
        {"from": 1, "until": 2, "set": {"mechanisms.word_of_mouth.negative_weight": 9.0}},
        {"set": {"instruments.advertising.rate": 2.0, "mechanisms.trust.start": 0.45}},
    ]
    if case.spec.customers.basket.distribution == "gamma_gamma":
        menu[5] = {"from": 1, **group, "set": {"price_sensitivity": 1.0}}
    end = round(case.spec.horizon * case.spec.months)
    menu = [each for each in menu if each.get("from", 0) < end and each.get("until", 0) <= end]
    count = int(rng.integers(0, 4)) if rng.random() < 0.67 else 0
    return [menu[i] for i in sorted(rng.choice(len(menu), count, replace=False).tolist())]


def listed(rng: np.random.Generator, case: Case, file: Path) -> Data:
    """Arrivals from a file."""
    steps = rng.integers(0, case.spec.warm_up + case.spec.horizon, 25)
    file.write_text("\n".join(["step", *(str(step) for step in steps)]) + "\n", "utf-8")
    arrival = {"customer_of": next(iter(case.spec.firms))} if rng.random() < 0.5 else "prospect"
    return {"closure": "listed", "file": file.name, "on_arrival": arrival}

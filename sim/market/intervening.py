"""Intervening: what is done to the market from outside at the beginning of a step.

What lasts is kept nowhere: offers, parameters and traits are worked out anew from the scenario when
something begins or ends. So an end undoes exactly what its beginning did, and a market that was
saved or branched in between goes on as if it had not been. What people remember is changed once, at
a date, and lives on by itself.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.behaviour import leaving
from sim.market.people import exit_form
from sim.market.state import PRESENT
from sim.scenario.changeable import MEMORY, TRAITS, named
from sim.scenario.in_force import begins, dates, lasting
from sim.scenario.interventions import Intervention
from sim.scenario.loading import Case
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.market.model import Market

Rows = npt.NDArray[np.int64]


def intervene(market: "Market") -> None:
    """Do what is asked for at this date; newcomers meet the interventions that last."""
    spec, step = market.spec, market.clock
    if step in dates(spec):
        market.offer()
    if not spec.interventions:
        return
    here = everybody(market)
    if touches_traits(spec):
        came_now = here[market.world.people["arrived"][here] == step]
        give_traits(market, here if step in dates(spec) else came_now)
    for intervention in spec.interventions:
        if begins(spec, intervention) == step:
            remind(market, here, intervention)


def everybody(market: "Market") -> Rows:
    """(people,) places of those who are present."""
    return np.flatnonzero(market.world.people["present"] == PRESENT)


def touches_traits(spec: Scenario) -> bool:
    """Whether any intervention changes what people are like."""
    return any(named(intervention, "trait") for intervention in spec.interventions)


def give_traits(market: "Market", rows: Rows) -> None:
    """Give people the traits with which they came, and make of them what is asked for now."""
    w = market.world
    market.entry.newcomers.give_character_again(w, rows)
    for intervention in lasting(market.spec, market.clock):
        mine = of_group(market, rows, intervention)
        for name in named(intervention, "trait"):
            stored = stored_as_one(market.spec, name)
            value = intervention.changed(name, w.people[name][mine] / stored)
            w.people[name][mine] = np.clip(value, *TRAITS[name].ends) * stored


def stored_as_one(spec: Scenario, trait: str) -> float:
    """What is stored of a trait that a scenario calls 1: rates are stored by the step."""
    by_time = exit_form(spec.customers.exit) == leaving.HAZARD
    is_rate = trait == "need_rate" or (trait == "exit_hazard" and by_time)
    return spec.months if is_rate else 1.0


def remind(market: "Market", rows: Rows, intervention: Intervention) -> None:
    """Change once what people remember of firms."""
    relations = market.world.relations
    mine = of_group(market, rows, intervention)
    for name in named(intervention, "memory"):
        for firm in intervention.firms(market.spec.firms):
            f = market.firm(firm).position
            value = intervention.changed(name, relations[name][mine, f])
            relations[name][mine, f] = np.clip(value, *MEMORY[name].ends)


def of_group(market: "Market", rows: Rows, intervention: Intervention) -> Rows:
    """Those of some people whom an intervention is about."""
    if intervention.group is None:
        return rows
    group = list(market.spec.groups).index(intervention.group) + 1
    return rows[market.world.people["group"][rows] == group]


def refuse_unsolved(case: Case) -> None:
    """Refuse to live points of retention whose chance nobody has found. Raises ScenarioError."""
    rule = "must have a chance to stay before a market can be lived"
    remedy = "`sim compare` finds it by runs; or write hold: and a chance from 0 to 1"
    unsolved = [n for n, each in enumerate(case.spec.interventions) if each.is_unsolved]
    paths = [("interventions", number, "hold") for number in unsolved]
    if paths:
        raise ScenarioError(
            Problem(case.loaded.place(path), f"interventions.{path[1]}.hold", rule, "", remedy)
            for path in paths
        )

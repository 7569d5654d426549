"""What cannot be expected without luck, and why: refusals of the expected-value mode."""

from collections.abc import Container, Iterator
from typing import Any

from sim.behaviour.rules import Rules
from sim.market.intervening import refuse_unsolved
from sim.policy.targets import CODES
from sim.scenario.changeable import named
from sim.scenario.coherence import characters, partners
from sim.scenario.in_force import dates, terms
from sim.scenario.loading import Case
from sim.scenario.offers import Policy
from sim.scenario.problems import Fault, KeyPath, Problem, ScenarioError, dotted, shown
from sim.scenario.schema import Scenario

MEANT = ("advertising", "introductory_price", "loyalty", "contact", "save")
"""Instruments that work without anything that people go through: by reach, price or commitment."""
BY_RUN = "or live it with luck: sim run"


def refuse_luck(case: Case) -> None:
    """Refuse a scenario whose expectation is not that of cohorts. Raises ScenarioError."""
    refuse_unsolved(case)
    if found := set(problems(case)):
        raise ScenarioError(found)


def problems(case: Case) -> Iterator[Problem]:
    """Everything for which luck is needed, in words."""
    for fault in (*unmet(case.spec), *unweighable(case.spec)):
        place, remedy = case.loaded.place(fault.path), f"{fault.remedy}, {BY_RUN}"
        yield Problem(place, dotted(fault.path), fault.rule, fault.value, remedy)


def unmet(spec: Scenario) -> Iterator[Fault]:
    """Settings, firms, traits and interventions that cohorts do not know."""
    if spec.setting != "subscription":
        rule = "must be 'subscription' where values are expected"
        yield Fault(("setting",), rule, repr(spec.setting), "choose it")
    if len(spec.firms) > 1:
        rule = "must be one firm beside the outside option where values are expected"
        yield Fault(("firms",), rule, f"{len(spec.firms)} firms", "leave the others out")
    for section, name, _ in partners(spec):
        rule = "must not be there where values are expected: it lives by luck, or on the books"
        yield Fault((section, name), rule, f"one of the {section}", "leave it out")
    for name, firm in spec.firms.items():
        if firm.direct != 1.0:
            rule = "must be 1 where values are expected: cohorts find the product there"
            yield Fault(("firms", name, "direct"), rule, f"{firm.direct:g}", "leave it out")
    for path, traits in characters(spec):
        for name in ("taste", "price_sensitivity", "exit"):
            trait = getattr(traits, name)
            if trait.distribution != "fixed":
                rule = "must be the same for everybody where values are expected"
                remedy = "write a number, and groups for people who differ"
                yield Fault((*path, name), rule, repr(trait.distribution), remedy)
    for number, each in enumerate(spec.interventions):
        if "direct" in each.values:
            rule = "must not be changed where values are expected: cohorts find the product there"
            yield Fault(("interventions", number, each.act, "direct"), rule, "", "leave it out")
        for name in (*named(each, "trait"), *named(each, "memory")):
            rule = "must not be changed where values are expected: cohorts keep their character"
            yield Fault(("interventions", number, each.act, name), rule, "", "leave it out")


PARTS = ("staff", "helpdesk", "programme", "differentiation", "path", "crm", "channels")
"""Parts of a firm that live on what customers have met."""


def unweighable(spec: Scenario) -> Iterator[Fault]:
    """Rules at work, at any date, through which people or firms answer what has happened."""
    for name, firm in spec.firms.items():
        if firm.reaction.kind != "hold":
            rule = "must be 'hold' where values are expected: nobody is there to answer"
            path = ("firms", name, "reaction", "kind")
            yield Fault(path, rule, repr(firm.reaction.kind), "write hold")
        if firm.level != "basic":
            rule = "must be 'basic' where values are expected: it lives on what customers have met"
            yield Fault(("firms", name, "level"), rule, repr(firm.level), "write basic")
        if firm.pricing.kind != "list":
            rule = "must be 'list' where values are expected: their price stands still"
            path = ("firms", name, "pricing", "kind")
            yield Fault(path, rule, repr(firm.pricing.kind), "write list")
        for part in PARTS:
            if getattr(firm, part) is not None:
                rule = "must be null where values are expected: it lives on what customers have met"
                yield Fault(("firms", name, part), rule, "", "leave it out")
        if firm.lines or firm.launch:
            rule = (
                "must be none where values are expected: who takes one depends on what people met"
            )
            part = "lines" if firm.lines else "launch"
            yield Fault(("firms", name, part), rule, "", "leave it out")
        yield from unspendable(spec, firm.policy, ("firms", name, "policy"))
    for step in sorted({0, *dates(spec)}):
        yield from unruly(spec, terms(spec, step).rules)


def unspendable(spec: Scenario, policy: Policy, path: KeyPath) -> Iterator[Fault]:
    """Money for instruments that work through experience, or aimed at a selection."""
    for name, money in spending(policy).items():
        if name not in MEANT:
            rule = "must get no money where values are expected: it works through what people learn"
            remedy = f"spend on {', '.join(MEANT)}"
            yield Fault((*path, "split", name), rule, f"{money:g}", remedy)
        target = policy.targets.get(name, "all")
        if not (isinstance(target, str) and target in CODES):
            rule = "must be aimed at all, prospects, lapsed or customers where values are expected"
            yield Fault((*path, "targets", name), rule, shown(target), "aim it at one of these")


def spending(policy: Policy) -> dict[str, float]:
    """Shares of the budget, or money a head, of the instruments that get any."""
    ((_, budget),) = policy.budget
    found = {name: share for name, share in policy.split.items() if share * budget > 0.0}
    return found | {c.instrument: c.per_head for c in policy.campaigns if c.per_head > 0.0}


def unruly(spec: Scenario, rules: Rules) -> Iterator[Fault]:
    """Parameters of mechanisms by which what happened to people, or to others, would weigh."""
    talk, bass, trust = rules.word_of_mouth, rules.imitation, rules.trust
    must_be_off: dict[tuple[str, str], Any] = {
        ("satisfaction", "weight"): rules.satisfaction.weight,
        ("trust", "weight"): trust.weight,
        ("imitation", "innovation"): bass.innovation,
        ("imitation", "imitation"): bass.imitation,
        ("price_memory", "gain"): rules.price_memory.gain,
        ("price_memory", "loss"): rules.price_memory.loss,
        **{("word_of_mouth", n): getattr(talk, n) for n in talk._fields[:3]},
    }
    trusted = max(trust.start, trust.gain, spec.start.trust or 0.0)
    if rules.commitment.weight > 0.0 and rules.commitment.learning > 0.0 and trusted > 0.0:
        must_be_off["commitment", "learning"] = rules.commitment.learning
    used = spending(next(iter(spec.firms.values())).policy)
    if "contact" in used:
        wearing = ("weariness", "opt_out", "opt_out_weary")
        must_be_off |= {("contacts", n): getattr(rules.contacts, n) for n in wearing}
    for (mechanism, field), number in must_be_off.items():
        if number > 0.0:
            rule = "must be 0 where values are expected: nothing may answer what has happened"
            path = ("mechanisms", mechanism, field)
            yield Fault(path, rule, f"{number:g}", f"write mechanisms.{mechanism}: off")
    yield from crowded(rules, used)


def crowded(rules: Rules, used: Container[str]) -> Iterator[Fault]:
    """Cues that add a share and are lost by a share: soon hardly two people would be alike."""
    cues = (
        ("advertising", "salience", "advertising_gain", "forgetting", "salience"),
        ("contact", "contacts", "warmth", "forgetting", "commitment"),
        ("contact", "contacts", "warmth", "commitment", "learning"),
    )
    for instrument, mechanism, field, loser, share in cues:
        gain = getattr(getattr(rules, mechanism), field)
        lost = getattr(getattr(rules, loser), share)
        if instrument in used and 0.0 < gain < 1.0 and 0.0 < lost < 1.0:
            rule = "must be 0 or 1 where values are expected and what it adds is partly lost"
            remedy = f"write 0 or 1, here or at mechanisms.{loser}.{share}"
            yield Fault(("mechanisms", mechanism, field), rule, f"{gain:g}", remedy)

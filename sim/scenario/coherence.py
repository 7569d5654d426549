"""Whether the parts of a scenario fit each other: names that exist, shares, settings."""

from collections.abc import Iterator
from typing import Any

from sim.policy.instruments import INSTRUMENTS
from sim.scenario.changeable import TRAITS
from sim.scenario.coherence_of_interventions import never, unusable_interventions
from sim.scenario.in_force import step_of
from sim.scenario.managers import MOST_MANAGERS
from sim.scenario.offers import Firm, Match, Policy, Target, TopShare
from sim.scenario.problems import Fault, KeyPath, one_of
from sim.scenario.schema import WEEKS_PER_MONTH, Scenario
from sim.scenario.traits import Customers, Dirichlet, ExitChance, GammaGamma
from sim.scenario.world import (
    Cohort,
    Complete,
    CustomerOf,
    Edges,
    Listed,
    PoissonArrivals,
    RandomNetwork,
    Replace,
    ScaleFree,
)


def faults(spec: Scenario) -> Iterator[Fault]:
    """Everything in a scenario that does not fit the rest of it."""
    yield from unknown_firms(spec)
    yield from unknown_suppliers(spec)
    yield from unusable_latecomers(spec)
    yield from unusable_policies(spec)
    yield from overlapping_parts(spec)
    yield from partners_too_many(spec)
    yield from focal_that_matches(spec)
    yield from unused_managers(spec)
    yield from unheard_level(spec)
    yield from shares_beyond_one(spec)
    yield from unsuited_traits(spec)
    yield from traits_out_of_range(spec)
    yield from empty_market(spec)
    yield from impossible_networks(spec)
    yield from unheard_talk(spec)
    yield from forgotten_start(spec)
    yield from months_beyond_horizon(spec)
    yield from unusable_interventions(spec)
    yield from unmixed_sides(spec)
    yield from launches_beyond_horizon(spec)


def unknown_firms(spec: Scenario) -> Iterator[Fault]:
    """Firms that are named but not there."""
    known = list(spec.firms)
    for path, name in mentioned_firms(spec):
        if name not in known:
            yield Fault(path, "must name one of the firms", repr(name), one_of(name, known))


def mentioned_firms(spec: Scenario) -> Iterator[tuple[KeyPath, str]]:
    """Every mention of a firm outside ``firms``, with its path."""
    if spec.compare.focal is not None:
        yield ("compare", "focal"), spec.compare.focal
    yield from firms_with_customers(spec)
    for origin, costs in spec.switching_costs.items():
        for name in (origin, *costs):
            if name != "none":
                yield ("switching_costs", origin, *((name,) if name in costs else ())), name
    for section, name, partner in partners(spec):
        yield (section, name, "to"), partner.to
    for name, offer in spec.firms.items():
        for person, manager in (offer.managers.people if offer.managers else {}).items():
            if manager.joins is not None:
                yield ("firms", name, "managers", "people", person, "joins"), manager.joins
    for position, intervention in enumerate(spec.interventions):
        if intervention.firm is not None:
            yield ("interventions", position, "firm"), intervention.firm
    for path, customers in characters(spec):
        if isinstance(customers.taste, Dirichlet):
            for name in customers.taste.strengths:
                yield (*path, "taste", "strengths", name), name


def unusable_latecomers(spec: Scenario) -> Iterator[Fault]:
    """Firms that enter too late, or have customers before they do."""
    late = [name for name, firm in spec.firms.items() if firm.enters is not None]
    if len(late) == len(spec.firms):
        rule = "must have one among them that has always been there"
        yield Fault(("firms",), rule, f"{', '.join(late)} enter", "leave `enters` out at one")
    end = max(1, round(spec.horizon * spec.months))
    for name in late:
        month = spec.firms[name].enters
        if isinstance(month, int) and month >= end:
            rule, remedy = f"must lie in 0 to {end - 1}", "write never, or lengthen the horizon"
            yield Fault(("firms", name, "enters"), rule, str(month), remedy)
    for path, name in firms_with_customers(spec):
        if name in late:
            rule = "must not name a firm that enters: it has no customers before"
            yield Fault(path, rule, repr(name), f"leave firms.{name}.enters out, or this")


def firms_with_customers(spec: Scenario) -> Iterator[tuple[KeyPath, str]]:
    """Firms that people are given to, with the path that does."""
    arrival = getattr(spec.population.entry, "on_arrival", None)
    if isinstance(arrival, CustomerOf):
        yield ("population", "entry", "on_arrival", "customer_of"), arrival.customer_of
    if isinstance(spec.start.customers, dict):
        for name in spec.start.customers:
            yield ("start", "customers", name), name


PARTNERS = ("suppliers", "distributors", "agencies", "investors")
"""Sections of those who stand by one firm, which they name by ``to``."""
ALONE = {"agencies": "agency", "investors": "investor"}
"""Of these, the sections from which a firm has one at most, and what that one is."""


def partners(spec: Scenario) -> Iterator[tuple[str, str, Any]]:
    """Everybody who stands by one firm: section, name, declaration."""
    for section in PARTNERS:
        for name, partner in getattr(spec, section).items():
            yield section, name, partner


def characters(spec: Scenario) -> Iterator[tuple[KeyPath, Customers]]:
    """The traits of all customers and of each group, with their path."""
    yield ("customers",), spec.customers
    for name, group in spec.groups.items():
        yield ("groups", name, "customers"), group.customers


def unknown_suppliers(spec: Scenario) -> Iterator[Fault]:
    """Suppliers that are named but not there."""
    known = list(spec.suppliers)
    for number, intervention in enumerate(spec.interventions):
        name, path = intervention.supplier, ("interventions", number, "supplier")
        if name is not None and name not in known:
            remedy = one_of(name, known) if known else "declare it under `suppliers`"
            yield Fault(path, "must name one of the suppliers", repr(name), remedy)


def unusable_policies(spec: Scenario) -> Iterator[Fault]:
    """Instruments and targets that do not exist, or not in this setting."""
    usable = usable_in(spec.setting)
    for firm, offer in spec.firms.items():
        policy, path = offer.policy, ("firms", firm, "policy")
        within_reach = [name for name in usable if can_spend(spec, firm, name)]
        for key, name, money in funded(policy):
            if name not in INSTRUMENTS:
                rule = "must be an instrument"
                yield Fault((*path, *key), rule, repr(name), one_of(name, within_reach))
            elif name not in usable and money > 0.0:
                rule = f"must be an instrument of a {spec.setting} market"
                yield Fault((*path, *key), rule, repr(name), one_of(name, within_reach))
            elif money > 0.0 and not can_spend(spec, firm, name):
                needs = INSTRUMENTS[name].needs
                rule = f"must get no money from a firm without {needs}"
                where = f"firms.{firm}.{needs}" if needs in Firm.model_fields else needs
                remedy = f"declare {where}, or spend on something else"
                yield Fault((*path, *key), rule, repr(name), remedy)
        for number, campaign in enumerate(policy.campaigns):
            yield from never(spec, (*path, "campaigns", number), campaign)
        for name, target in policy.targets.items():
            possible = targets_of(name, list(spec.groups))
            if worded_target(target) not in possible:
                word = worded_target(target)
                remedy = one_of(word, possible) if possible else "leave it out: it has no choice"
                rule = "must be a target of this instrument"
                yield Fault((*path, "targets", name), rule, repr(word), remedy)


def funded(policy: Policy) -> Iterator[tuple[KeyPath, str, float]]:
    """Every instrument that a policy names, with its path and its share or money a head."""
    for name, share in policy.split.items():
        yield ("split", name), name, share
    for number, campaign in enumerate(policy.campaigns):
        yield ("campaigns", number, "instrument"), campaign.instrument, campaign.per_head


def can_spend(spec: Scenario, firm: str, instrument: str) -> bool:
    """Whether a firm has what an instrument needs, be it a part or a partner of its own."""
    needs = INSTRUMENTS[instrument].needs
    if needs in PARTNERS:
        return any(each.to == firm for each in getattr(spec, needs).values())
    return needs is None or bool(getattr(spec.firms[firm], needs))


def usable_in(setting: str) -> list[str]:
    """Instruments that exist in a setting."""
    return [name for name, i in INSTRUMENTS.items() if setting in i.settings]


def targets_of(instrument: str, groups: list[str]) -> list[str]:
    """Words that may stand for the target of an instrument."""
    if instrument not in INSTRUMENTS:
        return []
    *possible, last = INSTRUMENTS[instrument].targets
    if last != "a named group":
        return []
    return [*possible, *groups]


def worded_target(target: Target) -> str:
    """A target in the words of an instrument's declaration."""
    if isinstance(target, str):
        return target
    return "top_share" if isinstance(target, TopShare) else "scores"


WHOLE = {
    "suppliers": "what is left over the firm makes itself",
    "distributors": "who is left over buys directly",
}
"""Sections whose shares by firm are parts of a whole, and what becomes of the rest of it."""


def overlapping_parts(spec: Scenario) -> Iterator[Fault]:
    """Partners who together make more than all of a product, or serve more than everybody."""
    for section, rest in WHOLE.items():
        for firm in spec.firms:
            parts = [each.share for each in getattr(spec, section).values() if each.to == firm]
            if sum(parts) > 1.0 + 1e-9:
                rule = f"shares of {section} to {firm!r} must not add up to more than 1"
                yield Fault((section,), rule, f"{sum(parts):g}", f"lower a share; {rest}")


def partners_too_many(spec: Scenario) -> Iterator[Fault]:
    """A second agency or investor of a firm, and a name that two partners share."""
    seen: dict[str, str] = {}
    for section, name, partner in partners(spec):
        if name in seen:
            rule = f"must have another name than one of the {seen[name]}: luck goes by names"
            yield Fault((section, name), rule, repr(name), "rename one of them")
        seen[name] = section
        mine = [n for n, each in getattr(spec, section).items() if each.to == partner.to]
        if section in ALONE and name != mine[0]:
            rule = f"must be the only {ALONE[section]} of {partner.to!r}"
            yield Fault((section, name), rule, f"one of {len(mine)}", "leave out all but one")


def unused_managers(spec: Scenario) -> Iterator[Fault]:
    """Parts of firms that only business accounts know, elsewhere; too many managers."""
    for name, offer in spec.firms.items():
        if spec.setting != "b2b":
            if offer.managers is not None:
                rule, remedy = "must be null but in b2b", "leave it out, or write setting: b2b"
                yield Fault(("firms", name, "managers"), rule, "", remedy)
            if offer.pressure > 0.0:
                rule, remedy = "must be 0 but in b2b", "leave it out, or write setting: b2b"
                yield Fault(("firms", name, "pressure"), rule, f"{offer.pressure:g}", remedy)
        elif offer.managers is not None:
            people = offer.managers.people.values()
            posts, names = sum(manager.count for manager in people), len(offer.managers.posts())
            path = ("firms", name, "managers", "people")
            if posts > MOST_MANAGERS:
                rule = f"must be at most {MOST_MANAGERS} managers"
                yield Fault(path, rule, str(posts), "lower a count; raise capacity instead")
            elif names < posts:
                rule = "must have different names, those of several alike included (NAME_1 ...)"
                yield Fault(path, rule, "", "rename one of them")


def unheard_level(spec: Scenario) -> Iterator[Fault]:
    """A level at which a firm comes by in person, where it contacts by channels."""
    for name, offer in spec.firms.items():
        if offer.channels is not None and offer.level in ("proactive", "partnership"):
            rule = "must be basic, reactive or accountable where the firm contacts by channels"
            remedy = "leave its channels out: who comes by needs none"
            yield Fault(("firms", name, "level"), rule, repr(offer.level), remedy)


def focal_that_matches(spec: Scenario) -> Iterator[Fault]:
    """Others match the focal firm, which has nobody to match."""
    offer = spec.firms.get(spec.focal)
    if offer is not None and isinstance(offer.reaction, Match):
        rule = "must not be 'match' for the focal firm, whose changes it is that others match"
        remedy = "use hold, adapt or imitate, or name another firm in compare.focal"
        yield Fault(("firms", spec.focal, "reaction", "kind"), rule, repr(spec.focal), remedy)


def shares_beyond_one(spec: Scenario) -> Iterator[Fault]:
    """Shares of people that are more than all people."""
    taken = sum(group.share for group in spec.groups.values())
    if taken > 1.0 + 1e-9:
        remedy = "lower a share; people left over belong to no group"
        yield Fault(("groups",), "shares must not add up to more than 1", f"{taken:g}", remedy)
    held = spec.start.customers
    if isinstance(held, dict):
        for name, share in held.items():
            if share < 0.0:
                where, remedy = ("start", "customers", name), "write a share from 0 to 1"
                yield Fault(where, "must be at least 0", f"{share:g}", remedy)
        if sum(held.values()) > 1.0 + 1e-9:
            rule, remedy = "shares must not add up to more than 1", "lower a share"
            yield Fault(("start", "customers"), rule, f"{sum(held.values()):g}", remedy)


def unsuited_traits(spec: Scenario) -> Iterator[Fault]:
    """Forms of traits that the setting or another group does not allow."""
    first = spec.customers
    for path, customers in characters(spec):
        leaving = customers.exit
        by_period = isinstance(leaving, ExitChance) and leaving.after == "period"
        if by_period and spec.setting == "repertoire":
            rule = "must not be 'period' in a repertoire market, which has no billing periods"
            remedy = "use after: purchase, or a rate per month"
            yield Fault((*path, "exit", "after"), rule, "", remedy)
        if moment(customers) != moment(first):
            rule = "must leave at the same moments as all customers"
            yield Fault((*path, "exit"), rule, "another form", "use rates, or chances, everywhere")
        if customers.season != first.season:
            rule = "must be the same for all customers"
            yield Fault((*path, "season"), rule, "another season", "leave it out here")
        if shape(customers) != shape(first):
            rule = "must have the same gamma_gamma shape p as all customers"
            yield Fault((*path, "basket"), rule, f"{shape(customers):g}", "use the same p, or none")


def traits_out_of_range(spec: Scenario) -> Iterator[Fault]:
    """Means that lie where no person can be; single people out there are cut to the range."""
    for path, customers in characters(spec):
        for key, name in (("needs", "need_rate"), ("talkativeness", "talkativeness")):
            trait, most = getattr(customers, key), TRAITS[name].high
            word = "mean" if hasattr(trait, "mean") else "value"
            weekly = getattr(trait, "per", "month") == "week"
            mean = getattr(trait, word) * (WEEKS_PER_MONTH if weekly else 1.0)
            if mean > most:
                remedy = "lower it: nobody can have more"
                rule = f"must be at most {most:g}" + " a month" * (key == "needs")
                yield Fault((*path, key, word), rule, f"{mean:g}", remedy)


def moment(customers: Customers) -> str:
    """The moment at which people may leave for good."""
    return customers.exit.after if isinstance(customers.exit, ExitChance) else "any time"


def shape(customers: Customers) -> float:
    """Gamma shape of one purchase; 0 for a basket that is always the same."""
    return customers.basket.p if isinstance(customers.basket, GammaGamma) else 0.0


def empty_market(spec: Scenario) -> Iterator[Fault]:
    """A market in which there is nobody and nobody comes."""
    if spec.population.size == 0 and not isinstance(
        spec.population.entry, Listed | PoissonArrivals
    ):
        remedy = "write a size from 1, or let people arrive: listed or poisson"
        yield Fault(("population", "size"), "must be at least 1 where nobody arrives", "0", remedy)


def impossible_networks(spec: Scenario) -> Iterator[Fault]:
    """Networks that cannot be built on these people, or cannot be used as is asked."""
    network, path = spec.population.network, ("population", "network")
    everyone = spec.population.size if isinstance(spec.population.entry, Replace | Cohort) else None
    if everyone is None or isinstance(network, Complete | Edges):
        return
    key = "links" if isinstance(network, ScaleFree) else "neighbours"
    ties = getattr(network, key)
    if ties >= everyone:
        rule = f"must be fewer than the people, who are {everyone}"
        yield Fault((*path, key), rule, str(ties), "lower it, or raise population.size")
    regular = isinstance(network, RandomNetwork) and network.degrees == "regular"
    if regular and everyone * ties % 2:
        rule = f"must be even in a regular network of {everyone} people: each tie has two ends"
        yield Fault((*path, key), rule, str(ties), "change either number by one")
    if network.weak is not None and network.weak.neighbours >= everyone:
        rule = f"must be fewer than the people, who are {everyone}"
        value = str(network.weak.neighbours)
        yield Fault((*path, "weak", "neighbours"), rule, value, "lower it")


def unheard_talk(spec: Scenario) -> Iterator[Fault]:
    """Ties that do not stand still cannot hear one by one."""
    network, path = spec.population.network, ("population", "network")
    if not spec.rules.word_of_mouth.per_tie:
        return
    if isinstance(network, Complete):
        rule = "must not be 'complete' where each tie hears independently (word_of_mouth.per_tie)"
        yield Fault((*path, "kind"), rule, "", "choose another kind, or leave per_tie out")
    elif network.weak is not None and network.weak.met_anew:
        rule = "must not be met anew where each tie hears independently (word_of_mouth.per_tie)"
        yield Fault((*path, "weak", "met_anew"), rule, "", "leave met_anew out, or per_tie")


def forgotten_start(spec: Scenario) -> Iterator[Fault]:
    """Satisfaction begins with the first purchase, so none can be given to those before it."""
    if spec.start.first_renewal == "immediate" and spec.start.satisfaction is not None:
        rule = "must be null where contracts begin in step 0 (first_renewal: immediate)"
        remedy = "leave it out: satisfaction begins at the expectation"
        yield Fault(("start", "satisfaction"), rule, f"{spec.start.satisfaction:g}", remedy)


def months_beyond_horizon(spec: Scenario) -> Iterator[Fault]:
    """Months asked for that will not be lived."""
    for position, month in enumerate(spec.record.customers_at):
        if not 0 <= month < spec.horizon:
            rule = f"must lie in 0 to {spec.horizon - 1}"
            remedy = "leave it out, or lengthen the horizon"
            yield Fault(("record", "customers_at", position), rule, str(month), remedy)


def unmixed_sides(spec: Scenario) -> Iterator[Fault]:
    """Mixes of the frontier that are not of their side's instruments, or not the whole side."""
    frontier, focal = spec.compare.frontier, spec.focal
    sides = {
        "acquisition": ("winning", frontier.winning),
        "retention": ("keeping", frontier.keeping),
    }
    for side, (key, mix) in sides.items():
        if mix is None:
            continue
        path = ("compare", "frontier", key)
        known_firm = focal in spec.firms
        usable = [n for n in usable_in(spec.setting) if not known_firm or can_spend(spec, focal, n)]
        known = [name for name in usable if INSTRUMENTS[name].side == side]
        for name in mix:
            if name not in known:
                rule = f"must be an instrument of {side} in a {spec.setting} market"
                yield Fault((*path, name), rule, repr(name), one_of(name, known))
        total = sum(mix.values())
        if abs(total - 1.0) > 1e-9:
            remedy = "change one of them, or leave the mix out"
            yield Fault(path, "the shares must add up to 1", f"{total:g}", remedy)


def launches_beyond_horizon(spec: Scenario) -> Iterator[Fault]:
    """New products that would never be launched."""
    for name, firm in spec.firms.items():
        if firm.launch and step_of(spec, firm.launch.month) >= spec.warm_up + spec.horizon:
            rule = "must be a month that will be lived"
            remedy = "launch it earlier, or lengthen the horizon"
            yield Fault(("firms", name, "launch", "month"), rule, str(firm.launch.month), remedy)

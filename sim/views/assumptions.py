"""What a comparison rests on, in words for people who did not build the model."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.behaviour.parameter import Parameter, declared
from sim.behaviour.rules import MECHANISMS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.interventions import Intervention
from sim.scenario.loading import Case, scenario_from
from sim.scenario.offers import Amount, Campaign, PerHead
from sim.scenario.problems import shown
from sim.views.wording import number, percent

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison

CLOSURES = {
    "replace": "whoever leaves the market is replaced by a newcomer",
    "cohort": "nobody comes in place of those who leave the market",
    "poisson": "newcomers arrive at random, as many as the scenario says",
    "listed": "newcomers arrive in the months that a file names",
}
RIVALS = {
    "hold": "keeps its policy, whatever the others do",
    "match": "copies the changes of the firm that is compared",
    "adapt": "tries small changes and keeps those that bring profit",
    "imitate": "takes over the policy that earned most of late",
}
SETTINGS = {
    "subscription": "each is with one provider at a time, and it is seen when they leave",
    "repertoire": "each may buy from several firms, and drifts away unseen",
    "b2b": "each is a business account with one provider at a time, won through a pipeline",
}
SETTLED = ("population", "customers", "groups", "start", "mechanisms", "instruments")
"""Parts of a scenario whose defaults are settled for a setting."""
MOST_CHANGES = 8
"""More changes than this are counted, not listed."""

Row = tuple[str, str]


def assumptions(comparison: "Comparison") -> Iterator[Row]:
    """What was assumed, each with its name."""
    spec = comparison.case.spec
    for name, words in (("Newcomers", newcomers), ("Rivals", rivals), ("Time", time)):
        yield name, of_all(comparison, words)
    yield (
        "People",
        f"{of_all(comparison, people)}. Each of {comparison.runs} paired worlds has people and "
        "luck of its own and meets every policy once",
    )
    yield f"{spec.focal} today", offer(comparison.case)
    yield "Coefficients", coefficients()
    yield "Changed against the defaults", of_all(comparison, changed)
    if any(case.spec.interventions for case in comparison.cases.values()):
        yield "Events", of_all(comparison, events)


def of_all(comparison: "Comparison", words: Callable[[Case], str]) -> str:
    """The words for every arm's scenario, once where they are the same."""
    said = {arm: words(case) for arm, case in comparison.cases.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{arm}: {text}" for arm, text in said.items())


# ── the market ────────────────────────────────────────────────────────────────────────────────


def newcomers(case: Case) -> str:
    """How people come."""
    return CLOSURES[case.spec.population.entry.closure]


def rivals(case: Case) -> str:
    """How each rival answers."""
    spec = case.spec
    kinds = {n: f.reaction.kind for n, f in spec.firms.items() if n != spec.focal}
    if not kinds:
        return "there are none"
    if len(set(kinds.values())) == 1:
        return f"each of {len(kinds)} {RIVALS[next(iter(kinds.values()))]}"
    return "; ".join(f"{name} {RIVALS[kind]}" for name, kind in kinds.items())


def time(case: Case) -> str:
    """What is booked, and how money of later times counts."""
    spec = case.spec
    return (
        f"{spec.horizon} {spec.step}s are booked, after {spec.warm_up} of warm-up; money is "
        f"discounted by {100 * spec.discount_rate:.3g} % a month"
    )


def people(case: Case) -> str:
    """How many there are, and how they buy."""
    spec = case.spec
    return f"{number(spec.population.size)}, simulated; {SETTINGS[spec.setting]}"


def offer(case: Case) -> str:
    """What the firm that is compared sells, and what it spends."""
    spec, firm = case.spec, case.spec.firms[case.spec.focal]
    split = ", ".join(f"{n.replace('_', ' ')} {percent(s)} %" for n, s in firm.policy.split.items())
    beside = "".join(f", {campaigned(case, campaign)}" for campaign in firm.policy.campaigns)
    return (
        f"sells at {firm.price:g} {spec.currency} what costs it {firm.unit_cost:g}; spends "
        f"{budget(case)} ({split or 'on nothing'}){beside}"
    )


def campaigned(case: Case, campaign: Campaign) -> str:
    """What a campaign spends beside the budget, and when."""
    until = "" if campaign.until is None else f" until month {campaign.until}"
    return (
        f"and from month {campaign.since}{until} {campaign.per_head:g} {case.spec.currency} a head "
        f"on {campaign.instrument.replace('_', ' ')}"
    )


def budget(case: Case) -> str:
    """What that firm spends in a month."""
    given, currency = case.spec.firms[case.spec.focal].policy.budget, case.spec.currency
    if isinstance(given, PerHead):
        return f"{given.per_head:g} {currency} a month for each person of the market"
    if isinstance(given, Amount):
        return f"{number(given.amount)} {currency} a month"
    return f"{percent(given.share_of_revenue)} % of its revenue"


def events(case: Case) -> str:
    """What is done to the market from outside, and when."""
    return "; ".join(map(event, case.spec.interventions)) or "none"


def event(given: Intervention) -> str:
    """One of them, by its own words where it has some."""
    what = given.why or f"{given.act} {worded(given.model_dump(mode='json')[given.act])}"
    until = "to the end" if given.until is None else f"until before month {given.until}"
    return f"{what}, from month {given.since} {until}"


# ── the numbers behind it ─────────────────────────────────────────────────────────────────────


def coefficients() -> str:
    """How many numbers of the rules are assumed, and where all of them are listed."""
    sources = [parameter.source for parameter in every_parameter()]
    assumed = sum(source.startswith("assumed") for source in sources)
    return (
        f"most are assumed: {assumed} of the {len(sources)} numbers behind people and instruments, "
        "whose forms are published; docs/model.md and sim schema give the source of each"
    )


def every_parameter() -> Iterator[Parameter]:
    """The parameters of all rules and instruments."""
    responses = (instrument.parameters for instrument in INSTRUMENTS.values())
    for declaration in (*MECHANISMS.values(), *responses):
        yield from declared(declaration).values()


def changed(case: Case) -> str:
    """Where a scenario departs from the defaults of its setting."""
    setting = case.spec.setting
    default = scenario_from({"setting": setting, "firms": {"any": {}}}).resolved()
    found = [
        f"{path} {worded(value)} (default {worded(usual)})"
        for path, value, usual in differences(part_of(case.resolved()), part_of(default))
    ]
    more = [f"and {len(found) - MOST_CHANGES} more"] * (len(found) > MOST_CHANGES)
    return "; ".join(found[:MOST_CHANGES] + more) or "nothing in people, rules and instruments"


def part_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that have settled defaults."""
    return {name: data[name] for name in SETTLED}


def differences(
    data: Mapping[str, Any], default: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    """Every path at which data are not as by default, with both values; None is nothing."""
    for name in dict.fromkeys([*data, *default]):
        own, usual = data.get(name), default.get(name)
        if isinstance(own, dict) and isinstance(usual, dict):
            yield from differences(own, usual, f"{path}{name}.")
        elif own != usual:
            yield f"{path}{name}", own, usual


def worded(value: Any) -> str:
    """A value of a scenario on one line: what is in a mapping one after the other."""
    if isinstance(value, Mapping):
        inner = (f"{name} {worded(each)}" for name, each in value.items())
        return ", ".join(inner) or "nothing"
    return shown(value).strip("'")


# ── who should not use it ─────────────────────────────────────────────────────────────────────


def unsuited(setting: str) -> list[str]:
    """For whom the answer is no answer."""
    return [
        "Who wants a forecast: the market is simulated and not fitted to your own. Read the "
        "differences between policies, not the levels.",
        "Who takes the ranges for all of the doubt: they cover the luck of simulated worlds, not "
        "the assumptions.",
        "Whose case hangs on partners, staff, channels, data about customers or a programme that "
        "the scenario does not tell of: what is left out does nothing.",
        "Whose rivals think ahead: here they follow a fixed rule, if they move at all.",
        "Who would pay for a better product or another image: only service raises quality, and "
        "advertising never moves taste.",
        UNSUITED[setting],
    ]


UNSUITED = {
    "subscription": "Who has contracts of several lengths: here all customers have the same.",
    "b2b": "Whose accounts are bought for by several people: here an account has one mind.",
    "repertoire": "Who counts customers otherwise: here a buyer is one for some months after a "
    "purchase, and retention depends on them.",
}

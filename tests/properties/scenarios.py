"""Valid scenarios of everything that a file may say: the one generator of them.

``scenarios()`` is a Hypothesis strategy; ``some(count)`` are the same examples every time, for
tests that want a fixed set. Markets are small, so that they are lived in milliseconds.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.behaviour.levels import LEVELS
from sim.experiments.outcomes import ALWAYS
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.changeable import KINDS, Range
from sim.scenario.channels import NAMES, Channel
from sim.scenario.coherence import targets_of, usable_in
from sim.scenario.comparing import Compare, Frontier, Precision
from sim.scenario.crm import Crm
from sim.scenario.differentiation import Differentiation
from sim.scenario.fields import Specification
from sim.scenario.helpdesk import Helpdesk
from sim.scenario.interventions import PointsOfRetention
from sim.scenario.investors import Investor
from sim.scenario.lines import Launch, Line
from sim.scenario.loading import Case, Data, scenario_from
from sim.scenario.managers import Manager, Managers
from sim.scenario.offers import Campaign, Firm, Policy, Reaction, Scores, TopShare
from sim.scenario.partners import Agency, Distributor, Supplier
from sim.scenario.path import PathToPurchase
from sim.scenario.problems import ScenarioError
from sim.scenario.programme import Programme, Tier
from sim.scenario.schema import WEEKS_PER_MONTH, Instruments, Mechanisms, Scenario
from sim.scenario.staff import Staff
from sim.scenario.traits import Customers, Dirichlet, Fixed, Normal
from sim.scenario.world import (
    Cohort,
    Complete,
    Listed,
    PoissonArrivals,
    Population,
    RandomNetwork,
    Replace,
    ScaleFree,
    SmallWorld,
    Start,
    WeakTies,
)
from tests.properties.fields import TEXT, Drawn, any_of, mostly, of_model, of_shape

QUICK = settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
THOROUGH = settings(QUICK, max_examples=1500, phases=[Phase.generate, Phase.shrink])
EXTENTS = [
    pytest.param(QUICK, id="quick"),
    pytest.param(THOROUGH, id="thorough", marks=pytest.mark.slow),
]
"""On how many scenarios a property is tried: always the same ones, and more of them if slow.

What fails is made smaller only where it is slow: it takes minutes.
"""

Names = tuple[str, ...]
SHARE = st.floats(0.0, 1.0)
FIRMS = st.sampled_from(["acme", "bolt", "cora", "d", "E_5", "Zz_9" * 10])
SEVERAL = st.lists(FIRMS, min_size=2, max_size=6, unique=True)
GROUPS = st.sampled_from(["heavy", "light", "g3"])


class Written(NamedTuple):
    """A scenario and the files that it names, by name."""

    data: Data
    files: dict[str, str]

    def case(self, folder: Path, **changes: Any) -> Case:
        """The checked case with other values at the top, its files written to a folder."""
        for name, text in self.files.items():
            (folder / name).write_text(text, "utf-8")
        return scenario_from(self.data | changes, folder)


@cache
def some(count: int) -> list[Written]:
    """So many scenarios, the same ones every time."""
    found: list[Written] = []

    @settings(QUICK, max_examples=count)
    @given(scenarios())
    def collect(written: Written) -> None:
        found.append(written)

    collect()
    return found


@st.composite
def scenarios(draw: st.DrawFn) -> Written:
    """A valid scenario in which everything that a file may say is drawn."""
    setting: str = draw(st.sampled_from(["subscription", "repertoire", "b2b"]))
    firms: Names = tuple(draw(mostly(SEVERAL, st.lists(FIRMS, min_size=1, max_size=1))))
    groups: Names = tuple(draw(st.lists(GROUPS, max_size=2, unique=True)))
    data: Data = draw(of_model(Scenario, **dict.fromkeys(STRUCTURED, st.none())))
    data |= {"setting": setting, "step": draw(st.sampled_from(["month", "week"]))}
    data["warm_up"] = draw(st.sampled_from([2, 0, 1, 12, 14]))
    data["horizon"] = draw(mostly(st.integers(6, 16), st.integers(1, 5)))
    population, files = draw(populations(firms, data["warm_up"] + data["horizon"]))
    data["population"] = population
    data["customers"] = draw(characters(setting, firms))
    data["groups"] = {name: draw(group(setting, firms, data["customers"])) for name in groups}
    data["start"] = draw(starts(firms))
    data["mechanisms"] = draw(mechanisms(population["network"]))
    data["instruments"] = draw(any_of(Instruments))
    focal = draw(st.none() | st.sampled_from(firms))
    is_focal = {name: name == (focal or firms[0]) for name in firms}
    data["suppliers"] = draw(suppliers(firms))
    data["distributors"] = draw(distributors(firms))
    data["agencies"] = draw(one_each(Agency, firms, "spark"))
    data["investors"] = draw(one_each(Investor, firms, "bank"))
    sold_by = {each["to"] for each in data["distributors"].values()}
    data["firms"] = {
        name: draw(offers(setting, groups, is_focal[name], name in sold_by)) for name in firms
    }
    for name in firms[1:]:
        if draw(st.integers(0, 3)) == 3 and is_stranger(name, data):
            month = st.integers(0, max(1, months_of(data)) - 1)
            data["firms"][name]["enters"] = draw(month | st.just("never"))
    for firm in data["firms"].values():
        if firm["launch"]:
            firm["launch"]["month"] = draw(st.integers(0, last_month_of(data)))
    data["switching_costs"] = draw(switching(firms))
    sellers = interventions(firms, groups, tuple(data["suppliers"]), months_of(data))
    data["interventions"] = draw(sellers)
    data["policies"] = draw(policies(firms))
    has = tuple(name for name, value in data["firms"][focal or firms[0]].items() if value)
    data["compare"] = draw(comparisons(setting, has)) | {"focal": focal}
    at = st.lists(st.integers(0, data["horizon"] - 1), max_size=2)
    data["record"] = {"customers_at": draw(at), "transactions": draw(st.booleans())}
    return Written(in_range(data), files)


def is_stranger(firm: str, data: Data) -> bool:
    """Whether nobody is made a customer of this firm."""
    given = data["population"].get("entry", {}).get("on_arrival")
    held = data["start"].get("customers")
    return given != {"customer_of": firm} and not (isinstance(held, dict) and firm in held)


STRUCTURED = (
    "setting", "step", "warm_up", "horizon", "population", "customers", "groups", "start",
    "mechanisms", "instruments", "firms", "suppliers", "distributors", "agencies", "investors",
    "switching_costs", "interventions", "policies", "compare", "record",
)  # fmt: skip
"""Keys of a scenario that must fit each other."""


def months_of(data: Data) -> int:
    """Months that are booked."""
    steps: int = data["horizon"]
    return round(steps / (1 if data["step"] == "month" else WEEKS_PER_MONTH))


def last_month_of(data: Data) -> int:
    """The last month that begins within the horizon."""
    steps: int = data["horizon"]
    return steps - 1 if data["step"] == "month" else int((steps - 1) / WEEKS_PER_MONTH)


def in_range(data: Data) -> Data:
    """The scenario, without its interventions if together they leave a range."""
    try:
        scenario_from({**data, "population": {"size": 40}, "mechanisms": data["mechanisms"]})
    except ScenarioError as error:
        if any("must leave" in problem.rule for problem in error.problems):
            return {**data, "interventions": []}
    return data


# ── people ────────────────────────────────────────────────────────────────────────────────────


@st.composite
def populations(draw: st.DrawFn, firms: Names, steps: int) -> tuple[Data, dict[str, str]]:
    """People, closure, network, and the files that the last two name."""
    arrival = st.just("prospect") | st.sampled_from(firms).map(lambda name: {"customer_of": name})
    closures: list[Drawn] = [
        of_model(Replace, on_arrival=arrival),
        of_model(Cohort),
        of_model(PoissonArrivals, on_arrival=arrival),
        of_model(Listed, on_arrival=arrival, file=st.just("arrivals.csv")),
    ]
    entry = draw(st.one_of(closures))
    closed = entry["closure"] in ("replace", "cohort")
    size = draw(mostly(st.integers(15, 40), st.integers(1 if closed else 0, 14)))
    network = draw(networks(size, closed))
    files: dict[str, str] = {}
    if entry["closure"] == "listed":
        came = draw(st.lists(st.integers(0, steps + 1), max_size=12))
        files["arrivals.csv"] = "\n".join(["step", *map(str, came)]) + "\n"
    if network["kind"] == "edges":
        strong = (network.get("weak") or {"met_anew": True}).get("met_anew", False)
        files["ties.csv"] = draw(ties(size, weighted=strong and draw(st.booleans())))
    return draw(of_model(Population, size=st.just(size), entry=st.just(entry),
                         network=st.just(network))), files  # fmt: skip


@cache
def networks(size: int, closed: bool) -> Drawn:
    """A network that can be built on so many people."""
    kinds = [of_model(Complete)]
    if size < 3:
        return kinds[0]
    few = st.integers(1, min(size - 1, 8))
    weak = st.none() | of_model(WeakTies, neighbours=few)
    degrees = st.just("poisson")
    kinds += [
        of_model(RandomNetwork, neighbours=few, degrees=degrees, weak=weak),
        of_model(SmallWorld, neighbours=few.filter(lambda n: n % 2 == 0), weak=weak),
        of_model(ScaleFree, links=few, weak=weak),
        st.fixed_dictionaries(
            {"kind": st.just("edges"), "file": st.just("ties.csv")}, optional={"weak": weak}
        ),
    ]
    if closed:
        even = few.filter(lambda n: n * size % 2 == 0)
        regular = st.just("regular")
        kinds.append(of_model(RandomNetwork, neighbours=even, degrees=regular, weak=weak))
    return st.one_of(kinds)


@st.composite
def ties(draw: st.DrawFn, size: int, weighted: bool) -> str:
    """A file of ties. Those with weights go with no lasting weak ties."""
    place, weight = st.integers(0, size - 1), st.floats(0.01, 100.0)
    pairs = draw(st.lists(st.tuples(place, place).filter(lambda p: p[0] != p[1]), min_size=1))
    if not weighted:
        return "\n".join(["from,to", *(f"{one},{other}" for one, other in pairs)])
    lines = [f"{one},{other},{draw(weight)!r}" for one, other in pairs]
    return "\n".join(["from,to,weight", *lines])


@st.composite
def characters(draw: st.DrawFn, setting: str, firms: Names) -> Data:
    """What all people are like."""
    found: Data = draw(TRAITS)
    if draw(st.integers(0, 3)) == 3:
        strengths = st.dictionaries(st.sampled_from(firms), STRENGTH, min_size=1)
        found["taste"] = {"distribution": "dirichlet", "strengths": draw(strengths)}
    if setting == "repertoire" and moment(found) == "period":
        found["exit"]["after"] = "purchase"
    return found


STRENGTH = mostly(
    st.floats(0.05, 1.0), of_shape(get_args(Dirichlet.model_fields["strengths"].annotation)[1], {})
)
TRAITS = of_model(
    Customers,
    taste=mostly(any_of(Normal), any_of(Fixed)),
    season=st.lists(st.floats(0.0, 2.0), min_size=12, max_size=12),
)


def moment(customers: Data) -> Any:
    """When people leave, if at moments."""
    return customers.get("exit", {}).get("after", "any time")


@st.composite
def group(draw: st.DrawFn, setting: str, firms: Names, customers: Data) -> Data:
    """A group whose traits differ where they may."""
    own: Data = draw(characters(setting, firms))
    del own["season"]
    baskets = [each.get("basket", {}).get("distribution") for each in (own, customers)]
    if "gamma_gamma" in baskets:
        own.pop("basket", None)
    if moment(own) != moment(customers):
        own.pop("exit", None)
    return {"share": draw(st.floats(0.05, 0.5)), "customers": own}


@st.composite
def starts(draw: st.DrawFn, firms: Names) -> Data:
    """How the market stands before its first step."""
    shares = shares_of(firms).map(lambda held: {name: 0.9 * part for name, part in held.items()})
    words = st.sampled_from(["sorted", "random", "none"])
    start: Data = draw(of_model(Start, customers=words | shares))
    if start.get("first_renewal") == "immediate":
        start.pop("satisfaction", None)
    return start


@st.composite
def shares_of(draw: st.DrawFn, names: Names, everyone: bool = False) -> dict[str, float]:
    """Shares of some of the names, or of all of them, that add up to 1."""
    chosen = st.lists(st.sampled_from(names), min_size=1, unique=True)
    sharing = names if everyone else draw(chosen)
    parts = [draw(SHARE) + 1e-3 for _ in sharing]
    return {name: part / sum(parts) for name, part in zip(sharing, parts, strict=True)}


@st.composite
def mechanisms(draw: st.DrawFn, network: Data) -> Data:
    """Mechanisms with values of their own, some of them off."""
    found: Data = draw(of_model(Mechanisms))
    for name in list(found):
        if draw(st.integers(0, 7)) == 7:
            found[name] = "off"
    talk = found.get("word_of_mouth")
    restless = (network.get("weak") or {}).get("met_anew", False)
    if isinstance(talk, dict) and (network["kind"] == "complete" or restless):
        talk["per_tie"] = False  # no ties to go through one by one
    return found


# ── firms ─────────────────────────────────────────────────────────────────────────────────────


@cache
def offers(setting: str, groups: Names, is_focal: bool, is_sold: bool) -> Drawn:
    """A seller, with distributors or without. The focal one never matches."""
    reaction = of_shape(Reaction, {})
    if is_focal:
        reaction = reaction.filter(lambda kind: kind["kind"] != "match")

    def having(own: Data) -> Drawn:
        has = {name: st.just(value) for name, value in own.items()}
        has["level"] = st.sampled_from(LEVELS[:3] if own["channels"] else LEVELS)
        sold = ("distributors",) if is_sold else ()
        policy = spending(setting, groups, (*(n for n, value in own.items() if value), *sold))
        return of_model(Firm, **has, policy=policy, reaction=reaction, enters=st.none())

    parts = {
        "staff": st.none() | any_of(Staff),
        "helpdesk": st.none() | any_of(Helpdesk),
        "path": st.none() | any_of(PathToPurchase),
        "programme": st.none() | of_model(Programme, tiers=tiers()),
        "differentiation": st.none() | any_of(Differentiation),
        "lines": st.just({}) | st.dictionaries(LINES, any_of(Line), min_size=1, max_size=3),
        "launch": st.none() | of_model(Launch, month=st.just(0)),
        "crm": st.none() | any_of(Crm),
        "channels": st.none() | channels(),
        "managers": st.none() | managers() if setting == "b2b" else st.none(),
        "pressure": SHARE if setting == "b2b" else st.just(0.0),
    }
    return st.fixed_dictionaries(parts).flatmap(having)


LINES = st.sampled_from(["care", "bags", "Maps_1"])


@cache
def tiers() -> Drawn:
    """Up to three tiers."""
    names = st.sampled_from(["silver", "gold", "T_3"])
    return st.dictionaries(names, any_of(Tier), max_size=3)


def channels() -> Drawn:
    """Some of the channels that there are."""
    return st.dictionaries(st.sampled_from(NAMES), any_of(Channel), min_size=1, max_size=3)


@cache
def managers() -> Drawn:
    """A few account managers, some of whom leave for sure, though to nobody."""
    one = of_model(
        Manager, joins=st.none(), count=st.integers(1, 2), leaves=st.none() | st.integers(0, 5)
    )
    names = st.sampled_from(["anna", "Ben_2", "c"])
    return of_model(Managers, people=st.dictionaries(names, one, min_size=1, max_size=3))


@cache
def spending(setting: str, groups: Names, has: Names) -> Drawn:
    """A budget by one of its yardsticks, a split over what setting and firm offer, and targets."""
    needs = {name: INSTRUMENTS[name].needs for name in usable_in(setting)}
    usable = tuple(name for name, need in needs.items() if need is None or need in has)
    split = mostly(shares_of(usable) | shares_of(usable, everyone=True), st.just({}))
    campaign = of_model(
        Campaign, instrument=st.sampled_from(usable), **{"from": st.just(0)}, until=st.none()
    )
    campaigns = mostly(st.just([]), st.lists(campaign, min_size=1, max_size=2))
    return of_model(Policy, split=split, targets=aims(groups), campaigns=campaigns)


@cache
def aims(groups: Names) -> Drawn:
    """Targets of some instruments."""
    other: dict[str, Drawn] = {"top_share": any_of(TopShare), "scores": any_of(Scores)}
    possible = {name: targets_of(name, list(groups)) for name in INSTRUMENTS}
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of([other.get(word, st.just(word)) for word in words])
            for name, words in possible.items()
            if words
        },
    )


@cache
def suppliers(firms: Names) -> Drawn:
    """A few suppliers, in half of the scenarios none; together they make up to a whole product."""
    one = of_model(
        Supplier,
        to=st.sampled_from(firms),
        share=st.floats(0.0, 1 / 3, exclude_min=True),
        term=st.integers(1, 6).map(float),
    )
    names = st.sampled_from(["mill", "Yard_2", "q"])
    return st.just({}) | st.dictionaries(names, one, min_size=1, max_size=3)


@cache
def distributors(firms: Names) -> Drawn:
    """A few distributors, in half of the scenarios none; together they serve up to everybody."""
    one = of_model(
        Distributor,
        to=st.sampled_from(firms),
        share=st.floats(0.0, 1 / 2, exclude_min=True),
        term=st.integers(1, 6).map(float),
        search_time=st.integers(0, 3).map(float),
    )
    names = st.sampled_from(["shop", "Web_2"])
    return st.just({}) | st.dictionaries(names, one, min_size=1, max_size=2)


@cache
def one_each(model: type[Specification], firms: Names, stem: str) -> Drawn:
    """Partners of whom a firm has one at most, in half of the scenarios none."""

    def named(chosen: list[str]) -> Drawn:
        own = {f"{stem}_{n}": of_model(model, to=st.just(f)) for n, f in enumerate(chosen)}
        return st.fixed_dictionaries(own)

    some_firms = st.lists(st.sampled_from(firms), min_size=1, max_size=2, unique=True)
    return st.just({}) | some_firms.flatmap(named)


@cache
def switching(firms: Names) -> Drawn:
    """What it costs to go from some firms, or from none, to others."""
    cost = st.floats(-3.0, 3.0) | st.just("never")
    row = st.dictionaries(st.sampled_from(firms), cost, max_size=2)
    return st.dictionaries(st.sampled_from([*firms, "none"]), row, max_size=2)


# ── what is done and asked ────────────────────────────────────────────────────────────────────


@cache
def interventions(firms: Names, groups: Names, suppliers: Names, months: int) -> Drawn:
    """A few interventions within the horizon."""
    if months < 1:
        return st.just([])
    change = changes(firms, groups, suppliers, months)
    return st.lists(st.one_of(change, holds(firms, months)), max_size=3)


@st.composite
def changes(draw: st.DrawFn, firms: Names, groups: Names, suppliers: Names, months: int) -> Data:
    """Something set or shifted, for a firm, a supplier or a group where there can be one."""
    kind = draw(st.sampled_from([kind for kind in KINDS if kind != "partner" or suppliers]))
    names = draw(st.lists(st.sampled_from(list(KINDS[kind])), min_size=1, max_size=2, unique=True))
    act = draw(st.sampled_from(["set", "shift"]))
    change: Data = {act: {name: draw(value_in(KINDS[kind][name], act)) for name in names}}
    change |= draw(dates(months, ends=kind != "memory"))
    if kind in ("offer", "memory"):
        change["firm"] = draw(st.none() | st.sampled_from(firms))
    if kind == "partner":
        change["supplier"] = draw(st.sampled_from(suppliers))
    if kind in ("trait", "memory") and groups:
        change["group"] = draw(st.none() | st.sampled_from(groups))
    return change | draw(st.fixed_dictionaries({}, optional={"why": TEXT}))


def value_in(allowed: Range, act: str) -> Drawn:
    """A value to set, or a small shift."""
    low, high = max(allowed.low, -1.0), min(allowed.high, 3.0)
    if act == "shift":
        return st.floats(-0.1, 0.1)
    return st.floats(low, high, exclude_min=allowed.out)


def holds(firms: Names, months: int) -> Drawn:
    """A chance to stay, as such or as what points of retention were found to need."""
    solved = of_model(PointsOfRetention, chance=SHARE)
    held = st.fixed_dictionaries(
        {"hold": SHARE | solved}, optional={"firm": st.none() | st.sampled_from(firms)}
    )
    return st.tuples(held, dates(months, ends=True)).map(lambda parts: parts[0] | parts[1])


@st.composite
def dates(draw: st.DrawFn, months: int, ends: bool) -> Data:
    """The first month of something, and now and then the first without it."""
    since = draw(st.integers(0, months - 1))
    until = draw(st.none() | st.integers(since + 1, months)) if ends else None
    return {"from": since, "until": until}


@cache
def policies(firms: Names) -> Drawn:
    """Overrides by path to compare."""
    override = st.sampled_from(
        [{}, {f"firms.{firms[0]}.price": 18.0}, {"mechanisms.trust": "off"},
         {f"firms.{firms[-1]}.policy.split": {"service": 1.0}}]
    )  # fmt: skip
    return st.dictionaries(st.sampled_from(["as_today", "win", "Keep_2"]), override)


@cache
def comparisons(setting: str, has: Names) -> Drawn:
    """How policies are compared, and a frontier is drawn, its sides mixed or left as they are."""
    sides: dict[str, list[str]] = {"acquisition": [], "retention": [], "foundations": []}
    for name in usable_in(setting):
        needs = INSTRUMENTS[name].needs
        if needs is None or needs in has:
            sides[INSTRUMENTS[name].side].append(name)
    frontier = of_model(
        Frontier,
        winning=st.none() | shares_of(tuple(sides["acquisition"])),
        keeping=st.none() | shares_of(tuple(sides["retention"])),
    )
    metric = st.sampled_from(ALWAYS)
    precision = st.none() | of_model(Precision, metric=metric)
    return of_model(Compare, focal=st.none(), precision=precision, frontier=frontier)

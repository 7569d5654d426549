"""How much memory a market will take, and a refusal before the machine is brought to its knees.

An estimate before anything is built: the people's tables, the network at the peak of its building,
and what is kept of the past. It errs upwards. The table of customers, which is made when it is
asked for, is not in it.
"""

from collections.abc import Callable

from sim.market.dealings import wants_dealings
from sim.market.network import bytes_needed
from sim.market.state import LEDGER, PURCHASE, TALLY, bytes_per_person
from sim.scenario.loading import Case
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.schema import WEEKS_PER_MONTH, Scenario
from sim.scenario.traits import Customers, ExitChance, ExitHazard, NeedRate
from sim.scenario.world import Complete, Edges, Listed, PoissonArrivals, Replace, ScaleFree

FILLING = 1.25
"""What filling the people's tables takes on the way beside the network, in tables (measured)."""
Rate = Callable[[Scenario, Customers], float]


def needed(case: Case) -> int:
    """Return about how many bytes one market of this scenario takes, from start to horizon.

    Raises:
        ScenarioError: a file that the scenario names is not there.
    """
    tables = places(case) * person_bytes(case.spec)
    return round(tables + max(FILLING * tables, network_bytes(case)) + history_bytes(case))


def refuse_if_too_big(case: Case, at_once: int = 1) -> None:
    """Refuse a scenario of which ``at_once`` markets side by side do not fit into free memory.

    Raises:
        ScenarioError: with what is needed, what is free, and a size that would fit.
    """
    import psutil

    wanted, free = at_once * needed(case), psutil.virtual_memory().available
    if wanted > free:
        raise ScenarioError([too_big(case, at_once, wanted, free)])


def too_big(case: Case, at_once: int, wanted: int, free: int) -> Problem:
    """What is said about a market that does not fit."""
    size = case.spec.population.size
    smaller = f"lower it to about {fitting(size, free / wanted):,}, or keep less under `record`"
    return Problem(
        place=case.loaded.place(("population", "size")),
        key="population.size",
        rule=f"must fit into the {worded(free)} of memory that are free",
        value=f"{size:,} people, about {worded(wanted)}"
        + (f" for {at_once} markets side by side" if at_once > 1 else ""),
        remedy=smaller + (", or use fewer --jobs" if at_once > 1 else ""),
    )


def worded(count: float) -> str:
    """The number of bytes for people: ``1.6 GB``, ``31 MB``."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def fitting(size: int, share: float) -> int:
    """A round number of people, safely under that share of ``size``."""
    wished = max(1, int(0.8 * share * size))
    unit = 10 ** (len(str(wished)) - 1)
    return wished // unit * unit


# ── the parts ─────────────────────────────────────────────────────────────────────────────────


def person_bytes(spec: Scenario) -> int:
    """Bytes of one person with all firms."""
    return bytes_per_person(len(spec.firms), spec.precision, wants_dealings(spec))


def places(case: Case) -> int:
    """Places of the market: people at the start, and everyone on a list of arrivals (mean)."""
    entry, size = case.spec.population.entry, case.spec.population.size
    if isinstance(entry, PoissonArrivals):
        return size + round(entry.per_month * lived(case.spec) * case.spec.months)
    if isinstance(entry, Listed):
        return size + case.file("population", "entry", "file").read_bytes().count(b"\n")
    return size


def lived(spec: Scenario) -> int:
    """Steps from the first to the last."""
    return spec.warm_up + spec.horizon


def network_bytes(case: Case) -> int:
    """Bytes of the network while it is built."""
    count, network = places(case), case.spec.population.network
    if isinstance(network, Complete):
        return bytes_needed("complete", count, 0)
    weak = 0.0
    if network.weak is not None and not network.weak.met_anew:
        weak = float(network.weak.neighbours)
    if isinstance(network, Edges):
        rows = case.file("population", "network", "file").read_bytes().count(b"\n")
        return bytes_needed("listed", count, 2 * rows / count + weak)
    strong = 2 * network.links if isinstance(network, ScaleFree) else network.neighbours
    return bytes_needed("weighted" if weak else network.kind, count, strong + weak)


def history_bytes(case: Case) -> int:
    """Bytes of all that is kept of the past by the horizon."""
    spec = case.spec
    ledgers = lived(spec) * (len(spec.firms) * LEDGER.itemsize + TALLY.itemsize)
    tables = (departed(case) + len(spec.record.customers_at) * places(case)) * person_bytes(spec)
    return round(ledgers + tables + purchases(case) * PURCHASE.itemsize)


def departed(case: Case) -> float:
    """People who leave in the longer of warm-up and horizon, at most (leavers are kept)."""
    spec = case.spec
    share = over_people(spec, leaving) * max(spec.warm_up, spec.horizon) * spec.months
    most = share if isinstance(spec.population.entry, Replace) else min(1.0, share)
    return most * places(case)


def purchases(case: Case) -> float:
    """Purchases that are logged."""
    spec = case.spec
    if not spec.record.transactions:
        return 0.0
    return over_people(spec, buying) * spec.horizon * spec.months * places(case)


def over_people(spec: Scenario, rate: Rate) -> float:
    """A monthly rate averaged over groups and those who belong to none."""
    grouped = [(group.share, rate(spec, group.customers)) for group in spec.groups.values()]
    rest = max(0.0, 1.0 - sum(share for share, _ in grouped))
    return rest * rate(spec, spec.customers) + sum(share * value for share, value in grouped)


def leaving(spec: Scenario, customers: Customers) -> float:
    """Mean chance a month of leaving for good, at most."""
    exits = customers.exit
    if isinstance(exits, ExitChance):
        chance = exits.a / (exits.a + exits.b)
        times = 1 / spec.billing_months if exits.after == "period" else buying(spec, customers)
        return float(chance * times)
    rate = exits.mean if isinstance(exits, ExitHazard) else exits.value
    return min(1.0, per_month(rate, exits.per))


def buying(spec: Scenario, customers: Customers) -> float:
    """Mean purchases a month over a year, at most."""
    if spec.has_contracts:
        return 1.0 / spec.billing_months
    needs = customers.needs
    mean = needs.value if isinstance(needs, NeedRate) else needs.mean
    return per_month(mean, needs.per) * sum(customers.season) / len(customers.season)


def per_month(value: float, per: str) -> float:
    """A rate per month or week, as one per month."""
    return value if per == "month" else value * WEEKS_PER_MONTH

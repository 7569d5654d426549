"""What is sold beside the main product: lines, and a new product, and who holds them."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim import draws
from sim.scenario.lines import Line as Declared
from tests.reference.in_force import step_of

if TYPE_CHECKING:
    from tests.reference.customer import Customer
    from tests.reference.firm import Firm
    from tests.reference.relation import Relation

LAUNCHED = "new product"


@dataclass(slots=True)
class Line:
    """A line on sale, as people meet it in a step."""

    name: str
    declared: Declared
    address: int
    kind: int
    comes_up: float
    dearness: float


@dataclass(slots=True)
class Launch:
    """What a firm takes of its new product from one step to the next."""

    voices: float = 0.0
    since: int | None = None
    quality: float = 0.0
    withdrawn: bool = False


# ── what is on sale ───────────────────────────────────────────────────────────────────────────


def put_on_sale(firm: "Firm") -> None:
    """Launch what is due, and say what there is in this step."""
    rules = firm.model.rules
    firm.lines = []
    begin(firm)
    if firm.declared.launch and firm.launch.since is not None and not firm.launch.withdrawn:
        share = firm.ledger.adopters / firm.ledger.customers if firm.ledger.customers else 0.0
        hazard = min(1.0, rules.innovation.innovation + rules.innovation.imitation * share)
        firm.lines.append(line(firm, LAUNCHED, firm.declared.launch.product, hazard))
    for name, declared in firm.declared.lines.items():
        firm.lines.append(line(firm, name, declared, rules.breadth.attention))


def line(firm: "Firm", name: str, declared: Declared, comes_up: float) -> Line:
    """One line on sale."""
    ratio = declared.price / declared.elsewhere
    dearness = ratio - 1.0 if firm.model.rules.choice.linear_price else math.log(ratio)
    kind, address = draws.address_of(name), draws.address_of(f"{firm.name}.{name}")
    return Line(name, declared, address, kind, comes_up, dearness)


def begin(firm: "Firm") -> None:
    """Launch the new product in its month: what it misses is less, the more was heard."""
    model, declared, own = firm.model, firm.declared.launch, firm.launch
    if declared is None or own.since is not None:
        return
    if model.clock < step_of(model.spec, declared.month):
        return
    own.since = model.clock
    u, _, _, _ = model.luck.four(0, firm.address, 0, draws.LAUNCH, 0)
    precision = 1.0 + model.rules.innovation.telling * own.voices * declared.spread**2
    missed = declared.spread / math.sqrt(precision) * draws.normal(u)
    own.quality = max(0.0, declared.quality - abs(missed))


def book_launch(firm: "Firm") -> None:
    """Hear, pay, and judge after the trial."""
    model, declared, own, ledger = firm.model, firm.declared.launch, firm.launch, firm.ledger
    if declared is None:
        return
    opens = step_of(model.spec, declared.month) - round(declared.preparation / model.months)
    if own.since is None and model.clock >= opens:
        ledger.voices = declared.listens * (ledger.complaints + ledger.contacts)
    own.voices += ledger.voices
    ledger.launching = ledger.voices * declared.hearing
    if own.since == model.clock:
        ledger.launching += declared.cost
    if own.since is not None and not own.withdrawn:
        ledger.launching += declared.upkeep * model.months
    is_judged = own.since is not None and (
        model.clock == own.since + round(declared.trial / model.months) - 1
    )
    if is_judged and ledger.adopters < declared.goal * ledger.customers:
        own.withdrawn = True
        ledger.withdrawn = 1
        for customer in firm.model.customers:
            customer.relations[firm.position].lines.discard(LAUNCHED)


# ── a bill or purchase ────────────────────────────────────────────────────────────────────────


def buy_lines(customer: "Customer", relation: "Relation", occasion: int, units: float) -> None:
    """A customer, who bought before, goes through the lines on sale that they need."""
    firm, ledger = relation.firm, relation.firm.ledger
    if relation.purchases == 0:
        return
    if any(line.name not in relation.lines for line in firm.lines):
        ledger.pitches += 1
        ledger.cross_sell += firm.cross_sell_cost
        relation.profit -= firm.cross_sell_cost
    for line in firm.lines:
        need, _, _, _ = customer.model.luck.four(customer.number, line.kind, 0, draws.LINE, 0)
        if need >= line.declared.need:
            continue
        ledger.wallet += units * line.declared.price
        reconsider(customer, relation, line, occasion)
        if line.name in relation.lines:
            be_billed(relation, line, units)


def reconsider(customer: "Customer", relation: "Relation", line: Line, occasion: int) -> None:
    """Give the line up if it is held; otherwise take it, if it comes up."""
    model, firm = customer.model, relation.firm
    rules = model.rules.breadth
    _, up, take, drop = model.luck.four(
        customer.number, line.address, model.clock, draws.LINE, occasion
    )
    if line.name in relation.lines:
        content = firm.launch.quality if line.name == LAUNCHED else relation.satisfaction
        missing = max(0.0, model.rules.satisfaction.reference - content)
        if drop < rules.lapse + rules.unhappy * missing:
            relation.lines.discard(line.name)
            firm.ledger.given_up += 1
        return
    by_itself = line.comes_up
    if up < by_itself + (1.0 - by_itself) * rules.openness * firm.cross_sell:
        value = line.declared.fit + customer.regard(relation)
        value -= customer.price_sensitivity * line.dearness
        if take < 1.0 / (1.0 + math.exp(-value)):
            relation.lines.add(line.name)
            firm.ledger.taken += 1


def be_billed(relation: "Relation", line: Line, units: float) -> None:
    """Pay for a line that is held."""
    ledger, declared = relation.firm.ledger, line.declared
    revenue, goods = units * declared.price, units * declared.unit_cost
    ledger.revenue += revenue
    ledger.goods += goods
    ledger.lines_revenue += revenue
    ledger.lines_goods += goods
    if line.name == LAUNCHED:
        ledger.launch_revenue += revenue
        ledger.launch_goods += goods
    relation.revenue += revenue
    relation.profit += revenue - goods


def count_lines(relation: "Relation", is_customer: bool) -> None:
    """Be counted with what one holds; who is no customer any more holds nothing."""
    ledger = relation.firm.ledger
    if not is_customer:
        relation.lines.clear()
        relation.had_lines = False
        return
    held = [line for line in relation.firm.lines if line.name in relation.lines]
    ledger.kept_with_lines += relation.had_lines
    ledger.lines_held += len(held)
    ledger.with_lines += bool(held)
    ledger.adopters += LAUNCHED in relation.lines
    relation.had_lines = bool(held)

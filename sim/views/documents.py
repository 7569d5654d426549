"""The parts of the documents that are made from the code, so that they cannot go stale.

A document is Markdown. What stands in it between ``<!-- generated: NAME -->`` and ``<!-- end -->``
is one of the ``BLOCKS`` below. ``python -m sim.views.documents`` writes them anew; with ``--check``
it only names the documents that are no longer true, and ends with 1 if there are any.
"""

import argparse
import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any, get_args

import numpy as np
from mesa.datacollection import DataCollector
from pydantic import BaseModel

from sim import draws
from sim.analysis.docking.rows import rows
from sim.analysis.industries.known import known
from sim.behaviour.parameter import Parameter, declared
from sim.behaviour.rules import MECHANISMS
from sim.market import definitions, month, purchase, state
from sim.market.entry import Entry
from sim.market.firms import SHARED, Firm
from sim.market.history import History
from sim.market.investors import KEPT, Investor
from sim.market.launch import Launch
from sim.market.measures import YEARLY
from sim.market.model import Market
from sim.market.partners import REMEMBERED, Partner
from sim.policy.instrument import Instrument
from sim.policy.instruments import INSTRUMENTS
from sim.scenario import shipped
from sim.scenario.lines import MOST_LINES, Line
from sim.scenario.loading import load_scenario
from sim.scenario.managers import MOST_MANAGERS
from sim.scenario.offers import MOST_FIRMS
from sim.scenario.offers import Firm as Offer
from sim.scenario.partners import MOST_PARTNERS
from sim.scenario.programme import Programme, Tier
from sim.scenario.schema import worded
from sim.scenario.traits import Customers
from sim.scenario.world import MOST_PEOPLE, Network
from sim.views import docking_table, industries
from sim.views.markdown import both, first_line, flow, table
from sim.views.reference import default_of, scenario, unit

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


# ── what is declared: parameters, instruments, measures, draws, tables ────────────────────────


def parameters(declaration: type[Any]) -> str:
    """The parameters of a mechanism, or of an instrument's response."""
    values = declaration._field_defaults
    rows = [
        (f"`{n}`", p.meaning, p.unit, span(p), usual(values[n], p), neutral(p), p.source)
        for n, p in declared(declaration).items()
    ]
    return table(("parameter", "meaning", "unit", "range", "default", "off", "source"), rows)


def sources() -> str:
    """How many parameters are assumed, fitted and published, by the first word of their source."""
    responses = [instrument.parameters for instrument in INSTRUMENTS.values()]
    declarations = [*MECHANISMS.values(), *responses]
    known = [p.source for declaration in declarations for p in declared(declaration).values()]
    assumed = [source for source in known if source.startswith("assumed")]
    fitted = [source for source in known if source.startswith("fitted")]
    return (
        f"Of {len(known)} parameters of mechanisms and instruments the defaults of {len(assumed)} "
        f"are assumed ({sum(source != 'assumed' for source in assumed)} with a word on form, sign "
        f"or reason), {len(fitted)} are fitted, and {len(known) - len(assumed) - len(fitted)} name "
        "a publication."
    )


def span(parameter: Parameter) -> str:
    """The range of a parameter."""
    if parameter.unit == "true or false":
        return ""
    return f"{flow(parameter.low)} to {flow(parameter.high)}" + " or none" * parameter.nothing


def usual(value: Any, parameter: Parameter) -> str:
    """The default, and that of the repertoire setting where it is another one."""
    return both(flow(worded(value)), parameter.repertoire)


def neutral(parameter: Parameter) -> str:
    """The value that `off` stands for, where it is not the default."""
    return "" if parameter.neutral is None else flow(worded(parameter.neutral))


def instruments() -> str:
    """The page of instruments."""
    return "\n\n".join([ABOUT_INSTRUMENTS, *map(instrument, INSTRUMENTS.values())])


def instrument(declaration: Instrument) -> str:
    """One instrument: what it is for, how it answers to money, its parameters."""
    serves = {
        "acquisition": "winning customers",
        "retention": "keeping customers",
        "foundations": "what both rest on",
    }
    traits = {
        "serves": serves[declaration.side],
        "aimed at": " or ".join(declaration.targets),
        "money is divided by": declaration.per,
        "moves": declaration.moves,
        "response": declaration.form,
        "paid": declaration.paid,
        "exists in": " and ".join(declaration.settings),
    }
    opening = first_line(sys.modules[declaration.parameters.__module__])
    rows, tuned = table(("it", "is"), traits.items()), parameters(declaration.parameters)
    return f"## {declaration.name}\n\n{opening}\n\n{rows}\n\n{tuned}"


def measures() -> str:
    """The page of measures."""
    opening = (inspect.getdoc(definitions) or "").replace("``", "`")
    yearly = ", ".join(f"`{name}`" for name in YEARLY)
    parts = [f"# What is measured\n\n{opening}\n\nOnce a year, in its last month: {yearly}."]
    for heading, defined in MEASURED.items():
        rows = [(f"`{name}`", *definition) for name, definition in defined.items()]
        parts.append(f"## {heading}\n\n{table(('column', 'meaning', 'unit'), rows)}")
    return "\n\n".join(parts)


def streams() -> str:
    """The blocks of addressed draws, and what their four words decide."""
    rows = [
        (f"`{name}`", str(number), *(word.replace("_", " ") for word in words))
        for name, (number, words) in draws.STREAMS.items()
    ]
    return table(("block", "number", "word 0", "word 1", "word 2", "word 3"), rows)


def entities() -> str:
    """The kinds of things there are, how many of each, and by how many variables each is held."""
    world = state.empty_world(1, 1, "single")
    people, relations, accounts, dealings, firms = world[:5]
    rows = [
        (
            "person",
            "may buy, remembers, talks",
            f"0 to {MOST_PEOPLE:,} at the start",
            held_by(people),
        ),
        ("relation", "a person's memory of a firm", EACH, held_by(relations)),
        ("account", "the money between a person and a firm", EACH, held_by(accounts)),
        ("dealing", "what only some markets have between them", EACH, held_by(dealings)),
        ("firm", "offers, plans, spends, keeps books", f"1 to {MOST_FIRMS}", held_by(firms)),
        (
            "line",
            "what a firm sells beside its main product, new products included",
            f"0 to {MOST_LINES}, and a new product, for each firm",
            held_by(world.lines),
        ),
        (
            "staff",
            "skill and morale of a firm's departments",
            "none, or two departments a firm",
            "2",
        ),
        (
            "account manager",
            "looks after business accounts of a firm, which are bound to them",
            f"0 to {MOST_MANAGERS} a firm",
            "6",
        ),
        (
            "partner",
            "works for a firm, in a tie with it: a supplier, a distributor, an agency",
            f"0 to {MOST_PARTNERS} of each; of agencies one a firm",
            str(len(REMEMBERED)),
        ),
        ("way", "to a firm's product", "one a firm, one a distributor; or none", "3"),
        ("investor", "lends to a firm, at a price", "none, or one a firm", str(len(KEPT))),
        (
            "place",
            "where a person stands in the network",
            "one for each person who may be there",
            "",
        ),
        ("tie", "along it people talk", f"by the network: {', '.join(networks())}", ""),
        ("market", "the clock, the firms, the closure; what is kept of each step", "one", ""),
    ]
    return table(("entity", "what it is", "how many", "variables"), rows)


def held_by(rows: state.Table) -> str:
    """The number of variables of an entity."""
    return str(len(rows.dtype.names or ()))


def networks() -> list[str]:
    """The kinds of network that a scenario can name."""
    kinds = get_args(get_args(Network)[0])
    return [kind.model_fields["kind"].default for kind in kinds]


def memory_of(agent: type[Any]) -> str:
    """What an agent is beside any row in a table: its attributes."""
    listed = (inspect.getdoc(agent) or "").partition("Attributes:\n")[2]
    listed = listed.replace("``SHARED``", " and ".join(SHARED))
    rows = [line.strip().partition(": ") for line in listed.splitlines()]
    told = [(f"`{names.replace(', ', '`, `')}`", meaning[:-1]) for names, _, meaning in rows]
    return table(("variable", "meaning"), told)


def variables(declaration: str, model: type[BaseModel]) -> str:
    """The fields of a table of the market, their meaning from the comment beside each.

    Args:
        declaration: beginning of the line that declares the table in ``sim.market.state``.
        model: part of the scenario that explains fields which have no comment.
    """
    lines = inspect.getsource(state).partition(f"\n{declaration}")[2].partition("\n    ]")[0]
    found = re.findall(r'\("(\w+)", "?([\w?]+)"?\),(?: +# (.+))?', lines)
    known = {name: measure.meaning for name, measure in definitions.CUSTOMER.items()}
    known |= {name: field.description or "" for name, field in model.model_fields.items()}
    rows = [(f"`{name}`", note or known.get(name, ""), held(kind)) for name, kind, note in found]
    return table(("variable", "meaning", "held as"), rows)


def held(kind: str) -> str:
    """The type of a field; `real` follows the scenario's precision."""
    return "float32 or float64" if kind == "real" else np.dtype(kind).name


def bytes_taken() -> str:
    """What a person takes in memory."""
    single, double = (
        [table.nbytes for table in state.empty_world(1, 1, precision, dealings=True)[:4]]
        for precision in ("single", "double")
    )
    return (
        f"A person takes {single[0]} bytes, {state.LOTS} for the luck of a step, and "
        f"{single[1] + single[2]} more for every firm: "
        f"{single[1]} of memory and {single[2]} of accounts. With `precision: double` it is "
        f"{double[0]}, {double[1]} and {double[2]}. "
        f"Dealings, where a mechanism asks for them, take {single[3]} more for every firm. "
        "The network comes on top."
    )


def traits() -> str:
    """What differs from person to person, and how it is distributed by default."""
    rows = [
        (f"`{name}`", field.description or "", unit(field), default_of(field, ("customers", name)))
        for name, field in Customers.model_fields.items()
    ]
    return table(("trait", "meaning", "unit", "default"), rows)


def worlds() -> str:
    """The scenarios that ship."""
    specs = {name: load_scenario(f"sim:{name}").spec for name in shipped.names()}
    rows = [(f"`sim:{name}`", spec.title, spec.setting) for name, spec in specs.items()]
    return table(("scenario", "title", "setting"), rows)


# ── the schedule ──────────────────────────────────────────────────────────────────────────────

ACTORS: dict[str, Any] = {
    "self": Market,
    "self.entry": Entry,
    "self.passes": month,
    "self.history": History,
    "self.datacollector": DataCollector,
    "firm": Firm,
    "partner": Partner,
}
"""Whose function a call in ``Market.step`` is."""


def acts(function: Callable[..., Any]) -> Iterator[FunctionType]:
    """What a function does, in order: those calls in it whose value nothing uses."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    alone = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    calls = [node for node in alone if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: node.lineno):
        actor, _, name = ast.unparse(call.func).rpartition(".")
        yield getattr(ACTORS[actor] if actor else sys.modules[function.__module__], name)


def schedule(
    function: Callable[..., Any], opened: Sequence[Callable[..., Any]] = (), depth: int = 0
) -> str:
    """A numbered list of what a function does; what is ``opened`` is followed by its own list."""
    lines = []
    for number, act in enumerate(acts(function), start=1):
        file = act.__module__.replace(".", "/") + ".py"
        lines.append(f"{'   ' * depth}{number}. `{act.__qualname__}` ({file}): {first_line(act)}")
        if act in opened:
            lines.append(schedule(act, opened, depth + 1))
    return "\n".join(lines)


# ── the documents ─────────────────────────────────────────────────────────────────────────────

ABOUT_INSTRUMENTS = """\
# What a firm can spend on

A policy is a budget and its split over these instruments. All of them answer to money by the form
of Blattberg & Deighton (1996), ceiling · (1 − e^(−rate · spend per head)): the first money does
most, and no money does more than the ceiling. What the split does not name gets nothing, unless a
campaign gives it so much a head for a time.

*As planned*: the whole sum is spent and divided among the heads that are there; without heads it is
kept. *Per event*: the money for one event is fixed before the month from last month's number of
events, and paid as often as the event happens. What a month leaves or overdraws is carried into the
next plan of the same instrument. No instrument has a fixed cost."""

MEASURED = {
    "A firm's month (`run.firms`)": definitions.FIRM_MONTH,
    "Customers (`run.customers`)": definitions.CUSTOMER,
    "Purchases (`run.transactions`)": definitions.TRANSACTION,
}

EACH = "one for each person and firm"

BLOCKS: dict[str, Callable[[], str]] = {
    "entities": entities,
    "people": partial(variables, "def person_fields", Customers),
    "relations": partial(variables, "def relation_fields", Customers),
    "accounts": partial(variables, "ACCOUNT =", Customers),
    "dealings": partial(variables, "DEALING =", Customers),
    "firms": partial(variables, "FIRM =", Offer),
    "lines": partial(variables, "LINE =", Line),
    "memory of launches": partial(memory_of, Launch),
    "programmes": partial(variables, "PROGRAMME =", Programme),
    "tiers": partial(variables, "TIER =", Tier),
    "memory of firms": partial(memory_of, Firm),
    "memory of partners": partial(memory_of, Partner),
    "memory of investors": partial(memory_of, Investor),
    "ways": partial(variables, "WAY =", Offer),
    "schedule": partial(schedule, Market.step, (month.set_out, month.live, month.close)),
    "purchase": partial(schedule, purchase.buy, (purchase.pay,)),
    "sources": sources,
    "streams": streams,
    "bytes": bytes_taken,
    "traits": traits,
    "worlds": worlds,
    "instruments": instruments,
    "measures": measures,
    "scenario": scenario,
    "docking": lambda: docking_table.documented(rows().values()),
    "docking forms": lambda: docking_table.explained(rows().values()),
    "docking figures": lambda: docking_table.tabulated(rows().values()),
    "industries": industries.listed,
    "industry figures": lambda: industries.told(known()),
    "limits of the market": lambda: docking_table.limits(rows().values(), "market"),
    "limits of a rule": lambda: docking_table.limits(rows().values(), "rule"),
    **{f"parameters of {n}": partial(parameters, m) for n, m in MECHANISMS.items()},
}
"""Name of a block → what makes it."""
LIVED = {"docking figures", "industry figures"}
"""Blocks for which markets are lived: made anew, but checked only where there is time."""


def renewed(text: str, name: str, lived: bool = True) -> str:
    """The text of the document ``name`` with every block made anew.

    Args:
        text: the document as it is.
        name: what it is called.
        lived: whether blocks for which markets are lived are made anew, too.

    Raises:
        ValueError: a block that does not exist or has no end.
    """
    if len(BLOCK.findall(text)) != text.count("<!-- generated"):
        rule = "each generated block must have an end"
        raise ValueError(f"{name}: {rule}; write <!-- end --> after it")
    for _, block, _ in BLOCK.findall(text):
        if block not in BLOCKS:
            raise ValueError(f"{name}: there is no block {block!r}; use one of {', '.join(BLOCKS)}")

    def made(found: re.Match[str]) -> str:
        kept = found[2] in LIVED and not lived
        return found[0] if kept else f"{found[1]}\n{BLOCKS[found[2]]()}\n\n{found[3]}"

    return BLOCK.sub(made, text)


def stale(folder: Path = DOCS, lived: bool = True) -> dict[Path, str]:
    """The documents of a folder that are no longer true, with the text they should have.

    Blocks for which markets are ``lived`` take minutes, and may be left as they are.
    """
    texts = {file: file.read_text("utf-8") for file in sorted(folder.glob("*.md"))}
    new = {file: renewed(text, file.name, lived) for file, text in texts.items()}
    return {file: new[file] for file in texts if new[file] != texts[file]}


def main(arguments: Sequence[str] | None = None, folder: Path = DOCS) -> int:
    """Write the documents anew, or only check them. Returns 1 if a check found a stale one."""
    parser = argparse.ArgumentParser("python -m sim.views.documents", description="Renew docs/.")
    parser.add_argument("--check", action="store_true", help="change nothing; 1 if stale")
    check = parser.parse_args(arguments).check
    found = stale(folder)
    for file, text in found.items():
        print(f"{file.name} is {'stale: run make docs' if check else 'renewed'}")
        if not check:
            file.write_text(text, "utf-8")
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main())

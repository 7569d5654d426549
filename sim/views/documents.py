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
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import numpy as np
from mesa.datacollection import DataCollector
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim import draws
from sim.behaviour.parameter import Parameter, declared
from sim.behaviour.rules import MECHANISMS
from sim.market import definitions, month, purchase, state
from sim.market.entry import Entry
from sim.market.firms import Firm
from sim.market.history import History
from sim.market.measures import YEARLY
from sim.market.model import Market
from sim.policy.instrument import Instrument
from sim.policy.instruments import INSTRUMENTS
from sim.scenario import shipped
from sim.scenario.loading import filled_in, load_scenario
from sim.scenario.paths import get
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario, worded
from sim.scenario.shapes import choices, described, plain_number
from sim.scenario.traits import Customers
from sim.scenario.world import Firm as Offer

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


# ── Markdown ──────────────────────────────────────────────────────────────────────────────────


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, without the columns that are empty in every row."""
    kept = [column for column in zip(heads, *rows, strict=True) if any(column[1:])]
    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in zip(*kept, strict=True)]
    return "\n".join([lines[0], "|" + " --- |" * len(kept), *lines[1:]])


def cell(text: str) -> str:
    """Text that can stand in a table: one line, code in single backticks."""
    return " ".join(text.replace("``", "`").split()).replace("|", "\\|")


def flow(value: Any) -> str:
    """A value as a scenario file has it on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
    return plain_number(value)


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def first_line(thing: Any) -> str:
    """The sentence that opens a docstring."""
    return cell((inspect.getdoc(thing) or "").partition("\n\n")[0])


# ── what is declared: parameters, instruments, measures, draws, tables ────────────────────────


def parameters(declaration: type[Any]) -> str:
    """The parameters of a mechanism, or of an instrument's response."""
    values = declaration._field_defaults
    rows = [
        (f"`{n}`", p.meaning, p.unit, span(p), usual(values[n], p), neutral(p), p.source)
        for n, p in declared(declaration).items()
    ]
    return table(("parameter", "meaning", "unit", "range", "default", "off", "source"), rows)


def span(parameter: Parameter) -> str:
    """The range of a parameter."""
    if parameter.unit == "true or false":
        return ""
    return f"{flow(parameter.low)} to {flow(parameter.high)}" + " or none" * parameter.nothing


def usual(value: Any, parameter: Parameter) -> str:
    """The default, and that of the repertoire setting where it is another one."""
    return both(flow(worded(value)), parameter.repertoire)


def both(default: str, repertoire: Any) -> str:
    """A default, with that of the repertoire setting if there is one."""
    return default if repertoire is None else f"{default}; repertoire {flow(worded(repertoire))}"


def neutral(parameter: Parameter) -> str:
    """The value that `off` stands for, where it is not the default."""
    return "" if parameter.neutral is None else flow(worded(parameter.neutral))


def instruments() -> str:
    """The page of instruments."""
    return "\n\n".join([ABOUT_INSTRUMENTS, *map(instrument, INSTRUMENTS.values())])


def instrument(declaration: Instrument) -> str:
    """One instrument: what it is for, how it answers to money, its parameters."""
    serves = {"acquisition": "winning customers", "retention": "keeping customers"}
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


def variables(declaration: str, model: type[BaseModel]) -> str:
    """The fields of a table of the market, their meaning from the comment beside each.

    Args:
        declaration: beginning of the line that declares the table in ``sim.market.state``.
        model: part of the scenario that explains fields which have no comment.
    """
    lines = inspect.getsource(state).partition(f"\n{declaration}")[2].partition("\n    ]")[0]
    found = re.findall(r'\("(\w+)", "?(\w+)"?\),(?: +# (.+))?', lines)
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
        [table.nbytes for table in state.empty_world(1, 1, precision)[:3]]
        for precision in ("single", "double")
    )
    return (
        f"A person takes {single[0]} bytes, and {single[1] + single[2]} more for every firm: "
        f"{single[1]} of memory and {single[2]} of accounts. With `precision: double` it is "
        f"{double[0]}, {double[1]} and {double[2]}. The network comes on top."
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


# ── the reference of scenario files ───────────────────────────────────────────────────────────


class Section(NamedTuple):
    """A mapping of a scenario file: where it may stand, and what tells it from alternatives."""

    model: type[BaseModel]
    paths: list[tuple[str, ...]]
    tag: str

    @property
    def places(self) -> str:
        """All its paths."""
        return ", ".join(f"`{'.'.join(path)}`" for path in self.paths) if self.paths[0] else ""

    @property
    def heading(self) -> str:
        """Where it stands, and the key that makes it this kind of thing."""
        where = "Several keys" if len(self.paths) > 2 else self.places or "Top of the file"
        return where + f" with `{self.tag}`" * bool(self.tag)

    def link(self, words: str) -> str:
        """A link to it, called by its tag if it has one."""
        return f"[{self.tag or words}](#{slug(self.heading)})"


Sections = dict[type[BaseModel], Section]
IN_REPERTOIRE = {k: v for k, v in filled_in({"setting": "repertoire"}).items() if k != "setting"}
"""What is filled in where the setting is repertoire."""


def sections() -> Sections:
    """Every mapping of a scenario file, in the order of the file."""
    found: Sections = {}

    def visit(model: type[BaseModel], path: tuple[str, ...], tag: str) -> None:
        if model in found:
            found[model].paths.extend([path] * (path not in found[model].paths))
            return
        found[model] = Section(model, [path], tag)
        for name, field in model.model_fields.items():
            inner = (name, "NAME") if get_origin(field.annotation) is dict else (name,)
            for part in models_in(field.annotation):
                visit(part, (*path, *inner), tag_of(part) if has_alternatives(field) else "")

    visit(Scenario, (), "")
    return found


def models_in(shape: Any) -> list[type[BaseModel]]:
    """The mappings that a field may hold."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return [shape]
    return [model for part in get_args(shape) for model in models_in(part)]


def has_alternatives(field: FieldInfo) -> bool:
    """Whether a field may hold one of several mappings, or a mapping or a word."""
    return len(models_in(field.annotation)) > 1 or bool(choices(field.annotation))


def tag_of(model: type[BaseModel]) -> str:
    """What tells a mapping from its alternatives: ``kind: random``, or its only key."""
    name, field = next(iter(model.model_fields.items()))
    return name if field.is_required() else f"{name}: {field.default}"


def scenario() -> str:
    """Every key of a scenario file."""
    found = sections()
    return "\n\n".join(described_section(section, found) for section in found.values())


def described_section(section: Section, found: Sections) -> str:
    """One mapping with all its keys; the key that tells it from others is in its heading."""
    rows = [
        key_row((*section.paths[0], name), field, found)
        for name, field in section.model.model_fields.items()
        if field.description
    ]
    parts = [f"### {section.heading}", first_line(section.model)]
    if len(section.paths) > 2:
        parts.append(f"At {section.places}.")
    if rows:
        parts.append(table(("key", "meaning", "unit", "value", "default", "source"), rows))
    return "\n\n".join(parts)


def key_row(path: tuple[str, ...], field: FieldInfo, found: Sections) -> tuple[str, ...]:
    """Key, meaning, unit, allowed values, default and source of one field."""
    value = allowed(Annotated[field.annotation, field])
    inner = [found[model] for model in models_in(field.annotation)]
    about = f"`{path[-1]}`", field.description or "", unit(field)
    if inner and not has_alternatives(field):
        return *about, inner[0].link(value), of_whole(field), ""
    if inner:
        links = ", ".join(section.link("") for section in inner)
        value = value.replace("a mapping", f"a mapping: {links}")
    return *about, value, default_of(field, path), source(field)


def of_whole(field: FieldInfo) -> str:
    """The default of a mapping whose keys have defaults of their own."""
    return "must be given" if field.is_required() else "null" * (field.default is None)


def allowed(shape: Any) -> str:
    """The values that a shape allows, in words, down to the items of lists and mappings."""
    words = described(shape)
    core = get_args(shape)[0] if get_origin(shape) is Annotated else shape
    items = {tuple: 0, dict: 1}.get(get_origin(core))
    if items is None or models_in(core) or Any in get_args(core):
        return words
    return f"{words} of {allowed(get_args(core)[items])}"


def default_of(field: FieldInfo, path: tuple[str, ...]) -> str:
    """The default of a field, and that of the repertoire setting where it is another one."""
    if field.is_required():
        return "must be given"
    value = field.get_default(call_default_factory=True)
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    try:
        return both(flow(plain), get(IN_REPERTOIRE, path))
    except ScenarioError:
        return flow(plain)


def unit(field: FieldInfo) -> str:
    """The unit that a field declares."""
    return str((field.json_schema_extra or {}).get("unit", ""))  # type: ignore[union-attr]


def source(field: FieldInfo) -> str:
    """The source of a number; words are a choice, and mappings have sources inside."""
    declared_source = str((field.json_schema_extra or {}).get("source", ""))  # type: ignore[union-attr]
    is_number = "number" in described(Annotated[field.annotation, field], bounds=False)
    return "" if declared_source == "assumed" and not is_number else declared_source


# ── the documents ─────────────────────────────────────────────────────────────────────────────

ABOUT_INSTRUMENTS = """\
# What a firm can spend on

A policy is a budget and its split over these instruments. All of them answer to money by the form
of Blattberg & Deighton (1996), ceiling · (1 − e^(−rate · spend per head)): the first money does
most, and no money does more than the ceiling. What the split does not name gets nothing.

*As planned*: the whole sum is spent and divided among the heads that are there; without heads it is
kept. *Per event*: the money for one event is fixed before the month from last month's number of
events, and paid as often as the event happens. What a month leaves or overdraws is carried into the
next plan of the same instrument. No instrument has a fixed cost."""

MEASURED = {
    "A firm's month (`run.firms`)": definitions.FIRM_MONTH,
    "Customers (`run.customers`)": definitions.CUSTOMER,
    "Purchases (`run.transactions`)": definitions.TRANSACTION,
}

BLOCKS: dict[str, Callable[[], str]] = {
    "people": partial(variables, "def person_fields", Customers),
    "relations": partial(variables, "def relation_fields", Customers),
    "accounts": partial(variables, "ACCOUNT =", Customers),
    "firms": partial(variables, "FIRM =", Offer),
    "schedule": partial(schedule, Market.step, (month.set_out, month.live, month.close)),
    "purchase": partial(schedule, purchase.buy, (purchase.pay,)),
    "streams": streams,
    "bytes": bytes_taken,
    "traits": traits,
    "worlds": worlds,
    "instruments": instruments,
    "measures": measures,
    "scenario": scenario,
    **{f"parameters of {n}": partial(parameters, m) for n, m in MECHANISMS.items()},
}
"""Name of a block → what makes it."""


def renewed(text: str, name: str) -> str:
    """The text of the document ``name`` with every block made anew.

    Raises:
        ValueError: a block that does not exist or has no end.
    """
    if len(BLOCK.findall(text)) != text.count("<!-- generated"):
        rule = "each generated block must have an end"
        raise ValueError(f"{name}: {rule}; write <!-- end --> after it")
    for _, block, _ in BLOCK.findall(text):
        if block not in BLOCKS:
            raise ValueError(f"{name}: there is no block {block!r}; use one of {', '.join(BLOCKS)}")
    return BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]()}\n\n{found[3]}", text)


def stale(folder: Path = DOCS) -> dict[Path, str]:
    """The documents of a folder that are no longer true, with the text they should have."""
    texts = {file: file.read_text("utf-8") for file in sorted(folder.glob("*.md"))}
    new = {file: renewed(text, file.name) for file, text in texts.items()}
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

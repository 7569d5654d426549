"""The starter of `sim new`: a scenario to change, written from the declarations themselves.

What a student changes first is written out. The rest is commented out, because some defaults depend
on the setting: what is commented out follows it, what is written out does not.
"""

import json
import textwrap
from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.offers import Firm
from sim.scenario.paths import KIND_KEYS
from sim.scenario.schema import Scenario
from sim.scenario.shapes import described, known_keys, tags

WIDTH = 98
TITLE = "Should acme spend on winning customers or on keeping them?"
FIRMS = ("acme", "bolt", "cora", "dune")
POLICIES = {
    "as_today": {},
    "win": {"firms.acme.policy.split": {"advertising": 0.8, "service": 0.2}},
    "keep": {"firms.acme.policy.split": {"advertising": 0.2, "service": 0.8}},
}
WRITTEN_OUT = ("title", "setting", "warm_up", "horizon", "seed", "currency", "population", "firms",
            "policies", "compare")  # fmt: skip
HEAD = """\
A market to run and to change:

    sim check {name}      whether it can be run
    sim run {name}        one run
    sim compare {name}    its policies against each other

Lines with ## explain: the meaning, then in brackets the unit, what is allowed, and the source.
What is commented out is in force anyway: to change something, uncomment it together with the
keys above it to which it belongs. For completion while you type, let your editor use what
sim schema > scenario.schema.json writes.
"""


def starter(name: str) -> str:
    """The text of a scenario file called ``name`` that says what is true without it."""
    scenario = Scenario(title=TITLE, firms=dict.fromkeys(FIRMS, Firm()), policies=POLICIES)
    head = "\n".join(f"## {line}".rstrip() for line in HEAD.format(name=name).splitlines())
    parts = [part(scenario, key) for key in Scenario.model_fields]
    return "\n\n".join([head, *parts]) + "\n"


def part(scenario: Scenario, key: str) -> str:
    """One key of the top, with all that is under it."""
    value, field = getattr(scenario, key), Scenario.model_fields[key]
    lines = firms(field) if key == "firms" else entry(key, value, field, 0)
    if key in WRITTEN_OUT:
        return "\n".join(lines)
    return "\n".join(f"# {line}" for line in lines)


def firms(field: FieldInfo) -> Iterator[str]:
    """The first firm in full, the others like it."""
    yield from note(field.description or "", 0)
    yield "firms:"
    yield from entry(FIRMS[0], Firm(), FieldInfo(annotation=Firm, description=Firm.__doc__), 1)
    yield from note("these say nothing, so the values above hold for them as they came", 1)
    yield from (f"  {name}: {{}}" for name in FIRMS[1:])


def entry(name: str, value: Any, field: FieldInfo, depth: int) -> Iterator[str]:
    """A field with its meaning, and all that is under it."""
    if name in KIND_KEYS:
        yield f"{'  ' * depth}{name}: {value}"
    elif isinstance(value, BaseModel):
        yield from note(f"{field.description}{instead(field, value)}", depth)
        yield f"{'  ' * depth}{name}:"
        for inner, its in type(value).model_fields.items():
            yield from entry(inner, getattr(value, inner), its, depth + 1)
    else:
        yield from note(f"{field.description} [{declared(field)}]", depth)
        yield from written(name, value, depth)


def written(name: str, value: Any, depth: int) -> Iterator[str]:
    """A value under its name; mappings of mappings have a line for each."""
    pad = "  " * depth
    if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
        yield f"{pad}{name}:"
        yield from (f"{pad}  {key}: {plain(inner)}" for key, inner in value.items())
    else:
        yield f"{pad}{name}: {plain(value)}"


def note(text: str, depth: int) -> Iterator[str]:
    """Lines that explain."""
    pad = "  " * depth + "## "
    return iter(textwrap.wrap(text, WIDTH, initial_indent=pad, subsequent_indent=pad))


def declared(field: FieldInfo) -> str:
    """Unit, what is allowed, and the source of a field."""
    extra: dict[str, Any] = dict(field.json_schema_extra or {})  # type: ignore[arg-type]
    shape: Any = Annotated[field.annotation, field]
    allowed = described(shape)
    return "; ".join(dict.fromkeys(filter(None, (extra.get("unit"), allowed, extra.get("source")))))


def instead(field: FieldInfo, value: BaseModel) -> str:
    """What else could stand where one of several kinds of things stands."""
    shape: Any = Annotated[field.annotation, field]
    for key in KIND_KEYS:
        if words := tags(shape, key):
            return f" [{key}: one of {', '.join(words)}]"
    others = [known_keys(other)[0] for other in get_args(field.annotation) if known_keys(other)]
    return f" [one of {', '.join(others)}]" if others else ""


def plain(value: Any) -> str:
    """A value as a scenario file has it, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {plain(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(plain, value)) + "]"
    return value if isinstance(value, str) and value else json.dumps(value)

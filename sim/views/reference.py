"""The reference of scenario files: every key, made from the schema."""

from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.fields import CHOICE
from sim.scenario.loading import filled_in
from sim.scenario.paths import get
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.scenario.shapes import choices, described
from sim.views.markdown import both, first_line, flow, slug, table


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
        where = self.places or "Top of the file"
        if len(self.paths) > 2:
            names = dict.fromkeys(path[-1] for path in self.paths)
            owners = {path[:-1] for path in self.paths}
            several = f"Keys of `{'.'.join(min(owners))}`" if len(owners) == 1 else "Several keys"
            where = several if len(names) > 3 else " ".join(f"`{name}`" for name in names)
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
    fields = model.model_fields
    name = "kind" if "kind" in fields else next(iter(fields))
    field = fields[name]
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
    hidden = declared_source == CHOICE or (declared_source == "assumed" and not is_number)
    return "" if hidden else declared_source

"""The JSON Schema of a scenario file, for editors: completion, meanings, ranges.

It describes what a *file* may say. A file may extend another one and say only part of a thing, so
nothing inside it is required; ``sim check`` says what is missing in the end.
"""

from typing import Annotated, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from sim.scenario.paths import BY_NAME
from sim.scenario.schema import Scenario
from sim.scenario.shapes import described

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXTENDS = {
    "type": "string",
    "description": "the scenario that holds wherever this file says nothing",
    "unit": "text",
    "range": "a file in the folder of this one, or sim: and the name of a shipped scenario",
    "source": "a choice",
    "default": None,
}
BY_PATH = {r"^[^.]+(\.[^.]+)+$": {"description": "a path: replaces the value that stands there"}}
PLAIN: dict[Any, Schema] = {
    "off": {"const": "off"},
    1.0: {"type": "number"},
    "1 %": {"type": "string", "pattern": "^ *[0-9.]+ *% *$"},
}
"""Plain values that a validator may turn into a whole thing, and how a schema says so."""
ALSO: dict[str, Schema] = {
    "off": PLAIN["off"],
    "a number": PLAIN[1.0],
    "per cent": PLAIN["1 %"],
    "null": {"type": "null"},
}


def json_schema() -> Schema:
    """The JSON Schema of a scenario file; every field has its unit, range and source beside it."""
    schema = Scenario.model_json_schema(schema_generator=OfFile)
    schema["properties"] = {"extends": EXTENDS, **schema["properties"]}
    schema["patternProperties"] = BY_PATH
    schema["anyOf"] = [{"required": ["firms"]}, {"required": ["extends"]}]
    return {"$schema": DIALECT, **schema}


class OfFile(GenerateJsonSchema):
    """Pydantic's generator, taught what a scenario file may say beyond the bare model."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Names are words already."""
        return False

    def get_default_value(self, schema: core_schema.WithDefaultSchema) -> Any:
        """Defaults that are made anew each time are defaults too."""
        made: Any = schema.get("default_factory")
        return made() if made else super().get_default_value(schema)

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        """What is read before validation, such as ``off`` or a plain number, is allowed."""
        read: Any = schema["function"]["function"]
        plain = [form for value, form in PLAIN.items() if read(value) != value]
        inner = super().function_before_schema(schema)
        return {"anyOf": [*plain, *inner.get("anyOf", [inner])]}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """A part of a thing whose kind stands in the file that is extended fits several."""
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """A section, with all that is declared about its fields."""
        section = super().model_schema(schema)
        section.pop("required", None)
        model: type[BaseModel] = schema["cls"]
        for name, field in model.model_fields.items():
            own = section["properties"][name]
            own |= about(field, model)
            if name in BY_NAME:
                may_be_taken_away(own)
            own["range"] += also(own.get("anyOf", [])) + ", must be given" * field.is_required()
        return section


def may_be_taken_away(by_name: Schema) -> None:
    """What has a name in the file that is extended may be null in this one."""
    for mapping in by_name.get("anyOf", [by_name]):
        named = mapping.get("patternProperties", {})
        named |= {name: {"anyOf": [form, ALSO["null"]]} for name, form in named.items()}
        if "additionalProperties" in mapping:
            form = mapping["additionalProperties"]
            mapping["additionalProperties"] = {"anyOf": [form, ALSO["null"]]}


def about(field: FieldInfo, model: type[BaseModel]) -> Schema:
    """Meaning, unit, range and source of a field; in words where none is declared."""
    shape: Any = Annotated[field.annotation, field]
    extra = field.json_schema_extra
    declared = extra if isinstance(extra, dict) else {}
    return {
        "description": field.description or f"{field.default}: {model.__doc__}",
        "unit": declared.get("unit") or described(shape, bounds=False),
        "range": described(shape),
        "source": declared.get("source") or "a choice",
    }


def also(forms: list[Schema]) -> str:
    """The plain words that a value may be beside what its model says."""
    return "".join(f" or {word}" for word, form in ALSO.items() if form in forms)

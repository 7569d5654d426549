"""A scenario in another currency, by the declared units of its fields."""

from typing import Any

from pydantic import BaseModel

from sim.behaviour.parameter import declared
from sim.scenario.changeable import OFFER, SECTIONS
from sim.scenario.loading import Data
from sim.scenario.offers import Firm
from sim.scenario.partners import Supplier
from sim.scenario.schema import Scenario


def in_other_money(spec: Scenario, factor: float) -> Data:
    """A scenario, as plain data, where every sum of money is ``factor`` times as large.

    What is said per unit of money becomes smaller by it.
    """
    data: Data = exchanged(spec, "", factor)
    for intervention in data["interventions"]:
        for act in ("set", "shift"):
            for name, value in (intervention[act] or {}).items():
                unit = unit_of(name, intervention["supplier"] is not None)
                intervention[act][name] = exchanged(value, unit, factor)
    return data


def exchanged(part: Any, unit: str, factor: float) -> Any:
    """A part of a scenario, exchanged."""
    if isinstance(part, BaseModel):
        return {
            name: exchanged(getattr(part, name), declared_unit(type(part), name), factor)
            for name in type(part).model_fields
        }
    if isinstance(part, dict):
        return {name: exchanged(value, unit, factor) for name, value in part.items()}
    if isinstance(part, tuple | list):
        return [exchanged(value, unit, factor) for value in part]
    if isinstance(part, float) and unit.startswith("money"):
        return part * factor
    return part / factor if unit.startswith("per unit of money") else part


def declared_unit(model: type[BaseModel], name: str) -> str:
    """The unit of a field."""
    extra: Any = model.model_fields[name].json_schema_extra or {}
    return str(extra.get("unit", ""))


def unit_of(name: str, of_supplier: bool) -> str:
    """The unit of what an intervention sets or shifts."""
    if of_supplier:
        return declared_unit(Supplier, name)
    if name in OFFER:
        return declared_unit(Firm, name)
    if "." not in name:
        return ""
    section, owner, field = name.split(".")
    return declared(SECTIONS[section][owner])[field].unit

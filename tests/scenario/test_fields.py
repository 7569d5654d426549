"""Fields: declared once, with meaning, unit and source; models strict, frozen and closed."""

import pytest
from pydantic import ValidationError

from sim.scenario.fields import CHOICE, Specification, declare


class Shop(Specification):
    """A model of the tests."""

    price: float = declare("price of a unit", 2.0, unit="money", gt=0)
    name: str = declare("what it is called", "corner")
    rooms: dict[str, int] = declare("rooms by name", {"cellar": 1}, unit="rooms", source="measured")


def extra(name: str) -> dict[str, object]:
    """What a field declares beside its type."""
    declared = Shop.model_fields[name].json_schema_extra
    assert isinstance(declared, dict)
    return dict(declared)


def test_declared_is_kept() -> None:
    """Unit and source stand in the schema; a number without a source is assumed."""
    assert extra("price") == {"unit": "money", "source": "assumed"}
    assert extra("name") == {"unit": "", "source": CHOICE}
    assert extra("rooms") == {"unit": "rooms", "source": "measured"}
    assert Shop.model_fields["price"].description == "price of a unit"


def test_defaults_are_there() -> None:
    """Nothing needs to be said that has a default."""
    assert Shop().model_dump() == {"price": 2.0, "name": "corner", "rooms": {"cellar": 1}}


@pytest.mark.parametrize(
    "wrong", [{"price": "2"}, {"price": 0.0}, {"price": float("nan")}, {"prize": 2.0}, {"name": 3}]
)
def test_a_model_is_strict_and_closed(wrong: dict[str, object]) -> None:
    """Text is no number, nothing is no price, not-a-number is none, unknown keys are refused."""
    with pytest.raises(ValidationError):
        Shop.model_validate(wrong)


def test_a_model_is_frozen() -> None:
    """What was checked stays as it was checked."""
    shop = Shop()
    with pytest.raises(ValidationError):
        shop.price = 3.0

"""Partners in a scenario: defaults, limits, and parts that are more than the whole."""

from typing import Any

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.partners import MOST_PARTNERS, Supplier
from sim.scenario.problems import ScenarioError


def with_suppliers(*shares: float) -> dict[str, Any]:
    """A firm, and suppliers that make these shares of its product."""
    said = {f"mill_{n}": {"to": "acme", "share": share} for n, share in enumerate(shares)}
    return {"firms": {"acme": {}, "bolt": {}}, "suppliers": said}


def test_there_are_none_by_default() -> None:
    """Nobody has partners who does not say so."""
    assert scenario_from({"firms": {"acme": {}}}).spec.suppliers == {}


def test_a_supplier_by_default_is_as_good_and_as_dear_as_a_firm() -> None:
    """What it does then lies in the tie alone."""
    case = scenario_from(with_suppliers(0.3))
    supplier, firm = case.spec.suppliers["mill_0"], case.spec.firms["acme"]
    assert (supplier.quality, supplier.unit_cost) == (firm.quality, firm.unit_cost)
    assert supplier.contract == "documented"


@pytest.mark.parametrize("shares", [(1.0,), (0.5, 0.5), (0.1,) * 10])
def test_the_whole_product_may_be_bought(shares: tuple[float, ...]) -> None:
    """Parts add up to the whole, and no further."""
    assert len(scenario_from(with_suppliers(*shares)).spec.suppliers) == len(shares)
    with pytest.raises(ScenarioError) as refused:
        scenario_from(with_suppliers(*shares, 0.1))
    assert "suppliers to 'acme' must not add up to more than 1, is 1.1" in str(refused.value)
    assert "what is left over the firm makes itself" in str(refused.value)


@pytest.mark.parametrize(("field", "value"), [("share", 0), ("trust", 1.1), ("contract", "none")])
def test_limits(field: str, value: Any) -> None:
    """A supplier makes some of the product, trust is at most 1, contracts are of three kinds."""
    data = with_suppliers(0.3)
    data["suppliers"]["mill_0"][field] = value
    with pytest.raises(ScenarioError, match=rf"suppliers\.mill_0\.{field}"):
        scenario_from(data)


def test_there_is_an_end_to_them() -> None:
    """A hundred, and one more is refused."""
    assert MOST_PARTNERS == 100
    scenario_from(with_suppliers(*[0.01] * 100))
    with pytest.raises(ScenarioError, match="suppliers"):
        scenario_from(with_suppliers(*[0.009] * 101))


def test_every_number_has_a_unit_and_a_source() -> None:
    """What is assumed says so."""
    for name, field in Supplier.model_fields.items():
        extra: Any = field.json_schema_extra
        if field.annotation is float:
            assert extra["unit"], name
            assert extra["source"] == "assumed", name

"""What the measures mean: no column without words, no words without a column."""

import pytest

from sim.market.definitions import CUSTOMER, FIRM_MONTH, TRANSACTION, Definition
from sim.market.run import Run
from tests.market.worlds import LIKE, Data, lived

PARTS: Data = {
    "staff": {}, "helpdesk": {}, "programme": {"reward_points": 20},
    "lines": {"care": {"need": 1, "fit": 3}}, "managers": {"people": {"anna": {}}},
}  # fmt: skip
STAFFED: Data = {"setting": "b2b", "firms": {"acme": PARTS}}


@pytest.fixture(scope="module")
def run() -> Run:
    """A small market with all parts of a firm at its horizon; all is kept, and much fails."""
    kept = {"transactions": True, "grievances": True}
    partners = {"suppliers": {"mill": {"to": "acme"}}, "investors": {"bank": {"to": "acme"}}}
    failing = {"mechanisms": {"experience": {"failure": 0.5}, "breadth": {"attention": 0.9}}}
    change = {**partners, "record": kept}
    return Run(lived(LIKE, STAFFED, change, failing, {"horizon": 12}), 0.0)


def test_tables_have_the_defined_columns(run: Run) -> None:
    """Columns are those that are defined, in that order."""
    assert list(run.firms.columns) == list(FIRM_MONTH)
    assert list(run.customers.columns) == list(CUSTOMER)
    assert list(run.transactions.columns) == list(TRANSACTION)


@pytest.mark.parametrize("table", [FIRM_MONTH, CUSTOMER, TRANSACTION])
def test_every_definition_has_words_and_a_unit(table: dict[str, Definition]) -> None:
    """No meaning and no unit is empty, and none ends like a sentence: they stand in tables."""
    for name, definition in table.items():
        assert definition.meaning.strip("."), name
        assert not definition.meaning.endswith("."), name
        assert definition.unit, name


@pytest.mark.parametrize("unit", ["share", "0 to 1", "-1 to 1"])
def test_shares_lie_in_their_range(run: Run, unit: str) -> None:
    """What is called a share lies in 0 to 1, and so on."""
    low = -1 if unit == "-1 to 1" else 0
    for name in (name for name, d in FIRM_MONTH.items() if d.unit == unit):
        known = run.firms[name].dropna()
        assert known.between(low, 1).all(), name
        assert len(known), name

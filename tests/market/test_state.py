"""The tables: what a person, a relation and an account take, and in which precision."""

import numpy as np
import pytest

from sim.market.luck import empty_luck
from sim.market.state import (
    ACCOUNT,
    DEALING,
    FIRM,
    LEDGER,
    Row,
    bytes_per_person,
    empty_world,
    person_fields,
    relation_fields,
    stacked,
    with_dealings,
)
from sim.policy.instruments import INSTRUMENTS


@pytest.mark.parametrize(("precision", "real"), [("single", np.float32), ("double", np.float64)])
def test_traits_and_memory_in_the_asked_precision(precision: str, real: type) -> None:
    """Traits and memory are float32, or float64 if asked for; money is float64 always."""
    w = empty_world(7, 3, precision)
    assert w.people["need_rate"].dtype == real
    assert w.relations["trust"].dtype == real
    assert w.relations["trust"].shape == (7, 3)
    assert w.accounts["profit"].dtype == np.float64
    assert w.ledger["revenue"].dtype == np.float64
    assert w.ledger["customers"].dtype == np.int64


def test_an_empty_world() -> None:
    """Nobody is present, every table has its shape, the log is empty."""
    w = empty_world(7, 3, "single")
    shapes = [table.shape for table in w]
    assert shapes == [
        (7,),
        (7, 3),
        (7, 3),
        (0, 3),
        (3,),
        (3,),
        (1,),
        (4, 3),
        (3,),
        (3, 5),
        (0,),
        (0,),
        (3, 0),
    ]
    assert with_dealings(w).dealings.shape == (7, 3)
    asked = empty_world(7, 3, "single", dealings=True)
    assert asked.dealings.shape == (7, 3)
    extra = bytes_per_person(3, "single", dealings=True) - bytes_per_person(3, "single")
    assert extra == 3 * DEALING.itemsize == asked.dealings.nbytes / 7
    assert not any(table["present"].any() for table in (w.people,))


@pytest.mark.parametrize("firms", [1, 4, 16])
def test_bytes_per_person(firms: int) -> None:
    """A person takes one row of people and, for each firm, a relation and an account."""
    w = empty_world(100, firms, "single")
    per_person = (w.people.nbytes + w.relations.nbytes + w.accounts.nbytes) / 100
    lots = empty_luck(100, [1] * firms).lots
    assert bytes_per_person(firms, "single") == per_person + lots.nbytes / 100
    relation = w.relations.dtype.itemsize + ACCOUNT.itemsize
    assert per_person == w.people.dtype.itemsize + firms * relation


def test_fields_do_not_collide() -> None:
    """A name means one column, so that customers can be asked for it without saying which table."""
    names = [n for n, _ in (*person_fields("f4"), *relation_fields("f4"))] + list(
        ACCOUNT.names or ()
    )
    assert len(names) == len(set(names))


def test_every_instrument_has_a_column_of_the_ledger() -> None:
    """What is spent on an instrument is booked under its name."""
    assert set(INSTRUMENTS) <= set(LEDGER.names or ())
    assert {"reach", "lift", "recover", "reward", "seen"} <= set(FIRM.names or ())


@pytest.mark.parametrize("table", ["people", "relations", "accounts", "firms", "lines", "ledger"])
def test_rows_are_aligned(table: str) -> None:
    """Every field lies at a multiple of its size, as compiled code wants it."""
    kind = getattr(empty_world(1, 1, "single"), table).dtype
    for field, offset in (kind.fields[name] for name in kind.names):
        assert offset % field.alignment == 0


def test_a_row_is_the_tables_own() -> None:
    """What is written into a row stands in the table, and whole numbers stay whole."""
    table = empty_world(2, 3, "single").ledger
    row = Row(table, 1)
    row["customers"] = 7
    row["revenue"] += 2.5
    assert table["customers"].tolist() == [0, 7, 0]
    assert (row["customers"], row["revenue"]) == (7, 2.5)
    assert isinstance(row["customers"], int)
    table["revenue"] = 1.0
    assert row["revenue"] == 1.0


def test_tables_on_top_of_each_other() -> None:
    """Two ledgers of three firms are one table of two rows; nothing of them is lost."""
    first, second = np.zeros(3, LEDGER), np.zeros(3, LEDGER)
    first["customers"], second["revenue"] = [1, 2, 3], 0.5
    both = stacked([first, second])
    assert both.dtype == LEDGER
    assert both["customers"].tolist() == [[1, 2, 3], [0, 0, 0]]
    assert both["revenue"].tolist() == [[0, 0, 0], [0.5, 0.5, 0.5]]

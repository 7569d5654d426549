"""What became of leads, beside what was published."""

import pytest

from sim.market.run import run
from sim.views.pipeline import PUBLISHED, manager_table, measured, pipeline_text
from sim.views.summary import run_text

SMALL = {
    "setting": "b2b",
    "population": {"size": 60},
    "warm_up": 6,
    "horizon": 12,
    "firms": {"acme": {"managers": {"people": {"anna": {}, "ben": {}}}}, "bolt": {}},
}


def test_what_came_out_stands_beside_what_was_published() -> None:
    """Sums over sums of all firms; the text names both; managers stand in a table."""
    lived = run(SMALL)
    ledger = lived.market.history.ledger()[6:]
    share = ledger["opportunities"].sum() / ledger["leads_closed"].sum()
    found = measured(lived)
    assert found["leads that became opportunities"] == pytest.approx(share)
    assert list(found) == list(PUBLISHED)
    assert "published" in run_text(lived)
    table = manager_table(lived)
    assert table["manager"].tolist() == ["anna", "ben"]
    assert table["accounts"].sum() > 0
    assert (table["revenue_at_risk"] > 0).all()


def test_elsewhere_there_is_no_pipeline() -> None:
    """Nothing is printed of it in a subscription market."""
    plain = {key: value for key, value in SMALL.items() if key not in ("setting", "firms")}
    assert not list(pipeline_text(run({**plain, "firms": {"acme": {}}})))

"""What the reference is: an ordinary Mesa model."""

import mesa
import pytest

from sim.scenario.loading import scenario_from
from tests.market.worlds import ALONE, LIKE, Data, made
from tests.reference.customer import Customer
from tests.reference.firm import Firm
from tests.reference.luck import InSequence
from tests.reference.model import Reference


def test_one_agent_is_one_customer() -> None:
    """A market of 80 people and three firms has 83 Mesa agents, and a buyer in the first month."""
    reference = Reference(made(LIKE).case)
    assert len(reference.agents) == 83
    assert len(reference.agents_by_type[Customer]) == 80
    assert len(reference.agents_by_type[Firm]) == 3
    reference.step()
    assert sum(firm.ledger.purchases for firm in reference.firms) > 0


def test_one_person_pays_twenty() -> None:
    """One person and one firm: every month a purchase of 20, at a cost of 10 and 2."""
    reference = Reference(made(ALONE).case)
    reference.run_model()
    (firm,) = reference.firms
    assert [ledger.revenue for ledger in firm.history] == [20.0] * 12
    assert firm.history[-1].profit == pytest.approx(8.0)


def test_other_numbers_will_do() -> None:
    """The reference lives on whatever numbers it is handed."""
    reference = Reference(made(LIKE).case, luck=InSequence(3))
    assert 0 < sum(firm.ledger.customers for firm in reference.run_model().firms) <= 80


def test_what_is_not_lived_is_refused() -> None:
    """A firm with staff is no scenario for the reference, which says so."""
    staffed = made(LIKE, {"firms": {"bolt": {"staff": {}}}}).case
    with pytest.raises(ValueError, match=r"firms\.bolt\.staff: must be null in the reference"):
        Reference(staffed)


def test_mesa_runs_it_in_batches() -> None:
    """Mesa's own batch runner lives it twice, under two seeds, to its horizon."""
    rows = mesa.batch_run(
        Reference,
        parameters={"scenario": [made(LIKE).case]},
        rng=[1, 2],
        number_processes=1,
        data_collection_period=-1,
        display_progress=False,
    )
    assert [row["Step"] for row in rows] == [8, 8]
    assert rows[0]["acme.revenue"] != rows[1]["acme.revenue"]


@pytest.mark.parametrize("section", ["suppliers", "distributors", "agencies", "investors"])
def test_partners_are_refused(section: str) -> None:
    """The reference has none, and says so before it lives a month."""
    case = scenario_from({"firms": {"acme": {}}, section: {"mill": {"to": "acme"}}})
    with pytest.raises(ValueError, match=f"{section}: must be none in the reference, are mill"):
        Reference(case)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"firms": {"acme": {"direct": 0.5}}}, r"firms\.acme\.direct: must be 1 .*, is 0\.5"),
        (
            {"firms": {"acme": {}}, "interventions": [{"set": {"direct": 0.5}}]},
            "interventions: must not change `direct`",
        ),
    ],
)
def test_empty_shelves_are_refused(change: Data, words: str) -> None:
    """In the reference every product is there, so nobody may take one away."""
    with pytest.raises(ValueError, match=words):
        Reference(scenario_from(change))

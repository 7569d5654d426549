"""Customers: columns inside, nouns outside, and an agent set that Mesa recognises."""

import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet

from sim.market.compile import as_records
from sim.market.context import is_customer
from sim.market.customers import Customer, columns, customers_of
from sim.market.state import PRESENT
from tests.market.worlds import LIKE, Data, lived, made, stepped

GROUPED: Data = {"groups": {"young": {"share": 0.4}}, "population": {"size": 200}}


def test_columns_are_arrays() -> None:
    """What people are to firms is (customers, firms) float32; a trait is (customers,)."""
    customers = stepped(made(LIKE, {"customers": {"exit": 0}}), 3).customers
    assert customers.trust.shape == (80, 3)
    assert customers.trust.dtype == np.float32
    assert customers.basket.shape == (80,)
    assert customers.profit.dtype == np.float64
    assert np.array_equal(customers.get("trust"), customers.trust)


def test_a_customer_reads_like_an_agent() -> None:
    """A person has numbers of its own, and by firm what it is to each."""
    market = stepped(made(LIKE, {"customers": {"exit": 0}}), 3)
    customer = market.customers[17]
    row = market.world.relations[17]
    assert customer.unique_id == customer.number == 17
    assert customer.price_sensitivity == market.world.people["price_sensitivity"][17]
    assert customer.trust == dict(zip(LIKE["firms"], row["trust"].tolist(), strict=True))
    assert set(customer.profit) == set(LIKE["firms"])
    assert customer.provider in {*LIKE["firms"], None}
    assert repr(customer) == "<Customer 17>"


def test_providers_by_name() -> None:
    """The provider is a firm's name, or nothing."""
    market = made(LIKE)
    market.world.people["provider"][:2] = [-1, 2]
    assert [market.customers[i].provider for i in range(2)] == [None, "cora"]


def test_a_customer_who_has_left_raises() -> None:
    """A view stays this person: once gone it says so, and who takes the place is another."""
    market = made(LIKE, {"customers": {"exit": 3.0}})
    first = market.customers[0]
    stepped(market, 3)
    with pytest.raises(LookupError, match=r"^'?customer 0 has left the market; take another"):
        first.trust  # noqa: B018
    assert market.customers[0] != first
    assert market.customers[0].number >= 80


def test_unknown_columns_are_named() -> None:
    """A misspelt column ends in a sentence with what there is."""
    customers = made(LIKE).customers
    with pytest.raises(AttributeError, match="customers have no 'trsut'; there is number"):
        customers.trsut  # noqa: B018
    with pytest.raises(AttributeError, match="a customer has no 'trsut'; there is number"):
        customers[0].trsut  # noqa: B018
    assert {"number", "trust", "profit"} <= set(columns(customers.model))


def test_select_by_function_or_by_array() -> None:
    """The same people are chosen by a function and by an array of true and false."""
    customers = made(LIKE, GROUPED).customers
    of_group = customers.select(lambda customer: customer.group == 1)
    assert 50 < len(of_group) < 110
    assert np.array_equal(of_group.places, customers.select(customers.group == 1).places)
    assert set(of_group.group.tolist()) == {1}
    assert of_group.trust.shape == (len(of_group), 3)
    assert len(customers.select()) == 200


@pytest.mark.parametrize(("at_most", "count"), [(10, 10), (0.25, 50), (1.0, 200), (1000, 200)])
def test_select_at_most(at_most: float, count: int) -> None:
    """A limit is a number of people, or a share of them."""
    assert len(made(LIKE, GROUPED).customers.select(at_most=at_most)) == count


def test_only_people_present_are_customers() -> None:
    """Who has left is not among them, and its columns leave the place out."""
    market = stepped(made(LIKE, {"population": {"entry": {"closure": "cohort"}}}), 6)
    market.world.people["present"][3] = 0
    there = int((market.world.people["present"] == PRESENT).sum())
    assert len(market.customers) == len(market.customers.number) == there < 80
    assert 3 not in market.customers.number


def test_it_is_an_agent_set() -> None:
    """Mesa's verbs: iteration, membership, do, map; who comes and goes is the scenario's matter."""
    customers = made(LIKE).customers
    assert isinstance(customers, AbstractAgentSet)
    seen: list[int] = []
    customers.do(lambda customer: seen.append(customer.unique_id))
    assert seen == [customer.unique_id for customer in customers] == list(range(80))
    assert customers.map(lambda customer: customer.number) == seen
    assert customers[5] in customers
    assert customers[5] not in customers.select(customers.number < 5)
    assert "somebody" not in customers
    assert len({customers[1], customers[1], customers[2]}) == 2
    assert repr(customers) == "<Customers: 80 people>"
    for refused in (customers.add, customers.discard, customers.remove):
        with pytest.raises(TypeError, match="customers cannot be"):
            refused(customers[0])
    for refused in (customers.shuffle, customers.sort, customers.shuffle_do):
        with pytest.raises(TypeError, match="the order of customers decides nothing"):
            refused()


def test_do_calls_a_method_by_name() -> None:
    """`do` takes the name of a method too."""
    customers = made(LIKE).customers.select(at_most=3)
    assert customers.do("__repr__") is customers


def test_views_are_no_agents_of_the_model() -> None:
    """Looking at a thousand customers leaves the model's agents, the firms, as they are."""
    market = made(LIKE, {"population": {"size": 1000}})
    before = len(market.agents)
    trust = [customer.trust["acme"] for customer in market.customers]
    assert len(trust) == 1000
    assert len(market.agents) == before == 3
    assert not any(isinstance(agent, Customer) for agent in market.agents)


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_customers_are_those_of_the_month(setting: str) -> None:
    """For all at once as for one: whom the month takes for a customer, as many as are booked."""
    market = lived(LIKE, {"setting": setting, "active_months": 2, "customers": {"exit": 0.05}})
    m, w = market.now(), as_records(market.world)
    here: list[int] = np.flatnonzero(w.people["present"] == PRESENT).tolist()
    for f in range(len(market.firms)):
        found = customers_of(market, f)
        one_by_one = [i for i in here if is_customer(m, w, i, f)]
        assert np.flatnonzero(found).tolist() == one_by_one
        assert 0 < found.sum() == market.history.last["customers"][f]

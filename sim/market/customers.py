"""Customers: columns inside, nouns outside.

``market.customers.trust`` is an array (customers, firms); ``market.customers[17]`` is a person who
reads like a Mesa agent; ``market.customers.select(...)`` is the verb of an agent set.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from mesa.agentset import AbstractAgentSet

from sim.market.state import NO_FIRM, PRESENT

if TYPE_CHECKING:
    from sim.market.model import Market

Rows = npt.NDArray[np.int64]


class Customer:
    """One person, seen from outside. It stays this person: once the person has left, it raises.

    Attributes of a person are numbers (``customer.price_sensitivity``); what a person is to each
    firm is a dictionary by firm (``customer.trust["acme"]``).
    """

    __slots__ = ("model", "place", "unique_id")

    def __init__(self, model: "Market", place: int) -> None:
        self.model = model
        self.place = place
        self.unique_id = int(model.world.people["number"][place])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        w = self.model.world
        person = w.people[self.place]
        if person["number"] != self.unique_id or person["present"] != PRESENT:
            raise LookupError(
                f"customer {self.unique_id} has left the market; take another from customers"
            )
        if name in (w.people.dtype.names or ()):
            return person[name].item()
        for table in (w.relations, w.accounts):
            if name in (table.dtype.names or ()):
                by_firm = table[self.place][name].tolist()
                return dict(zip(self.model.spec.firms, by_firm, strict=True))
        known = ", ".join(columns(self.model))
        raise AttributeError(f"a customer has no {name!r}; there is {known}")

    @property
    def provider(self) -> str | None:
        """Name of the present provider (subscription) or of the firm last bought from."""
        position = int(self.model.world.people["provider"][self.place])
        return None if position == NO_FIRM else list(self.model.spec.firms)[position]

    def __repr__(self) -> str:
        return f"<Customer {self.unique_id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Customer) and self.unique_id == other.unique_id

    def __hash__(self) -> int:
        return hash(self.unique_id)


def customers_of(market: "Market", firm: int) -> npt.NDArray[np.bool_]:
    """(people,) whether each place holds a customer of a firm (its position), after the last step.

    The same as ``context.is_customer`` says of one person before the next step, for all at once.
    """
    people, relations = market.world.people, market.world.relations[:, firm]
    here = people["present"] == PRESENT
    if market.spec.has_contracts:
        return np.asarray(here & (people["provider"] == firm))
    if market.world.dealings.size:
        here &= market.world.dealings["stopped"][:, firm] == 0
    since = market.clock - relations["last"].astype(np.int64)
    return np.asarray(here & (relations["purchases"] > 0) & (since <= market.window))


def columns(market: "Market") -> list[str]:
    """Names of everything that is known of a customer."""
    w = market.world
    return [n for t in (w.people, w.relations, w.accounts) for n in (t.dtype.names or ())]


class Customers(AbstractAgentSet):
    """The people present, or some of them."""

    def __init__(self, model: "Market", places: Iterable[int] | None = None) -> None:
        self.model = model
        here = model.world.people["present"] == PRESENT
        self.places: Rows = (
            np.flatnonzero(here) if places is None else np.fromiter(places, np.int64)
        )
        self.random = model.random

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Customer]:
        return (Customer(self.model, int(place)) for place in self.places)

    def __contains__(self, customer: object) -> bool:
        return isinstance(customer, Customer) and customer.place in self.places

    def __getitem__(self, position: int) -> Customer:
        return Customer(self.model, int(self.places[position]))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("model", "places"):
            raise AttributeError(name)
        w = self.model.world
        for table in (w.people, w.relations, w.accounts):
            if name in (table.dtype.names or ()):
                column = table[name]
                everybody = len(self.places) == len(column)
                return column if everybody else column[self.places]
        raise AttributeError(
            f"customers have no {name!r}; there is {', '.join(columns(self.model))}"
        )

    def __repr__(self) -> str:
        return f"<Customers: {len(self)} people>"

    def select(
        self,
        filter_func: Callable[[Customer], bool] | npt.NDArray[np.bool_] | None = None,
        at_most: float = float("inf"),
        **_: Any,
    ) -> "Customers":
        """Return those for whom a function says yes, or where a (customers,) array is true."""
        if isinstance(filter_func, np.ndarray):
            chosen = self.places[filter_func]
        elif filter_func is None:
            chosen = self.places
        else:
            chosen = np.array([c.place for c in self if filter_func(c)], np.int64)
        limit = int(len(self) * at_most) if at_most <= 1.0 else at_most
        return Customers(self.model, chosen[: int(min(limit, len(chosen)))])

    def _update(self, agents: Iterable[Customer]) -> "Customers":
        self.places = np.array([customer.place for customer in agents], np.int64)
        return self

    def get(self, attr_names: str, *_: Any, **__: Any) -> Any:
        """Column of this name, (customers,) or (customers, firms)."""
        return getattr(self, attr_names)

    def add(self, agent: Customer) -> None:
        """Refuse: people enter by the scenario's entry."""
        raise TypeError("customers cannot be added; see population.entry of the scenario")

    def discard(self, agent: Customer) -> None:
        """Refuse: people leave by the rules of leaving."""
        raise TypeError("customers cannot be removed; use select(...) for a part of them")

    remove = discard

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "Customers":
        """Call a function with every customer."""
        for customer in self:
            method(customer, *args, **kwargs) if callable(method) else getattr(customer, method)(
                *args, **kwargs
            )
        return self

    def map(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a function says of every customer."""
        return [method(customer, *args, **kwargs) for customer in self]

    def shuffle(self, inplace: bool = False) -> "Customers":
        """Refuse: order decides nothing here."""
        raise TypeError("the order of customers decides nothing; use select(at_most=...)")

    sort = shuffle_do = shuffle

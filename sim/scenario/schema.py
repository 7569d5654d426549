"""The scenario: what a file may say, built from the declarations of rules and instruments."""

import math
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BeforeValidator, Field, create_model

from sim.behaviour.parameter import Parameter, declared, neutral, share_lost
from sim.behaviour.rules import MECHANISMS, Rules
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.comparing import Compare
from sim.scenario.fields import Name, Specification, declare
from sim.scenario.interventions import Intervention
from sim.scenario.investors import Investor
from sim.scenario.offers import MOST_FIRMS, Costs, Firm
from sim.scenario.partners import MOST_PARTNERS, Agency, Distributor, Supplier
from sim.scenario.traits import Customers
from sim.scenario.world import Group, Overrides, Population, Record, Start

WEEKS_PER_MONTH = 52 / 12


class HalfLife(Specification):
    """A share lost a month, said by the time in which half is lost."""

    half_life_months: float = declare("months in which half is lost", unit="months", gt=0, le=1e6)


def model_of(declaration: type[Any], name: str) -> type[Specification]:
    """Turn a declared NamedTuple into a strict model of the same fields and ranges."""
    hints = get_type_hints(declaration)
    fields: dict[str, Any] = {}
    for field, parameter in declared(declaration).items():
        default = declaration._field_defaults[field]
        fields[field] = field_of(hints[field], parameter, default)
    return create_model(name, __base__=Specification, __doc__=declaration.__doc__, **fields)


def field_of(kind: type[Any], parameter: Parameter, default: Any) -> tuple[Any, Any]:
    """One field of such a model."""
    extra: dict[str, Any] = {"unit": parameter.unit, "source": parameter.source}
    if parameter.repertoire is not None:
        extra["default in repertoire"] = worded(parameter.repertoire)
    field = Field(worded(default), description=parameter.meaning, json_schema_extra=extra)
    ranged: Any = kind
    if kind is not bool:
        ranged = Annotated[kind, Field(ge=parameter.low, le=parameter.high)]
    if parameter.nothing:
        ranged = ranged | Literal["none"]
    return (ranged | HalfLife if parameter.half_life else ranged), field


def worded(value: Any) -> Any:
    """Minus infinity is written `none` in a scenario."""
    return "none" if value == -math.inf else value


def number(value: Any) -> Any:
    """The number that a value of a scenario stands for."""
    if isinstance(value, HalfLife):
        return share_lost(value.half_life_months)
    return -math.inf if value == "none" else value


def tuples_of(section: Any, declarations: dict[str, type[Any]]) -> dict[str, Any]:
    """A section's models turned back into the NamedTuples they were built from."""
    return {
        name: declaration(**{f: number(v) for f, v in getattr(section, name)})
        for name, declaration in declarations.items()
    }


def off_is_neutral(declaration: type[Any]) -> BeforeValidator:
    """`off` is the mechanism with every parameter at its neutral value."""
    silent = {name: worded(value) for name, value in neutral(declaration)._asdict().items()}
    return BeforeValidator(lambda value: silent if value == "off" else value)


def section(declarations: dict[str, type[Any]], name: str, doc: str, switch: bool) -> Any:
    """A section of the scenario with one key per declaration."""
    fields: dict[str, Any] = {}
    for key, declaration in declarations.items():
        model: Any = model_of(declaration, declaration.__name__ + name[:-1])
        default = model()
        if switch:
            model = Annotated[model, off_is_neutral(declaration)]
        first_line = (declaration.__doc__ or "").strip().splitlines()[0]
        fields[key] = (model, declare(first_line, default, source="see its fields"))
    return create_model(name, __base__=Specification, __doc__=doc, **fields)


Mechanisms = section(
    MECHANISMS, "Mechanisms", "How people act; each may be `off`, which is exactly neutral.", True
)
Instruments = section(
    {name: instrument.parameters for name, instrument in INSTRUMENTS.items()},
    "Instruments",
    "How the instruments of all firms answer to money.",
    False,
)


class Scenario(Specification):
    """A market that can be run: everything that decides its numbers."""

    title: str = declare("what the scenario is about", "")
    setting: Literal["subscription", "repertoire", "b2b"] = declare(
        "subscription: one provider at a time, churn is seen; repertoire: several firms, purchase "
        "occasions arrive at random, customers drift away silently; b2b: business accounts, one "
        "provider at a time, who are won through a pipeline",
        "subscription",
    )
    step: Literal["month", "week"] = declare("length of a step; a month is 52/12 weeks", "month")
    warm_up: int = declare(
        "steps before month 0, booked nowhere", 60, unit="steps", ge=0, le=10_000
    )
    horizon: int = declare("steps that are booked", 120, unit="steps", ge=1, le=20_000)
    billing_months: int = declare(
        "length of a contract (subscription, b2b); price and goods are per month",
        1,
        unit="months",
        ge=1,
        le=120,
    )
    seed: int = declare("seed of all luck", 1, unit="number", source="a choice", ge=0, le=2**63 - 1)
    currency: str = declare("unit of money, for labels", "EUR")
    precision: Literal["single", "double"] = declare("storage of traits and memory", "single")
    discount_rate: float = declare(
        "discount of money per month; the first booked month is not discounted",
        0.01,
        unit="share per month",
        ge=0,
        le=1,
    )
    active_months: int = declare(
        "repertoire: months within which a buyer counts as active", 12, unit="months", ge=1, le=60
    )
    population: Population = declare("people and places", Population())
    customers: Customers = declare("what people are like", Customers())
    groups: dict[Name, Group] = declare("named shares of the people with traits of their own", {})
    start: Start = declare("how the market stands before its first step", Start())
    mechanisms: Mechanisms = declare("how people act", Mechanisms())  # type: ignore[valid-type]
    instruments: Instruments = declare(  # type: ignore[valid-type]
        "how instruments answer to money", Instruments()
    )
    firms: dict[Name, Firm] = declare("the sellers", min_length=1, max_length=MOST_FIRMS)
    suppliers: dict[Name, Supplier] = declare(
        "who makes parts of the products of firms", {}, max_length=MOST_PARTNERS
    )
    distributors: dict[Name, Distributor] = declare(
        "who sells for firms to a share of the people", {}, max_length=MOST_PARTNERS
    )
    agencies: dict[Name, Agency] = declare(
        "who makes the campaigns of firms", {}, max_length=MOST_FIRMS
    )
    investors: dict[Name, Investor] = declare("who lends to firms", {}, max_length=MOST_FIRMS)
    switching_costs: Costs = declare(
        "utility lost by going from one firm (or `none`) to another; `never`: impossible", {}
    )
    interventions: tuple[Intervention, ...] = declare(
        "what is done to the market from outside, at dates, without cost or mechanism", ()
    )
    policies: dict[Name, Overrides] = declare(
        "what `sim compare` sets against each other: overrides by path; the first is the baseline",
        {},
    )
    compare: Compare = declare("how `sim compare` compares", Compare())
    record: Record = declare("what is kept", Record())

    @property
    def months(self) -> float:
        """Length of a step in months."""
        return 1.0 if self.step == "month" else 1.0 / WEEKS_PER_MONTH

    @property
    def has_contracts(self) -> bool:
        """Whether people have one provider at a time, for as long as a contract runs."""
        return self.setting != "repertoire"

    @property
    def rules(self) -> Rules:
        """The mechanisms' parameters per month, as the month's rules take them."""
        return Rules(**tuples_of(self.mechanisms, MECHANISMS))

    @property
    def responses(self) -> dict[str, Any]:
        """The parameters of each instrument's response, by its name."""
        return tuples_of(self.instruments, {n: i.parameters for n, i in INSTRUMENTS.items()})

    @property
    def focal(self) -> str:
        """Name of the firm that comparisons are about."""
        return self.compare.focal or next(iter(self.firms))

"""The scenario: what a file may say, built from the declarations of rules and instruments."""

import math
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BeforeValidator, Field, create_model, model_validator

from sim.behaviour.parameter import Parameter, declared, neutral
from sim.behaviour.rules import MECHANISMS, Rules
from sim.policy.instruments import INSTRUMENTS
from sim.policy.targets import NAMES
from sim.scenario.fields import Specification, declare
from sim.scenario.traits import Customers, Dirichlet
from sim.scenario.world import (
    MOST_FIRMS,
    Compare,
    Costs,
    CustomerOf,
    Firm,
    Group,
    Name,
    Overrides,
    Policy,
    Population,
    Record,
    Start,
    refuse,
)

WEEKS_PER_MONTH = 52 / 12


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
    extra = {"unit": parameter.unit, "source": parameter.source}
    if parameter.repertoire is not None:
        extra["default in repertoire"] = worded(parameter.repertoire)
    limits = {} if kind is bool else {"ge": parameter.low, "le": parameter.high}
    field = Field(worded(default), description=parameter.meaning, json_schema_extra=extra)
    ranged: Any = Annotated[kind, Field(**limits)] if limits else kind  # type: ignore[arg-type]
    return (ranged | Literal["none"] if parameter.nothing else ranged), field


def worded(value: Any) -> Any:
    """Minus infinity is written `none` in a scenario."""
    return "none" if value == -math.inf else value


def number(value: Any) -> Any:
    """The reverse of :func:`worded`."""
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
    setting: Literal["subscription", "repertoire"] = declare(
        "subscription: one provider at a time, churn is seen; repertoire: several firms, purchase "
        "occasions arrive at random, customers drift away silently",
        "subscription",
    )
    step: Literal["month", "week"] = declare("length of a step; a month is 52/12 weeks", "month")
    warm_up: int = declare(
        "steps before month 0, booked nowhere", 60, unit="steps", ge=0, le=10_000
    )
    horizon: int = declare("steps that are booked", 120, unit="steps", ge=1, le=20_000)
    billing_months: int = declare(
        "length of a contract (subscription); price and goods are per month", 1, ge=1, le=120
    )
    seed: int = declare("seed of all luck", 1, ge=0, le=2**63 - 1)
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
    switching_costs: Costs = declare(
        "utility lost by going from one firm (or `none`) to another; `never`: impossible", {}
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

    @model_validator(mode="after")
    def _names_exist(self) -> "Scenario":
        for where, name in self._firm_names():
            if name not in self.firms:
                raise refuse(
                    f"{where} names the firm {name!r}, which is not among the firms",
                    f"use one of {', '.join(self.firms)}",
                )
        return self

    def _firm_names(self) -> list[tuple[str, str]]:
        """Every mention of a firm outside ``firms``."""
        found = [("compare.focal", self.focal)]
        arrival = getattr(self.population.entry, "on_arrival", None)
        if isinstance(arrival, CustomerOf):
            found.append(("population.entry.on_arrival.customer_of", arrival.customer_of))
        if isinstance(self.start.customers, dict):
            found += [("start.customers", name) for name in self.start.customers]
        for origin, costs in self.switching_costs.items():
            found += [("switching_costs", name) for name in (origin, *costs) if name != "none"]
        for where, customers in self._characters():
            if isinstance(customers.taste, Dirichlet):
                found += [(f"{where}.taste.strengths", name) for name in customers.taste.strengths]
        return found

    @model_validator(mode="after")
    def _policies_use_what_exists(self) -> "Scenario":
        for name, firm in self.firms.items():
            check_policy(f"firms.{name}.policy", firm.policy, self.setting, tuple(self.groups))
        return self

    @model_validator(mode="after")
    def _traits_suit_the_setting(self) -> "Scenario":
        forms = set()
        for where, customers in self._characters():
            exit = customers.exit
            forms.add(getattr(exit, "after", "time"))
            if self.setting == "repertoire" and getattr(exit, "after", "") == "period":
                raise refuse(
                    f"{where}.exit.after must not be 'period' in a repertoire market, which has "
                    "no billing periods",
                    "use after: purchase, or a rate per month",
                )
        if len(forms) > 1:
            raise refuse(
                "customers.exit must have one form for all groups, they have several",
                "use rates everywhere, or chances after the same moment",
            )
        shapes = {getattr(customers.basket, "p", 0.0) for _, customers in self._characters()}
        if len(shapes) > 1:
            raise refuse(
                "customers.basket must have one gamma_gamma shape p for all groups",
                "give all groups the same p, or none",
            )
        return self

    def _characters(self) -> list[tuple[str, Customers]]:
        """The traits of all customers and of each group, with their path."""
        groups = [(f"groups.{n}.customers", g.customers) for n, g in self.groups.items()]
        return [("customers", self.customers), *groups]

    @model_validator(mode="after")
    def _shares_fit(self) -> "Scenario":
        taken = sum(group.share for group in self.groups.values())
        if taken > 1.0 + 1e-9:
            raise refuse(
                f"the shares of the groups must not exceed 1, they add up to {taken:g}",
                "lower a share; what is left belongs to no group",
            )
        held = self.start.customers
        if isinstance(held, dict) and (
            min(held.values(), default=0.0) < 0 or sum(held.values()) > 1.0 + 1e-9
        ):
            raise refuse(
                f"the shares of start.customers must lie in 0 to 1 together, they are {held}",
                "lower a share; what is left is nobody's customer",
            )
        return self

    @model_validator(mode="after")
    def _kept_within_the_horizon(self) -> "Scenario":
        beyond = [month for month in self.record.customers_at if not 0 <= month < self.horizon]
        if beyond:
            raise refuse(
                f"record.customers_at must lie in 0 to {self.horizon - 1}, has {beyond[0]}",
                "leave out steps beyond the horizon",
            )
        return self


def check_policy(where: str, policy: Policy, setting: str, groups: tuple[str, ...]) -> None:
    """Refuse instruments and targets that do not exist, or not in this setting."""
    for name in (*policy.split, *policy.targets):
        if name not in INSTRUMENTS:
            raise refuse(
                f"{where} names the instrument {name!r}, which does not exist",
                f"use one of {', '.join(INSTRUMENTS)}",
            )
        if setting not in INSTRUMENTS[name].settings and policy.split.get(name, 0.0) > 0.0:
            raise refuse(
                f"{where} spends on {name!r}, which does not exist in a {setting} market",
                f"spend on one of {', '.join(available(setting))}",
            )
    for name, target in policy.targets.items():
        possible = INSTRUMENTS[name].targets
        named = groups if "a named group" in possible else ()
        choices = (*(t for t in possible if t in NAMES), *named)
        if target not in choices:
            raise refuse(
                f"{where}.targets aims {name!r} at {target!r}, which is no target of it",
                f"use one of {', '.join(choices) or 'none: it has no choice'}",
            )


def available(setting: str) -> list[str]:
    """Names of the instruments that exist in a setting."""
    return [name for name, instrument in INSTRUMENTS.items() if setting in instrument.settings]

"""The distributions that a trait of customers may have.

Wherever a distribution is asked for, a plain number is the same as ``{distribution: fixed}``.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.fields import Specification, declare


class Fixed(Specification):
    """The same value for everybody."""

    distribution: Literal["fixed"] = "fixed"
    value: float = declare("the value", unit="that of the trait", ge=-1e6, le=1e6)


class FixedAmount(Fixed):
    """The same value for everybody, not below 0."""

    value: float = declare("the value", unit="that of the trait", ge=0, le=1e9)


class FixedShare(Fixed):
    """The same share for everybody."""

    value: float = declare("the value", unit="that of the trait", ge=0, le=1)


class Gamma(Specification):
    """Gamma, by its shape and its mean."""

    distribution: Literal["gamma"] = "gamma"
    shape: float = declare("shape; 1 is exponential", unit="shape", ge=1e-6, le=1e6)
    mean: float = declare("mean", unit="that of the trait", ge=0, le=1e9)


class Lognormal(Specification):
    """Lognormal, by its mean and the standard deviation of its logarithm."""

    distribution: Literal["lognormal"] = "lognormal"
    mean: float = declare("mean (not the median)", unit="that of the trait", gt=0, le=1e9)
    log_sd: float = declare(
        "standard deviation of the logarithm", unit="log of the unit", ge=0, le=5
    )


class Beta(Specification):
    """Beta, between 0 and 1."""

    distribution: Literal["beta"] = "beta"
    a: float = declare("first shape", unit="shape", ge=1e-6, le=1e6)
    b: float = declare("second shape", unit="shape", ge=1e-6, le=1e6)


class Normal(Specification):
    """Normal."""

    distribution: Literal["normal"] = "normal"
    mean: float = declare("mean", 0.0, unit="that of the trait", ge=-1e6, le=1e6)
    sd: float = declare("standard deviation", unit="that of the trait", ge=0, le=1e6)


class GammaGamma(Specification):
    """Baskets that vary from purchase to purchase: Gamma(p) / ν, with ν gamma over people."""

    distribution: Literal["gamma_gamma"] = "gamma_gamma"
    p: float = declare("shape of one purchase", unit="shape", ge=1e-6, le=1e6)
    q: float = declare(
        "shape over people; the mean is p · scale / (q − 1)", unit="shape", gt=1, le=1e6
    )
    scale: float = declare("scale over people", unit="units", gt=0, le=1e9)


class Dirichlet(Specification):
    """Tastes of the Dirichlet model of brand choice (Goodhardt, Ehrenberg & Chatfield 1984)."""

    distribution: Literal["dirichlet"] = "dirichlet"
    strengths: dict[
        str, Annotated[float, declare("strength of a firm", unit="strength", ge=1e-6, le=1e6)]
    ] = declare(
        "strength of each firm; shares are in proportion, their sum is the loyalty of tastes",
        unit="strength",
        source="Goodhardt, Ehrenberg & Chatfield 1984",
    )


class ExitHazard(Specification):
    """Leaving at a constant rate, gamma over people (Pareto/NBD)."""

    distribution: Literal["gamma"] = "gamma"
    shape: float = declare("shape", unit="shape", ge=1e-6, le=1e6)
    mean: float = declare("mean rate of leaving", unit="per month", ge=0, le=100)
    per: Literal["month", "week"] = declare(
        "time in which the mean is counted", "month", unit="unit of time"
    )


class ExitRate(Specification):
    """Leaving at one constant rate."""

    distribution: Literal["fixed"] = "fixed"
    value: float = declare("rate of leaving", unit="per month", ge=0, le=100)
    per: Literal["month", "week"] = declare(
        "time in which the value is counted", "month", unit="unit of time"
    )


class ExitChance(Specification):
    """Leaving with a chance at certain moments, beta over people (sBG, BG/NBD)."""

    distribution: Literal["beta"] = "beta"
    a: float = declare("first shape", unit="shape", ge=1e-6, le=1e6)
    b: float = declare("second shape", unit="shape", ge=1e-6, le=1e6)
    after: Literal["period", "purchase"] = declare(
        "the moment that carries the chance: the end of each billing period (sBG), or each repeat "
        "purchase, never the first (BG/NBD)",
        source="Fader & Hardie 2007; Fader, Hardie & Lee 2005",
    )


class NeedGamma(Specification):
    """Needs at a rate that is gamma over people (NBD)."""

    distribution: Literal["gamma"] = "gamma"
    shape: float = declare("shape; 1 is exponential", unit="shape", ge=1e-6, le=1e6)
    mean: float = declare("mean rate", unit="purchase occasions per month", ge=0, le=500)
    per: Literal["month", "week"] = declare(
        "time in which the mean is counted", "month", unit="unit of time"
    )


class NeedRate(Specification):
    """Needs at one rate for everybody."""

    distribution: Literal["fixed"] = "fixed"
    value: float = declare("rate", unit="purchase occasions per month", ge=0, le=500)
    per: Literal["month", "week"] = declare(
        "time in which the value is counted", "month", unit="unit of time"
    )


class NeedLognormal(Specification):
    """Needs at a rate that is lognormal over people."""

    distribution: Literal["lognormal"] = "lognormal"
    mean: float = declare("mean rate", unit="purchase occasions per month", gt=0, le=500)
    log_sd: float = declare(
        "standard deviation of the logarithm", unit="log of the unit", ge=0, le=5
    )
    per: Literal["month", "week"] = declare(
        "time in which the mean is counted", "month", unit="unit of time"
    )


def number_is_fixed(value: Any) -> Any:
    """Read a plain number as a fixed trait."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"distribution": "fixed", "value": value}
    return value


PLAIN = BeforeValidator(number_is_fixed)
KIND = Discriminator("distribution")
"""Distributions of a trait are told apart by the key ``distribution``."""

Positive = Annotated[FixedAmount | Gamma | Lognormal, KIND, PLAIN]
Basket = Annotated[FixedAmount | Gamma | Lognormal | GammaGamma, KIND, PLAIN]
Share = Annotated[FixedShare | Beta, KIND, PLAIN]
Real = Annotated[Fixed | Normal, KIND, PLAIN]
Taste = Annotated[Fixed | Normal | Dirichlet, KIND, PLAIN]
Needs = Annotated[NeedRate | NeedGamma | NeedLognormal, KIND, PLAIN]
Exit = Annotated[ExitRate | ExitHazard | ExitChance, KIND, PLAIN]


class Customers(Specification):
    """What people are like: the distributions of their traits, drawn once on arrival."""

    needs: Needs = declare(
        "purchase occasions (repertoire)",
        NeedGamma(shape=1.0, mean=1.0),
        unit="per month",
        source="NBD: Ehrenberg 1959",
    )
    basket: Basket = declare(
        "units at a purchase",
        Lognormal(mean=1.0, log_sd=1.0),
        unit="units",
        source="fitted to a revenue share of the top fifth of .59 in subscription "
        "(McCarthy & Winer 2018); repertoire assumed",
    )
    taste: Taste = declare(
        "lasting liking of each firm", Normal(mean=0.0, sd=1.0), unit="utility", source="assumed"
    )
    fit: Real = declare(
        "lasting fit of a firm with a person", Normal(mean=0.0, sd=0.08), unit="quality"
    )
    price_sensitivity: Positive = declare(
        "weight of price in choice",
        Lognormal(mean=4.5, log_sd=0.4),
        unit="utility per log of price",
        source="fitted to a price elasticity of -2.62 (Bijmolt, van Heerde & Pieters 2005)",
    )
    orientation: Share = declare(
        "relational orientation: how readily a person commits", Beta(a=2.0, b=2.0), unit="0 to 1"
    )
    talkativeness: Positive = declare(
        "factor on how much a person tells", Lognormal(mean=1.0, log_sd=0.6), unit="factor"
    )
    expectation: Real = declare(
        "expectation of each firm on arrival, cut to 0 and 1",
        Normal(mean=0.65, sd=0.08),
        unit="quality",
    )
    exit: Exit = declare(
        "leaving the category for good",
        ExitHazard(shape=2.0, mean=0.006),
        unit="per month",
        source="assumed; form Schmittlein, Morrison & Colombo 1987",
    )
    season: tuple[Annotated[float, declare("factor", ge=0, le=10)], ...] = declare(
        "factor on needs in each of the twelve months of a year", (1.0,) * 12, unit="factor"
    )

    @model_validator(mode="after")
    def _season_is_a_year(self) -> "Customers":
        if len(self.season) != 12:
            raise PydanticCustomError(
                "season",
                "{rule}",
                {
                    "rule": f"season must have 12 factors, one a month, has {len(self.season)}",
                    "remedy": "write twelve numbers, or leave season out",
                },
            )
        return self

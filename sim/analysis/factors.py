"""What a verdict is challenged with: five factors, each at the two ends of its range."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.scenario.schema import Scenario
from sim.scenario.traits import Customers, Exit, ExitChance, ExitHazard

Data = dict[str, Any]
LAG, FRACTION = 3, 1.0
"""Rivals match after so many months, wholly (assumed; the sharpest answer a rival may give)."""
CEILINGS = (0.4, 0.8)
"""Of service: the cautious value, and as far above the default of .6 (assumed)."""


class End(NamedTuple):
    """One end of a factor.

    Attributes:
        value: what it is, in words that can follow "with".
        short: the same beside a bar.
        changes: the overrides that bring a scenario there.
    """

    value: str
    short: str
    changes: Callable[[Scenario], Data]


class Factor(NamedTuple):
    """Something that nobody knows for sure and that may turn a verdict.

    Attributes:
        name: in words.
        ends: both ends of its range.
        missing: why a scenario cannot be changed in this; empty if it can.
    """

    name: str
    ends: tuple[End, End]
    missing: Callable[[Scenario], str]


# ── rivals ────────────────────────────────────────────────────────────────────────────────────


def reacting(**reaction: Any) -> Callable[[Scenario], Data]:
    """All firms but the focal one react in this way."""
    return lambda spec: {
        f"firms.{name}.reaction": dict(reaction) for name in spec.firms if name != spec.focal
    }


def no_rivals(spec: Scenario) -> str:
    """A monopolist has nobody who could answer."""
    return "" if len(spec.firms) > 1 else "there are no rivals"


# ── closure ───────────────────────────────────────────────────────────────────────────────────


def replaced(spec: Scenario) -> Data:
    """Every leaver is replaced, by newcomers who begin as they did so far."""
    entry = {"closure": "replace"}
    arrival = spec.population.entry.model_dump(mode="json").get("on_arrival")
    return {"population.entry": entry | ({"on_arrival": arrival} if arrival else {})}


def cohort(spec: Scenario) -> Data:
    """Nobody enters."""
    return {"population.entry": {"closure": "cohort"}}


# ── talk ──────────────────────────────────────────────────────────────────────────────────────

TELLINGS = ("base", "positive_weight", "negative_weight")


def silent(spec: Scenario) -> Data:
    """Nobody tells anything."""
    return {"mechanisms.word_of_mouth": "off"}


def talkative(spec: Scenario) -> Data:
    """Everybody tells twice as much."""
    talk = spec.rules.word_of_mouth
    return {f"mechanisms.word_of_mouth.{name}": 2.0 * getattr(talk, name) for name in TELLINGS}


def no_talk(spec: Scenario) -> str:
    """Twice nothing is nothing."""
    talks = any(getattr(spec.rules.word_of_mouth, name) for name in TELLINGS)
    return "" if talks else "nobody talks in this scenario"


# ── service ───────────────────────────────────────────────────────────────────────────────────


def ceiling(value: float) -> Callable[[Scenario], Data]:
    """Service can fill at most this share of the headroom of quality."""
    return lambda spec: {"instruments.service.ceiling": value}


# ── exits ─────────────────────────────────────────────────────────────────────────────────────


def exits(factor: float) -> Callable[[Scenario], Data]:
    """People leave for good so many times as often, on average; groups too."""

    def changes(spec: Scenario) -> Data:
        groups = {f"groups.{name}.customers": g.customers for name, g in spec.groups.items()}
        everybody: dict[str, Customers] = {"customers": spec.customers, **groups}
        return {f"{path}.exit": times(who.exit, factor) for path, who in everybody.items()}

    return changes


def times(leaving: Exit, factor: float) -> Data:
    """The distribution with so many times its mean.

    A chance keeps a + b, so that people differ as they did; its mean a / (a + b) stays under 1.
    """
    if isinstance(leaving, ExitChance):
        a = factor * leaving.a
        return leaving.model_dump(mode="json") | {"a": a, "b": leaving.a + leaving.b - a}
    name = "mean" if isinstance(leaving, ExitHazard) else "value"
    return leaving.model_dump(mode="json") | {name: factor * getattr(leaving, name)}


def no_exits(spec: Scenario) -> str:
    """Where nobody leaves, nobody leaves twice as often."""
    everybody = [spec.customers, *(group.customers for group in spec.groups.values())]
    rates = [who.exit for who in everybody]
    if all(getattr(rate, "mean", getattr(rate, "value", 1.0)) == 0.0 for rate in rates):
        return "nobody leaves for good in this scenario"
    return ""


def nothing(spec: Scenario) -> str:
    """It can always be changed."""
    return ""


FACTORS = (
    Factor(
        "rivals",
        (
            End("rivals that hold", "hold", reacting(kind="hold")),
            End("rivals that match", "match", reacting(kind="match", lag=LAG, fraction=FRACTION)),
        ),
        no_rivals,
    ),
    Factor(
        "closure",
        (
            End("leavers replaced", "leavers replaced", replaced),
            End("nobody in place of leavers", "nobody new", cohort),
        ),
        nothing,
    ),
    Factor(
        "word of mouth",
        (
            End("no word of mouth", "none", silent),
            End("twice the word of mouth", "twice", talkative),
        ),
        no_talk,
    ),
    Factor(
        "service ceiling",
        (
            End("a service ceiling of 0.4", "0.4", ceiling(CEILINGS[0])),
            End("a service ceiling of 0.8", "0.8", ceiling(CEILINGS[1])),
        ),
        nothing,
    ),
    Factor(
        "exits",
        (
            End("half the exits", "half", exits(0.5)),
            End("twice the exits", "twice", exits(2.0)),
        ),
        no_exits,
    ),
)
"""In the order in which they are tried."""

"""What customers think, as a survey would ask for it: the paths of a satisfaction index.

A survey measures loyalty by three questions: would you choose the firm again, how much dearer might
it become, would you recommend it. The market's customers answer by what they would do: the utility
of their provider before the noise of the moment, the price rise at which it is worth no more than
the best rival, and the messages they would send, blame counted below 0.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.industries.figures import last_month, lived
from sim.behaviour import choice, word_of_mouth
from sim.market.model import Market
from sim.market.state import PRESENT

Values = npt.NDArray[np.float64]


class Answers(NamedTuple):
    """(customers,) answers of those who have a provider, about it."""

    first_expectation: Values
    satisfaction: Values
    trust: Values
    again: Values
    """Utility of the provider."""
    dearer: Values
    """Rise of the price's logarithm that the best rival allows for."""
    recommend: Values
    """Messages a month, blame below 0."""


@cache
def asked(industry: str, replication: int) -> Answers:
    """The answers of all customers at the horizon of a subscription market."""
    market = lived(industry, replication).market
    people = market.world.people
    here = np.flatnonzero((people["present"] == PRESENT) & (people["provider"] >= 0))
    own = (np.arange(here.size), people["provider"][here].astype(np.intp))
    relations = market.world.relations[here]
    worth = utilities(market, people[here], relations)
    rivals = worth.copy()
    rivals[own] = -np.inf
    satisfaction = relations["satisfaction"][own].astype(np.float64)
    return Answers(
        relations["first_expectation"][own].astype(np.float64),
        satisfaction,
        relations["trust"][own].astype(np.float64),
        worth[own],
        (worth[own] - rivals.max(axis=1)) / people["price_sensitivity"][here],
        np.array([recommendation(market, level) for level in satisfaction]),
    )


def utilities(market: Market, people: Any, relations: Any) -> Values:
    """(people, firms) what each firm is worth without inertia, rewards and noise."""
    rules, offers = market.rules, market.spec.firms.values()
    opinion = np.where(
        relations["purchases"] > 0, relations["satisfaction"], relations["expectation"]
    )
    relationship = (
        rules.satisfaction.weight * opinion
        + rules.trust.weight * relations["trust"]
        + rules.commitment.weight * relations["commitment"]
    )
    gaps = [
        choice.price_gap(offer.price, rules.choice.reference_price, rules.choice.linear_price)
        for offer in offers
    ]
    standing = np.array([offer.appeal - offer.friction for offer in offers])
    dear = people["price_sensitivity"][:, None] * np.array(gaps)
    return np.asarray(relations["taste"] + standing + relationship - dear, np.float64)


def recommendation(market: Market, level: float) -> float:
    """Messages a month of a person of average talkativeness, blame below 0."""
    mechanism, reference = market.rules.word_of_mouth, market.rules.satisfaction.reference
    told = word_of_mouth.tellings(level, reference, 1.0, mechanism)
    return told if word_of_mouth.is_praise(level, reference) else -told


def standard(values: Values) -> Values:
    """Values with mean 0 and standard deviation 1."""
    return np.asarray((values - values.mean()) / values.std())


def paths(outcome: Values, *causes: Values) -> Values:
    """Standardised coefficients of a regression of the outcome on its causes."""
    columns = np.column_stack([standard(cause) for cause in causes])
    return np.asarray(np.linalg.lstsq(columns, standard(outcome), rcond=None)[0])


def to_loyalty(industry: str, replication: int) -> Values:
    """Paths to loyalty, the mean of its three questions, from satisfaction and from trust."""
    said = asked(industry, replication)
    loyalty = standard(said.again) + standard(said.dearer) + standard(said.recommend)
    return paths(loyalty, said.satisfaction, said.trust)


def satisfaction_to_loyalty(industry: str, replication: int) -> float:
    """Path from satisfaction to loyalty, beside trust."""
    return float(to_loyalty(industry, replication)[0])


def trust_to_loyalty(industry: str, replication: int) -> float:
    """Path from trust (the survey's image) to loyalty, beside satisfaction."""
    return float(to_loyalty(industry, replication)[1])


def satisfaction_above_trust(industry: str, replication: int) -> float:
    """How much stronger the path from satisfaction to loyalty is than that from trust."""
    from_satisfaction, from_trust = to_loyalty(industry, replication)
    return float(from_satisfaction - from_trust)


def expectation_to_satisfaction(industry: str, replication: int) -> float:
    """Path from what was expected at the beginning to satisfaction, beside trust."""
    said = asked(industry, replication)
    return float(paths(said.satisfaction, said.first_expectation, said.trust)[0])


def satisfaction_with_again(industry: str, replication: int) -> float:
    """Correlation of satisfaction with the wish to choose the firm again."""
    said = asked(industry, replication)
    return float(np.corrcoef(said.satisfaction, said.again)[0, 1])


def satisfaction_with_recommending(industry: str, replication: int) -> float:
    """Correlation of satisfaction with recommending."""
    said = asked(industry, replication)
    return float(np.corrcoef(said.satisfaction, said.recommend)[0, 1])


def trust_with_recommending(industry: str, replication: int) -> float:
    """Correlation of trust with recommending."""
    said = asked(industry, replication)
    return float(np.corrcoef(said.trust, said.recommend)[0, 1])


def talk_of_the_dissatisfied(industry: str, replication: int) -> float:
    """Messages of a dissatisfied customer for each of a satisfied one, in the last month."""
    one = lived(industry, replication)
    told = last_month(one)[["praise", "blame"]].sum()
    level = asked(industry, replication).satisfaction
    dissatisfied = (level < one.market.rules.satisfaction.reference).sum()
    return float((told["blame"] / dissatisfied) / (told["praise"] / (level.size - dissatisfied)))

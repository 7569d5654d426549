"""D23: when partners keep their word: patience against temptation, with a contract or without."""

from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import reciprocity
from sim.theory import game

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
"""Penalties, as shares of what a breach brings above cooperation."""
HALVINGS = 60
PERIODS = 20_000
"""Of two streams of payoffs; at the patience needed, of at most .9, the rest counts for nothing."""


def dock(parameters: Parameters) -> list[Figure]:
    """Least patience by penalty, found by asking the rule; then what both ways bring there."""
    temptation, reward, punishment = (
        parameters[name] for name in ("temptation", "reward", "punishment")
    )
    figures = []
    for share in SHARES:
        penalty = share * (temptation - reward)
        exact = game.patience_needed(temptation, reward, punishment, penalty)
        found = least_patience(temptation - reward, reward - punishment, penalty)
        words = f"patience needed at a penalty of {penalty:.4g}"
        figures.append(Figure(words, found, exact, 0.0, at=penalty))
    patience = figures[0].simulated
    kept = worth(reward, reward, patience)
    broken = worth(temptation, punishment, patience)
    return [*figures, Figure("worth of a breach there, of a word kept", broken, kept, 0.0)]


def least_patience(temptation: float, worth: float, penalty: float) -> float:
    """The least patience that keeps a word, found by halving."""
    if reciprocity.keeps_word(0.0, temptation, worth, penalty):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if reciprocity.keeps_word(middle, temptation, worth, penalty):
            high = middle
        else:
            low = middle
    return high


def worth(first: float, afterwards: float, patience: float) -> float:
    """What a partner has who gets ``first`` now and the other payoff ever after, added up."""
    total, weight = first, 1.0
    for _ in range(PERIODS):
        weight *= patience
        total += weight * afterwards
    return total


ROW = Row(
    id="D23",
    name="partners",
    title="When partners keep their word: patience against temptation, with a contract or without",
    kind="rule",
    form="(T − K − R) / (T − K − P), at least 0: T payoff of a breach, R of cooperation, P of "
    "distrust, K what the contract takes once from who breaks it",
    source="Friedman (1971), Review of Economic Studies 38(1); grim trigger",
    limit="behaviour.reciprocity.keeps_word, asked for every patience (by halving); the market's "
    "ties take patience times commitment for the patience.",
    parameters={"temptation": 5.0, "reward": 3.0, "punishment": 1.0},
    ranges={"temptation": (4.5, 9.0), "reward": (2.5, 4.0), "punishment": (0.0, 2.0)},
    dock=dock,
    axes=("penalty K (payoff)", "least patience, 0 to 1"),
)

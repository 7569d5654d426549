"""When two partners keep their word: the repeated prisoner's dilemma under grim trigger.

Payoffs a period: temptation T for betraying one who cooperates, reward R if both cooperate,
punishment P if neither does. Who betrays once meets distrust for ever.

The penalty is paid once, with the breach.

Source: Friedman (1971), Review of Economic Studies 38(1).
"""

from sim.theory.ranges import at_least_zero, require


def patience_needed(
    temptation: float, reward: float, punishment: float, penalty: float = 0.0
) -> float:
    """The least discount factor, 0 to 1, at which cooperation holds: (T-K-R)/(T-K-P), at least 0.

    `penalty` K is what the contract takes from who defects, in the units of the payoffs.
    Raises ValueError unless T > R > P.
    """
    at_least_zero("penalty", penalty)
    ordered = temptation > reward > punishment
    payoffs = (temptation, reward, punishment)
    require(ordered, "(T, R, P)", payoffs, "fall", "betrayal pays more than trust, trust than war")
    gained = temptation - penalty - reward
    return gained / (temptation - penalty - punishment) if gained > 0 else 0.0


def cooperates(
    discount_factor: float,
    temptation: float,
    reward: float,
    punishment: float,
    penalty: float = 0.0,
) -> bool:
    """Whether partners this patient keep their word."""
    return discount_factor >= patience_needed(temptation, reward, punishment, penalty)

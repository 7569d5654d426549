"""How trust, reputation and satisfaction settle when experiences keep coming.

Trust gains a fraction of what is missing after a kept promise and loses a fraction of what is there
after a broken one; both are linear, so its mean is known exactly. Satisfaction that feels a loss
more than a gain stays low in a firm whose quality merely varies.

Source: trust Slovic (1993) for the asymmetry; reputation Josang & Ismail (2002); loss aversion
Tversky & Kahneman (1992), Anderson & Sullivan (1993).
"""

from math import log, log1p, pi, sqrt

from sim.theory.ranges import at_least_zero, open_share, positive, share, share_below_one


def trust_rate(kept: float, gain: float, loss: float) -> float:
    """Share of the distance to its mean that trust covers per event: p u+ + (1-p) u-.

    `kept` is the share of promises kept; T + u+(1-T) after a kept one, T(1-u-) after a broken one.
    """
    share("kept", kept)
    open_share("gain", gain)
    open_share("loss", loss)
    return kept * gain + (1 - kept) * loss


def trust_mean(kept: float, gain: float, loss: float) -> float:
    """Long-run mean of trust, 0 to 1: p u+ / (p u+ + (1-p) u-)."""
    return kept * gain / trust_rate(kept, gain, loss)


def trust_half_life(kept: float, gain: float, loss: float) -> float:
    """Events until half the distance to the mean is gone: ln 2 / -ln(1 - rate)."""
    return -log(2) / log1p(-trust_rate(kept, gain, loss))


def successes_to_repair(trust: float, gain: float, loss: float) -> float:
    """Kept promises in a row that repair one broken one: ln((1-T)/(1-T(1-u-))) / ln(1-u+)."""
    share_below_one("trust", trust)
    open_share("gain", gain)
    open_share("loss", loss)
    return log((1 - trust) / (1 - trust * (1 - loss))) / log1p(-gain)


def reputation(kept: float, remembered: float) -> float:
    """Long-run mean of a Beta reputation that forgets: (p n + 1)/(n + 2), n = 1/(1-lambda).

    `remembered` is lambda, the weight in [0, 1) that an event keeps after one further event.
    """
    share("kept", kept)
    share_below_one("remembered", remembered)
    memory = 1 / (1 - remembered)
    return (kept * memory + 1) / (memory + 2)


def disconfirmation_sd(quality_sd: float, adaptation: float = 0.0) -> float:
    """Standard deviation of quality less an expectation that follows it: sigma sqrt(2/(2-mu)).

    E + mu (q - E) after each experience, mu in [0, 1); 0 is an expectation that never moves and
    was right from the start.
    """
    at_least_zero("quality_sd", quality_sd)
    share_below_one("adaptation", adaptation)
    return quality_sd * sqrt(2 / (2 - adaptation))


def mean_satisfaction(loss_aversion: float, quality_sd: float, adaptation: float = 0.0) -> float:
    """Mean response to a normal disconfirmation of mean 0 whose losses count kappa times.

    -(kappa - 1) sd / sqrt(2 pi), with the sd of `disconfirmation_sd`: variance alone costs.
    """
    positive("loss_aversion", loss_aversion)
    sd = disconfirmation_sd(quality_sd, adaptation)
    return -(loss_aversion - 1) * sd / sqrt(2 * pi)


def averaging_variance(weight: float) -> float:
    """Variance left by an exponential average, as a share of the input's: lambda/(2-lambda).

    `weight` is that of the newest value, from 0 to 1.
    """
    share("weight", weight)
    return weight / (2 - weight)

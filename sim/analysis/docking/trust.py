"""D21: where trust settles when promises are kept and broken, and how fast."""

import numpy as np

from sim import draws
from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import trust
from sim.theory import updating

PEOPLE, EVENTS = 4_000, 120
SEEN = (1, 3, 5, 10, 15, 20, 30, 40, 60, 80, 120)
RUN = draws.key(21)


def dock(parameters: Parameters) -> list[Figure]:
    """People who trusted nobody meet promises; then the mean and the pace to rounding."""
    kept, gain, loss = parameters["kept"], parameters["gain"], parameters["loss"]
    mean, pace = (form(kept, gain, loss) for form in (updating.trust_mean, updating.trust_rate))
    found = histories(kept, gain, loss)
    figures = [
        average(
            f"trust by promise {events}",
            found[:, events],
            mean * (1 - (1 - pace) ** events),
            at=events,
        )
        for events in SEEN
    ]
    low, high = (expected(level, kept, gain, loss) for level in (0.0, 1.0))
    return [
        *figures,
        Figure("pace, share of the way an event", 1 - (high - low), pace, 0.0),
        Figure("mean at which nothing more is expected", low / (low + 1 - high), mean, 0.0),
    ]


def expected(level: float, kept: float, gain: float, loss: float) -> float:
    """Mean of trust after one more promise that is kept with this chance."""
    after_kept = trust.updated(level, True, gain, loss)
    return kept * after_kept + (1 - kept) * trust.updated(level, False, gain, loss)


def histories(kept: float, gain: float, loss: float) -> Values:
    """(people, events) trust of people who begin with none."""
    people, events = np.arange(PEOPLE)[:, None], np.arange(EVENTS)
    *_, u = draws.columns(RUN, people, draws.NOBODY, events, draws.OCCASION)
    levels = np.zeros((PEOPLE, EVENTS + 1))
    for person, chances in enumerate((u < kept).tolist()):
        for event, was_kept in enumerate(chances):
            before = float(levels[person, event])
            levels[person, event + 1] = trust.updated(before, was_kept, gain, loss)
    return levels


ROW = Row(
    id="D21",
    name="trust",
    title="Where trust settles when promises are kept and broken, and how fast",
    kind="rule",
    form="mean p u⁺ / w, distance to it (1 − w)^n after n promises, w = p u⁺ + (1 − p) u⁻: p "
    "chance that a promise is kept, u⁺ share of the missing trust won, u⁻ share of trust lost",
    source="Stationary mean of a linear recursion; slow gain and fast loss: Slovic (1993)",
    limit="behaviour.trust.updated, promise by promise, from a trust of 0; no time passes between "
    "promises.",
    parameters={"kept": 0.95, "gain": 0.05, "loss": 0.2},
    ranges={"kept": (0.6, 0.98), "gain": (0.02, 0.2), "loss": (0.1, 0.5)},
    dock=dock,
    axes=("promises met", "mean trust, 0 to 1"),
)

"""D19: how long customers wait for an answer, and how much sooner if a machine answers some."""

from heapq import heapreplace

import numpy as np

from sim import draws
from sim.analysis.docking.estimates import Values, average
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import queueing
from sim.theory import queues

CONTACTS, BATCHES = 600_000, 100
TIMES = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
"""Waits, in units of the mean wait of those who have to wait."""
RUN = draws.key(19)


def dock(parameters: Parameters) -> list[Figure]:
    """Contacts wait in a line that is lived; then the rule to rounding, before and after."""
    servers, service = int(parameters["servers"]), parameters["service"]
    arrivals = parameters["load"] * servers * service
    found = batched(waits(arrivals, service, servers))
    typical = 1 / (servers * service - arrivals)
    fewer = (1 - parameters["deflected"]) * arrivals
    return [
        *(
            average(
                f"share who wait longer than {time * typical:.4g} h",
                (found > time * typical).mean(axis=1),
                queues.waits_longer(time * typical, arrivals, service, servers),
                at=time * typical,
            )
            for time in TIMES
        ),
        average(
            "mean wait, hours",
            found.mean(axis=1),
            queues.mean_wait(arrivals, service, servers),
        ),
        *of_the_rule("", arrivals, service, servers),
        *of_the_rule(" once some are deflected", fewer, service, servers),
    ]


def of_the_rule(when: str, arrivals: float, service: float, servers: int) -> list[Figure]:
    """What the rule says of waiting, beside theory."""
    line, hour = (arrivals, service, servers), 1.0
    late, exactly = queueing.waits_longer(hour, *line), queues.waits_longer(hour, *line)
    return [
        Figure(
            f"rule: chance to wait at all{when}",
            queueing.waits_at_all(*line),
            queues.waits_at_all(*line),
            0.0,
        ),
        Figure(
            f"rule: mean wait{when}, hours", queueing.mean_wait(*line), queues.mean_wait(*line), 0.0
        ),
        Figure(f"rule: chance to wait more than an hour{when}", late, exactly, 0.0),
    ]


def waits(arrivals: float, service: float, servers: int) -> Values:
    """(contacts,) hours that each waits for the first server who is free, in order of arrival."""
    gaps, works, *_ = draws.columns(RUN, 0, draws.NOBODY, np.arange(CONTACTS), draws.OCCASION)
    comes = np.cumsum(-np.log(gaps)) / arrivals
    busy_for = (-np.log(works) / service).tolist()
    free_at = [0.0] * servers
    found = np.empty(CONTACTS)
    for contact, (now, work) in enumerate(zip(comes.tolist(), busy_for, strict=True)):
        begins = max(now, free_at[0])
        found[contact] = begins - now
        heapreplace(free_at, begins + work)
    return found


def batched(values: Values) -> Values:
    """(batches, contacts) all but the first tenth; long batches hardly know of each other."""
    settled = values[len(values) // 10 :]
    return settled.reshape(BATCHES, -1)


ROW = Row(
    id="D19",
    name="queue",
    title="How long those wait who turn to a firm, and how much sooner if a machine answers some",
    kind="rule",
    form="C = B / (1 − (a/c)(1 − B)), mean wait C / (c μ − λ), P(W > t) = C e^(−(c μ − λ) t): λ "
    "contacts an hour, c servers of μ an hour each, a = λ/μ, B the chance that all are busy if "
    "nobody waited",
    source="Erlang (1917); M/M/c",
    limit="behaviour.queueing.waits_at_all, waits_longer and mean_wait, beside a line that is "
    "lived contact by contact; batches of 5,400 contacts stand for independent ones.",
    parameters={"servers": 5, "service": 5.0, "load": 0.8, "deflected": 0.3},
    ranges={
        "servers": (1, 8),
        "service": (1.0, 20.0),
        "load": (0.6, 0.85),
        "deflected": (0.0, 0.8),
    },
    dock=dock,
    axes=("hours", "share who wait longer"),
)

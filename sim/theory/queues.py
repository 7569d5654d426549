"""How long customers wait for service, and how much sooner they are served if some help themselves.

Arrivals are Poisson, service times exponential, `servers` work on one line. Rates are per unit of
time, the same unit for all; waits are in that unit.

Source: Erlang (1917); any text on queues (M/M/c).
"""

from math import exp

from sim.theory.ranges import at_least_zero, positive, require, whole


def waits_at_all(arrivals: float, service: float, servers: int = 1) -> float:
    """Erlang's C, probability that an arrival has to wait, by way of Erlang's B.

    B_k = a B_{k-1}/(k + a B_{k-1}) with a = lambda/mu; C = B/(1 - (a/c)(1 - B)).
    """
    _check(arrivals, service, servers)
    offered, blocked = arrivals / service, 1.0
    for server in range(1, servers + 1):
        blocked = offered * blocked / (server + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


def mean_wait(arrivals: float, service: float, servers: int = 1) -> float:
    """Mean time before service starts: C/(c mu - lambda)."""
    return waits_at_all(arrivals, service, servers) / (servers * service - arrivals)


def waits_longer(time: float, arrivals: float, service: float, servers: int = 1) -> float:
    """P(W > t), before service starts: C exp(-(c mu - lambda) t)."""
    at_least_zero("time", time)
    leaving = servers * service - arrivals
    return waits_at_all(arrivals, service, servers) * exp(-leaving * time)


def stays_longer(time: float, arrivals: float, service: float) -> float:
    """P(T > t), waiting and service with one server: exp(-(mu - lambda) t)."""
    at_least_zero("time", time)
    _check(arrivals, service, 1)
    return exp(-(service - arrivals) * time)


def _check(arrivals: float, service: float, servers: int) -> None:
    at_least_zero("arrivals", arrivals)
    positive("service", service)
    whole("servers", servers, least=1)
    capacity = servers * service
    require(
        arrivals < capacity,
        "arrivals",
        arrivals,
        f"be below the capacity {capacity}",
        "add servers or deflect some of the arrivals",
    )

"""D17: customers who go and come back, and what they are worth on the way."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values, average, share, worth_to
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory import markov

FIRMS = ("acme", "bolt", "cora")
PEOPLE, MONTHS = 12_000, 100
SEEN = (1, 2, 3, 4, 6, 8, 12, 18, 24)


def dock(parameters: Parameters) -> list[Figure]:
    """One market in which a third begins with each firm, and pays before it chooses."""
    switching, discount = matrix(parameters), parameters["discount"]
    lived = live(switching, discount)
    held = firms_of(lived)
    begun, worth = held[:, 0], worth_to(lived)
    from_acme = held[begun == 0]
    figures = [
        share(
            f"acme's share of those it had, month {months}",
            float((from_acme[:, months] == 0).sum()),
            len(from_acme),
            float(np.linalg.matrix_power(switching, months)[0, 0]),
            at=months,
        )
        for months in SEEN
    ]
    for firm, part in enumerate(markov.stationary(switching)):
        words = f"share of {FIRMS[firm]} in the long run"
        figures.append(share(words, float((held[:, -1] == firm).sum()), PEOPLE, float(part)))
    for firm, value in enumerate(markov.customer_value(switching, 0, discount)):
        words = f"value to acme of a customer of {FIRMS[firm]}"
        figures.append(average(words, worth[begun == firm], float(value)))
    return figures


def matrix(parameters: Parameters) -> Values:
    """(firms, firms) the probabilities to go from one firm to another."""
    leaving = [[parameters.get(f"{a}_to_{b}", 0.0) for b in FIRMS] for a in FIRMS]
    going = np.array(leaving, np.float64)
    return going + np.diag(1 - going.sum(axis=1))


def live(switching: Values, discount: float) -> Run:
    """Customers of three firms; going from one to another costs -ln of its probability."""
    costs = {
        a: {b: -math.log(p) for b, p in zip(FIRMS, row, strict=True)}
        for a, row in zip(FIRMS, switching.tolist(), strict=True)
    }
    overrides = {
        "switching_costs": costs,
        "start": {"customers": dict.fromkeys(FIRMS, 1 / 3), "first_renewal": "immediate"},
        "population.size": PEOPLE,
        "horizon": MONTHS,
        "discount_rate": discount,
        "record.transactions": True,
    }
    return run(ROW.scenario, overrides=overrides)


def firms_of(lived: Run) -> Values:
    """(people, months) whose customer each person was."""
    bought = lived.transactions
    held = np.full((PEOPLE, MONTHS), np.nan)
    for firm, name in enumerate(FIRMS):
        own = bought[bought["firm"] == name]
        held[own["person"], own["month"]] = firm
    return held


ROW = Row(
    id="D17",
    name="markov",
    title="What a customer is worth who goes to rivals and comes back",
    kind="market",
    form="shares π = π P; the value to acme of customers of each firm is the first column of "
    "(I − P/(1 + d))⁻¹ · m: P probabilities to go from one firm to another, d discount, m margin",
    source="Rust, Lemon & Zeithaml (2004), Journal of Marketing 68(1), 109-127",
    limit="Every customer decides once a month; going from one firm to another costs −ln of its "
    "probability and nothing else weighs. A customer pays before choosing for the first time. 100 "
    "months stand for ever.",
    parameters={
        "acme_to_bolt": 0.10, "acme_to_cora": 0.10, "bolt_to_acme": 0.15, "bolt_to_cora": 0.10,
        "cora_to_acme": 0.20, "cora_to_bolt": 0.20, "discount": 0.1,
    },
    ranges={
        "acme_to_bolt": (0.03, 0.3), "acme_to_cora": (0.03, 0.3), "bolt_to_acme": (0.03, 0.3),
        "bolt_to_cora": (0.03, 0.3), "cora_to_acme": (0.03, 0.3), "cora_to_bolt": (0.03, 0.3),
        "discount": (0.08, 0.2),
    },
    dock=dock,
    scenario="sim:theory/d17_switching",
    axes=("months since they were all acme's", "share of them whom acme has"),
)  # fmt: skip

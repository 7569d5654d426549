"""Switching between brands as a Markov chain, and what a customer and a brand are worth in it.

`switching[i][j]` is the probability that who buys i now buys j next; rows sum to 1. A customer
who leaves may come back, so keeping her is worth less than where a lost customer is lost for good.

Source: Rust, Lemon & Zeithaml (2004), Journal of Marketing 68(1), 109-127.
"""

from collections.abc import Sequence

import numpy as np

from sim.theory.numerics import Array
from sim.theory.ranges import at_least_zero, positive, require, share, transition, vector

Matrix = Sequence[Sequence[float]] | Array


def stationary(switching: Matrix) -> Array:
    """Long-run market shares pi = pi P, shape (brands,), summing to 1.

    Raises ValueError if the rows are not probabilities or the shares depend on the start.
    """
    chain = transition("switching", switching)
    size = len(chain)
    equations = np.vstack([chain.T - np.eye(size), np.ones(size)])
    unique = int(np.linalg.matrix_rank(equations)) == size
    require(unique, "switching", chain.tolist(), "join all brands", "let people leave each group")
    return np.asarray(np.linalg.lstsq(equations, np.append(np.zeros(size), 1))[0])


def eigenvalues(switching: Matrix) -> Array:
    """Sizes of the eigenvalues, largest first, shape (brands,); the second is the memory left."""
    sizes = np.abs(np.linalg.eigvals(transition("switching", switching)))
    return np.asarray(np.sort(sizes)[::-1], dtype=np.float64)


def two_brand_share(retention: float, rival_retention: float) -> float:
    """Long-run share of a brand against one rival: (1-r2)/(2-r1-r2)."""
    share("retention", retention)
    share("rival_retention", rival_retention)
    positive("2 - retention - rival_retention", 2 - retention - rival_retention)
    return (1 - rival_retention) / (2 - retention - rival_retention)


def customer_value(switching: Matrix, brand: int, discount: float, margin: float = 1.0) -> Array:
    """Value to `brand` of a customer who now buys brand 0, 1, ..., shape (brands,), in money.

    m times column `brand` of (I - P/(1+d))^-1: the first margin is earned now.
    """
    chain = transition("switching", switching)
    positive("discount", discount)
    require(0 <= brand < len(chain), "brand", brand, "be a row of switching", "count from 0")
    earned = margin * np.eye(len(chain))[:, brand]
    return np.linalg.solve(np.eye(len(chain)) - chain / (1 + discount), earned)


def customer_equity(
    switching: Matrix,
    brand: int,
    discount: float,
    customers: Sequence[float] | Array,
    margin: float = 1.0,
) -> float:
    """Value to `brand` of today's market, in money: sum over i of customers_i times value_i.

    `customers`, shape (brands,), counts (or gives the shares of) those who buy each brand today.
    """
    present = vector("customers", customers)
    at_least_zero("customers", float(present.min()))
    worth = customer_value(switching, brand, discount, margin)
    same = len(present) == len(worth)
    require(same, "the number of customers", len(present), f"be {len(worth)}", "one per brand")
    return float(present @ worth)

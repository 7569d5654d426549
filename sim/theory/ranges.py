"""Parameters out of range are refused in one voice: name, value, rule, remedy."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray


def require(holds: bool, name: str, value: object, rule: str, remedy: str) -> None:
    """Raise ValueError naming the thing, its value, the rule and the remedy unless `holds`."""
    if not holds:
        raise ValueError(f"{name} is {value}, but it must {rule}: {remedy}")


def positive(name: str, value: float) -> None:
    """Refuse a value that is not finite and above zero."""
    require(isfinite(value) and value > 0, name, value, "be above 0", f"give a positive {name}")


def at_least_zero(name: str, value: float) -> None:
    """Refuse a value that is not finite, or is below zero."""
    require(
        isfinite(value) and value >= 0, name, value, "be 0 or more", f"use 0 to leave {name} out"
    )


def share(name: str, value: float) -> None:
    """Refuse a value outside [0, 1]."""
    require(0 <= value <= 1, name, value, "lie from 0 to 1", "write 80 per cent as 0.8")


def share_below_one(name: str, value: float) -> None:
    """Refuse a value outside [0, 1)."""
    require(0 <= value < 1, name, value, "be 0 or more and below 1", "write 80 per cent as 0.8")


def open_share(name: str, value: float) -> None:
    """Refuse a value outside (0, 1)."""
    require(0 < value < 1, name, value, "lie between 0 and 1", "write 80 per cent as 0.8")


def whole(name: str, value: int, least: int = 0) -> None:
    """Refuse a number that is not whole, or is below `least`."""
    require(
        isfinite(value) and value == int(value) and value >= least,
        name,
        value,
        f"be a whole number, {least} or more",
        f"round {name} to a whole number",
    )


def square(
    name: str, matrix: Sequence[Sequence[float]] | NDArray[np.float64]
) -> NDArray[np.float64]:
    """The matrix as float64, shape (n, n); refused if it is not square or not finite."""
    values = np.asarray(matrix, dtype=np.float64)
    is_square = values.ndim == 2 and values.shape[0] == values.shape[1] and values.size > 0
    require(is_square, f"the shape of {name}", values.shape, "be square", "give one row a state")
    require(bool(np.isfinite(values).all()), name, matrix, "be finite", "replace nan and inf")
    return values


def transition(
    name: str, matrix: Sequence[Sequence[float]] | NDArray[np.float64]
) -> NDArray[np.float64]:
    """The matrix as float64 if its rows are probabilities, shape (n, n); refused otherwise."""
    values = square(name, matrix)
    sums = values.sum(axis=1)
    rows_are_shares = bool((values >= 0).all()) and bool(np.allclose(sums, 1.0, atol=1e-9))
    require(
        rows_are_shares,
        name,
        values.tolist(),
        "hold rows of probabilities that sum to 1",
        f"divide each row by its sum ({sums.tolist()})",
    )
    return values


def vector(name: str, values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """The values as float64, shape (n,); refused if empty, of another shape or not finite."""
    numbers = np.asarray(values, dtype=np.float64)
    is_list = numbers.ndim == 1 and numbers.size > 0
    require(is_list, f"the shape of {name}", numbers.shape, "be a list", "give one number each")
    require(bool(np.isfinite(numbers).all()), name, values, "be finite", "replace nan and inf")
    return numbers


def times(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """The values as float64, any shape; refused if any is below zero or not a finite number."""
    numbers = np.asarray(values, dtype=np.float64)
    fine = bool((np.isfinite(numbers) & (numbers >= 0)).all())
    require(fine, name, values, "be finite and 0 or more", f"leave out the negative {name}")
    return numbers


def history(
    purchases: ArrayLike, last: ArrayLike, time: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """A buyer's repeats x, the time t_x of the last and T of watching, refused if t_x > T."""
    x, recency, watched = times("purchases", purchases), times("last", last), times("time", time)
    at_least_zero("time since the last purchase", float(np.min(watched - recency)))
    return x, recency, watched

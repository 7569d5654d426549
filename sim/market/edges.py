"""Ties from outside: lists of pairs, and CSV files of them, checked row by row."""

import csv
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.market.network import HEAVIEST, LIGHTEST, Floats, Ties, ties_of
from sim.market.pairs import Booleans, Integers, distinct, keys_of

PLACE_FORM = re.compile(r"[+-]?[0-9]{1,18}")
FORMS = {
    "from": PLACE_FORM,
    "to": PLACE_FORM,
    "weight": re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?|nan|inf", re.IGNORECASE),
}
SELF_TIE_RULE = "from and to must be two places, not {0} and {0}; delete the row"
WEIGHT_RULE = (
    "weight must be a positive finite number from 1e-30 to 1e30, not {}; "
    "correct or delete the row, or leave out all weights if they are equal"
)


def from_edges(size: int, pairs: npt.NDArray[np.integer], weights: Floats | None = None) -> Ties:
    """Return the network of the given ties; a pair named twice is one tie, its weights added.

    Args:
        size: number of places.
        pairs: (ties, 2) the places 0 to size − 1 at both ends.
        weights: (ties,) positive and finite, or None if all weigh the same.

    Raises:
        ValueError: a place outside the network, a self tie or a weight not positive and finite,
            with its row (the first being 1).
    """
    return _checked_ties(size, pairs, weights, "the pairs", 1)


def read_edges(path: Path | str, size: int) -> Ties:
    """Return the network in a CSV file with the header ``from,to`` or ``from,to,weight``.

    Places are numbered 0 to ``size`` − 1. A pair named twice, in either direction, is one tie.

    Raises:
        ValueError: the file cannot be read, has other columns, has no ties, or has a row that is
            no tie, with that row (the header being 1, blank lines not counted).
    """
    names = _header(path)
    kinds = [(name, np.float64 if name == "weight" else np.int64) for name in names]
    try:
        table = np.loadtxt(
            path, kinds, comments=None, delimiter=",", skiprows=1, ndmin=1, quotechar='"'
        )
    except ValueError as error:
        raise ValueError(_misread(path, names, size, str(error))) from None
    pairs = np.stack((table["from"], table["to"]), axis=1)
    return _checked_ties(size, pairs, table["weight"] if "weight" in names else None, str(path), 2)


def _checked_ties(
    size: int,
    pairs: npt.NDArray[np.integer],
    weights: Floats | None,
    source: str,
    first: int,
) -> Ties:
    """Return the network of the pairs, whose first stands in row ``first`` of their source."""

    def refuse(wrong: Booleans, values: npt.NDArray[np.generic], rule: str) -> None:
        if wrong.any():
            row = int(np.argmax(wrong))
            raise ValueError(f"{source}, row {row + first}: {rule.format(values[row])}")

    for name, places in zip(("from", "to"), pairs.T, strict=True):
        refuse((places < 0) | (places >= size), places, _place_rule(name, size))
    refuse(pairs[:, 0] == pairs[:, 1], pairs[:, 0], SELF_TIE_RULE)
    if weights is not None:
        refuse(~((weights >= LIGHTEST) & (weights <= HEAVIEST)), weights, WEIGHT_RULE)
    return _merged(size, keys_of(*pairs.T), weights)


def _place_rule(name: str, size: int) -> str:
    return (
        f"{name} must be a place, a whole number from 0 to {size - 1}, not {{}}; "
        "number the places from 0, or raise the number of places"
    )


def _merged(size: int, keys: Integers, weights: Floats | None) -> Ties:
    """Return the network of these keys, the weights of equal keys added."""
    if weights is None or not len(keys):
        return ties_of(size, distinct(keys))
    order = np.argsort(keys, kind="stable")
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    return ties_of(size, keys[order][first], np.add.reduceat(weights[order], first))


def _header(path: Path | str) -> list[str]:
    """Return the names of the columns of a file of ties that has at least one row."""
    try:
        with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
            rows = filter(None, csv.reader(file))
            names, tie = next(rows, []), next(rows, None)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}; check the path") from None
    names = [name.strip() for name in names]
    if sorted(names) not in (["from", "to"], ["from", "to", "weight"]):
        raise ValueError(
            f"{path}, row 1: the header must be from,to or from,to,weight, "
            f"not {','.join(names)!r}; name the columns so, with commas between"
        )
    if tie is None:
        raise ValueError(f"{path} must have at least one tie, not 0; add a row below the header")
    return names


def _misread(path: Path | str, names: list[str], size: int, otherwise: str) -> str:
    """Return what is wrong with the first row that cannot be read as a tie."""
    with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
        for row, fields in enumerate(filter(None, csv.reader(file)), start=1):
            wrong = _wrong(names, fields, size) if row > 1 else None
            if wrong:
                return f"{path}, row {row}: {wrong}"
    return f"{path}: {otherwise}"


def _wrong(names: list[str], fields: list[str], size: int) -> str | None:
    """Return what is wrong with the texts of one row, if anything."""
    if len(fields) != len(names):
        header = ",".join(names)
        return f"must have {len(names)} values ({header}), not {len(fields)}; complete or delete it"
    for name, text in zip(names, fields, strict=True):
        if not FORMS[name].fullmatch(text.strip()):
            rule = WEIGHT_RULE if name == "weight" else _place_rule(name, size)
            return rule.format(repr(text))
    return None

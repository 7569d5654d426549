"""Ties from files: read as a spreadsheet writes them, and refused row by row."""

from pathlib import Path

import numpy as np
import pytest

from sim.market import edges
from sim.market.network import Ties


def same(one: Ties, other: Ties) -> bool:
    return all(
        np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True)
    )


def written(folder: Path, text: str) -> Path:
    path = folder / "ties.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "from,to\n0,1\n2,0\n",
        "from,to\n0,1\n1,0\n2,0",
        "\ufefffrom,to\r\n0,1\r\n\r\n2,0\r\n\r\n",
        'to , from\n"1", 0\n0,2\n',
        "from,to,weight\n0,1,2.5\n2,0,2.5\n",
    ],
)
def test_read_edges(tmp_path: Path, text: str) -> None:
    """However a spreadsheet writes them, the ties 0-1 and 0-2 are read as such."""
    assert same(edges.read_edges(written(tmp_path, text), 3), star_of_three())


def star_of_three() -> Ties:
    return edges.from_edges(3, np.array([[0, 1], [0, 2]]))


def test_read_weights(tmp_path: Path) -> None:
    """A tie written in both directions weighs both."""
    ties = edges.read_edges(written(tmp_path, "from,weight,to\n0,1,1\n1,2,0\n0,1e0,2\n"), 3)
    assert ties.strength.tolist() == [4.0, 3.0, 1.0]
    assert ties.reach.tolist() == [0.75, 1.0, 1.0, 1.0]


PLACE = (
    "must be a place, a whole number from 0 to 2, not {}; "
    "number the places from 0, or raise the number of places"
)
WEIGHT = (
    "weight must be a positive finite number from 1e-30 to 1e30, not {}; "
    "correct or delete the row, or leave out all weights if they are equal"
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("from,to\n0,1\n0,3\n", ", row 3: to " + PLACE.format("3")),
        ("from,to\n-1,1\n", ", row 2: from " + PLACE.format("-1")),
        ("from,to\n0,1.0\n", ", row 2: to " + PLACE.format("'1.0'")),
        ("from,to\n0,\n", ", row 2: to " + PLACE.format("''")),
        ("from,to\n0,1\nAnn,1\n", ", row 3: from " + PLACE.format("'Ann'")),
        ("from,to\n0,1" + 20 * "0" + "\n", ", row 2: to " + PLACE.format(repr("1" + 20 * "0"))),
        ("from,to\n1,1\n", ", row 2: from and to must be two places, not 1 and 1; delete the row"),
        ("from,to,weight\n0,1,0\n", ", row 2: " + WEIGHT.format("0.0")),
        ("from,to,weight\n0,1,1\n0,2,nan\n", ", row 3: " + WEIGHT.format("nan")),
        ("from,to,weight\n0,1,inf\n", ", row 2: " + WEIGHT.format("inf")),
        ("from,to,weight\n0,1,heavy\n", ", row 2: " + WEIGHT.format("'heavy'")),
        (
            "from,to\n0,1\n0,2,1\n",
            ", row 3: must have 2 values (from,to), not 3; complete or delete it",
        ),
        (
            "from;to\n0;1\n",
            ", row 1: the header must be from,to or from,to,weight, not 'from;to'; "
            "name the columns so, with commas between",
        ),
        (
            "from,weight\n0,1\n",
            ", row 1: the header must be from,to or from,to,weight, not 'from,weight'; "
            "name the columns so, with commas between",
        ),
        (
            "",
            ", row 1: the header must be from,to or from,to,weight, not ''; "
            "name the columns so, with commas between",
        ),
        ("from,to\n", " must have at least one tie, not 0; add a row below the header"),
    ],
)
def test_read_edges_refusals(tmp_path: Path, text: str, wrong: str) -> None:
    """A row that is no tie is refused with its file and row, the rule, the value, the remedy."""
    path = written(tmp_path, text)
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole text is compared
        edges.read_edges(path, 3)
    assert str(refusal.value) == str(path) + wrong


def test_read_edges_without_a_file(tmp_path: Path) -> None:
    """A file that is not there is refused by its name."""
    with pytest.raises(ValueError, match=r"none\.csv cannot be read: No such file.*check the path"):
        edges.read_edges(tmp_path / "none.csv", 3)


def test_read_edges_that_are_not_text(tmp_path: Path) -> None:
    """A byte that is no text is refused as the value it is in."""
    path = tmp_path / "ties.csv"
    path.write_bytes(b"from,to\n0,1\n0,\xff\n")
    with pytest.raises(ValueError, match="row 3: to must be a place"):
        edges.read_edges(path, 3)

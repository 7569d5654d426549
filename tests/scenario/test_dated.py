"""What holds for a time: from its first month, until the month before which it ends."""

import json

import pytest
from pydantic import ValidationError

from sim.scenario.dated import Dated


def read(**said: int | None) -> Dated:
    """Something dated, as a file would give it; ``since`` stands for ``from``."""
    keys = {"from" if key == "since" else key: value for key, value in said.items()}
    found: Dated = Dated.model_validate_json(json.dumps(keys))
    return found


def test_by_default_it_is_always() -> None:
    """From month 0 to the end."""
    assert (read().since, read().until) == (0, None)


def test_it_lasts_some_time() -> None:
    """A month is the least; one that ends when it begins is refused, in words."""
    assert (read(since=3, until=4).since, read(since=3, until=4).until) == (3, 4)
    with pytest.raises(ValidationError, match="from 4 until 4 is no time"):
        read(since=4, until=4)
    with pytest.raises(ValidationError):
        read(since=-1)

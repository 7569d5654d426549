"""Save: money per would-be leaver lets some be seen in time, never all."""

import math

import pytest

from sim.policy.save import SAVE, Save, seen


def test_seen_in_the_head() -> None:
    """None for nothing; .2 · (1 − 1/e) = .126 for 20 per leaver; a fifth for a fortune."""
    assert seen(0.0, Save()) == 0.0
    assert seen(20.0, Save()) == pytest.approx(0.2 * (1 - 1 / math.e))
    assert seen(1e6, Save()) == 0.2


def test_it_exists_where_leaving_is_seen() -> None:
    """Only where there are contracts is it known who is about to leave."""
    assert SAVE.settings == ("subscription", "b2b")
    assert (SAVE.side, SAVE.paid) == ("retention", "per event")

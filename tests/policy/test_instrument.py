"""Instrument: a declaration that nobody changes afterwards."""

from dataclasses import FrozenInstanceError, replace

import pytest

from sim.policy.advertising import ADVERTISING
from sim.policy.save import SAVE


def test_a_declaration_is_final() -> None:
    """What is declared cannot be assigned to; another declaration is another instrument."""
    with pytest.raises(FrozenInstanceError):
        ADVERTISING.name = "noise"  # type: ignore[misc]
    assert replace(ADVERTISING, name="noise") != ADVERTISING != SAVE

"""When learning buyers become loyal: row 3.6 of the published agent-based results."""

import pytest

from sim.theory import loyalty


@pytest.mark.parametrize(
    ("sellers", "forgetting", "profit", "expected"), [(3, 0.1, 1, 0.3), (2, 0.5, 4, 0.25)]
)
def test_critical_intensity(
    sellers: int, forgetting: float, profit: float, expected: float
) -> None:
    """n g/pi: 0.30 for three sellers, forgetting a tenth, profit 1."""
    assert loyalty.critical_intensity(sellers, forgetting, profit) == pytest.approx(expected)


def test_nonsense_is_refused() -> None:
    """A single seller leaves no choice."""
    with pytest.raises(ValueError, match="sellers is 1, but it must be a whole number, 2 or more"):
        loyalty.critical_intensity(1, 0.1)
    with pytest.raises(ValueError, match="forgetting is 1, but it must lie between 0 and 1"):
        loyalty.critical_intensity(3, 1)

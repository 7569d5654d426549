"""How often to contact a customer: row D20 of the docking table."""

import pytest

from sim.theory import contact

SIX = 0.51e-6  # six printed decimals
RATES = (0.002, 0.010, 0.001)  # discount, hazard, irritation


def test_best_contacts_in_the_head() -> None:
    """i + h0 = 4 and h1 = 1: two contacts, worth g/4."""
    assert contact.best_contacts(1, 3, 1) == 2
    assert contact.best_value(8, 1, 3, 1) == 2


def test_the_printed_optimum() -> None:
    """3.464102 contacts are best and worth 144.337567 gains."""
    assert contact.best_contacts(*RATES) == pytest.approx(3.464102, abs=SIX)
    assert contact.best_value(1, *RATES) == pytest.approx(144.337567, abs=SIX)
    assert contact.value(contact.best_contacts(*RATES), 1, *RATES) == pytest.approx(144.337567)


@pytest.mark.parametrize("factor", [0.5, 2])
def test_too_many_are_as_bad_as_too_few(factor: float) -> None:
    """Half and twice the best number keep 80 per cent of the value."""
    found = contact.value(factor * contact.best_contacts(*RATES), 1, *RATES)
    assert found / contact.best_value(1, *RATES) == pytest.approx(0.8)


def test_nonsense_is_refused() -> None:
    """Without irritation, or without discount and hazard, there is no best number."""
    with pytest.raises(ValueError, match="irritation is 0, but it must be above 0"):
        contact.best_contacts(0.1, 0.1, 0)
    with pytest.raises(ValueError, match=r"discount \+ hazard is 0, but it must be above 0"):
        contact.best_value(1, 0, 0, 1)
    with pytest.raises(ValueError, match="contacts is -1, but it must be 0 or more"):
        contact.value(-1, 1, *RATES)

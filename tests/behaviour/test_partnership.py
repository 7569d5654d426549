"""Partnership: cooperation first, trust from it, commitment from trust, and liking by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.partnership import (
    Partnership,
    commitment_after,
    cooperation,
    delivered,
    liking_after,
    trust_after,
    trust_betrayed,
)

share = st.floats(0, 1)
liking = st.floats(-1, 1)
USUAL = Partnership()


def test_cooperation_in_the_head() -> None:
    """Interests agree by half, trust is .6 and commitment .2: half of .4 is added to the half."""
    assert cooperation(0.6, 0.2, 0.5, 0.0, USUAL) == pytest.approx(0.7)


def test_liking_adds_to_cooperation() -> None:
    """The greatest liking adds a tenth, the greatest dislike takes one away."""
    found = [cooperation(0.6, 0.2, 0.5, felt, USUAL) for felt in (-1.0, 1.0)]
    assert found == pytest.approx([0.6, 0.8])


def test_who_wants_the_same_needs_no_trust() -> None:
    """With common interests a partner does its best, without any only trust and commitment do."""
    assert cooperation(0.0, 0.0, 1.0, 0.0, USUAL) == 1
    assert cooperation(0.0, 0.0, 0.0, 0.0, USUAL) == 0
    assert cooperation(1.0, 1.0, 0.0, 0.0, USUAL) == 1


def test_trust_follows_from_cooperation() -> None:
    """At .5, full cooperation wins a twentieth of the missing half, none wins nothing."""
    assert trust_after(0.5, True, 1.0, USUAL) == pytest.approx(0.525)
    assert trust_after(0.5, True, 0.4, USUAL) == pytest.approx(0.51)
    assert trust_after(0.5, True, 0.0, USUAL) == 0.5


def test_trust_is_lost_faster_than_it_is_won() -> None:
    """A month without supply costs a fifth of .5, a breach half of it."""
    assert trust_after(0.5, False, 1.0, USUAL) == pytest.approx(0.4)
    assert trust_betrayed(0.5, USUAL) == pytest.approx(0.25)


def test_commitment_follows_trust() -> None:
    """Full trust and half of the interests in common allow .75: a tenth of the way is .075."""
    assert commitment_after(0.0, 1.0, 0.5, USUAL) == pytest.approx(0.075)
    assert commitment_after(0.75, 1.0, 0.5, USUAL) == pytest.approx(0.75)


def test_liking_keeps_its_spread() -> None:
    """Fading by .2 leaves .8 of it; chance of .6 standard deviations makes up the variance."""
    rule = Partnership(liking_sd=0.5, liking_fade=0.2)
    assert liking_after(0.5, 0.0, rule) == pytest.approx(0.4)
    assert liking_after(0.0, 1.0, rule) == pytest.approx(0.3)
    assert liking_after(0.5, 9.0, rule) == 1
    assert liking_after(-0.5, -9.0, rule) == -1


@given(share, share, share, liking, st.floats(-7, 7), st.booleans())
def test_range(
    trust: float, commitment: float, alignment: float, liked: float, z: float, was_kept: bool
) -> None:
    """Whatever happens, all of a tie stays in its range."""
    cooperated = cooperation(trust, commitment, alignment, liked, USUAL)
    assert 0 <= cooperated <= 1
    assert 0 <= trust_after(trust, was_kept, cooperated, USUAL) <= 1
    assert 0 <= commitment_after(commitment, trust, alignment, USUAL) <= 1
    assert -1 <= liking_after(liked, z, USUAL) <= 1


@given(share, share, share, liking, st.booleans())
def test_absent(
    trust: float, commitment: float, alignment: float, liked: float, was_kept: bool
) -> None:
    """Where it is off, a tie stays as it began, and liking does not weigh."""
    silent = neutral(Partnership)
    assert trust_after(trust, was_kept, 1.0, silent) == trust
    assert trust_betrayed(trust, silent) == trust
    assert commitment_after(commitment, trust, alignment, silent) == commitment
    unliked = cooperation(trust, commitment, alignment, 0.0, silent)
    assert cooperation(trust, commitment, alignment, liked, silent) == unliked


def test_quality_of_work_in_the_head() -> None:
    """A fifth of .8 hangs on effort: half of it makes .72, and of that a half withheld .36."""
    assert delivered(0.8, 1.0, 0.2, 0.0) == pytest.approx(0.8)
    assert delivered(0.8, 0.5, 0.2, 0.0) == pytest.approx(0.72)
    assert delivered(0.8, 0.5, 0.2, 0.5) == pytest.approx(0.36)

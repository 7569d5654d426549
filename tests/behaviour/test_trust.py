"""Trust: measured by the believed promise, slowly won and quickly lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.trust import Trust, kept, updated

share = st.floats(0, 1)
USUAL = Trust()


def test_a_promise_is_kept_from_its_share_on() -> None:
    """Three quarters of a believed .5 are .375: that much keeps it, less breaks it."""
    assert kept(0.375, 0.5, 0.5, 0.75)
    assert not kept(0.374, 0.5, 0.5, 0.75)


@given(share, share, share, share)
def test_modest_words_do_not_buy_trust(
    quality: float, promise: float, expectation: float, keep: float
) -> None:
    """The larger of promise and expectation counts, whichever it is."""
    believed = max(promise, expectation)
    assert kept(quality, promise, expectation, keep) == kept(quality, believed, 0.0, keep)
    assert kept(quality, promise, expectation, keep) == kept(quality, 0.0, believed, keep)


def test_update_in_the_head() -> None:
    """From .5: a twentieth of the missing half makes .525, a fifth lost makes .4."""
    assert updated(0.5, True, 0.05, 0.2) == pytest.approx(0.525)
    assert updated(0.5, False, 0.05, 0.2) == pytest.approx(0.4)


@given(st.floats(0.25, 1))
def test_slowly_won_and_quickly_lost(trust: float) -> None:
    """From .25 up a broken promise costs at least a third more than a kept one brings."""
    won = updated(trust, True, USUAL.gain, USUAL.loss) - trust
    lost = trust - updated(trust, False, USUAL.gain, USUAL.loss)
    assert lost >= won * 4 / 3 - 1e-15


def test_one_failure_undoes_many_successes() -> None:
    """From .5, three kept promises do not make up for a broken one, four do: 1 − .6 · .95ⁿ."""
    trust = updated(0.5, False, USUAL.gain, USUAL.loss)
    regained = []
    for _ in range(4):
        trust = updated(trust, True, USUAL.gain, USUAL.loss)
        regained.append(trust)
    assert regained == pytest.approx([1 - 0.6 * 0.95**n for n in (1, 2, 3, 4)])
    assert regained[2] < 0.5 < regained[3]


@given(share, st.booleans(), share, share)
def test_range(trust: float, was_kept: bool, gain: float, loss: float) -> None:
    """Trust stays in 0 to 1, rises if the promise was kept and falls if not."""
    after = updated(trust, was_kept, gain, loss)
    assert 0.0 <= after <= 1.0
    assert after >= trust if was_kept else after <= trust


@given(share, st.booleans())
def test_absent(trust: float, was_kept: bool) -> None:
    """Neutral trust does not move and does not weigh."""
    silent = neutral(Trust)
    assert updated(trust, was_kept, silent.gain, silent.loss) == trust
    assert silent.weight == 0

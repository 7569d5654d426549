"""Addressed draws: the published generator, one number an address, and fair inverses."""

import itertools
import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from sim import draws
from sim.market.compile import passes

RUN = draws.key(7)
BLOCKS = [block for block, _ in draws.STREAMS.values()]
LAST = 2**32 - 1
SMALLEST, LARGEST = 2.0**-33, 1.0 - 2.0**-33

MANY = 100_000
FIRM = draws.address_of("anchor")
ADDRESSES: dict[str, tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]] = {
    "persons": (np.arange(MANY), FIRM, 60, 0),
    "firms": (17, np.arange(MANY), 60, 0),
    "steps": (17, FIRM, np.arange(MANY), 0),
    "ordinals": (17, FIRM, 60, np.arange(MANY)),
}

word = st.integers(0, LAST)
ordinal = st.integers(0, 2**24 - 1)


@cache
def compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, with the functions of draws that it calls."""
    import numba

    passes(dealings=False)
    return numba.njit(function)


def four(
    run: draws.Key, person: np.uint64, other: np.uint64, step: np.uint64, block: np.uint64, nth: int
) -> tuple[float, float, float, float]:
    return draws.four(run, person, other, step, block, nth)


def inverses(u: float, mean: float) -> tuple[float, float, float, int]:
    return draws.exponential(u), draws.gumbel(u), draws.normal(u), draws.poisson(u, mean)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000",
         "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
         "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
         "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)  # fmt: skip
def test_published_known_answers(counter: str, key: str, words: str) -> None:
    """The generator is Philox4x32-10: it gives the vectors that Random123 ships."""
    c0, c1, c2, c3 = (np.uint64(int(text, 16)) for text in counter.split())
    k0, k1 = (np.uint64(int(text, 16)) for text in key.split())
    assert " ".join(f"{value:08x}" for value in draws.philox(k0, k1, c0, c1, c2, c3)) == words


def test_uniforms_in_the_head() -> None:
    """A word is the middle of one of 2³² equal parts of the line from 0 to 1, ends left out."""
    assert draws.uniform(np.uint64(0)) == SMALLEST > 0.0
    assert draws.uniform(np.uint64(2**31)) == 0.5 + 2.0**-33
    assert draws.uniform(np.uint64(LAST)) == LARGEST < 1.0


def test_the_key_of_a_run() -> None:
    """Key and numbers are the same on every machine and for good."""
    assert draws.key(42) == draws.key(42, 0)
    assert draws.key(42) == draws.Key(np.uint64(3444837047), np.uint64(2669555309))
    first, *_ = draws.four(draws.key(42), 1, draws.NOBODY, 0, draws.OCCASION, 0)
    assert first == 0.5736744824098423
    *_, last = draws.four(draws.key(42), 1, FIRM, 60, draws.MESSAGE, 3)
    assert last == 0.9418102382915094


def test_seed_and_replication_make_different_keys() -> None:
    """A hundred seeds with a hundred replications share no key."""
    assert len({draws.key(seed, run) for seed in range(100) for run in range(100)}) == 10_000


def test_the_address_of_a_firm() -> None:
    """A firm's address begins the BLAKE2b of its name in UTF-8, as `b2sum` prints it."""
    assert draws.address_of("anchor") == 0xF0801C84
    assert draws.address_of("Ærø Bank") == 0x28E4EBED


def test_every_stream_has_a_number_of_its_own() -> None:
    """Blocks are distinct 8-bit numbers under their own name, the words in one distinct too."""
    assert len(set(BLOCKS)) == len(draws.STREAMS)
    assert max(BLOCKS) < 256
    for name, (block, streams) in draws.STREAMS.items():
        assert getattr(draws, name) == block
        used = [stream for stream in streams if stream != "unused"]
        assert len(set(used)) == len(used) > 0


def test_no_two_addresses_share_their_numbers() -> None:
    """Every person, other, step, block and ordinal meet in four words of their own."""
    ends, ordinals = (0, 1, LAST), (0, 1, 2**23, 2**24 - 1)
    addresses = list(itertools.product(ends, ends, ends, BLOCKS, ordinals))
    assert len({draws.four(RUN, *address) for address in addresses}) == len(addresses)


@pytest.mark.parametrize("place", range(6))
def test_every_part_of_the_address_counts(place: int) -> None:
    """Person, other, step, block, ordinal and key: one more in any of them moves all four."""
    here: list[Any] = [RUN, 5, FIRM, 60, draws.STEP, 3]
    there = [*here]
    there[place] = draws.key(7, 1) if place == 0 else here[place] + 1
    pairs = zip(draws.four(*here), draws.four(*there), strict=True)
    assert all(one != other for one, other in pairs)


@given(word, word, word, st.sampled_from(BLOCKS), ordinal)
def test_an_array_gives_what_its_elements_give(
    person: int, other: int, step: int, block: np.uint64, ordinal: int
) -> None:
    """`columns` on arrays is `four` on each address, whichever part is the array."""
    persons = np.array([person, 0, LAST], np.uint64)
    drawn = np.transpose(draws.columns(RUN, persons, other, step, block, ordinal))
    expected = [draws.four(RUN, someone, other, step, block, ordinal) for someone in persons]
    np.testing.assert_array_equal(drawn, expected)


def test_arrays_broadcast() -> None:
    """Two persons by three firms are six addresses."""
    persons, firms = np.array([[1], [2]]), np.array([10, 20, 30])
    drawn, *_ = draws.columns(RUN, persons, firms, 4, draws.OPINION)
    assert drawn.shape == (2, 3)
    assert drawn[1, 2] == draws.four(RUN, 2, 30, 4, draws.OPINION, 0)[0]


@pytest.mark.parametrize("block", BLOCKS)
def test_compiled_draws_are_the_same(block: np.uint64) -> None:
    """Machine code and Python agree to the last bit, from the first address to the last."""
    for address in ((0, 0, 0), (5, FIRM, 60), (LAST, LAST, LAST)):
        person, other, step = map(np.uint64, address)
        for nth in (0, 3, 2**24 - 1):
            expected = four(RUN, person, other, step, block, nth)
            assert compiled(four)(RUN, person, other, step, block, nth) == expected


@pytest.mark.parametrize("u", [SMALLEST, 1e-4, 0.05, 0.3, 0.5, 0.6, 0.97, LARGEST])
def test_compiled_inverses_are_the_same(u: float) -> None:
    """Machine code and Python agree to the rounding of a logarithm."""
    assert compiled(inverses)(u, 2.5) == pytest.approx(inverses(u, 2.5), rel=1e-14, abs=1e-15)


def test_inverses_in_the_head() -> None:
    """The median of the normal is 0, e⁻¹ is exponential 1 and Gumbel 0, no mean is no event."""
    assert draws.normal(0.5) == 0.0
    assert draws.exponential(math.exp(-1)) == 1.0
    assert draws.gumbel(math.exp(-1)) == 0.0
    assert draws.poisson(LARGEST, 0.0) == 0


def test_poisson_in_the_head() -> None:
    """Mean 1 has the steps 1/e, 2/e and 2.5/e: .368, .736 and .920."""
    assert [draws.poisson(u, 1.0) for u in (0.3, 0.4, 0.7, 0.8, 0.9, 0.93)] == [0, 1, 1, 2, 2, 3]
    assert draws.poisson(math.exp(-1), 1.0) == 0  # the step itself is reached


LOW = np.concatenate((np.geomspace(SMALLEST, 0.5, 2_001), np.linspace(0.001, 0.499, 2_001)))


@pytest.mark.parametrize(
    "grid",
    [LOW, 1.0 - LOW],
    ids=["lower half", "upper half"],
)
def test_normal_inverse(grid: npt.NDArray[np.float64]) -> None:
    """Relative error below 1e-14 from the smallest uniform to the largest."""
    found = [draws.normal(u) for u in grid.tolist()]
    np.testing.assert_allclose(found, special.ndtri(grid), rtol=1e-14, atol=0.0)


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.5, 1.0, 3.7, 20.0, 150.0, 700.0, 701.0, 5e3, 1e5])
def test_poisson_inverse(mean: float) -> None:
    """The smallest count whose distribution function reaches u.

    Above 700 rounding of the first term counts at the outermost u of all, 1e-10 from 0 and 1: it
    moves them by less than a tenth of a standard deviation.
    """
    grid = np.linspace(0.0005, 0.9995, 500)
    found = [draws.poisson(u, mean) for u in grid.tolist()]
    np.testing.assert_array_equal(found, stats.poisson.ppf(grid, mean))
    for u in (SMALLEST, LARGEST):
        allowed = 0.1 * mean**0.5 if mean > 700 else 0.0
        assert abs(draws.poisson(u, mean) - stats.poisson.ppf(u, mean)) <= allowed


@pytest.mark.parametrize(
    ("inverse", "distribution"),
    [(draws.exponential, stats.expon.sf), (draws.gumbel, stats.gumbel_r.cdf)],
)
def test_logarithmic_inverses(
    inverse: Callable[[float], float], distribution: Callable[[float], float]
) -> None:
    """The distribution function brings back the uniform (exponential: that of outliving)."""
    for u in (SMALLEST, 1e-6, 0.01, 0.25, 0.5, 0.9, LARGEST):
        assert distribution(inverse(u)) == pytest.approx(u, rel=1e-13)


@pytest.mark.parametrize("along", ADDRESSES)
@pytest.mark.parametrize("position", range(4))
def test_uniforms_are_uniform(along: str, position: int) -> None:
    """Mean 1/2 and variance 1/12, and neighbours are unrelated, within 4 standard errors."""
    person, other, step, nth = ADDRESSES[along]
    u = draws.columns(RUN, person, other, step, draws.OCCASION, nth)[position]
    error = 4.0 / math.sqrt(MANY)
    assert abs(np.mean(u) - 1 / 2) < error * math.sqrt(1 / 12)
    assert abs(np.mean((u - 1 / 2) ** 2) - 1 / 12) < error * math.sqrt(1 / 180)
    assert abs(np.corrcoef(u[1:], u[:-1])[0, 1]) < error


@pytest.mark.parametrize("along", ADDRESSES)
def test_words_and_runs_are_unrelated(along: str) -> None:
    """The four words of an address, and those of the next replication, go their own ways."""
    person, other, step, nth = ADDRESSES[along]
    runs = (draws.key(7, 0), draws.key(7, 1))
    words = [draws.columns(run, person, other, step, draws.OCCASION, nth) for run in runs]
    related = np.corrcoef(np.concatenate(words)) - np.eye(8)
    assert np.abs(related).max() < 4.0 / math.sqrt(MANY)

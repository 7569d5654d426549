"""Addressed random numbers: who, with whom, when and why → one number, the same everywhere.

A draw is not the next number of a sequence. It has an *address*: the seed and the replication (the
key), the person, the other party (a firm, another person, or 0), the step, the stream (what the
number decides) and an ordinal (the how-manyth within the step). The same address always gives the
same number, so two policies compared under one seed meet the same needs, tastes and slips, and a
draw that one of them no longer makes moves nobody else's luck.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy
as 1, 2, 3", SC'11). One call yields four 32-bit words, so four streams that are used together share
a block. Everything here is plain arithmetic on ``np.uint64``: it reads and runs as Python, works on
whole arrays, and compiles.
"""

import hashlib
import math
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Uniforms = npt.NDArray[np.float64]

MASK = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
BLOCK_BITS = np.uint64(24)
ROUNDS = 10
HALF = np.float64(0.5)
RESOLUTION = np.float64(2.0**-32)
MANTISSA_BITS = np.int64(52)
ROOT_OF_HALF = np.int64(0x3FE6A09E667F3BCD)
LN_2 = math.log(2.0)
"""Of a double: the bits of its mantissa, the bits of √½, and the logarithm of 2."""
FROM_ZERO = 700.0
"""Poisson means up to which the chance of none can be held in a double."""

NOBODY = np.uint64(0)
"""The ``other`` of a draw that concerns one person only, and of the outside option."""

# Blocks: the streams of one block share one call. Numbers are fixed for good: a new stream takes a
# new number, a dropped one leaves a gap. The tuple names the four words of each block.
OCCASION = np.uint64(0)
AFTERMATH = np.uint64(1)
STEP = np.uint64(2)
CONTACT = np.uint64(3)
MESSAGE = np.uint64(4)
PERSON = np.uint64(5)
CHARACTER = np.uint64(6)
OPINION = np.uint64(7)
START = np.uint64(8)
NETWORK = np.uint64(9)
POPULATION = np.uint64(10)
AMOUNT = np.uint64(11)
APPROACH = np.uint64(12)
INVITATION = np.uint64(13)
PARTNER = np.uint64(14)
SUCCESSION = np.uint64(15)
PROGRAMME = np.uint64(16)
PRIVACY = np.uint64(18)
CHANNEL = np.uint64(19)
WAY = np.uint64(20)
PATH = np.uint64(23)
LINE = np.uint64(26)
LAUNCH = np.uint64(27)
PIPELINE = np.uint64(28)
MANAGER = np.uint64(29)

STREAMS: dict[str, tuple[np.uint64, tuple[str, str, str, str]]] = {
    "OCCASION": (OCCASION, ("consider", "choose", "quality", "failure")),
    "AFTERMATH": (AFTERMATH, ("complain", "recover", "unused", "drop_out")),
    "STEP": (STEP, ("need", "exit", "look", "unused")),
    "CONTACT": (CONTACT, ("advertising", "seen_in_time", "talk", "held")),
    "MESSAGE": (MESSAGE, ("which_tie", "strong_or_weak", "whom_met", "unused")),
    "PERSON": (PERSON, ("need_rate", "basket", "price_sensitivity", "orientation")),
    "CHARACTER": (CHARACTER, ("talkativeness", "exit_hazard", "group", "renewal")),
    "OPINION": (OPINION, ("taste", "taste_tail", "fit", "expectation")),
    "START": (START, ("first_choice", "held_by", "unused", "unused")),
    "NETWORK": (NETWORK, ("from", "to", "rewire", "weak")),
    "POPULATION": (POPULATION, ("arrivals", "place", "unused", "unused")),
    "AMOUNT": (AMOUNT, ("normal", "accept", "boost", "unused")),
    "APPROACH": (APPROACH, ("contact", "opt_out", "win_back", "unused")),
    "INVITATION": (INVITATION, ("invite", "which_tie", "strong_or_weak", "whom_met")),
    "PARTNER": (PARTNER, ("supply", "betray", "liking", "drift")),
    "SUCCESSION": (SUCCESSION, ("renew", "quality", "unused", "unused")),
    "PROGRAMME": (PROGRAMME, ("join_or_wake", "ask", "promoted", "app_or_doze")),
    "PRIVACY": (PRIVACY, ("tolerance", "unused", "unused", "unused")),
    "CHANNEL": (CHANNEL, ("contact", "opt_out", "opt_in", "unused")),
    "WAY": (WAY, ("served", "direct", "there", "unused")),
    "PATH": (PATH, ("lost", "unused", "unused", "unused")),
    "LINE": (LINE, ("needed", "comes_up", "taken", "given_up")),
    "LAUNCH": (LAUNCH, ("missed", "unused", "unused", "unused")),
    "PIPELINE": (PIPELINE, ("time_as_lead", "time_to_decision", "offer_wanted", "unused")),
    "MANAGER": (MANAGER, ("leaves", "hired", "by_whom", "unused")),
}
"""Every block with its number and the meaning of its four words."""


class Key(NamedTuple):
    """The part of the address that all draws of one run share: two 32-bit words."""

    low: np.uint64
    high: np.uint64


def key(seed: int, replication: int = 0) -> Key:
    """Return the key of a run from its ``seed`` and ``replication``, both ≥ 0."""
    words = np.random.SeedSequence([seed, replication]).generate_state(2, np.uint32)
    return Key(np.uint64(words[0]), np.uint64(words[1]))


def address_of(name: str) -> int:
    """Return the 32-bit address of a named firm: the first four bytes of BLAKE2b of its name.

    The order of firms in a file and rivals added to it move nobody's luck; renaming a firm does.
    """
    return int.from_bytes(hashlib.blake2b(name.encode()).digest()[:4], "big")


def philox[Word: (np.uint64, Words)](
    k0: np.uint64, k1: np.uint64, c0: Word, c1: Word, c2: Word, c3: Word
) -> tuple[Word, Word, Word, Word]:
    """Philox4x32-10: key (2 words) and counter (4 words) to four words, all ``np.uint64`` < 2³².

    Works on scalars and, element by element, on arrays.
    """
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0 = (product_1 >> SHIFT) ^ c1 ^ k0
        c1 = product_1 & MASK
        c2 = (product_0 >> SHIFT) ^ c3 ^ k1
        c3 = product_0 & MASK
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


@overload
def uniform(word: np.uint64) -> np.float64: ...
@overload
def uniform(word: Words) -> Uniforms: ...
def uniform(word: np.uint64 | Words) -> np.float64 | Uniforms:
    """Turn a 32-bit word into a number strictly between 0 and 1."""
    return (word + HALF) * RESOLUTION


def four(
    run: Key,
    person: int | np.integer,
    other: int | np.integer,
    step: int | np.integer,
    block: np.uint64,
    ordinal: int | np.integer,
) -> tuple[float, float, float, float]:
    """Return the four uniforms of one block at one address.

    Args:
        run: the :class:`Key` of the run.
        person: person number, 0 to 2³² − 1.
        other: a firm's address, another person's number, or ``NOBODY``.
        step: absolute step of the run, 0 being the first of the warm-up.
        block: one of the declared blocks.
        ordinal: the how-manyth such draw within the step, 0 to 2²⁴ − 1.
    """
    w0, w1, w2, w3 = philox(
        run.low,
        run.high,
        np.uint64(person),
        np.uint64(other),
        np.uint64(step),
        (np.uint64(block) << BLOCK_BITS) + np.uint64(ordinal),
    )
    return uniform(w0), uniform(w1), uniform(w2), uniform(w3)


def columns(
    run: Key,
    person: npt.ArrayLike,
    other: npt.ArrayLike,
    step: npt.ArrayLike,
    block: np.uint64,
    ordinal: npt.ArrayLike = 0,
) -> tuple[Uniforms, Uniforms, Uniforms, Uniforms]:
    """Return the four uniforms of :func:`four` for whole arrays of addresses (broadcast)."""
    person, other, step, ordinal = np.broadcast_arrays(person, other, step, ordinal)
    counter = (np.uint64(block) << BLOCK_BITS) + ordinal.astype(np.uint64)
    w0, w1, w2, w3 = philox(
        run.low,
        run.high,
        person.astype(np.uint64),
        other.astype(np.uint64),
        step.astype(np.uint64),
        counter,
    )
    return uniform(w0), uniform(w1), uniform(w2), uniform(w3)


def log(x: float) -> float:
    """Natural logarithm of an ``x`` above 0, relative error below 1e-15.

    Plain arithmetic, which gives the same on every machine, and for many numbers side by side:
    with x = 2^e·m and m near 1, ln m is twice the series s + s³/3 + s⁵/5 … of s = (m − 1)/(m + 1).
    """
    bits = np.float64(x).view(np.int64)
    exponent = (bits - ROOT_OF_HALF) >> MANTISSA_BITS
    m = np.int64(bits - (exponent << MANTISSA_BITS)).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    z2 = z * z
    z4 = z2 * z2  # not one term after the other: a processor has several hands
    series = (
        (1 / 3 + z * (1 / 5)) + z2 * (1 / 7 + z * (1 / 9))
        + z4 * ((1 / 11 + z * (1 / 13)) + z2 * (1 / 15 + z * (1 / 17)) + z4 * (1 / 19))
    )  # fmt: skip
    return exponent * LN_2 + 2.0 * (s + s * (z * series))


def exponential(u: float) -> float:
    """Inverse of the standard exponential distribution."""
    return -log(u)


def gumbel(u: float) -> float:
    """Inverse of the standard Gumbel distribution (location 0, scale 1)."""
    return -log(-log(u))


def poisson(u: float, mean: float) -> int:
    """Inverse of the Poisson distribution with this ``mean`` (0 or more), by summing its terms.

    Where the mean is so large that the first terms cannot be held, they are left out: twelve
    standard deviations below it, where no uniform of 32 bits leads.
    """
    count = 0
    if u <= 1.0 - mean:  # e^-mean is at least that
        return count
    term = math.exp(-mean)
    if mean > FROM_ZERO:
        count = int(mean - 12.0 * math.sqrt(mean))
        term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1.0))
    total = term
    while u > total and term > 0.0:
        count += 1
        term *= mean / count
        total += term
    return count


def normal(u: float) -> float:
    """Inverse of the standard normal distribution, relative error about 1e-16.

    Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477-484, without its farthest
    tail, where no uniform of 32 bits leads: ``u`` lies between 2⁻³³ and 1 − 2⁻³³.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _centre(r)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    tail = _tail(r - 1.6)
    return tail if q > 0.0 else -tail


def _centre(r: float) -> float:
    above = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
        + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r
        + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0  # fmt: skip
    below = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
        + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r
        + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0  # fmt: skip
    return above / below


def _tail(r: float) -> float:
    above = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
        + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
        + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        + 4.63033784615654529590e0) * r + 1.42343711074968357734e0  # fmt: skip
    below = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
        + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
        + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        + 2.05319162663775882187e0) * r + 1.0  # fmt: skip
    return above / below

"""Luck: what a person draws in a step, thrown for many at once.

The numbers are those of ``draws.four`` at the same addresses, and no others. Thrown together, for
all people or towards all firms, they are computed side by side by the processor and cost a fifth.
"""

from typing import NamedTuple

import numpy as np

from sim import draws
from sim.market.state import Table, World

CONSIDER, CHOOSE, QUALITY, FAILURE = 0, 1, 2, 3
"""Rows of the dice of an occasion; that of choice holds the noise of the moment, see below."""
REACHED, CONTACTED, OPTS_OUT, OFFERED = 0, 1, 2, 3
"""Rows of the dice of being approached."""
NEED, EXIT, LOOK = 0, 1, 2
"""Rows of the lots of a step."""
TOGETHER = 8
"""Dice thrown at once."""
CROWD = 256
"""People whose lots are cast at once, just before they are needed."""


class Luck(NamedTuple):
    """Tables into which luck is thrown, and the addresses of those towards whom."""

    lots: Table  # (3, people) uint32 words of this step
    occasion: Table  # (4, columns) uniforms towards each firm, then towards nobody; noise
    approach: Table  # (4, columns) uniforms
    addresses: Table  # (columns,) uint64 of the firms; NOBODY


def empty_luck(people: int, addresses: list[int]) -> Luck:
    """Return tables for so many people and firms of these addresses."""
    columns = TOGETHER * (1 + len(addresses) // TOGETHER)
    everyone = np.full(columns, draws.NOBODY)
    everyone[: len(addresses)] = addresses
    dice = np.zeros((2, 4, columns))
    return Luck(np.zeros((3, people), np.uint32), dice[0], dice[1], everyone)


def cast_lots(luck: Luck, run: draws.Key, step: int, w: World, begin: int, end: int) -> None:
    """Draw need, exit and look for this step of the people in these places.

    Places are counted without a sign: one below 0 would count from the end, and for fear of that
    the numbers would not be computed side by side.
    """
    for i in range(np.uint64(begin), np.uint64(end)):
        need, leave, look, _ = draws.philox(
            run.low,
            run.high,
            np.uint64(w.people[i].number),
            draws.NOBODY,
            np.uint64(step),
            draws.STEP << draws.BLOCK_BITS,
        )
        luck.lots[NEED, i] = need
        luck.lots[EXIT, i] = leave
        luck.lots[LOOK, i] = look


def throw_at_occasion(luck: Luck, run: draws.Key, number: int, step: int, occasion: int) -> None:
    """Throw a person's dice of an occasion towards each firm, and towards nobody.

    Of the one for choice the noise of the moment is made at once, which is Gumbel.
    """
    dice = luck.occasion
    for column in range(luck.addresses.size):
        considered, chosen, quality, failure = draws.four(
            run, number, luck.addresses[column], step, draws.OCCASION, occasion
        )
        dice[CONSIDER, column] = considered
        dice[CHOOSE, column] = draws.gumbel(chosen)
        dice[QUALITY, column] = quality
        dice[FAILURE, column] = failure


def throw_at_approach(luck: Luck, run: draws.Key, number: int, step: int) -> None:
    """Throw a person's dice for what firms may do in a step: advertise, contact, offer."""
    dice = luck.approach
    for column in range(luck.addresses.size):
        other = luck.addresses[column]
        reached, _, _, _ = draws.four(run, number, other, step, draws.CONTACT, 0)
        contacted, opts_out, offered, _ = draws.four(run, number, other, step, draws.APPROACH, 0)
        dice[REACHED, column] = reached
        dice[CONTACTED, column] = contacted
        dice[OPTS_OUT, column] = opts_out
        dice[OFFERED, column] = offered

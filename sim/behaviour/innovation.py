"""Innovation: how far a new product misses what customers want, and who adopts it.

What customers want of it is not known to the firm, but each voice that it hears adds precision, as
in Bayes' rule for a normal mean: prior precision 1/spread², and ``telling`` for each voice. The
product is as good as it can be, less what the firm misses. Customers adopt it by innovation and
imitation among the customers of the firm (form Bass 1969), if they then choose it; how they do is
the mechanism ``breadth``. All sizes are assumed.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Innovation(NamedTuple):
    """How new products find what customers want, and their first customers."""

    telling: Annotated[
        float, Parameter("precision that each voice heard adds to what is known",
                         "per voice, 1 / quality²", 0, 1e6, "assumed", neutral=0),
    ] = 0.02  # fmt: skip
    innovation: Annotated[
        float, Parameter("chance that the product comes up with no adopters about",
                         "share per bill or purchase", 0, 1, "assumed; form Bass 1969", neutral=0),
    ] = 0.02  # fmt: skip
    imitation: Annotated[
        float, Parameter("what is added to that chance when all other customers have adopted",
                         "share per bill or purchase", 0, 1, "assumed; form Bass 1969", neutral=0),
    ] = 0.3  # fmt: skip


def uncertainty(spread: float, voices: float, telling: float) -> float:
    """Standard deviation of what is missed (quality) after so many ``voices``; before, ``spread``.

    1/√(1/spread² + telling · voices), written so that a spread of 0 is none.
    """
    return spread / math.sqrt(1.0 + telling * voices * spread**2)


def quality(best: float, missed: float) -> float:
    """Quality of a product that could be ``best`` and misses what is wanted by so much."""
    return max(0.0, best - abs(missed))


def hazard(share: float, innovation: float, imitation: float) -> float:
    """Chance that the product comes up when this ``share`` of the firm's customers has it."""
    return min(1.0, innovation + imitation * share)

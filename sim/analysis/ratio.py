"""The ratio of two means of paired worlds, with an interval that is honest about its divisor."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def ratio(above: Values, below: Values) -> dict[str, float]:
    """The ratio of two means and its 95 % interval (Fieller 1954, J. R. Statist. Soc. B 16).

    Args:
        above: (worlds,) what is divided.
        below: (worlds,) what it is divided by, world by world.

    Returns:
        ``mean``, the ratio of the means, ``low`` and ``high``. There is an interval only where the
        mean of ``below`` is surely not 0 (Student's test at 95 %); else the ends are not numbers.
    """
    from scipy import special

    worlds, nothing = len(above), float("nan")
    top, bottom = (float(np.mean(each)) if worlds else nothing for each in (above, below))
    mean = top / bottom if bottom else nothing
    if worlds < 2:
        return {"mean": mean, "low": nothing, "high": nothing}
    reach = float(special.stdtrit(worlds - 1, 0.975)) ** 2 / worlds
    (s_top, s_both), (_, s_bottom) = reach * np.cov(above, below)
    leading, middle, last = bottom**2 - s_bottom, top * bottom - s_both, top**2 - s_top
    if leading <= 0.0:
        return {"mean": mean, "low": nothing, "high": nothing}
    half = float(np.sqrt(max(0.0, middle**2 - leading * last)))
    return {"mean": mean, "low": (middle - half) / leading, "high": (middle + half) / leading}

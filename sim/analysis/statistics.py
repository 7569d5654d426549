"""What paired worlds tell: intervals, differences, and how surely the best is the best."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def interval(values: Values) -> dict[str, float]:
    """Mean and Student's 95 % interval of independent values."""
    from scipy import special

    count, mean = len(values), float(np.mean(values)) if len(values) else float("nan")
    if count < 2:
        return {"mean": mean, "low": float("nan"), "high": float("nan")}
    half = float(special.stdtrit(count - 1, 0.975) * np.std(values, ddof=1) / np.sqrt(count))
    return {"mean": mean, "low": mean - half, "high": mean + half}


def paired(values: Values, base: Values) -> dict[str, float]:
    """The paired difference of two arms: interval, share of worlds won, and gain of pairing."""
    difference = values - base
    spread = float(np.var(difference)) if len(difference) else 0.0
    apart = float(np.var(values) + np.var(base)) if len(difference) else 0.0
    return {
        **interval(difference),
        "won": float(np.mean(difference > 0.0)) if len(difference) else float("nan"),
        "pairing_gain": apart / spread if spread > 0.0 else float("nan"),
        "runs": len(difference),
    }

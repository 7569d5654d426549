"""Live two small markets and write their books; the argument is the file to write.

Run in a process of its own with ``NUMBA_DISABLE_JIT=1``, it is the month as plain Python.
"""

import sys
from typing import Any

import numba
import numpy as np

from tests.market.worlds import Data, lived

EVERYTHING: Data = {
    "warm_up": 2,
    "horizon": 6,
    "precision": "double",
    "population": {"size": 40},
    "customers": {"exit": 0.05},
    "mechanisms": {
        "salience": {"immunity": 0.5},
        "information": {"search": 0.7},
        "experience": {"failure": 0.3},
        "complaints": {"loss": 0.5, "voice": 1.0, "exit": 0.5},
        "expectation": {"norm": 0.2},
        "choice": {"staying": 0},
    },
    "instruments": {"save": {"ceiling": 1, "rate": 1000, "discount": 0.6}},
    "record": {"transactions": True, "grievances": True},
    "firms": {"acme": {}, "bolt": {}, "cora": {}},
}
SETTINGS = ("subscription", "repertoire", "b2b")


def changes(setting: str) -> Data:
    """What turns the market above into one of this setting, with money spent on much."""
    instruments = ["advertising", "service", "recovery", "loyalty"]
    instruments += ["save"] if setting != "repertoire" else []
    split = dict.fromkeys(instruments, 1 / len(instruments))
    firms = {name: {"policy": {"split": split}} for name in EVERYTHING["firms"]}
    return {"setting": setting, "firms": firms}


def books(setting: str) -> dict[str, Any]:
    """The ledgers, relations and accounts of a market of 40 people after eight steps."""
    market = lived(EVERYTHING, changes(setting))
    return {
        f"{setting}.ledger": market.history.ledger(),
        f"{setting}.people": market.world.people,
        f"{setting}.relations": market.world.relations,
        f"{setting}.accounts": market.world.accounts,
        f"{setting}.dealings": market.world.dealings,
        f"{setting}.purchases": np.concatenate(market.history.purchases),
    }


if __name__ == "__main__":
    print("plain" if numba.config.DISABLE_JIT else "compiled")  # type: ignore[attr-defined]
    np.savez(sys.argv[1], **{name: t for s in SETTINGS for name, t in books(s).items()})

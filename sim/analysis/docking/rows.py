"""All rows of the docking table."""

from importlib import import_module

from sim.analysis.docking.row import Row

MODULES: tuple[str, ...] = (
    "clv",
    "stock",
    "stock_with_talk",
    "blattberg_deighton",
    "firm_value",
    "nbd",
    "concentration",
    "sbg",
    "dirichlet",
    "bgnbd",
    "pareto_nbd",
    "gamma_gamma",
    "bass",
    "opinion",
    "contagion",
    "referral",
    "markov",
    "logit",
    "queue",
    "contact",
    "trust",
    "satisfaction",
    "partners",
    "payback",
    "profitability",
    "ruse",
    "loyalty_threshold",
    "bass_in_steps",
    "attrition",
)
"""Files of this folder in the order of the table; each defines its ``ROW``."""


def rows() -> dict[str, Row]:
    """Every row by its name."""
    found = (import_module(f"sim.analysis.docking.{module}").ROW for module in MODULES)
    return {row.name: row for row in found}


def row_of(word: str) -> Row:
    """The row of a name or an id, as ``bass`` or ``D12``. Raises ValueError for others."""
    known = rows()
    by_id = {row.id.lower(): row for row in known.values()}
    found = known.get(word.lower()) or by_id.get(word.lower())
    if found is None:
        raise ValueError(
            f"{word}: must be a row of the docking table, is none; see them by: sim theory list"
        )
    return found

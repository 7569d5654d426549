"""What became of leads in a market of business accounts, beside what was published."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.behaviour.pipeline import DAYS_A_MONTH
from sim.views.wording import aligned, number

if TYPE_CHECKING:
    from sim.market.run import Run

PUBLISHED = {
    "leads that became opportunities": 0.13,
    "opportunities that became deals": 0.06,
    "days as a lead": 84.0,
    "days to a decision": 18.0,
    "deals a lead, after an invitation": 0.0363,
}
"""Implisit 2014, about 500 firms, in eMarketer 2015. None of the shares is put in."""


def measured(run: "Run") -> dict[str, float]:
    """The same of all firms in all booked months; not a number where there was nothing."""
    ledger = run.market.history.ledger()[run.market.spec.warm_up :]
    total = {name: float(ledger[name].sum()) for name in ledger.dtype.names or ()}
    closed, decided = total["leads_closed"], total["opportunities_closed"]
    values = (
        share(total["opportunities"], closed),
        share(total["deals"], decided),
        share(DAYS_A_MONTH * total["lead_months"], closed),
        share(DAYS_A_MONTH * total["opportunity_months"], decided),
        share(total["deals_referral"], total["leads_referral"]),
    )
    return dict(zip(PUBLISHED, values, strict=True))


def share(part: float, whole: float) -> float:
    """``part / whole``, not a number where there is no whole."""
    return part / whole if whole else float("nan")


def pipeline_text(run: "Run") -> Iterator[str]:
    """A table of them, for markets of business accounts."""
    if run.market.spec.setting != "b2b":
        return
    rows: list[list[Any]] = [["pipeline of all firms", "here", "published"]]
    for name, value in measured(run).items():
        digits = 0 if name.startswith("days") else 3
        rows.append([f"  {name}", number(value, digits), number(PUBLISHED[name], digits)])
    yield aligned(rows)
    yield ""


def manager_table(run: "Run") -> Any:
    """A row per account manager at the end of a run.

    Columns: firm, manager, accounts (looked after, as second manager included), bonds (sum over
    customers, 0 to 1 each), revenue_at_risk (monthly revenue at list price times bond, money),
    successions (how many have left the post).
    """
    import pandas as pd

    rows = [
        (firm.name, name, accounts, bonds, at_risk, generation)
        for firm in run.market.firms
        if (own := firm.managers) is not None
        for name, accounts, bonds, at_risk, generation in zip(
            own.names, own.accounts, own.bonds, own.at_risk, own.generation, strict=True
        )
    ]
    columns = ["firm", "manager", "accounts", "bonds", "revenue_at_risk", "successions"]
    return pd.DataFrame(rows, columns=columns)

"""Investors: they lend to a firm, at a price, as long as they believe in it.

An investor judges at the beginning of a step, by the books until the end of the last one. What is
lived in the warm-up it watches, but nothing is booked then: the firm keeps the cash with which it
begins.
"""

import math
from typing import TYPE_CHECKING, Any

import mesa

from sim.behaviour import capital
from sim.market.firms import SPENT, profit
from sim.market.history import STEPS_A_YEAR
from sim.market.measures import equity_seen
from sim.market.state import stacked
from sim.scenario.investors import Investor as Said

if TYPE_CHECKING:
    from sim.market.firms import Firm
    from sim.market.model import Market

KEPT = ("balance", "losses", "is_withdrawn", "believed", "cost")
"""What an investor takes from one step to the next."""


class Investor(mesa.Agent):
    """Who lends to a firm: an ordinary Mesa agent.

    Attributes:
        name: as in the scenario.
        firm: to whom it lends.
        balance: cash of the firm; below 0 it is in debt.
        losses: months in a row that ended with a loss.
        is_withdrawn: whether nothing more is lent until the debt is paid.
        believed: what it believes the firm's customers to be worth, in money.
        cost: cost of capital in this step, a rate per month.
        earned: what the last step brought before spending on instruments, in money.
    """

    def __init__(self, model: "Market", name: str) -> None:
        super().__init__(model)
        self.name = name
        self.firm: Firm = model.firm(self.said.to)
        self.balance = self.said.cash
        self.losses = self.believed = self.earned = 0.0
        self.is_withdrawn = False
        self.cost = model.spec.rules.capital.base
        self.firm.investor = self

    @property
    def said(self) -> Said:
        """Its declaration in the scenario."""
        return self.model.spec.investors[self.name]

    def memory(self) -> dict[str, Any]:
        """What it takes from one step to the next, as plain data."""
        return {name: getattr(self, name) for name in KEPT}

    def remember(self, memory: dict[str, Any] | None) -> None:
        """Go on from the memory of another moment; who has none begins now."""
        for name, value in (memory or {}).items():
            setattr(self, name, value)

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def work(self) -> None:
        """A step of an investor: look at the last one, judge, lend or not."""
        if self.model.clock == 0:
            return
        last = self.firm.last
        result = float(profit(last))
        self.earned = result + sum(float(last[name]) for name in SPENT)
        if self.model.month > 0:
            self.keep_account(result)
        self.judge()

    def keep_account(self, result: float) -> None:
        """Book a step's profit or loss; lose patience with losses, regain it with the debt."""
        months = float(self.model.spec.months)
        self.balance += result
        self.losses = self.losses + months if result < 0.0 else 0.0
        if self.losses > self.said.patience:
            self.is_withdrawn = True
        if self.balance >= 0.0:
            self.is_withdrawn = False

    def judge(self) -> None:
        """Ask for what a year's cash flow before interest, and the customers, let seem right."""
        model, rules = self.model, self.model.rules.capital
        year = model.history.ledgers[-STEPS_A_YEAR[model.spec.step] :]
        if len(year) < STEPS_A_YEAR[model.spec.step]:
            return
        books = stacked(year)[:, self.firm.position]
        flow, revenue = profit(books) + books["interest"], float(books["revenue"].mean())
        worth = float(equity_seen(model)[self.firm.position])
        if math.isfinite(worth):
            learning = model.step_rules.capital.learning
            self.believed = capital.learnt(self.believed, max(0.0, worth), learning)
        if revenue > 0.0:
            standing = capital.standing(self.believed, revenue * len(year))
            risk, margin = float(flow.std()) / revenue, float(flow.mean()) / revenue
            self.cost = capital.cost(risk, margin, standing, rules)

    @property
    def line(self) -> float:
        """How far the firm may be in debt."""
        return 0.0 if self.is_withdrawn else self.said.line

    def means(self, wanted: float) -> float:
        """Share that a firm has of the money it wants to spend; before month 0 all of it."""
        if self.model.month < 0 or wanted <= 0.0:
            return 1.0
        return min(1.0, capital.affordable(self.balance, self.line, self.earned) / wanted)

    def book(self, entry: Any) -> None:
        """Charge interest on the debt of a step, and write down what capital costs."""
        months = float(self.model.spec.months)
        entry["interest"] = self.cost * months * max(0.0, -self.balance)
        entry["cost_of_capital"] = self.cost
        entry["invested"] = 1

"""A firm: a Mesa agent that plans its spending, sets terms and keeps books."""

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

from sim import draws
from sim.scenario.offers import Amount, Campaign, PerHead, Policy
from tests.reference.books import INSTRUMENTS, Ledger
from tests.reference.in_force import is_on, step_of
from tests.reference.instruments import TERMS, divided_among
from tests.reference.lines import Launch, Line, book_launch, put_on_sale
from tests.reference.reactions import Stance
from tests.reference.targets import AIMED, BY_THE_HEAD, DEFAULT, SIMPLE, select

if TYPE_CHECKING:
    from tests.reference.model import Reference

SHARED = {
    "advertising": ("acquired_advertising", "acquisition_cost"),
    "win_back": ("won_back", "return_cost"),
}
"""Instruments whose money is shared among those won: where they are counted, what each carries."""
LOWEST_PRICE = 0.01
TRIFLE = 1e-9
LEVELS = ("basic", "reactive", "accountable", "proactive", "partnership")


class Firm(mesa.Agent):
    """A seller.

    Attributes:
        declared: what the scenario says of it.
        lines, launch: what is on sale beside the main product, and how its new product stands.
        name, position, address: as in the scenario, in its order, and of its draws.
        offer: numbers of the offer that are in force.
        stance: what its reaction has made of price and policy.
        last, ledger: the books of the last step and of this one; `history` has all of them.
        carried, waiting: money by instrument left over, and money waiting for somebody won.
        planned, spent: money by instrument for this step, and what was spent whatever happens.
        aimed_at: by instrument all, prospects, lapsed, customers or `selected`.
        chosen: by instrument the number of people selected.
    """

    reach: float
    invite: float
    contact: float
    win_back: float
    seen: float
    lift: float
    failure: float
    recover: float
    reward: float
    care: float
    contact_cost: float
    crm_cost: float
    collected: float
    reward_cost: float
    recovery_cost: float
    save_cost: float
    cross_sell: float
    cross_sell_cost: float
    introductory_cost: float
    referral_cost: float
    introductory_dearness: float
    gift_felt: float

    def __init__(self, model: "Reference", name: str, position: int) -> None:
        super().__init__(model)
        self.name = name
        self.position = position
        self.address = draws.address_of(name)
        declared = model.spec.firms[name]
        self.declared = declared
        self.lines: list[Line] = []
        self.launch = Launch()
        self.reaction = declared.reaction
        self.programme = declared.programme
        self.crm = declared.crm
        self.channels = declared.channels.used if declared.channels else {}
        self.open_channels()
        self.stance = Stance(declared.policy, declared.policy, declared.price)
        self.switching_cost = switching_costs(model, name)
        self.last = self.ledger = Ledger()
        self.history: list[Ledger] = []
        self.asked = self.charged = self.usual = declared.price
        self.share = 0.0
        self.carried = dict.fromkeys(INSTRUMENTS, 0.0)
        self.planned = dict.fromkeys(INSTRUMENTS, 0.0)
        self.waiting = dict.fromkeys(SHARED, 0.0)
        self.spent = dict.fromkeys(SHARED, 0.0)
        self.goodwill = 0.0
        self.invitations = 0
        self.successes = 0
        self.aimed_at = dict.fromkeys(AIMED, "all")
        self.chosen = dict.fromkeys(AIMED, 0)
        self.acquisition_cost = self.return_cost = 0.0

    @property
    def since(self) -> float:
        """The step in which it comes into the market."""
        month = self.model.spec.firms[self.name].enters
        if month is None or month == "never":
            return 0 if month is None else math.inf
        return step_of(self.model.spec, month)

    @property
    def is_there(self) -> bool:
        """Whether it has come into the market; until it has, it plans and spends nothing."""
        return self.model.clock >= self.since

    # ── the offer ─────────────────────────────────────────────────────────────────────────────

    def open_channels(self) -> None:
        """By channel nobody is counted yet, and nothing is bought."""
        self.listeners = dict.fromkeys(self.channels, 0)
        self.cost = dict.fromkeys(self.channels, 0.0)
        self.chance = dict.fromkeys(self.channels, 0.0)

    def make_offer(self, offer: SimpleNamespace, hold: float) -> None:
        """Take over the numbers of the offer that are in force."""
        self.offer = offer
        self.hold = hold
        if self.model.spec.firms[self.name].pricing.kind == "list":
            self.asked = offer.price
        seen_through = self.model.rules.promises.transparency * (offer.quality - offer.promise)
        self.promise = offer.promise + seen_through
        self.set_price()

    def set_price(self) -> None:
        """The list price, and how dear it feels with the discounts that are given."""
        self.price = max(LOWEST_PRICE * self.offer.price, self.asked + self.stance.price_change)
        responses = self.model.responses
        self.dearness = self.dearness_with(0.0)
        self.save_dearness = self.dearness_with(responses.save.discount)
        self.win_back_dearness = self.dearness_with(responses.win_back.discount)
        self.save_discount = self.price * responses.save.discount
        self.win_back_discount = self.price * responses.win_back.discount

    def dearness_with(self, discount: float) -> float:
        """h of the price less a discount, and what it feels like to those who remember another."""
        rules, price = self.model.rules, self.price * (1.0 - discount)
        ratios = price / rules.choice.reference_price, price / self.usual
        linear = rules.choice.linear_price
        gap, change = (r - 1.0 if linear else math.log(r) for r in ratios)
        memory = rules.price_memory
        return gap + memory.loss * max(0.0, change) - memory.gain * max(0.0, -change)

    def look_at_prices(self) -> None:
        """Set the price by the firm's own rule, on what others asked in the last step."""
        model, rule, own = self.model, self.model.spec.firms[self.name].pricing, self.offer.price
        month, before = (math.floor((model.month - b) * model.months + 1e-9) for b in (0, 1))
        if rule.kind == "list":
            self.asked = own
        elif rule.kind == "promotions":
            self.asked = own * (1.0 - rule.depth) if month % rule.every < rule.length else own
        elif model.clock == self.since or (month != before and month % rule.every == 0):
            last = max(0, model.clock - 1)
            prices = [f.charged for f in model.firms if f is not self and f.since <= last]
            most = rule.most if rule.kind == "premium" else 1.0
            over = rule.over if rule.kind == "premium" else 0.0
            level = (
                own
                if not prices
                else (1.0 + over)
                * (min(prices) if rule.of == "cheapest" else math.fsum(prices) / len(prices))
            )
            self.asked = own if not prices else min(most * own, max(rule.least * own, level))
        self.set_price()

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def budget(self, policy: Policy) -> float:
        """Money of a policy for this step."""
        budget = policy.budget
        if isinstance(budget, Amount):
            return budget.amount * self.model.months
        if isinstance(budget, PerHead):
            return budget.per_head * self.model.months * self.model.present
        return budget.share_of_revenue * self.last.revenue

    def allotted(self, policy: Policy) -> dict[str, float]:
        """Money of a policy by instrument."""
        budget = self.budget(policy)
        return {name: budget * policy.split.get(name, 0.0) for name in INSTRUMENTS}

    def intended(self) -> dict[str, float]:
        """Money by instrument, what is matched included, before what was carried over."""
        if not self.is_there:
            return dict.fromkeys(INSTRUMENTS, 0.0)
        own, more = self.allotted(self.stance.policy), self.stance.money_change
        return {name: max(0.0, own[name] + more[name]) for name in INSTRUMENTS}

    def open_step(self) -> None:
        """Say what is on sale, and open new books."""
        if self.is_there:
            put_on_sale(self)
        self.last, self.ledger = self.ledger, Ledger()
        self.open_channels()

    def plan(self) -> None:
        """Divide money over the instruments, and choose whom to aim at."""
        for name, money in self.intended().items():
            due = self.carried[name] + money
            if 0.0 < due <= TRIFLE * max(money, getattr(self.last, name)):
                due = 0.0
            self.carried[name], self.planned[name] = due, max(0.0, due)
        for name in AIMED if self.is_there else ():
            target = self.stance.policy.targets.get(name, DEFAULT[name])
            if name == "contact" and self.level.contact > 0.0:
                self.aimed_at[name] = "customers"
            elif name in BY_THE_HEAD and not (self.planned[name] > 0.0 or self.campaigns(name)):
                self.aimed_at[name] = "nobody"
            elif target in SIMPLE:
                self.aimed_at[name] = str(target)
            else:
                self.aimed_at[name] = "selected"
                self.chosen[name] = select(self, name, target)

    @property
    def level(self) -> SimpleNamespace:
        """What the firm does for customers at the level of its relationships."""
        rules, at = self.model.rules.levels, LEVELS.index(self.declared.level)
        costs = [getattr(rules, f"{name}_cost") for name in LEVELS[1:]]
        unheard = (1.0 - rules.told * (at > 0)) * (1.0 - rules.found * (at > 1))
        return SimpleNamespace(
            hears=1.0 - unheard,
            contact=rules.contact * (at > 2),
            learning=rules.learning * (at > 3),
            bond=rules.bond * (at > 3),
            cost=[0.0, *costs][at],
        )

    def campaigns(self, instrument: str) -> list[Campaign]:
        """The campaigns for an instrument that are on."""
        spec, step = self.model.spec, self.model.clock
        return [
            campaign
            for campaign in self.stance.policy.campaigns
            if self.is_there and campaign.instrument == instrument and is_on(spec, campaign, step)
        ]

    def heads(self, instrument: str) -> int:
        """People aimed at, as of the end of the last step."""
        bought, customers = self.last.buyers, self.last.customers
        match self.aimed_at[instrument]:
            case "all":
                return int(self.model.present)
            case "prospects":
                return max(0, self.model.present - bought)
            case "lapsed":
                return max(0, bought - customers)
            case "customers":
                return customers
            case "nobody":
                return 0
        return self.chosen[instrument]

    def set_terms(self) -> None:
        """Turn the plan, and what campaigns add to it, into what people will meet."""
        for name, become_terms in TERMS.items():
            for campaign in self.campaigns(name):
                money = campaign.per_head * divided_among(self, name)
                self.planned[name] += money
                self.carried[name] += money
            become_terms(self, self.planned[name])

    def charge(self) -> None:
        """Share what winning customers, and winning them back, has cost among those who came."""
        for name, (count, cost) in SHARED.items():
            won = getattr(self.ledger, count)
            self.waiting[name] += self.spent[name]
            setattr(self, cost, self.waiting[name] / won if won else 0.0)
            if won:
                self.waiting[name] = 0.0

    def book(self) -> None:
        """Complete the books; carry over what the plan left."""
        ledger = self.ledger
        ledger.advertising += self.spent["advertising"]
        ledger.win_back += self.spent["win_back"]
        ledger.service = self.care * ledger.heads
        ledger.contact = self.contact_cost * ledger.in_touch
        ledger.contact += sum(self.cost[k] * self.listeners[k] for k in self.channels)
        ledger.crm = self.crm_cost * ledger.on_file
        ledger.fixed_cost = self.offer.fixed_cost * self.model.months if self.is_there else 0.0
        ledger.distribution = float(self.is_there)
        if self.is_there:
            book_launch(self)
        ledger.unallocated = sum(self.waiting.values())
        if self.programme is not None:
            rewards = ledger.points_outstanding / self.programme.reward_points
            ledger.liability = rewards * self.programme.reward_cost
        for name in INSTRUMENTS:
            self.carried[name] -= getattr(ledger, name)
        self.invitations += ledger.invitations
        self.successes += ledger.referred
        self.share = ledger.customers / max(self.model.present, 1)
        if self.is_there:
            self.charged = self.price
            self.usual += self.model.rules.price_memory.adjusting * (self.price - self.usual)
        self.history.append(ledger)


def switching_costs(model: "Reference", to: str) -> dict[str | None, float]:
    """Utility lost by coming to a firm, by the firm one comes from, or from none."""
    costs: dict[str | None, float] = {None: 0.0, **dict.fromkeys(model.spec.firms, 0.0)}
    rows: Any = model.spec.switching_costs
    for origin, row in rows.items():
        if to in row:
            cost = math.inf if row[to] == "never" else float(row[to])
            costs[None if origin == "none" else origin] = cost
    return costs

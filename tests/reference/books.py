"""A firm's books of one step."""

from dataclasses import dataclass

INSTRUMENTS = (
    "advertising",
    "introductory_price",
    "referral_reward",
    "service",
    "recovery",
    "loyalty",
    "contact",
    "cross_sell",
    "crm",
    "save",
    "win_back",
    "staff",
    "distributors",
    "automation",
    "integration",
    "hospitality",
)
UNTOLD = (
    "staff", "automation", "wages", "employed", "skill", "morale", "quit", "calls", "late",
    "queued", "waited", "ties", "breaches", "shortages", "replaced", "tie_trust", "tie_commitment",
    "cooperation", "partnering", "stopped", "margins", "missed", "invested", "interest", "fees",
    "cost_of_capital", "distributors", "integration", "integrated", "hospitality",
    "managers", "managers_left", "looked_after", "bond", "neglected", "at_risk",
)  # fmt: skip
"""Columns of partners and parts of a firm that are not lived here, see ``model.NOT_LIVED``."""


@dataclass(slots=True)
class Ledger:
    """Counts and sums of one firm in one step; docs/measures.md says what they mean."""

    # who is a customer, and who came or went
    customers: int = 0
    buyers: int = 0
    heads: int = 0
    in_touch: int = 0
    on_file: int = 0
    acquired: int = 0
    acquired_advertising: int = 0
    acquired_word_of_mouth: int = 0
    acquired_referral: int = 0
    reactivated: int = 0
    switched: int = 0
    left: int = 0
    exited: int = 0
    lapsed: int = 0
    passed: int = 0
    stopped: int = 0
    lost_on_the_way: int = 0

    # what happened
    purchases: int = 0
    rewarded: int = 0
    enrolled: int = 0
    members: int = 0
    active_members: int = 0
    would_leave: int = 0
    saved: int = 0
    introduced: int = 0
    contacts: int = 0
    opt_outs: int = 0
    crept_out: int = 0
    willing: int = 0
    invitations: int = 0
    referred: int = 0
    accompanied: int = 0
    courted: int = 0
    won_back: int = 0
    failures: int = 0
    complaints: int = 0
    recovered: int = 0
    silent: int = 0
    righted: int = 0
    denied: int = 0
    lost_silent: int = 0
    lost_righted: int = 0
    lost_denied: int = 0
    praise: int = 0
    blame: int = 0

    # lines, and a new product
    pitches: int = 0
    taken: int = 0
    given_up: int = 0
    lines_held: int = 0
    with_lines: int = 0
    kept_with_lines: int = 0
    adopters: int = 0
    withdrawn: int = 0
    lines_revenue: float = 0.0
    lines_goods: float = 0.0
    wallet: float = 0.0
    launch_revenue: float = 0.0
    launch_goods: float = 0.0
    launching: float = 0.0
    voices: float = 0.0

    # sums over purchases
    units: float = 0.0
    revenue: float = 0.0
    goods: float = 0.0
    serving: float = 0.0
    relating: float = 0.0
    quality: float = 0.0
    clipped: float = 0.0

    # sums over customers (salience: over all people), and of squares
    satisfaction: float = 0.0
    satisfaction_squared: float = 0.0
    trust: float = 0.0
    trust_squared: float = 0.0
    commitment: float = 0.0
    commitment_squared: float = 0.0
    salience: float = 0.0
    knowledge: float = 0.0
    relevance: float = 0.0
    promoters: int = 0
    detractors: int = 0
    unprofitable: int = 0

    # money by instrument
    advertising: float = 0.0
    introductory_price: float = 0.0
    referral_reward: float = 0.0
    service: float = 0.0
    recovery: float = 0.0
    loyalty: float = 0.0
    contact: float = 0.0
    cross_sell: float = 0.0
    crm: float = 0.0
    save: float = 0.0
    win_back: float = 0.0
    staff: float = 0.0
    automation: float = 0.0
    integration: float = 0.0
    integrated: float = 0.0
    hospitality: float = 0.0
    discounts: float = 0.0
    wages: float = 0.0
    fixed_cost: float = 0.0
    unallocated: float = 0.0

    # the loyalty programme
    programme: float = 0.0
    liability: float = 0.0
    points_earned: float = 0.0
    points_redeemed: float = 0.0
    points_expired: float = 0.0
    points_forfeited: float = 0.0
    points_outstanding: float = 0.0
    # the pipeline of business accounts
    leads: int = 0
    leads_advertising: int = 0
    leads_word_of_mouth: int = 0
    leads_referral: int = 0
    leads_closed: int = 0
    opportunities: int = 0
    opportunities_closed: int = 0
    deals: int = 0
    deals_advertising: int = 0
    deals_word_of_mouth: int = 0
    deals_referral: int = 0
    lead_months: float = 0.0
    opportunity_months: float = 0.0
    # of their managers, whom the reference does not have
    managers: int = 0
    managers_left: int = 0
    looked_after: float = 0.0
    bond: float = 0.0
    neglected: float = 0.0
    at_risk: float = 0.0

    # sums over staff and calls, of which there are none in the worlds that are lived here
    employed: float = 0.0
    skill: float = 0.0
    morale: float = 0.0
    quit: float = 0.0
    calls: float = 0.0
    late: float = 0.0
    queued: float = 0.0
    waited: float = 0.0
    # of partners, whom the reference does not have
    ties: int = 0
    breaches: int = 0
    shortages: int = 0
    replaced: int = 0
    tie_trust: float = 0.0
    tie_commitment: float = 0.0
    cooperation: float = 0.0
    partnering: float = 0.0
    margins: float = 0.0
    missed: int = 0
    invested: int = 0
    interest: float = 0.0
    fees: float = 0.0
    cost_of_capital: float = 0.0
    distributors: float = 0.0
    distribution: float = 0.0  # 1: every product is there for everybody

    def count(self, grievance: str | None, lost: bool = False) -> None:
        """Count somebody by what came of the last purchase."""
        if grievance is not None:
            name = f"lost_{grievance}" if lost else grievance
            setattr(self, name, getattr(self, name) + 1)

    @property
    def profit(self) -> float:
        """Revenue less goods, serving, what parts of the firm cost, and the spending."""
        spending: float = sum(getattr(self, name) for name in INSTRUMENTS)
        parts = self.programme + self.launching + self.discounts + self.relating
        return self.revenue - self.goods - self.serving - self.fixed_cost - parts - spending


@dataclass(slots=True)
class Tally:
    """Counts of the whole market in one step."""

    present: int = 0
    exits: int = 0
    occasions: int = 0
    lost: int = 0

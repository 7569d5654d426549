"""Partners: those without whom a firm could not do what it promises.

A tie is lived once a step, before firms plan: what changes by itself, what the partner puts into
its work, whether it keeps its word, what that makes of trust and commitment, whether the tie goes
on. That is the same for all partners and told here; what the work is, and what becomes of it, is
told by each kind. Without partners nothing is drawn and nothing is done.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import mesa
import numpy as np

from sim import draws
from sim.behaviour import opportunism, partnership, reciprocity, renewal, trust
from sim.scenario.partners import Partner as Declared

if TYPE_CHECKING:
    from sim.market.firms import Firm
    from sim.market.model import Market

BROKEN_IN = 1200.0
"""Months for which ties of the start have lasted: longer than anybody needs to find into one."""
REMEMBERED = (
    "generation", "quality", "agreed", "signed", "trust", "commitment", "liking", "age", "due",
    "effort", "delivered", "failed", "betrayed", "owed",
)  # fmt: skip
"""What a partner takes from one step to the next."""


class Demands(Protocol):
    """What a kind of work asks of those who do it: the mechanism of that kind."""

    @property
    def at_stake(self) -> float:
        """Share of quality that depends on effort."""

    @property
    def keep(self) -> float:
        """Share of the agreed quality that counts as kept."""


class Partner[Said: Declared](mesa.Agent):
    """Whoever works for a firm under a contract: an ordinary Mesa agent.

    Attributes:
        name: as in the scenario.
        said: its declaration in the scenario, as it holds in this step.
        address: of its draws.
        firm: whose partner it is.
        generation: how many have had its place before.
        quality: of its work at its best, as of now.
        agreed: the quality for which the contract was signed.
        signed: the form of the contract.
        trust, commitment: of the tie, 0 to 1.
        liking: between the people on both sides, -1 to 1.
        age: months that the tie has lasted; below 0 while somebody is searched for.
        due: months until the contract ends.
        effort: what it put into the work of this step, 0 to 1.
        delivered: quality of the work of this step.
        failed: whether the work did not come at all in this step.
        betrayed: whether it broke its word in this step.
        is_there: whether its place was not empty in this step.
        owed: money that the tie has cost the firm and that is not booked yet.
    """

    section: ClassVar[str]
    """Where the scenario declares its kind."""
    mechanism: ClassVar[str]
    """What its kind of work asks for and leads to."""

    def __init__(self, model: "Market", name: str) -> None:
        super().__init__(model)
        self.name = name
        self.said: Said = getattr(model.spec, self.section)[name]
        self.address = draws.address_of(name)
        self.firm: Firm = model.firm(self.said.to)
        self.generation = 0
        self.quality = self.agreed = self.delivered = self.said.quality
        self.signed = self.said.contract
        self.trust, self.commitment = self.said.trust, self.said.commitment
        self.liking, self.effort, self.owed = 0.0, 1.0, 0.0
        self.age, self.due = BROKEN_IN, self.said.term
        self.failed = self.betrayed = False
        self.is_there = True

    @property
    def demands(self) -> Demands:
        """The mechanism of its kind of work, per step."""
        found: Demands = getattr(self.model.step_rules, self.mechanism)
        return found

    @property
    def contract(self) -> float:
        """Strength of its contract."""
        rule = self.model.step_rules.opportunism
        return opportunism.strength(self.signed != "documented", self.signed != "oral", rule)

    @property
    def withheld(self) -> float:
        """Share of its work that it withholds in this step."""
        return self.model.step_rules.opportunism.cut if self.betrayed else 0.0

    def memory(self) -> dict[str, Any]:
        """What it takes from one step to the next, as plain data."""
        return {name: getattr(self, name) for name in REMEMBERED}

    def remember(self, memory: dict[str, Any] | None) -> None:
        """Go on from the memory of another moment; who has none comes new into the market."""
        if memory is None:
            self.begin()
        else:
            for name in REMEMBERED:
                setattr(self, name, memory[name])

    # ── a step ────────────────────────────────────────────────────────────────────────────────

    def work(self) -> None:
        """A step of a partner's tie: change, cooperate, deliver, learn, go on or end."""
        self.is_there = self.age > -self.model.spec.months / 2
        if not self.is_there:
            self.be_awaited()
            return
        comes, betrays, likes, drifts = self.luck(draws.PARTNER)
        self.change(draws.normal(likes), draws.normal(drifts))
        self.cooperate(betrays)
        self.deliver(comes)
        self.learn()
        replaced = self.go_on()
        self.book(replaced)

    def luck(self, block: np.uint64, step: int | None = None) -> tuple[float, ...]:
        """Four uniforms of the partner in this step (or another)."""
        at = self.model.clock if step is None else step
        found = draws.four(self.model.run_key, self.generation, self.address, at, block, 0)
        return tuple(map(float, found))

    def be_awaited(self) -> None:
        """Nobody is there to work; the firm has paid for the search, and for what was signed."""
        self.effort = self.delivered = 0.0
        self.failed = self.betrayed = False
        self.due -= self.model.spec.months
        self.age += self.model.spec.months
        if self.age > -self.model.spec.months / 2:
            self.age = 0.0
        self.pay()

    def change(self, z_liking: float, z_quality: float) -> None:
        """Liking moves on its own; by ``z_quality`` quality may, too."""
        self.liking = partnership.liking_after(
            self.liking, z_liking, self.model.step_rules.partnership
        )

    def cooperate(self, u: float) -> None:
        """Put effort into the work, and keep the word given or not, as the tie has stood so far."""
        rules, said = self.model.step_rules, self.said
        willing = partnership.cooperation(
            self.trust, self.commitment, said.alignment, self.liking, rules.partnership
        )
        self.effort = willing * renewal.familiarity(max(0.0, self.age), rules.renewal.ramp_up)
        tempted = opportunism.chance(self.trust, self.contract, rules.opportunism)
        self.betrayed = not self.is_bound() and u < tempted

    def is_bound(self) -> bool:
        """Whether it keeps its word because it reckons with an answer."""
        rule = self.model.step_rules.reciprocity
        future = reciprocity.future_weight(self.said.patience, self.commitment, rule.foresight)
        penalty = rule.penalty * self.contract
        reckons = rule.foresight > 0.0
        return reckons and reciprocity.keeps_word(future, rule.temptation, rule.worth, penalty)

    def deliver(self, u: float) -> None:
        """Deliver the work; by ``u`` it may not come at all."""
        self.delivered = partnership.delivered(
            self.quality, self.effort, self.demands.at_stake, self.withheld
        )

    def learn(self) -> None:
        """Trust follows from what was done, commitment from trust."""
        rules = self.model.step_rules
        if self.betrayed:
            self.trust = partnership.trust_betrayed(self.trust, rules.partnership)
        else:
            kept = trust.kept(self.delivered, self.agreed, 0.0, self.demands.keep)
            self.trust = partnership.trust_after(
                self.trust, kept and not self.failed, self.effort, rules.partnership
            )
        self.commitment = partnership.commitment_after(
            self.commitment, self.trust, self.said.alignment, rules.partnership
        )

    def go_on(self) -> bool:
        """Go on, sign anew, or make room for another; whether it was the last."""
        rule, months = self.model.step_rules.renewal, self.model.spec.months
        self.age += months
        self.due -= months
        is_due = self.due < months / 2
        ends = renewal.is_dropped(self.trust, is_due or self.betrayed, rule.tolerance)
        if is_due and not ends:
            u, *_ = self.luck(draws.SUCCESSION)
            ends = renewal.does_not_renew(u, self.commitment, rule.leave)
        if ends:
            self.generation += 1
            self.begin()
        elif is_due or self.signed != self.said.contract:
            self.sign(self.due if is_due else 0.0)
        return ends

    def begin(self) -> None:
        """One comes into the place: searched for, signed with, and new to the work.

        The first is the one of whom the scenario tells; others are strange to the firm.
        """
        rules = self.model.rules
        if self.generation > 0:
            _, u, *_ = self.luck(draws.SUCCESSION, step=0)
            self.quality = renewal.found(self.said.quality, draws.normal(u), rules.renewal.spread)
            self.trust, self.commitment = rules.partnership.start, 0.0
        self.liking, self.age = 0.0, -self.said.search_time
        self.owed += self.said.search_cost
        self.sign(self.said.search_time)

    def sign(self, left: float = 0.0) -> None:
        """Sign a contract on the quality of today; what was ``left`` of the old one is added."""
        self.agreed, self.signed = self.quality, self.said.contract
        self.due = left + self.said.term
        if self.signed != "oral":
            self.owed += self.said.contract_cost

    def book(self, replaced: bool) -> None:
        """Count the tie, as it now stands, among those of the firm, and charge what it cost."""
        entry = self.firm.entry
        entry["ties"] += 1
        entry["tie_trust"] += self.trust
        entry["tie_commitment"] += self.commitment
        entry["cooperation"] += self.effort
        entry["breaches"] += self.betrayed
        entry["shortages"] += self.failed
        entry["replaced"] += replaced
        self.pay()

    def pay(self) -> None:
        """Charge the firm what it owes for the tie."""
        self.model.world.ledger[self.firm.position]["partnering"] += self.owed
        self.owed = 0.0

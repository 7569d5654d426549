"""One step in the life of a cohort: what ``live`` draws for a person divides a cohort.

In the order of ``month.live``: forget, see advertising, be contacted, decide, drift. The rules are
those of ``behaviour/``; only the draw is replaced by its probability.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.behaviour import choice, commitment, contacts, forgetting, salience
from sim.behaviour.rules import Rules
from sim.market.cohorts import Cohort, chance_of, divided, mean, value
from sim.policy.targets import is_targeted
from sim.scenario.traits import Customers

Part = tuple[Cohort, float]
Parts = Iterator[Part]


class Occasion(NamedTuple):
    """What is the same for all cohorts in one step.

    Attributes:
        rules: the mechanisms' parameters per step.
        terms: the firm's offer and terms, by their names in ``state.FIRM``.
        entry: the firm's ledger of the step, which is written.
        traits: by character.
        months: length of the step.
        billing: months of a contract.
        staying_cost, coming_cost: utility lost by staying, and by coming from no provider.
    """

    rules: Rules
    terms: dict[str, Any]
    entry: Any
    traits: list[Customers]
    months: float
    billing: float
    staying_cost: float
    coming_cost: float

    def lived(self, cohort: Cohort, weight: float) -> Parts:
        """What becomes of a cohort in this step."""
        for seen in self.advertised(self.forgotten(cohort), weight):
            for met in self.contacted(*seen):
                for after, part in self.decided(*met):
                    yield self.drifted(after), part

    def aims(self, instrument: str, cohort: Cohort) -> bool:
        """Whether the firm aims an instrument at a cohort."""
        target = self.terms[f"{instrument}_target"]
        return is_targeted(target, cohort.has_bought, cohort.is_customer, False)

    # ── before a need arises, and after it ────────────────────────────────────────────────────

    def forgotten(self, cohort: Cohort) -> Cohort:
        """The firm slips from memory, a present provider does not."""
        if cohort.is_customer:
            return cohort
        left = forgetting.faded(cohort.salience, 0.0, self.rules.forgetting.salience)
        return cohort._replace(salience=left)

    def advertised(self, cohort: Cohort, weight: float) -> Parts:
        """Those whom advertising reaches think of the firm."""
        reach = self.terms["reach"] if self.aims("advertising", cohort) else 0.0
        gain = self.rules.salience.advertising_gain
        seen = salience.after_advertising(cohort.salience, gain)
        return divided(cohort, weight, reach, salience=seen)

    def contacted(self, cohort: Cohort, weight: float) -> Parts:
        """Those who are contacted as customers warm to the firm."""
        aimed = cohort.is_customer and self.aims("contact", cohort)
        chance = self.terms["contact"] if aimed else 0.0
        warm = contacts.risen(cohort.commitment, self.rules.contacts.warmth, 0.0)
        return divided(cohort, weight, chance, commitment=warm)

    def drifted(self, cohort: Cohort) -> Cohort:
        """Without business, commitment fades."""
        if cohort.is_customer:
            return cohort
        left = forgetting.faded(cohort.commitment, 0.0, self.rules.forgetting.commitment)
        return cohort._replace(commitment=left)

    # ── a purchase occasion ───────────────────────────────────────────────────────────────────

    def decided(self, cohort: Cohort, weight: float) -> Parts:
        """Take up a trial, decide on a contract that ends, or look around."""
        if cohort.on_trial:
            yield self.bought(cohort, weight, self.billing - self.months)
        elif not cohort.is_customer:
            yield from self.looked_around(cohort, weight)
        elif cohort.due >= 0.5 * self.months:
            yield cohort._replace(due=cohort.due - self.months), weight
        elif self.rules.needs.buy_once:
            yield cohort, weight
        else:
            yield from self.renewed(cohort, weight)

    def looked_around(self, cohort: Cohort, weight: float) -> Parts:
        """Without a provider people may look, may think of the firm, and may choose it."""
        thought_of = max(cohort.salience, self.rules.salience.floor)
        won = (
            weight * self.rules.needs.look_rate * thought_of * self.chance(cohort, self.gap(cohort))
        )
        if won > 0.0:
            yield self.bought(cohort, won, self.billing - self.months)
        yield cohort, weight - won

    def renewed(self, cohort: Cohort, weight: float) -> Parts:
        """A contract ends: some renew, some are held or saved, the others are lost."""
        usual = self.chance(cohort, self.terms["price_gap"])
        leaving = weight * (1.0 - usual) * (1.0 - self.terms["hold"])
        saved = leaving * self.saved_share(cohort, usual)
        self.entry["would_leave"] += leaving
        self.entry["save"] += leaving * self.terms["save_cost"]
        self.entry["save"] += saved * self.units(cohort) * self.terms["save_discount"]
        self.entry["saved"] += saved
        self.entry["left"] += leaving - saved
        kept = weight - leaving + saved
        if kept > 0.0:
            yield self.bought(cohort, kept, cohort.due + self.billing - self.months)
        yield cohort._replace(is_customer=False, due=0.0), leaving - saved

    def saved_share(self, cohort: Cohort, usual: float) -> float:
        """Share of those who would leave who are seen, and stay for the discount."""
        if usual >= 1.0:
            return 0.0
        offered = self.chance(cohort, self.terms["save_gap"])
        return float(self.terms["seen"] * (offered - usual) / (1.0 - usual))

    def bought(self, cohort: Cohort, weight: float, due: float) -> Part:
        """A cohort that has bought, the money booked."""
        self.pay(cohort, weight)
        warmth = commitment.updated(cohort.commitment, 0.0, self.rules.commitment.learning)
        return cohort._replace(
            has_bought=True,
            is_customer=True,
            on_trial=False,
            due=due,
            salience=1.0,
            commitment=warmth,
        ), weight

    def pay(self, cohort: Cohort, weight: float) -> None:
        """Book one purchase of everybody in a cohort."""
        entry, terms, units = self.entry, self.terms, weight * self.units(cohort)
        entry["purchases"] += weight
        entry["units"] += units
        entry["revenue"] += units * terms["price"]
        entry["goods"] += units * terms["unit_cost"]
        if not cohort.has_bought:
            entry["acquired"] += weight
        elif not cohort.is_customer:
            entry["reactivated"] += weight
        if cohort.has_bought and self.aims("loyalty", cohort):
            entry["rewarded"] += weight
            entry["loyalty"] += weight * terms["reward_cost"]
        if self.is_introduced(cohort):
            entry["introduced"] += weight
            entry["introductory_price"] += weight * terms["introductory_cost"]

    # ── what weighs ───────────────────────────────────────────────────────────────────────────

    def chance(self, cohort: Cohort, gap: float) -> float:
        """Chance that a cohort chooses the firm at an occasion where it thinks of it."""
        rules, stays = self.rules, cohort.is_customer
        traits = self.traits[cohort.character]
        relationship = rules.commitment.weight * cohort.commitment
        if cohort.has_bought and self.aims("loyalty", cohort):
            relationship += rules.loyalty.weight * self.terms["reward"]
        inertia = rules.choice.staying if stays else 0.0
        inertia += self.terms["standing"] - (self.staying_cost if stays else self.coming_cost)
        sensitivity = value(traits.price_sensitivity)
        worth = choice.utility(value(traits.taste), relationship, inertia, sensitivity, gap)
        return chance_of(worth, rules.choice.outside)

    def gap(self, cohort: Cohort) -> float:
        """How dear the firm feels to those without a contract."""
        introduced = self.is_introduced(cohort)
        return float(self.terms["introductory_gap" if introduced else "price_gap"])

    def is_introduced(self, cohort: Cohort) -> bool:
        """Whether a purchase would be a first one, chosen, and at the introductory price."""
        if cohort.has_bought or cohort.on_trial:
            return False
        return self.aims("introductory_price", cohort)

    def units(self, cohort: Cohort) -> float:
        """Units at a purchase, on average."""
        return mean(self.traits[cohort.character].basket) * self.billing

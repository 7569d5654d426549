"""What a firm says to somebody in person: contacts, offers to come back, invitations.

Invitations are written by customers, in the talk that closes a step, and taken in at the next one.
Offers and invitations stay open until the person has decided at an occasion.
"""

from sim import draws
from sim.behaviour import contacts, referral
from sim.market import luck
from sim.market.context import Month, has_business, is_customer
from sim.market.network import Ties
from sim.market.state import (
    COURTED,
    DECIDED,
    FATIGUE_UNIT,
    INVITED,
    NO_STAGE,
    OPEN,
    PRESENT,
    REFERRAL,
    World,
)
from sim.market.talking import whom
from sim.policy import targets


def is_aimed(m: Month, w: World, i: int, f: int, target: int, bit: int) -> bool:
    """Whether firm f aims the instrument of this ``target`` and ``bit`` at person i."""
    belongs = is_customer(m, w, i, f)
    if target == targets.CUSTOMERS:  # known without the relation, which may be far away in memory
        return belongs
    relation = w.relations[i, f]
    return targets.is_targeted(target, relation.purchases > 0, belongs, relation.aims & bit > 0)


def is_in_touch(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is one of the customers whom firm f may contact, and wants to."""
    if not is_customer(m, w, i, f) or w.people[i].opted_out & (1 << f) > 0:
        return False
    return is_aimed(m, w, i, f, w.firms[f].contact_target, targets.CONTACT)


def anyone_approaches(m: Month, w: World) -> bool:
    """Whether anybody can be contacted, or made an offer to come back, in this step."""
    chance = 0.0
    for f in range(m.firms):
        chance += w.firms[f].contact + w.firms[f].win_back
    return chance > 0.0


def be_approached(m: Month, w: World, i: int, f: int) -> None:
    """A contact as a customer, an offer to come back as a former one."""
    firm = w.firms[f]
    dice = m.luck.approach
    if dice[luck.CONTACTED, f] < firm.contact and is_in_touch(m, w, i, f):
        be_contacted(m, w, i, f, dice[luck.OPTS_OUT, f])
    if dice[luck.OFFERED, f] < firm.win_back and is_lapsed_target(m, w, i, f):
        be_courted(w, i, f)


def is_lapsed_target(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is one of the former customers whom firm f wants back."""
    if w.relations[i, f].purchases == 0 or is_customer(m, w, i, f):
        return False
    return is_aimed(m, w, i, f, w.firms[f].win_back_target, targets.WIN_BACK)


def be_contacted(m: Month, w: World, i: int, f: int, u: float) -> None:
    """A contact warms and reminds, the less the wearier one is; it may be the last."""
    relation = w.relations[i, f]
    rules = m.rules.contacts
    tired = relation.fatigue / FATIGUE_UNIT
    w.ledger[f].contacts += 1
    relation.commitment = contacts.risen(relation.commitment, rules.warmth, tired)
    relation.salience = contacts.risen(relation.salience, rules.reminder, tired)
    relation.fatigue = int(contacts.wearier(tired, rules.weariness) * FATIGUE_UNIT)
    if u < contacts.chance_of_opting_out(tired, rules.opt_out, rules.opt_out_weary):
        w.ledger[f].opt_outs += 1
        w.people[i].opted_out |= 1 << f


def be_courted(w: World, i: int, f: int) -> None:
    """A former customer is made an offer, and thinks of the firm."""
    w.ledger[f].courted += 1
    w.relations[i, f].salience = 1.0
    w.relations[i, f].approach = w.relations[i, f].approach | COURTED


def be_invited(m: Month, w: World, i: int, f: int) -> None:
    """Take an invitation in: the firm comes to mind, and somebody vouches for it."""
    relation = w.relations[i, f]
    if relation.approach & INVITED == 0:
        return
    relation.approach = relation.approach - INVITED | OPEN
    relation.salience = 1.0
    relation.trust = referral.vouched_for(relation.trust, m.rules.referral.trust)
    if relation.first_cue == 0:
        relation.first_cue = REFERRAL
    relation.last_cue = REFERRAL


def note_decision(m: Month, w: World, i: int) -> None:
    """An occasion has been decided on: offers and invitations are closed.

    Those of firms that are still in the pipeline wait.
    """
    for f in range(m.firms):
        if m.pipeline and w.dealings[i, f].stage != NO_STAGE:
            continue
        relation = w.relations[i, f]
        if relation.approach & (OPEN + COURTED) > 0:
            relation.approach = relation.approach & DECIDED


def invite(m: Month, w: World, ties: Ties, i: int, f: int) -> None:
    """A satisfied customer may invite a tie who never bought; to anybody else it is no news."""
    if not would_invite(m, w, i, f):
        return
    firm = w.firms[f]
    w.ledger[f].willing += 1
    if firm.invite <= 0.0:
        return
    u, tie, strong, met = draws.four(
        m.run, w.people[i].number, firm.address, m.step, draws.INVITATION, 0
    )
    if u >= firm.invite:
        return
    place = whom(m, w, ties, i, tie, strong, met)
    if place < 0 or w.people[place].present != PRESENT:
        return
    invited = w.relations[place, f]
    if invited.purchases == 0:
        w.ledger[f].invitations += 1
        invited.approach = invited.approach | INVITED


def would_invite(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i did business with f in this step, is satisfied, and may be rewarded."""
    if not has_business(m, w, i, f):
        return False
    if w.relations[i, f].satisfaction < m.rules.satisfaction.reference:
        return False
    return is_aimed(m, w, i, f, w.firms[f].referral_reward_target, targets.REFERRAL_REWARD)

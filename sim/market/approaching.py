"""What a firm says to somebody in person: contacts, offers to come back, invitations.

Invitations are written by customers, in the talk that closes a step, and taken in at the next one.
Offers and invitations stay open until the person has decided at an occasion.
"""

from sim import draws
from sim.behaviour import contacts, referral
from sim.market import luck
from sim.market.channels import CHANCE, WARMTH, WEARINESS, has_channels, is_reachable
from sim.market.context import (
    Month,
    counted,
    has_business,
    has_dealings,
    has_pipeline,
    is_aimed,
    is_customer,
    is_customer_now,
    is_stopped,
)
from sim.market.network import Ties
from sim.market.personalising import answer_to_contact, get_to_know, recoil
from sim.market.state import (
    COURTED,
    DECIDED,
    FATIGUE_UNIT,
    INVITED,
    NO_STAGE,
    OPEN,
    PRESENT,
    REFERRAL,
    REFERRED,
    World,
)
from sim.market.talking import whom
from sim.policy import targets


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
        for k in range(m.channels.shape[2]):
            chance += m.channels[CHANCE, f, k]
    return chance > 0.0


def be_approached(m: Month, w: World, i: int, f: int) -> None:
    """A contact as a customer, an offer to come back as a former one."""
    firm = w.firms[f]
    dice = m.luck.approach
    if has_channels(m, f):
        be_spoken_to(m, w, i, f)
    elif dice[luck.CONTACTED, f] < firm.contact and is_in_touch(m, w, i, f):
        be_contacted(m, w, i, f, dice[luck.OPTS_OUT, f])
    if dice[luck.OFFERED, f] < firm.win_back and is_lapsed_target(m, w, i, f):
        be_courted(w, i, f)


def is_lapsed_target(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is one of the former customers whom firm f wants back."""
    if w.relations[i, f].purchases == 0 or is_customer(m, w, i, f) or is_stopped(w, i, f):
        return False
    return is_aimed(m, w, i, f, w.firms[f].win_back_target, targets.WIN_BACK)


def be_contacted(m: Month, w: World, i: int, f: int, u: float) -> None:
    """A contact, which may be the last one of this person by this firm."""
    if opts_out(m, w, i, f, u, 1.0, 1.0):
        w.people[i].opted_out |= 1 << f


def be_spoken_to(m: Month, w: World, i: int, f: int) -> None:
    """Contacts by the firm's channels, one after the other; each may be the last on its own."""
    number, address = w.people[i].number, w.firms[f].address
    for k in range(m.channels.shape[2]):
        if m.channels[CHANCE, f, k] <= 0.0 or not is_reachable(m, w, i, f, k):
            continue
        u, last, _, _ = draws.four(m.run, number, address, m.step, draws.CHANNEL, k)
        warmth, weariness = m.channels[WARMTH, f, k], m.channels[WEARINESS, f, k]
        if u < m.channels[CHANCE, f, k] and opts_out(m, w, i, f, last, warmth, weariness):
            w.dealings[i, f].silenced |= 1 << k


def opts_out(m: Month, w: World, i: int, f: int, u: float, warmth: float, weariness: float) -> bool:
    """A contact warms and reminds, the less the wearier one is; whether it is one too many.

    ``warmth`` and ``weariness`` are the factors of its channel.
    """
    relation = w.relations[i, f]
    rules = m.rules.contacts
    tired = relation.fatigue / FATIGUE_UNIT
    w.ledger[f].contacts += 1
    does = warmth * answer_to_contact(m, w, i, f) if has_dealings(w) else 1.0
    relation.commitment = contacts.risen(relation.commitment, min(1.0, does * rules.warmth), tired)
    relation.salience = contacts.risen(relation.salience, min(1.0, does * rules.reminder), tired)
    if has_dealings(w):
        recoil(m, w, i, f)
        get_to_know(m, w, i, f, m.rules.personalisation.insight_contact)
    wearies = min(1.0, weariness * rules.weariness)
    relation.fatigue = int(contacts.wearier(tired, wearies) * FATIGUE_UNIT)
    one_too_many = u < contacts.chance_of_opting_out(tired, rules.opt_out, rules.opt_out_weary)
    w.ledger[f].opt_outs += one_too_many
    return one_too_many


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
        if has_pipeline(m) and w.dealings[i, f].stage != NO_STAGE:
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
    place = most_alike(m, w, ties, i, f, whom_present(m, w, ties, i, tie, strong, met))
    if place < 0:
        return
    invited = w.relations[place, f]
    if invited.purchases == 0:
        w.ledger[f].invitations += 1
        if has_dealings(w):
            note_referrer(w, i, f, place)
        invited.approach = invited.approach | INVITED


def whom_present(
    m: Month, w: World, ties: Ties, i: int, u_tie: float, u_strong: float, u_met: float
) -> int:
    """The place of a tie who is there, −1 where the one drawn is not."""
    place = counted(whom(m, w, ties, i, u_tie, u_strong, u_met))
    return place if place >= 0 and w.people[place].present == PRESENT else -1


def most_alike(m: Month, w: World, ties: Ties, i: int, f: int, place: int) -> int:
    """Of the ties that i thinks of, the first being at ``place``, the one most like i."""
    for thought in range(1, m.rules.referral.thought_of):
        _, tie, strong, met = draws.four(
            m.run, w.people[i].number, w.firms[f].address, m.step, draws.INVITATION, thought
        )
        other = whom_present(m, w, ties, i, tie, strong, met)
        if other < 0:
            continue
        own, best = w.relations[i, f].fit, w.relations[place, f].fit
        if place < 0 or referral.is_more_alike(own, w.relations[other, f].fit, best):
            place = other
    return place


def note_referrer(w: World, i: int, f: int, place: int) -> None:
    """Remember who invited last; of several in one step, who has been there longest."""
    dealing = w.dealings[place, f]
    first = w.relations[place, f].approach & INVITED == 0
    if first or w.people[i].number < dealing.referrer:
        dealing.referrer = w.people[i].number
        dealing.referrer_place = i + 1


def is_accompanied(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i was referred to f by somebody who is its customer at the end of this step."""
    friend = counted(w.dealings[i, f].referrer_place) - 1
    if friend < 0 or w.relations[i, f].approach & REFERRED == 0:
        return False
    who = w.people[friend]
    still = who.present == PRESENT and who.number == w.dealings[i, f].referrer
    return still and is_customer_now(m, w, friend, f)


def would_invite(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i did business with f in this step, is satisfied, and may be rewarded."""
    if not has_business(m, w, i, f):
        return False
    if w.relations[i, f].satisfaction < m.rules.satisfaction.reference:
        return False
    return is_aimed(m, w, i, f, w.firms[f].referral_reward_target, targets.REFERRAL_REWARD)

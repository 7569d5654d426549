"""What a firm knows of one customer, and what treating them by it does.

Read and written only where some firm has ``crm`` (``has_dealings``).
"""

from sim import draws
from sim.behaviour import forgetting, personalisation
from sim.market.context import Month, is_aimed, is_customer
from sim.market.state import World
from sim.policy import targets


def is_on_file(m: Month, w: World, i: int, f: int) -> bool:
    """Whether i is one of the customers of whom firm f writes down what they show."""
    target = w.firms[f].crm_target
    return is_aimed(m, w, i, f, target, targets.CRM) and is_customer(m, w, i, f)


def get_to_know(m: Month, w: World, i: int, f: int, shown: float) -> None:
    """Write down, of those on file, some of what a purchase or a contact has shown."""
    collected = w.firms[f].collected
    if collected > 0.0 and is_on_file(m, w, i, f):
        dealing = w.dealings[i, f]
        dealing.knowledge = personalisation.learnt(dealing.knowledge, collected * shown)


def lose_track(m: Month, w: World, i: int, f: int) -> None:
    """What is known of a person ages."""
    dealing = w.dealings[i, f]
    if dealing.knowledge > 0.0:
        ageing = m.rules.personalisation.ageing
        dealing.knowledge = forgetting.faded(dealing.knowledge, 0.0, ageing)


def use_made(w: World, i: int, f: int) -> float:
    """How far firm f goes with person i by its picture of them."""
    firm = w.firms[f]
    return personalisation.used(w.dealings[i, f].knowledge, firm.personalisation, firm.careful > 0)


def relevance(w: World, i: int, f: int) -> float:
    """How much nearer firm f comes to what i wants than if it treated all alike, -1 to 1."""
    return personalisation.relevance(w.dealings[i, f].knowledge, use_made(w, i, f))


def beyond_tolerance(m: Month, w: World, i: int, f: int) -> float:
    """How far firm f uses what it knows beyond what i tolerates, 0 to 1."""
    knowledge, use, rules = w.dealings[i, f].knowledge, use_made(w, i, f), m.rules.personalisation
    if use * knowledge <= 0.0:
        return 0.0
    u, _, _, _ = draws.four(m.run, w.people[i].number, draws.NOBODY, 0, draws.PRIVACY, 0)
    tolerates = personalisation.tolerated(u, rules.tolerance, rules.spread)
    return personalisation.beyond(knowledge, use, tolerates)


def recoil(m: Month, w: World, i: int, f: int) -> None:
    """Whoever is treated by more than they tolerate to be known trusts less, and goes cool."""
    too_far = beyond_tolerance(m, w, i, f)
    if too_far <= 0.0:
        return
    relation, reactance = w.relations[i, f], m.rules.personalisation.reactance
    w.ledger[f].crept_out += 1
    relation.trust = personalisation.cooled(relation.trust, too_far, reactance)
    relation.commitment = personalisation.cooled(relation.commitment, too_far, reactance)


def answer_to_contact(m: Month, w: World, i: int, f: int) -> float:
    """Factor on what a contact of firm f does to i."""
    too_far, rules = beyond_tolerance(m, w, i, f), m.rules.personalisation
    return personalisation.answer(relevance(w, i, f), too_far, rules.response, rules.creep)

"""Before a need arises: forgetting, advertising, messages; and, after it, drift."""

from sim.behaviour import expectation, forgetting, salience
from sim.market.context import Month, has_business, has_dealings, is_aimed
from sim.market.luck import REACHED
from sim.market.personalising import lose_track
from sim.market.state import ADVERTISING, VERDICT_UNIT, WORD_OF_MOUTH, World
from sim.policy import targets


def forget(m: Month, w: World, i: int, f: int) -> None:
    """The firm slips from memory, a present provider does not; weariness of contacts goes."""
    relation = w.relations[i, f]
    if relation.fatigue > 0:
        tired = float(relation.fatigue)
        relation.fatigue = int(forgetting.faded(tired, 0.0, m.rules.forgetting.fatigue))
    if has_dealings(w):
        lose_track(m, w, i, f)
    if not (m.subscription and w.people[i].provider == f):
        relation.salience = forgetting.faded(relation.salience, 0.0, m.rules.forgetting.salience)


def anyone_advertises(m: Month, w: World) -> bool:
    """Whether anybody can be reached by advertising in this step."""
    reach = 0.0
    for f in range(m.firms):
        reach += w.firms[f].reach
    return reach > 0.0


def see_advertising(m: Month, w: World, i: int, f: int) -> None:
    """Those whom advertising reaches think of the firm, and believe some of its promise."""
    firm = w.firms[f]
    if firm.reach <= 0.0:
        return
    if not is_aimed(m, w, i, f, firm.advertising_target, targets.ADVERTISING):
        return
    if m.luck.approach[REACHED, f] < firm.reach:
        relation = w.relations[i, f]
        relation.salience = salience.after_advertising(
            relation.salience, m.rules.salience.advertising_gain
        )
        weight = m.rules.expectation.advertising_weight * openness(m, relation.purchases)
        relation.expectation = expectation.after_promise(relation.expectation, firm.promise, weight)
        remember_cue(w, i, f, ADVERTISING)


def openness(m: Month, purchases: int) -> float:
    """How far words still count beside experience."""
    return m.rules.expectation.experienced if purchases > 0 else 1.0


def hear(m: Month, w: World, i: int, f: int) -> None:
    """Last month's messages about the firm, all at once; the box is empty afterwards."""
    relation = w.relations[i, f]
    heard = int(relation.praise) + int(relation.blame)
    if heard == 0:
        return
    relation.salience = salience.after_cues(
        relation.salience,
        int(relation.praise),
        int(relation.blame),
        m.rules.salience.positive_gain,
        m.rules.salience.negative_loss,
    )
    relation.expectation = expectation.after_messages(
        relation.expectation,
        heard,
        relation.verdict / (heard * VERDICT_UNIT),
        m.rules.expectation.message_weight * openness(m, relation.purchases),
    )
    if relation.praise > 0:
        remember_cue(w, i, f, WORD_OF_MOUTH)
    relation.praise = 0
    relation.blame = 0
    relation.verdict = 0


def remember_cue(w: World, i: int, f: int, cue: int) -> None:
    """Keep what first and what last brought the firm to mind."""
    relation = w.relations[i, f]
    if relation.first_cue == 0:
        relation.first_cue = cue
    relation.last_cue = cue


def drift(m: Month, w: World, i: int, f: int) -> None:
    """Without business, satisfaction relaxes to expectation, and the rest fades."""
    if has_business(m, w, i, f):
        return
    relation = w.relations[i, f]
    rules = m.rules
    if relation.purchases > 0:
        relation.satisfaction = forgetting.faded(
            relation.satisfaction, relation.expectation, rules.satisfaction.relaxation
        )
    if relation.commitment > 0.0:
        relation.commitment = forgetting.faded(
            relation.commitment, 0.0, rules.forgetting.commitment
        )
    if rules.forgetting.expectation > 0.0:
        relation.expectation = forgetting.faded(
            relation.expectation, relation.first_expectation, rules.forgetting.expectation
        )

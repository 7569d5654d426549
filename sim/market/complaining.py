"""A failure and what comes after it: who complains, who is put right, who goes without a word.

What came of a customer's last purchase is kept only where it is asked for (`record.grievances`). A
grievance is open until the next purchase that goes well, or fails otherwise.
"""

from sim.behaviour import complaints, queueing
from sim.market.context import Month, has_dealings
from sim.market.state import DENIED, RIGHTED, SILENT, World


def chance_of_hearing(m: Month, w: World, i: int, f: int) -> float:
    """Chance that firm f hears of a failure that i met: by a complaint, or because it asks."""
    firm, rules = w.firms[f], m.rules
    bill = w.people[i].basket * (m.billing if m.subscription else 1.0) * firm.price
    complains = complaints.chance(
        firm.complain,
        bill / rules.choice.reference_price,
        w.relations[i, f].commitment,
        rival_at_hand(m, w, i, f) if rules.complaints.exit > 0.0 else 0.0,
        rules.complaints,
    )
    return queueing.found_out(complains, firm.asks)


def rival_at_hand(m: Month, w: World, i: int, f: int) -> float:
    """Chance that a rival of f comes to the mind of i and is not too dear to go to."""
    none = 1.0
    for g in range(m.firms):
        if g != f:
            presence = max(w.relations[i, g].salience, m.rules.salience.floor)
            none *= complaints.out_of_reach(presence, w.switching[f, g])
    return 1.0 - none


def note_failure(w: World, i: int, f: int, complained: bool, recovered: bool) -> None:
    """Count a failure; a complaint costs the firm what it spends on each."""
    entry = w.ledger[f]
    entry.failures += 1
    entry.complaints += complained
    entry.recovered += recovered
    if complained:
        entry.recovery += w.firms[f].recovery_cost
        w.accounts[i, f].profit -= w.firms[f].recovery_cost


def remember(m: Month, w: World, i: int, f: int, came_of_it: int) -> None:
    """Keep what came of a purchase, which closes or replaces the grievance before."""
    if m.grievances:
        w.dealings[i, f].grievance = came_of_it


def grievance(complained: bool, recovered: bool) -> int:
    """What came of a failure."""
    if not complained:
        return SILENT
    return RIGHTED if recovered else DENIED


def count_grievance(w: World, i: int, f: int) -> None:
    """Count a customer by what came of the last purchase."""
    if has_dealings(w):
        kind, entry = w.dealings[i, f].grievance, w.ledger[f]
        entry.silent += kind == SILENT
        entry.righted += kind == RIGHTED
        entry.denied += kind == DENIED


def count_lost(w: World, i: int, f: int) -> None:
    """Count a customer who went elsewhere, or stopped buying, by what came of the last purchase."""
    if has_dealings(w):
        kind, entry = w.dealings[i, f].grievance, w.ledger[f]
        entry.lost_silent += kind == SILENT
        entry.lost_righted += kind == RIGHTED
        entry.lost_denied += kind == DENIED

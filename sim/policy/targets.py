"""Whom an instrument is aimed at.

Who never bought, who did and no longer does, and who is a customer is seen at the moment at which
it matters. Every other target is a selection that the firm makes before the step, from what it
knows at the end of the last one; see ``market/aiming.py``.
"""

ALL, PROSPECTS, LAPSED, CUSTOMERS, SELECTED, NOBODY = 0, 1, 2, 3, 4, 5

CODES = {"all": ALL, "prospects": PROSPECTS, "lapsed": LAPSED, "customers": CUSTOMERS}
"""Words of a scenario file that need no selection. Prospects never bought from the firm; the lapsed
did, but are no customers now. What has no money is aimed at nobody."""

NEW_MONTHS = 12
"""Months after the first purchase in which a customer counts as new."""

SELECTIONS = ("new", "at_risk", "top_share", "scores")
"""Selections: the new; those whose satisfaction is below the point at which they talk badly; the
share that bought most; cells of scores for recency, frequency and money."""

ADVERTISING, SERVICE, LOYALTY, CONTACT = 1, 2, 4, 8
INTRODUCTORY_PRICE, REFERRAL_REWARD, WIN_BACK, CRM = 16, 32, 64, 128
BITS = {
    "advertising": ADVERTISING,
    "service": SERVICE,
    "loyalty": LOYALTY,
    "contact": CONTACT,
    "introductory_price": INTRODUCTORY_PRICE,
    "referral_reward": REFERRAL_REWARD,
    "win_back": WIN_BACK,
    "crm": CRM,
}
"""The bit of each instrument in what is kept of its selection."""


def is_targeted(target: int, has_bought: bool, is_customer: bool, selected: bool) -> bool:
    """Whether a person belongs to the ``target``; ``selected``: by the firm's own selection."""
    if target == ALL:
        return True
    if target == PROSPECTS:
        return not has_bought
    if target == LAPSED:
        return has_bought and not is_customer
    if target == CUSTOMERS:
        return is_customer
    return selected and target == SELECTED

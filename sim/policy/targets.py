"""Whom an instrument is aimed at."""

ALL, PROSPECTS, LAPSED, CUSTOMERS = 0, 1, 2, 3
FIRST_GROUP = 16
"""Code of the scenario's first named group; the next ones follow."""

NAMES = {"all": ALL, "prospects": PROSPECTS, "lapsed": LAPSED, "customers": CUSTOMERS}
"""Words of a scenario file. Prospects never bought from the firm; the lapsed did, but are no
customers now."""


def is_targeted(target: int, has_bought: bool, is_customer: bool, group: int) -> bool:
    """Whether a person belongs to the ``target``; ``group`` is 1 for the first named group."""
    if target == ALL:
        return True
    if target == PROSPECTS:
        return not has_bought
    if target == LAPSED:
        return has_bought and not is_customer
    if target == CUSTOMERS:
        return is_customer
    return group == target - FIRST_GROUP + 1

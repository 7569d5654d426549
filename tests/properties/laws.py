"""What holds of every market: a law a function, its docstring the claim.

They are tried on markets of everything that a scenario may say, see ``test_laws``.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from sim.experiments.outcomes import outcomes
from sim.market.firms import SPENT
from sim.market.measures import FOUNDED
from sim.market.state import CUES, LEAVING, LEDGER, NEVER, OPPORTUNITY, TALLY
from tests.properties.life import Life, Table
from tests.properties.ranges import RANGES, defined, may_be_below_0

LAWS: list[Callable[[Life], None]] = []
LOST = ("switched", "left", "lapsed", "exited")
NOBODYS = ("wages", "fixed_cost", "partnering")
"""Costs that no customer causes and no instrument is."""


def law(claim: Callable[[Life], None]) -> Callable[[Life], None]:
    """Put a claim among the laws."""
    LAWS.append(claim)
    return claim


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def by_firm(life: Life) -> Iterator[tuple[str, Any]]:
    """Every firm's name and its months."""
    for name, months in life.run.firms.groupby("firm", sort=False):
        yield str(name), months


@law
def customers_add_up_to_the_firm(life: Life) -> None:
    """What all who were ever customers brought, less what they do not carry, is the firm's profit.

    Not carried are acquisition spending without an acquisition, foundations, wages, fixed cost and
    what partners cost. To a millionth of the money that went through the books.
    """
    customers = life.run.customers.groupby("firm")["profit"].sum()
    for name, months in by_firm(life):
        owed = months["unallocated"].iloc[-1] + months[[*FOUNDED, *NOBODYS]].sum().sum()
        earned = customers.get(name, 0.0) - owed
        through = months[["revenue", "goods", "serving", "spending", *NOBODYS]].sum().sum()
        assert earned == pytest.approx(months["profit"].sum(), abs=1e-6 * max(1.0, through)), name


@law
def revenue_adds_up(life: Life) -> None:
    """Revenue of all customers, of all months and of all logged purchases are the same money."""
    logged = [life.run.transactions] if life.market.spec.record.transactions else []
    for table in (life.run.customers, *logged):
        mine = table.groupby("firm")["revenue"].sum()
        for name, months in by_firm(life):
            assert mine.get(name, 0.0) == pytest.approx(months["revenue"].sum()), name


@law
def purchases_add_up(life: Life) -> None:
    """Each logged purchase is one of a ledger's, of somebody there, its first one marked once."""
    if not life.market.spec.record.transactions:
        return
    table, warm_up = life.run.transactions, life.market.spec.warm_up
    booked = life.ledger["purchases"][warm_up:].sum(axis=0)
    for name, count in zip(life.market.spec.firms, booked, strict=True):
        own = table[table["firm"] == name]
        assert len(own) == count
        assert not own[own["first"]].duplicated("person").any()
    assert (table["units"] >= 0).all()


@law
def profit_is_what_is_left(life: Life) -> None:
    """Spending is the sum over the instruments, and profit is revenue less every cost."""
    table = life.run.firms
    spending = table[list(SPENT)].sum(axis=1)
    assert np.allclose(table["spending"], spending, rtol=1e-12, atol=1e-9)
    costs = table[["goods", "serving", "discounts", *NOBODYS]].sum(axis=1) + spending
    assert np.allclose(table["profit"], table["revenue"] - costs, rtol=1e-9, atol=1e-6)


@law
def care_is_paid_for_heads(life: Life) -> None:
    """Spending on service and contact is what each head is charged times the heads."""
    for name, charge, heads in (
        ("service", "care", "heads"),
        ("contact", "contact_cost", "in_touch"),
    ):
        charged = np.array([firms[charge] for firms in life.firms])
        assert np.array_equal(life.ledger[name], charged * life.ledger[heads])
        assert (life.ledger[heads] <= customers_before(life)).all()


@law
def plans_are_carried_over(life: Life) -> None:
    """For each instrument what was spent so far and what is carried is what was planned so far."""
    for column, name in enumerate(SPENT):
        carried = np.array([firm.carried[name] for firm in life.market.firms])
        done, planned = life.ledger[name].sum(axis=0) + carried, life.planned[:, column]
        scale = 1e-6 * max(1.0, life.ledger[name].sum(), planned.max())
        assert done == pytest.approx(planned, rel=1e-9, abs=scale), name


@law
def staff_are_paid_as_declared(life: Life) -> None:
    """Wages are heads times wage, whatever happens; who has nobody pays none."""
    for name, firm in life.market.spec.firms.items():
        own = life.ledger[:, life.market.firm(name).position]
        people = firm.staff.departments.values() if firm.staff else ()
        wages = sum(d.heads * d.wage for d in people)
        wages += firm.helpdesk.agents * firm.helpdesk.wage if firm.helpdesk else 0.0
        managers = firm.managers.posts().values() if firm.managers else ()
        wages += sum(manager.wage * manager.time for manager in managers)
        assert own["managers"].tolist() == [len(managers)] * len(own)
        assert own["wages"] == pytest.approx(wages * life.market.spec.months)
        assert own["employed"] == pytest.approx(sum(d.heads for d in people))


@law
def nothing_planned_is_nothing_paid(life: Life) -> None:
    """An instrument for which no money was ever meant costs nothing."""
    ledger, planned = life.ledger, life.planned
    for column, name in enumerate(SPENT):
        assert not ledger[name][:, planned[:, column] == 0.0].any(), name


# ── people ────────────────────────────────────────────────────────────────────────────────────


def customers_before(life: Life) -> Table:
    """(steps, firms) customers at the end of the step before."""
    history = life.market.history
    return np.vstack([history.opening["customers"], life.ledger["customers"][:-1]])


@law
def customers_come_and_go(life: Life) -> None:
    """Customers at the end are those at the start plus acquired plus reactivated less lost."""
    ledger = life.ledger
    change = ledger["acquired"] + ledger["reactivated"] - sum(ledger[name] for name in LOST)
    assert np.array_equal(ledger["customers"], customers_before(life) + change)


@law
def people_are_conserved(life: Life) -> None:
    """Under `replace` there are always as many; otherwise leavers are gone and arrivals added."""
    there, gone = life.tally["present"], life.tally["exits"]
    came = there[1:] - (there[:-1] - gone[:-1])
    spec = life.market.spec
    if spec.population.entry.closure == "replace":
        assert (there == spec.population.size).all()
    elif spec.population.entry.closure == "cohort":
        assert (came == 0).all()
    else:
        arrivals = np.bincount(life.market.entry.steps, minlength=len(there))
        assert np.array_equal(came, arrivals[1 : len(there)])


@law
def a_person_has_one_provider(life: Life) -> None:
    """In subscription the contracts of all firms are at most as many as the people who are left."""
    if life.market.spec.has_contracts:
        left = life.tally["present"] - life.tally["exits"]
        assert (life.ledger["customers"].sum(axis=1) <= left).all()


@law
def numbers_are_unique(life: Life) -> None:
    """A person number is used once, for people present and for all who ever left."""
    first: dict[int, int] = {}
    for people in life.people:
        assert len(set(people["number"])) == len(people)
        for number, arrived in zip(people["number"], people["arrived"], strict=True):
            assert first.setdefault(int(number), int(arrived)) == arrived


@law
def nobody_returns_who_has_left(life: Life) -> None:
    """Who left the category is never seen again."""
    left: set[int] = set()
    for people in life.people:
        assert not left & set(people["number"].tolist())
        left |= set(people["number"][people["present"] == LEAVING].tolist())


@law
def parts_are_no_more_than_the_whole(life: Life) -> None:
    """The saved are would-be leavers, the recovered complained, quality is at most 1 a purchase."""
    ledger = life.ledger
    for part, whole in (
        ("recovered", "complaints"), ("complaints", "failures"), ("failures", "purchases"),
        ("quality", "purchases"), ("rewarded", "purchases"), ("acquired", "purchases"),
        ("introduced", "acquired"), ("customers", "buyers"), ("promoters", "customers"),
        ("detractors", "customers"), ("unprofitable", "customers"), ("satisfaction", "customers"),
        ("trust", "customers"), ("commitment", "customers"), ("opt_outs", "contacts"),
        ("contacts", "in_touch"), ("passed", "exited"), ("skill", "employed"),
        ("morale", "employed"), ("quit", "employed"), ("late", "calls"), ("queued", "calls"),
    ):  # fmt: skip
        assert (ledger[part] <= ledger[whole] + 1e-9).all(), f"{part} of {whole}"
    by_cue = sum(ledger[f"acquired_{cue}"] for cue in ("advertising", "word_of_mouth", "referral"))
    assert (by_cue <= ledger["acquired"]).all()
    assert (ledger["passed"] <= ledger["acquired"] + ledger["reactivated"]).all()
    assert (ledger["referred"] <= ledger["acquired"]).all()
    departed = ledger["switched"] + ledger["left"]
    if not any(each.act == "hold" for each in life.market.spec.interventions):
        assert (ledger["saved"] + departed == ledger["would_leave"]).all()
    else:
        assert (ledger["saved"] + departed <= ledger["would_leave"]).all()


# ── business accounts ─────────────────────────────────────────────────────────────────────────


@law
def no_more_comes_out_of_the_pipeline_than_goes_in(life: Life) -> None:
    """Leads come before opportunities, these before deals; what stays is what is in it."""
    ledger, dealings = life.ledger, life.market.world.dealings
    assert (ledger["opportunities"] <= ledger["leads_closed"]).all()
    assert (ledger["deals"] <= ledger["opportunities_closed"]).all()
    for counted in ("leads", "deals"):
        cues = sum(ledger[f"{counted}_{cue}"] for cue in CUES[1:])
        assert (cues <= ledger[counted]).all()
    assert (ledger["leads"].sum(0) >= ledger["leads_closed"].sum(0)).all()
    assert (ledger["opportunities"].sum(0) >= ledger["opportunities_closed"].sum(0)).all()
    if life.market.spec.setting != "b2b":
        assert dealings.size == 0
        assert not ledger["leads"].any()
        return
    assert not dealings["manager"][:, [firm.managers is None for firm in life.market.firms]].any()
    for name in ("bond", "second_bond", "late", "discount"):
        assert ((dealings[name] >= 0.0) & (dealings[name] <= 1.0 + 1e-6)).all(), name
    assert (dealings["stage"] <= OPPORTUNITY).all()
    assert (dealings["ripe"] >= dealings["since"]).all()


# ── partners ──────────────────────────────────────────────────────────────────────────────────


@law
def ties_are_those_of_the_scenario(life: Life) -> None:
    """Each firm has its partners in every step; of them no more do anything than there are."""
    spec, ledger = life.market.spec, life.ledger
    own = [sum(each.to == firm for each in spec.suppliers.values()) for firm in spec.firms]
    assert (ledger["ties"] == own).all()
    for name in (
        "tie_trust", "tie_commitment", "cooperation", "breaches", "shortages", "replaced",
    ):  # fmt: skip
        assert (ledger[name] <= ledger["ties"] + 1e-9).all(), name


@law
def partners_are_paid_for(life: Life) -> None:
    """A firm pays for each search and for what was signed: no more than that a step, and then."""
    spec, ledger = life.market.spec, life.ledger
    for position, firm in enumerate(spec.firms):
        own = [each for each in spec.suppliers.values() if each.to == firm]
        searches = [each.search_cost for each in own]
        paid, replaced = ledger["partnering"][:, position], ledger["replaced"][:, position]
        most = sum(searches) + sum(each.contract_cost for each in own)
        assert (paid <= most * (1 + 1e-9)).all()
        assert (paid >= replaced * min(searches, default=0.0) * (1 - 1e-9)).all()


@law
def ties_stay_in_their_range(life: Life) -> None:
    """What a tie is lies in its range at the end, and is plain data."""
    for supplier in life.market.suppliers:
        memory = supplier.memory()
        for name in ("quality", "agreed", "delivered", "trust", "commitment", "effort"):
            assert 0.0 <= memory[name] <= 1.0, name
        assert -1.0 <= memory["liking"] <= 1.0
        assert memory["owed"] == 0.0
        assert json.loads(json.dumps(memory)) == memory


# ── ranges ────────────────────────────────────────────────────────────────────────────────────


@law
def states_stay_in_their_range(life: Life) -> None:
    """Every column of every table lies in its range after every step."""
    tables = {
        "people": life.people,
        "relations": life.relations,
        "accounts": life.accounts,
        "firms": life.firms,
    }
    for kind, seen in tables.items():
        allowed = RANGES[kind](life.market)
        assert set(allowed) == set(seen[0].dtype.names or ()), kind
        for step, table in enumerate(seen):
            for name, (low, high) in allowed.items():
                inside = (table[name] >= low) & (table[name] <= high)
                assert inside.all(), f"{kind}.{name} in step {step}: {table[name][~inside][:3]}"


@law
def memory_hangs_together(life: Life) -> None:
    """What is remembered of purchases, messages and dates does not contradict itself."""
    for step, relations in enumerate(life.relations):
        bought = relations["purchases"] > 0
        assert (relations["first"][bought] <= relations["last"][bought]).all()
        assert (relations["last"][bought] <= step).all()
        assert (relations["last"][~bought] == NEVER).all()
        assert (relations["this_year"] <= relations["purchases"]).all()
        waiting = relations["praise"].astype(int) + relations["blame"]
        assert (relations["verdict"] <= 65536 * waiting).all()
        assert not relations["verdict"][waiting == 0].any()


@law
def ledgers_are_numbers(life: Life) -> None:
    """Every column of every ledger is finite, and none is negative."""
    for table, dtype in ((life.ledger, LEDGER), (life.tally, TALLY)):
        for field in dtype.names or ():
            assert np.isfinite(table[field]).all(), field
            assert (table[field] >= 0).all(), field


@law
def measures_are_numbers_where_they_are_defined(life: Life) -> None:
    """In the firms' months a number is missing where there is nothing to measure, only there."""
    table = life.run.firms
    where = defined(life)
    for name in table.columns.drop("firm"):
        values = table[name].to_numpy(float)
        assert not np.isinf(values).any(), name
        if name in where:
            assert np.array_equal(~np.isnan(values), where[name].reshape(-1)), name
        elif name not in ("customer_equity", "retention_year"):
            assert not np.isnan(values).any(), name
        if not may_be_below_0(name):
            assert not (values < 0).any(), name


@law
def shares_are_shares(life: Life) -> None:
    """Shares and means of memory lie in 0 to 1."""
    table = life.run.firms
    for name in (
        "retention", "retention_year", "true_exit", "market_share", "satisfaction", "trust",
        "commitment", "salience", "unprofitable", "penetration", "share_of_requirements",
        "repeat_rate", "main_firm", "top_fifth_revenue", "skill", "morale", "turnover",
        "late",
    ):  # fmt: skip
        values = table[name].dropna()
        assert ((values >= 0) & (values <= 1 + 1e-9)).all(), name


@law
def the_table_of_customers_is_whole(life: Life) -> None:
    """Nothing but the month of breaking even is missing of a customer; kept tables are as whole."""
    months = life.market.spec.record.customers_at
    for table in (life.run.customers, *(life.run.customers_at(month) for month in set(months))):
        missing = table.drop(columns="break_even").isna().sum()
        assert not missing.any(), missing[missing > 0]


@law
def outcomes_are_numbers_where_they_are_defined(life: Life) -> None:
    """Money is always a number, nothing is infinite, a cost per customer needs customers."""
    for firm in life.market.spec.firms:
        found, cash = outcomes(life.market, firm)
        assert np.isfinite(cash).all()
        assert not np.isinf(list(found.values())).any()
        for name in ("npv", "profit", "spending", "outlay", "acquired", "kept"):
            assert np.isfinite(found[name]), name
        for name in ("word_of_mouth", "cost_per_customer_won"):
            assert np.isnan(found[name]) == (found["acquired"] == 0), name
        assert np.isnan(found["cost_per_customer_kept"]) == (found["kept"] == 0)

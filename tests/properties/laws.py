"""What holds of every market: a law a function, its docstring the claim.

They are tried on markets of everything that a scenario may say, see ``test_laws``.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.experiments.outcomes import outcomes
from sim.market.firms import SPENT
from sim.market.measures import FOUNDED
from sim.market.partners import Partner
from sim.market.state import CUES, LEAVING, LEDGER, NEVER, OPPORTUNITY, TALLY
from sim.scenario.channels import NAMES
from sim.scenario.coherence import partners
from sim.scenario.in_force import dates, terms
from tests.properties.life import Life, Table
from tests.properties.ranges import RANGES, defined, may_be_below_0

LAWS: list[Callable[[Life], None]] = []
LOST = ("switched", "left", "lapsed", "exited", "stopped")
NOBODYS = ("wages", "fixed_cost", "partnering", "launching", "interest")
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
        caused = ["goods", "margins", "serving", "relating", "programme"]
        money = ["revenue", *caused, "spending", *NOBODYS]
        through = months[money].sum().sum()
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
    parts = ["goods", "margins", "discounts", "serving", "relating", "programme", *NOBODYS]
    costs = table[parts].sum(axis=1) + spending
    assert np.allclose(table["profit"], table["revenue"] - costs, rtol=1e-9, atol=1e-6)


@law
def care_is_paid_for_heads(life: Life) -> None:
    """Spending on service, contact and knowledge is what each head is charged times the heads.

    With channels, heads differ in what they are charged: that books balance is another law.
    """
    whole = np.array([firm.channels is None for firm in life.market.spec.firms.values()])
    for name, charge, heads in (
        ("service", "care", "heads"),
        ("contact", "contact_cost", "in_touch"),
        ("crm", "crm_cost", "on_file"),
    ):
        charged = np.array([firms[charge] for firms in life.firms])
        alike = whole if name == "contact" else np.ones_like(whole)
        paid = charged * life.ledger[heads]
        assert np.array_equal(life.ledger[name][:, alike], paid[:, alike])
        channels = 1 if name != "contact" else np.where(whole, 1, len(NAMES))
        assert (life.ledger[heads] <= customers_before(life) * channels).all()


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
    """Wages are heads times wage from when the firm is there; who has nobody pays none."""
    for name, firm in life.market.spec.firms.items():
        own = life.ledger[:, life.market.firm(name).position]
        people = firm.staff.departments.values() if firm.staff else ()
        wages = sum(d.heads * d.wage for d in people)
        wages += firm.helpdesk.agents * firm.helpdesk.wage if firm.helpdesk else 0.0
        managers = firm.managers.posts().values() if firm.managers else ()
        wages += sum(manager.wage * manager.time for manager in managers)
        there = presence(life)[:, life.market.firm(name).position]
        assert own["managers"].tolist() == (there * len(managers)).tolist()
        assert own["wages"] == pytest.approx(there * wages * life.market.spec.months)
        assert own["employed"] == pytest.approx(there * sum(d.heads for d in people))


def presence(life: Life) -> npt.NDArray[np.bool_]:
    """(steps, firms) whether each firm is in the market."""
    since = [firm.since for firm in life.market.firms]
    return np.arange(len(life.ledger))[:, None] >= np.array(since)


@law
def who_is_not_there_has_no_books(life: Life) -> None:
    """Until a firm enters, every column of its ledger is 0 but that of how well it is known."""
    away = life.ledger[~presence(life)]
    for name in set(LEDGER.names or ()) - {"salience"}:
        assert not away[name].any(), name


@law
def nothing_planned_is_nothing_paid(life: Life) -> None:
    """An instrument for which no money was ever meant costs nothing."""
    ledger, planned = life.ledger, life.planned
    for column, name in enumerate(SPENT):
        assert not ledger[name][:, planned[:, column] == 0.0].any(), name


@law
def lines_are_a_part_of_the_whole(life: Life) -> None:
    """What lines bring is part of revenue, the new product's of theirs; who sells none has none."""
    ledger, tiny = life.ledger, 1e-9
    for part, whole in (
        ("lines_revenue", "revenue"), ("lines_goods", "goods"), ("lines_revenue", "wallet"),
        ("launch_revenue", "lines_revenue"), ("launch_goods", "lines_goods"),
    ):  # fmt: skip
        assert (ledger[part] <= ledger[whole] * (1 + tiny) + tiny).all(), f"{part} of {whole}"
    for name, firm in life.market.spec.firms.items():
        own = ledger[:, life.market.firm(name).position]
        if not firm.launch:
            assert not any(own[n].any() for n in ("launching", "voices", "adopters", "withdrawn"))
            if not firm.lines:
                assert not any(own[n].any() for n in ("wallet", "pitches", "with_lines"))


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
        ("contacts", "in_touch"), ("knowledge", "customers"), ("passed", "exited"),
        ("skill", "employed"), ("morale", "employed"), ("quit", "employed"), ("late", "calls"),
        ("queued", "calls"), ("active_members", "members"), ("enrolled", "purchases"),
        ("pitches", "purchases"), ("with_lines", "customers"), ("with_lines", "lines_held"),
        ("adopters", "with_lines"), ("kept_with_lines", "customers"),
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
    """Each firm that is there has its partners but those searched for; no more do anything."""
    spec, ledger = life.market.spec, life.ledger
    tied = [each for section, _, each in partners(spec) if section != "investors"]
    lasting = [each for each in tied if each.search_time == 0.0]
    for count, there, firm in zip(ledger["ties"].T, presence(life).T, spec.firms, strict=True):
        assert (count <= there * sum(each.to == firm for each in tied)).all()
        assert (count >= there * sum(each.to == firm for each in lasting)).all()
    for name in (
        "tie_trust", "tie_commitment", "cooperation", "breaches", "shortages", "replaced",
    ):  # fmt: skip
        assert (ledger[name] <= ledger["ties"] + 1e-9).all(), name


@law
def partners_are_paid_for(life: Life) -> None:
    """A firm pays for each search and for what was signed: no more than that a step, and then."""
    spec, ledger = life.market.spec, life.ledger
    moments = [terms(spec, step).suppliers for step in (0, *dates(spec))]
    for position, firm in enumerate(spec.firms):
        own = [
            [suppliers[name] for suppliers in moments] if section == "suppliers" else [each]
            for section, name, each in partners(spec)
            if section != "investors" and each.to == firm
        ]
        searches = [[each.search_cost for each in ever] for ever in own]
        signing = sum(max(each.contract_cost for each in ever) for ever in own)
        paid, replaced = ledger["partnering"][:, position], ledger["replaced"][:, position]
        most = sum(map(max, searches)) + signing
        assert (paid <= most * (1 + 1e-9)).all()
        assert (paid >= replaced * min(map(min, searches), default=0.0) * (1 - 1e-9)).all()


@law
def ties_stay_in_their_range(life: Life) -> None:
    """What a tie is lies in its range at the end, and is plain data."""
    market = life.market
    ties: list[Partner[Any]] = [*market.suppliers, *market.distributors, *market.agencies]
    for partner in ties:
        memory = partner.memory()
        for name in ("quality", "agreed", "delivered", "trust", "commitment", "effort"):
            assert 0.0 <= memory[name] <= 1.0, name
        assert -1.0 <= memory["liking"] <= 1.0
        assert memory["owed"] == 0.0
        assert json.loads(json.dumps(memory)) == memory


# ── loyalty programmes ────────────────────────────────────────────────────────────────────────


@law
def points_come_and_go(life: Life) -> None:
    """Points outstanding are those before plus earned less redeemed, expired and forfeited.

    To the digits of single precision, in which a member's points are held.
    """
    ledger = life.ledger
    gone = sum(ledger[f"points_{way}"] for way in ("redeemed", "expired", "forfeited"))
    left = np.cumsum(ledger["points_earned"] - gone, axis=0)
    most = np.maximum(1.0, ledger["points_earned"].cumsum(axis=0))
    assert (np.abs(ledger["points_outstanding"] - left) <= 1e-5 * most).all()


@law
def programmes_are_paid_as_declared(life: Life) -> None:
    """Rewards, enrolments and members at their declared cost; without a programme nothing."""
    for position, firm in enumerate(life.market.spec.firms.values()):
        own, said = life.ledger[:, position], firm.programme
        if said is None:
            assert not any(own[name].any() for name in ("programme", "members", "points_earned"))
            continue
        cost = own["points_redeemed"] / said.reward_points * said.reward_cost
        cost = cost + own["enrolled"] * said.enrolment_cost
        cost = cost + own["members"] * (said.upkeep * life.market.spec.months)
        assert own["programme"] == pytest.approx(cost, rel=1e-6)


def ways_are_what_their_distributors_ask(life: Life) -> None:
    """Margins are at most the largest asked, of revenue; without distributors there are none."""
    spec, ledger = life.market.spec, life.ledger
    for position, firm in enumerate(spec.firms):
        asked = [each.margin for each in spec.distributors.values() if each.to == firm]
        own = ledger[:, position]
        assert (own["margins"] <= max(asked, default=0.0) * own["revenue"] * (1 + 1e-9)).all()
        assert ((own["distribution"] >= 0) & (own["distribution"] <= 1 + 1e-9)).all()
        if not life.market.world.ways.size:
            assert (own["distribution"] == 1).all()
            assert not own["missed"].any()


def fees_are_part_of_advertising(life: Life) -> None:
    """An agency keeps no more than its fee of what is spent; who has none pays no fee."""
    for position, firm in enumerate(life.market.spec.firms):
        fee = sum(each.fee for each in life.market.spec.agencies.values() if each.to == firm)
        own = life.ledger[:, position]
        assert (own["fees"] <= fee * own["advertising"] * (1 + 1e-9)).all()


def interest_is_what_debt_costs(life: Life) -> None:
    """In each booked step it is the cost of capital on the debt at its beginning."""
    market = life.market
    for investor in market.investors:
        months = life.run.firms[life.run.firms["firm"] == investor.firm.name]
        balance = investor.said.cash + np.concatenate([[0.0], months["cash"].to_numpy()[:-1]])
        asked = months["cost_of_capital"].to_numpy() * market.spec.months
        owed = asked * np.maximum(0.0, -balance)
        scale = 1e-6 * max(1.0, float(np.abs(balance).max()))
        assert months["interest"].to_numpy() == pytest.approx(owed, rel=1e-9, abs=scale)


# ── ranges ────────────────────────────────────────────────────────────────────────────────────


@law
def states_stay_in_their_range(life: Life) -> None:
    """Every column of every table lies in its range after every step."""
    tables = {
        "people": life.people,
        "relations": life.relations,
        "accounts": life.accounts,
        "firms": life.firms,
        "dealings": life.dealings,
    }
    for kind, seen in tables.items():
        if not seen:
            continue
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
    """Every column of every ledger is finite, and none is negative but relevance."""
    for table, dtype in ((life.ledger, LEDGER), (life.tally, TALLY)):
        for field in dtype.names or ():
            assert np.isfinite(table[field]).all(), field
            assert field == "relevance" or (table[field] >= 0).all(), field


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
        elif name not in ("customer_equity", "retention_year", "firm_value"):
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
        "late", "breakage",
        "late", "share_of_wallet", "retention_with_lines",
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

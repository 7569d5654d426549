"""The books by hand: two people, two firms, and every entry that an event makes, and no other.

All books begin at numbers of their own, so that what is added shows as added.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim import draws
from sim.behaviour.basket import gamma_amount
from sim.market.compile import as_records
from sim.market.complaining import note_failure
from sim.market.context import Month
from sim.market.firms import OUTRIGHT, SPENT, Firm
from sim.market.luck import throw_at_occasion
from sim.market.purchase import (
    buy,
    let_off,
    log_purchase,
    maybe_quit,
    pay_margin,
    quality_met,
)
from sim.market.state import (
    ADVERTISING,
    CAME,
    COURTED,
    DENIED,
    INVITED,
    LEAVING,
    NO_GRIEVANCE,
    OPEN,
    PRESENT,
    REFERRAL,
    REFERRED,
    RETURNED,
    SILENT,
    WORD_OF_MOUTH,
    World,
)
from sim.market.stock import (
    anyone_is_cared_for,
    charge_acquisition,
    charge_care,
    count_heads,
    take_stock,
    take_stock_of_salience,
)
from sim.policy.targets import CUSTOMERS, LAPSED, NOBODY, PROSPECTS
from sim.scenario.offers import Policy
from tests.market.worlds import ALONE, Data, made

PERSON, FIRM = 1, 1  # bolt, and the second person
TWO: Data = {
    "population": {"size": 2},
    "customers": {"basket": 2},
    "firms": {"bolt": {"price": 30, "unit_cost": 12, "cost_to_serve": 3}},
}


class Books:
    """Tables whose ledgers and accounts have begun, and what has moved in them since."""

    def __init__(self, *changes: Data) -> None:
        self.market = made(ALONE, TWO, *changes)
        self.m: Month = self.market.now()
        self.w: World = as_records(self.market.world)
        for position, name in enumerate(self.w.ledger.dtype.names or ()):
            self.w.ledger[name] = [100 + position, 200 + position]
        for name in ("revenue", "profit", "acquisition_cost"):
            self.w.accounts[name] = [[1000, 2000], [3000, 4000]]
        self.began = self.w.ledger.copy(), self.w.accounts.copy()

    @property
    def relation(self) -> Any:
        """What the second person and bolt are to each other."""
        return self.w.relations[PERSON, FIRM]

    def bought_before(self, step: int = -1) -> None:
        """The second person bought from bolt once, and holds its contract in subscription."""
        self.relation.purchases, self.relation.first, self.relation.last = 1, step, step
        self.w.people[PERSON].provider = FIRM

    def moved(self) -> dict[str, float]:
        """What has been added to which entry: `bolt.revenue`, of an account `1 at bolt.revenue`."""
        found: dict[str, float] = {}
        firms = list(self.market.spec.firms)
        for f, firm in enumerate(firms):
            for name in self.began[0].dtype.names or ():
                found[f"{firm}.{name}"] = float(self.w.ledger[name][f] - self.began[0][name][f])
            for i in range(2):
                for name in ("revenue", "profit", "acquisition_cost"):
                    change = self.w.accounts[name][i, f] - self.began[1][name][i, f]
                    found[f"{i} at {firm}.{name}"] = float(change)
        return {name: change for name, change in found.items() if abs(change) > 1e-12}


def added(books: Books, ledger: Mapping[str, float], account: Mapping[str, float]) -> bool:
    """Whether these entries of bolt, and of the second person there, moved, and no other."""
    expected = {f"bolt.{name}": value for name, value in ledger.items()}
    expected |= {f"1 at bolt.{name}": value for name, value in account.items()}
    found = books.moved()
    assert found == pytest.approx(expected), {
        name: (found.get(name), expected.get(name))
        for name in found.keys() | expected.keys()
        if found.get(name) != expected.get(name)
    }
    return True


# ── a purchase ────────────────────────────────────────────────────────────────────────────────

SALE = {"purchases": 1, "units": 2, "revenue": 60, "goods": 24, "quality": 0.72}


@pytest.mark.parametrize(
    ("cue", "column"),
    [(0, None), (ADVERTISING, "advertising"), (WORD_OF_MOUTH, "word_of_mouth"),
     (REFERRAL, "referral")],
)  # fmt: skip
def test_a_first_purchase(cue: int, column: str | None) -> None:
    """Two units at 30 that cost 12, counted as won, by the first cue, and nowhere else."""
    books = Books()
    books.w.firms["introductory_price_target"] = LAPSED  # nobody is introduced
    books.relation.first_cue = cue
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    won = {"acquired": 1} | ({f"acquired_{column}": 1} if column else {})
    assert added(books, SALE | won, {"revenue": 60, "profit": 36})


def test_a_first_purchase_by_invitation_at_the_introductory_price() -> None:
    """3 for whom the price was lowered, 5 for who invited: both are what the customer has cost."""
    books = Books()
    books.w.firms["introductory_price_target"] = PROSPECTS
    books.w.firms["introductory_cost"], books.w.firms["referral_cost"] = 3, 5
    books.relation.approach = OPEN
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    paid = {"introduced": 1, "introductory_price": 3, "referred": 1, "referral_reward": 5}
    account = {"revenue": 60, "profit": 28, "acquisition_cost": 8}
    assert added(books, SALE | {"acquired": 1} | paid, account)
    assert books.relation.approach == OPEN + REFERRED + CAME


def test_a_repeat_purchase_with_discount_and_reward() -> None:
    """2 a unit of discount are booked as save, a reward of 7 as loyalty; revenue is at list."""
    books = Books()
    books.bought_before()
    books.w.firms["reward_cost"], books.w.firms["introductory_cost"] = 7, 99
    books.w.firms["loyalty_target"] = CUSTOMERS
    buy(books.m, books.w, PERSON, FIRM, 0, 2.0)
    spent = {"save": 4, "loyalty": 7, "rewarded": 1}
    assert added(books, SALE | spent, {"revenue": 60, "profit": 36 - 4 - 7})
    assert (books.relation.purchases, books.relation.this_year) == (2, 1)
    assert books.relation.year_revenue == 60


def test_a_repeat_purchase_at_the_shop() -> None:
    """A tenth of 60 is left to the shop; acme is sold directly."""
    books = Books({"distributors": {"shop": {"to": "bolt", "share": 1.0}}})
    books.bought_before()
    ways = books.w.ways
    ways["margin"], ways["service"] = [0.5, 0.5, 0.1], 0.0
    books.w.dealings["way"] = [[0, 1], [0, 2]]
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert added(books, SALE | {"rewarded": 1, "margins": 6}, {"revenue": 60, "profit": 36 - 6})


def test_a_repeat_purchase_of_an_account() -> None:
    """A twentieth of 60 had been negotiated with bolt, and a half with acme."""
    books = Books({"setting": "b2b"})
    books.bought_before()
    books.w.dealings["discount"] = [0.5, 0.05]
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert added(books, SALE | {"rewarded": 1, "discounts": 3}, {"revenue": 60, "profit": 36 - 3})


def test_a_repeat_purchase_by_one_who_is_known() -> None:
    """Known by half, and all of it used: a quarter nearer, beside what was met before."""
    books = Books({"firms": {"bolt": {"crm": {"personalisation": 1.0}}}})
    books.bought_before()
    books.w.dealings[PERSON, FIRM].knowledge = 0.5
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert books.moved()["bolt.relevance"] == 0.25


def test_coming_back_on_an_offer() -> None:
    """After a year away: reactivated, won back, 4 a unit cheaper, and 3 to serve (repertoire)."""
    books = Books({"setting": "repertoire"})
    books.bought_before(step=0)
    books.m = books.m._replace(step=13)
    books.w.firms["win_back_discount"], books.w.firms["loyalty_target"] = 4, CUSTOMERS
    books.relation.approach = COURTED
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    back = {"reactivated": 1, "won_back": 1, "win_back": 8, "serving": 3}
    assert added(books, SALE | back, {"revenue": 60, "profit": 36 - 8 - 3})
    assert books.relation.approach == RETURNED + CAME
    assert (books.relation.first, books.relation.last) == (0, 13)
    assert books.relation.salience == 1


def test_the_second_purchase_of_a_step_is_added() -> None:
    """Two purchases are two of this year, and the money of both."""
    books = Books({"setting": "repertoire"})
    for occasion in (0, 1):
        buy(books.m, books.w, PERSON, FIRM, occasion, 0.0)
    assert (books.relation.this_year, books.relation.year_revenue) == (2, 120)


def test_promises_are_remembered_bit_by_bit() -> None:
    """An offer that is used is no longer open; an invitation that nobody has heard of yet stays."""
    books = Books()
    books.bought_before()
    books.relation.approach = COURTED + INVITED
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert books.relation.approach == RETURNED + INVITED


@pytest.mark.parametrize("shape", [0.5, 3.0])
def test_units_that_vary(shape: float) -> None:
    """Units are the basket times the amount that is drawn for this very purchase."""
    books = Books({"setting": "repertoire"})
    books.m = books.m._replace(amount_shape=shape, step=4)
    buy(books.m, books.w, PERSON, FIRM, 3, 0.0)
    number, address = books.w.people[PERSON].number, books.w.firms[FIRM].address
    amount = gamma_amount(books.m.run, number, address, 4, 3, shape)
    assert amount > 0
    assert books.moved()["bolt.units"] == pytest.approx(2 * amount)


@pytest.mark.parametrize(("exit_form", "there"), [(0, PRESENT), (1, PRESENT), (2, LEAVING)])
def test_buying_may_end_it(exit_form: int, there: int) -> None:
    """Who leaves after purchases is gone after a repeat; by time or contract nobody is."""
    books = Books({"setting": "repertoire"})
    books.m = books.m._replace(exit_form=exit_form)
    books.w.people["exit_hazard"] = 1.0
    books.bought_before(step=0)
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert books.w.people["present"].tolist() == [PRESENT, there]


def test_a_bill_of_three_months() -> None:
    """A contract of three months buys six units at once; repertoire buys its two."""
    for setting, units in (("subscription", 6), ("repertoire", 2)):
        books = Books({"setting": setting, "billing_months": 3})
        buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
        assert books.moved()["bolt.units"] == units
        assert books.moved()["1 at bolt.revenue"] == 30 * units


NOISE: Data = {"mechanisms": {"experience": {"noise": 0.1}}}


def test_quality_with_noise() -> None:
    """Quality .72 and a tenth of the normal deviate of this very purchase."""
    books = Books(NOISE)
    throw_at_occasion(books.m.luck, books.m.run, books.w.people[PERSON].number, books.m.step, 2)
    met, bonus = quality_met(books.m, books.w, PERSON, FIRM, 2)
    number, address = books.w.people[PERSON].number, books.w.firms[FIRM].address
    _, _, u, _ = draws.four(books.m.run, number, address, books.m.step, draws.OCCASION, 2)
    assert met == pytest.approx(0.72 + 0.1 * draws.normal(u))
    assert (bonus, abs(draws.normal(u)) > 0.01) == (0, True)


@pytest.mark.parametrize(("served", "met"), [(True, 0.86), (False, 0.42)])
def test_who_is_not_served_is_not_spared(served: bool, met: float) -> None:
    """Service for the lapsed alone: a customer gets no lift, and fails as if there were none."""
    books = Books()
    books.bought_before()
    books.w.firms["service_target"] = CUSTOMERS if served else LAPSED
    books.w.firms["lift"], books.w.firms["failure"] = 0.5, 0.0
    books.w.firms["failure_unserved"] = 1.0
    books.w.firms["complain"] = 0.0
    assert quality_met(books.m, books.w, PERSON, FIRM, 0) == pytest.approx((met, 0.0))


def test_service_by_worth_goes_by_the_month() -> None:
    """3 in a week are 13 a month, which lift quality by .6 (1 - e^-9.1) of its headroom."""
    books = Books({"step": "week", "firms": {"bolt": {"differentiation": {}}}})
    books.bought_before()
    books.w.firms["by_worth"], books.w.firms["service_target"] = 1, CUSTOMERS
    books.w.dealings[PERSON, FIRM].care = 3.0
    met, _ = quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert met == pytest.approx(1 - 0.28 * (1 - 0.6 * (1 - np.exp(-0.7 * 13))))


def test_service_by_worth_spares_failures() -> None:
    """Of a chance of .6 to fail care leaves half: at a draw of .4 nothing fails, at .2 it does."""
    books = Books({"firms": {"bolt": {"differentiation": {}}}})
    books.bought_before()
    books.w.firms["by_worth"], books.w.firms["service_target"] = 1, CUSTOMERS
    books.w.firms["failure_unserved"] = 0.6
    books.w.dealings[PERSON, FIRM].care = 100.0
    for draw, failures in ((0.4, 0), (0.2, 1)):
        books.m.luck.occasion[:] = draw
        quality_met(books.m, books.w, PERSON, FIRM, 0)
        assert books.moved().get("bolt.failures", 0) == failures


def test_service_of_the_shop() -> None:
    """The shop adds .05 to quality of .72; who buys directly gets none of it."""
    books = Books({"distributors": {"shop": {"to": "bolt", "share": 1.0}}})
    books.w.ways["service"] = [0.0, 0.0, 0.05]
    for way, met in ((2, 0.77), (FIRM, 0.72)):
        books.w.dealings["way"] = [[0, FIRM], [0, way]]
        assert quality_met(books.m, books.w, PERSON, FIRM, 0) == pytest.approx((met, 0.0))


@pytest.mark.parametrize(("fails", "kept"), [(0.0, NO_GRIEVANCE), (1.0, DENIED)])
def test_what_came_of_a_purchase_is_kept(fails: float, kept: int) -> None:
    """It takes the place of what came of the one before, of this person at this firm alone."""
    books = Books({"record": {"grievances": True}})
    books.w.firms["failure"] = books.w.firms["failure_unserved"] = fails
    books.w.firms["complain"], books.w.firms["recover"] = 1.0, 0.0
    books.w.dealings["grievance"] = SILENT
    quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert books.w.dealings["grievance"].tolist() == [[SILENT, SILENT], [SILENT, kept]]


def with_experience(m: Month, **values: float) -> Month:
    """The month with other parameters of experience."""
    return m._replace(rules=m.rules._replace(experience=m.rules.experience._replace(**values)))


def test_a_failure_is_noted_at_its_firm() -> None:
    """The complaint of the second person about bolt is bolt's, and costs its account."""
    books = Books()
    books.w.firms["failure_unserved"] = books.w.firms["failure"] = 1.0
    books.w.firms["recovery_cost"], books.w.firms["recover"] = [50, 9], 1.0
    books.w.firms["complain"] = 1.0
    met, bonus = quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert (met, bonus) == pytest.approx((0.72, 0.05))
    noted = {"failures": 1, "complaints": 1, "recovered": 1, "recovery": 9}
    assert added(books, noted, {"profit": -9})


def test_chances_of_failure_at_their_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draw that equals its chance does not happen: no failure, no complaint, no recovery."""
    books = Books()
    books.w.firms["failure_unserved"] = books.w.firms["failure"] = 0.5
    monkeypatch.setattr("sim.draws.four", lambda *address: (0.5, 0.5, 0.5, 0.5))
    books.m.luck.occasion[:] = 0.5
    quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert books.moved() == {}
    books.w.firms["failure_unserved"] = books.w.firms["failure"] = 0.6
    books.w.firms["complain"] = 0.5
    quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert books.moved() == {"bolt.failures": 1}
    books.w.firms["complain"], books.w.firms["recover"] = 0.6, 0.5
    quality_met(books.m, books.w, PERSON, FIRM, 0)
    assert books.moved() == {"bolt.failures": 2, "bolt.complaints": 1}


def test_what_the_shop_keeps() -> None:
    """A tenth of 60 is left to the shop that sells it; who buys directly leaves nothing."""
    books = Books({"distributors": {"shop": {"to": "bolt", "share": 1.0, "margin": 0.1}}})
    shop = books.w.dealings[PERSON, FIRM].way
    books.w.ways["margin"][shop] = 0.1
    pay_margin(books.w, PERSON, FIRM, 2.0)
    assert added(books, {"margins": 6}, {"profit": -6})
    books.w.dealings[PERSON, FIRM].way = FIRM
    pay_margin(books.w, PERSON, FIRM, 2.0)
    assert added(books, {"margins": 6}, {"profit": -6})


def test_what_was_negotiated_is_let_off() -> None:
    """A twentieth of 60 is booked as discount, and missing from the profit with the account."""
    books = Books({"setting": "b2b"})
    books.w.dealings["discount"] = [[0.5, 0.5], [0.5, 0.05]]
    let_off(books.w, PERSON, FIRM, 2.0)
    assert added(books, {"discounts": 3}, {"profit": -3})


def test_surprise_is_kept_in_its_unit() -> None:
    """Quality .72 against .65 is a surprise of .07, stored in 1/32767."""
    books = Books()
    buy(books.m, books.w, PERSON, FIRM, 0, 0.0)
    assert books.relation.surprise == int(0.07 * 32767)


@pytest.mark.parametrize(("complained", "recovered"), [(False, False), (True, False), (True, True)])
def test_a_failure(complained: bool, recovered: bool) -> None:
    """A failure is counted; a complaint costs 9, whether it is put right or not."""
    books = Books()
    books.w.firms["recovery_cost"] = 9
    note_failure(books.w, PERSON, FIRM, complained, recovered)
    counted = {"failures": 1.0, "complaints": float(complained), "recovered": float(recovered)}
    cost = {"recovery": 9.0 * complained}
    entries = {name: value for name, value in (counted | cost).items() if value}
    assert added(books, entries, {"profit": -9} if complained else {})


def test_the_second_line_of_the_log() -> None:
    """A purchase is written below the one before, and the next line waits."""
    books = Books()
    log = np.zeros(3, [("person", "u4"), ("step", "i4"), ("firm", "i4"), ("first", "?"),
                       ("units", "f8"), ("revenue", "f8")]).view(np.recarray)  # fmt: skip
    w = books.w._replace(log=log)
    w.tally[0].logged = 1
    books.relation.purchases = 1
    log_purchase(books.m._replace(step=5), w, PERSON, FIRM, 2.5, 75.0)
    assert log.tolist()[1] == (1, 5, 1, False, 2.5, 75.0)
    assert (log.tolist()[0], log.tolist()[2]) == ((0, 0, 0, False, 0, 0),) * 2
    assert w.tally[0].logged == 2


@pytest.mark.parametrize(("hold", "there"), [(0.0, LEAVING), (1.0, PRESENT)])
def test_who_is_held_does_not_leave_after_a_purchase(hold: float, there: int) -> None:
    """A sure leaver leaves after the second purchase, and stays where a hold is sure."""
    books = Books({"setting": "repertoire"})
    books.m = books.m._replace(exit_form=2)
    books.w.people["exit_hazard"] = 1.0
    bought = books.w.relations[PERSON, 0]
    bought.purchases, bought.last = 2, 0
    books.w.firms["hold"] = [0.0, hold]
    maybe_quit(books.m, books.w, PERSON, FIRM, 0)
    assert books.w.people["present"].tolist() == [PRESENT, there]


def test_who_need_not_leave_stays_after_a_purchase() -> None:
    """No chance of leaving, no leaving, held or not."""
    books = Books({"setting": "repertoire"})
    books.w.people["exit_hazard"] = 0.0
    bought = books.w.relations[PERSON, 0]
    bought.purchases, bought.last = 2, 0
    maybe_quit(books.m, books.w, PERSON, FIRM, 0)
    assert books.w.people["present"].tolist() == [PRESENT, PRESENT]


# ── taking stock ──────────────────────────────────────────────────────────────────────────────


def test_heads() -> None:
    """A customer is a head for service and for what is known, and in touch unless opted out."""
    books = Books()
    books.bought_before()
    for f in range(2):
        count_heads(books.m, books.w, 0, f)
    assert books.moved() == {}
    for f in range(2):
        count_heads(books.m, books.w, PERSON, f)
    assert added(books, {"heads": 1, "in_touch": 1, "on_file": 1}, {})
    books.w.people[PERSON].opted_out = 1 << FIRM
    for f in range(2):
        count_heads(books.m, books.w, PERSON, f)
    assert added(books, {"heads": 2, "in_touch": 1, "on_file": 2}, {})


def test_care() -> None:
    """A customer carries 2 of service and 3 of contact; no longer the 3 after opting out."""
    books = Books()
    books.bought_before()
    books.w.firms["care"], books.w.firms["contact_cost"] = [50, 2], [60, 3]
    for f in range(2):
        charge_care(books.m, books.w, 0, f)
    assert books.moved() == {}
    for f in range(2):
        charge_care(books.m, books.w, PERSON, f)
    assert added(books, {}, {"profit": -5})
    books.w.people[PERSON].opted_out = 1 << FIRM
    for f in range(2):
        charge_care(books.m, books.w, PERSON, f)
    assert added(books, {}, {"profit": -7})


def test_who_came_by_themselves_carry_no_offer() -> None:
    """That somebody came is forgotten at the end of the step; what offers cost is not theirs."""
    books = Books()
    books.w.firms["return_cost"] = [98, 4]
    books.relation.first, books.relation.approach = -1, CAME + INVITED
    charge_acquisition(books.m, books.w, PERSON, FIRM)
    assert added(books, {}, {})
    assert books.relation.approach == INVITED


def test_care_in_cents() -> None:
    """Half a unit of service and a quarter of contact are charged as they are."""
    books = Books()
    books.bought_before()
    books.w.firms["care"], books.w.firms["contact_cost"] = [50, 0.5], [60, 0.25]
    charge_care(books.m, books.w, PERSON, FIRM)
    assert added(books, {}, {"profit": -0.75})


def test_who_is_known_carries_what_that_costs() -> None:
    """Half a unit for who is on file; nothing where knowledge is for the lapsed alone."""
    books = Books()
    books.bought_before()
    books.w.firms["crm_cost"] = [70, 0.5]
    for target in (CUSTOMERS, LAPSED):
        books.w.firms["crm_target"] = target
        for f in range(2):
            charge_care(books.m, books.w, PERSON, f)
        assert added(books, {}, {"profit": -0.5})


def test_who_is_not_served_does_not_carry_service() -> None:
    """There is money for service, but for the lapsed alone."""
    books = Books()
    books.bought_before()
    books.w.firms["care"], books.w.firms["service_target"] = 2, LAPSED
    charge_care(books.m, books.w, PERSON, FIRM)
    assert added(books, {}, {})


def test_care_by_worth() -> None:
    """Where service goes by worth a customer carries the own part of it, not the mean of 2."""
    books = Books({"firms": {"bolt": {"differentiation": {}}}})
    books.bought_before()
    books.w.firms["care"], books.w.firms["by_worth"] = 2, [0, 1]
    books.w.dealings[PERSON, FIRM].care = 0.75
    charge_care(books.m, books.w, PERSON, FIRM)
    assert added(books, {}, {"profit": -0.75})


def test_nobody_is_cared_for_without_money() -> None:
    """Where all three instruments are aimed at nobody, nobody is counted; one is enough."""
    books = Books()
    firms = books.w.firms
    for name in ("service", "contact", "crm"):
        firms[f"{name}_target"] = NOBODY
    assert not anyone_is_cared_for(books.m, books.w)
    for name in ("service", "contact", "crm"):
        firms[f"{name}_target"][1] = CUSTOMERS
        assert anyone_is_cared_for(books.m, books.w)
        firms[f"{name}_target"][1] = NOBODY


def test_what_it_cost_to_win() -> None:
    """Won by advertising now: 25. Back on an offer now: 4, once, and the offer is forgotten."""
    books = Books()
    books.w.firms["acquisition_cost"], books.w.firms["return_cost"] = [99, 25], [98, 4]
    books.relation.first, books.relation.first_cue = books.m.step, ADVERTISING
    for f in range(2):
        charge_acquisition(books.m, books.w, PERSON, f)
    assert added(books, {}, {"profit": -25, "acquisition_cost": 25})
    books.relation.first, books.relation.approach = -1, RETURNED + INVITED
    for f in range(2):
        charge_acquisition(books.m, books.w, PERSON, f)
    assert added(books, {}, {"profit": -29, "acquisition_cost": 25})
    assert books.relation.approach == INVITED
    for f in range(2):
        charge_acquisition(books.m, books.w, PERSON, f)
    assert added(books, {}, {"profit": -29, "acquisition_cost": 25})


def test_a_customer_in_the_ledger() -> None:
    """Sums, squares and counts of one customer, and 3 to serve (subscription)."""
    books = Books()
    books.bought_before()
    books.w.relations["salience"] = 0.0
    relation = books.relation
    relation.salience, relation.satisfaction = 0.9, 0.6
    relation.trust, relation.commitment = 0.5, 0.2
    books.w.accounts[PERSON, FIRM].profit = 2.5
    books.began[1]["profit"][PERSON, FIRM] = 2.5
    take_stock_of_salience(books.w, PERSON, FIRM)
    take_stock(books.m, books.w, PERSON, FIRM)
    entries = {
        "customers": 1, "buyers": 1, "detractors": 1, "unprofitable": 1, "serving": 3,
        "salience": 0.9, "satisfaction": 0.6, "satisfaction_squared": 0.36, "trust": 0.5,
        "trust_squared": 0.25, "commitment": 0.2, "commitment_squared": 0.04,
    }  # fmt: skip
    assert added(books, entries, {"profit": -3})


def test_what_is_known_of_a_customer_and_who_accompanies() -> None:
    """A quarter is known, and whoever referred the customer is one, too; at acme nobody is."""
    books = Books({"firms": {"bolt": {"crm": {}}}, "mechanisms": {"referral": {"bond": 0.5}}})
    books.bought_before()
    books.w.people[0].provider = FIRM
    dealing = books.w.dealings[PERSON, FIRM]
    dealing.knowledge, dealing.referrer_place = 0.25, 1
    dealing.referrer, books.relation.approach = books.w.people[0].number, REFERRED
    take_stock(books.m, books.w, PERSON, FIRM)
    counted = books.moved()
    assert (counted["bolt.knowledge"], counted["bolt.accompanied"]) == (0.25, 1)
    assert books.w.dealings["accompanied"].tolist() == [[0, 0], [0, 1]]


def test_a_grievance_is_counted_where_it_is() -> None:
    """A failure that was suffered in silence, at bolt: as its customer's, and as of who lapses."""
    books = Books({"record": {"grievances": True}, "setting": "repertoire"})
    books.bought_before(step=0)
    books.w.dealings["grievance"] = SILENT
    take_stock(books.m, books.w, PERSON, FIRM)
    grievances = ("silent", "righted", "denied", "lost_silent", "lost_righted", "lost_denied")
    found = {name: n for name, n in books.moved().items() if name.split(".")[1] in grievances}
    assert found == {"bolt.silent": 1}
    books.relation.last = 0
    take_stock(books.m._replace(step=12), books.w, PERSON, FIRM)
    found = {name: n for name, n in books.moved().items() if name.split(".")[1] in grievances}
    assert found == {"bolt.silent": 1, "bolt.lost_silent": 1}


def test_what_the_level_costs_a_subscriber() -> None:
    """Half a unit a month beside the 3 to serve, booked apart."""
    books = Books()
    books.bought_before()
    books.w.firms["relating"] = [9, 0.5]
    take_stock(books.m, books.w, PERSON, FIRM)
    moved = books.moved()
    assert (moved["bolt.serving"], moved["bolt.relating"]) == (3, 0.5)
    assert moved["1 at bolt.profit"] == -3.5


@pytest.mark.parametrize(("profit", "counted"), [(3.0, 0), (2.9, 1), (3.5, 0)])
def test_who_is_unprofitable(profit: float, counted: int) -> None:
    """Below 0 after what it costs to serve, which is 3."""
    books = Books()
    books.bought_before()
    books.w.accounts[PERSON, FIRM].profit = profit
    take_stock(books.m, books.w, PERSON, FIRM)
    assert books.moved().get("bolt.unprofitable", 0) == counted


def test_a_buyer_who_lapses() -> None:
    """Twelve months after the purchase: still a buyer, lapsed once, and no customer."""
    books = Books({"setting": "repertoire"})
    books.bought_before(step=0)
    books.w.relations["salience"] = 0.0
    take_stock(books.m._replace(step=12), books.w, PERSON, FIRM)
    assert added(books, {"buyers": 1, "lapsed": 1}, {})
    take_stock(books.m._replace(step=13), books.w, PERSON, FIRM)
    assert added(books, {"buyers": 2, "lapsed": 1}, {})


# ── a firm's books ────────────────────────────────────────────────────────────────────────────


def kept(*changes: Data) -> tuple[Books, Firm]:
    """The books, and bolt, in weekly steps: a month is 52/12 of them."""
    books = Books({"step": "week", "firms": {"bolt": {"fixed_cost": 52}}}, *changes)
    return books, books.market.firms[FIRM]


def test_a_step_is_booked() -> None:
    """What was spent is added, care is charge times heads, and the rest is carried over."""
    books, firm = kept()
    entry, carried = books.market.world.ledger[FIRM], dict.fromkeys(SPENT, 10000.0)
    firm.carried, firm.waiting = dict(carried), {"advertising": 6.0, "win_back": 7.0}
    firm.spent = {"advertising": 11.0, "win_back": 13.0}
    firm.terms["care"], firm.terms["contact_cost"], firm.integrated = 2.0, 0.5, 0.25
    before = {name: float(entry[name]) for name in (*SPENT, "heads", "in_touch", "customers")}
    firm.book()
    assert entry["advertising"] == before["advertising"] + 11
    assert entry["win_back"] == before["win_back"] + 13
    assert entry["service"] == 2 * before["heads"]
    assert entry["contact"] == 0.5 * before["in_touch"]
    assert entry["fixed_cost"] == pytest.approx(12)
    assert (entry["unallocated"], entry["integrated"], entry["distribution"]) == (13, 0.25, 1)
    for name in SPENT:
        assert firm.carried[name] == pytest.approx(1e4 - float(entry[name])), name
    for name in ("loyalty", "recovery", "save"):
        assert entry[name] == before[name]
    assert firm.terms["share"] == before["customers"] / 2


def test_a_firm_begins_with_nothing() -> None:
    """No goodwill, no invitations, nothing planned, spent, carried or waiting."""
    _, firm = kept()
    assert (firm.goodwill, firm.invitations, firm.successes) == (0, 0, 0)
    assert firm.planned == firm.carried == dict.fromkeys(SPENT, 0.0)
    assert firm.waiting == {"advertising": 0.0, "win_back": 0.0}
    assert firm.spent == dict.fromkeys(OUTRIGHT, 0.0)


def test_discounts_are_shares_of_the_price() -> None:
    """A fifth off 30 is 6 a unit, for leavers and for those who come back."""
    _, firm = kept()
    assert (firm.terms["save_discount"], firm.terms["win_back_discount"]) == (6, 6)


def test_a_price_may_be_felt_by_its_difference() -> None:
    """30 against 20 is half as much again, where people feel differences and not ratios."""
    _, firm = kept({"mechanisms": {"choice": {"linear_price": True}}})
    assert firm.terms["price_gap"] == pytest.approx(0.5)


def test_the_share_of_one_customer_of_one() -> None:
    """In a market of one person who is a customer the share is all of it."""
    firm = made(ALONE).firms[0]
    firm.note_share(1)
    assert firm.terms["share"] == 1


def test_money_that_is_meant() -> None:
    """A policy's money by its own budget, and what a reaction adds; never below 0."""
    _, firm = kept({"step": "month"})
    policy = {"budget": {"amount": 100.0}, "split": {"service": 0.25, "contact": 0.75}}
    other = Policy.model_validate(policy)
    assert firm.allotted(other) == dict.fromkeys(SPENT, 0.0) | {"service": 25, "contact": 75}
    firm.stance = firm.stance.changed(policy=other, money_change={"service": 5.0, "contact": -80.0})
    assert firm.intended() == dict.fromkeys(SPENT, 0.0) | {"service": 30, "contact": 0}


def test_a_firm_spends_what_it_has() -> None:
    """It wants 100 and has 50, which nobody adds to: half of all that is meant."""
    _, firm = kept({"step": "month", "investors": {"bank": {"to": "bolt"}}})
    assert firm.investor is not None
    firm.investor.balance, firm.investor.is_withdrawn = 50.0, True
    policy = {"budget": {"amount": 100.0}, "split": {"service": 0.25, "contact": 0.75}}
    firm.stance = firm.stance.changed(policy=Policy.model_validate(policy))
    assert firm.intended() == dict.fromkeys(SPENT, 0.0) | {"service": 12.5, "contact": 37.5}


def test_debt_is_booked() -> None:
    """A debt of 520 at a hundredth a month: 1.2 in a week, and the rate is written down."""
    books, firm = kept({"investors": {"bank": {"to": "bolt"}}})
    assert firm.investor is not None
    firm.investor.balance, firm.investor.cost = -520.0, 0.01
    firm.book()
    entry = books.market.world.ledger[FIRM]
    assert (entry["interest"], entry["cost_of_capital"]) == pytest.approx((1.2, 0.01))


def test_invitations_are_remembered() -> None:
    """Those of this step are added to all before, and so are the successes."""
    books, firm = kept()
    firm.invitations, firm.successes = 40, 5
    entry = books.market.world.ledger[FIRM]
    entry["invitations"], entry["referred"] = 8, 2
    firm.book()
    assert (firm.invitations, firm.successes) == (48, 7)


def test_what_is_shared_among_those_who_came() -> None:
    """30 that waited and 12 of now for three who were won: 14 each; nobody back, so all waits."""
    books, firm = kept()
    entry = books.market.world.ledger[FIRM]
    entry["acquired_advertising"], entry["won_back"] = 3, 0
    firm.waiting = {"advertising": 30.0, "win_back": 20.0}
    firm.spent = {"advertising": 12.0, "win_back": 1.0}
    firm.charge()
    assert (firm.terms["acquisition_cost"], firm.terms["return_cost"]) == (14, 0)
    assert firm.waiting == {"advertising": 0, "win_back": 21}


def test_a_firm_remembers_itself() -> None:
    """All that goes from one step to the next goes into its memory and out again, copied."""
    _, firm = kept()
    firm.carried["save"], firm.waiting["win_back"], firm.goodwill = 3.0, 4.0, 0.5
    firm.invitations, firm.successes = 6, 2
    firm.stance = firm.stance.changed(price_change=1.5)
    memory = firm.memory()
    _, other = kept()
    other.remember(memory)
    assert other.memory() == memory
    assert memory == {
        "carried": dict.fromkeys(SPENT, 0.0) | {"save": 3.0},
        "waiting": {"advertising": 0.0, "win_back": 4.0},
        "goodwill": 0.5,
        "invitations": 6,
        "successes": 2,
        "stance": firm.stance.model_dump(mode="json"),
        "staff": None,
        "lines": [],
        "launch": None,
        "managers": None,
        "integrated": 0.0,
        "watched": 0,
        "asked": firm.asked,
        "charged": firm.charged,
        "usual": firm.usual,
    }
    assert other.price == 31.5
    other.carried["save"] = 0.0
    assert memory["carried"]["save"] == 3.0

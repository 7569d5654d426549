"""What must not matter does not, on scenarios of everything that a file may say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.behaviour.parameter import declared, neutral
from sim.behaviour.rules import MECHANISMS
from sim.market.definitions import CUSTOMER, FIRM_MONTH, TRANSACTION, Definition
from sim.market.firms import SPENT
from sim.market.model import Market
from sim.market.run import Run
from sim.market.saving import load_market, write_scenario
from sim.market.state import Table
from sim.scenario.loading import Case, Data, load_scenario
from sim.scenario.offers import Amount, PerHead, ShareOfRevenue
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import model_of, worded
from tests.market.worlds import alike, same, stepped
from tests.properties.fields import of_model
from tests.properties.money import in_other_money
from tests.properties.scenarios import QUICK, THOROUGH, Written, scenarios, spending

FEW = [
    pytest.param(settings(QUICK, max_examples=24), id="quick"),
    pytest.param(settings(THOROUGH, max_examples=400), id="thorough", marks=pytest.mark.slow),
]
"""Fewer scenarios than for the laws: every one of them is lived twice or more."""


def lived(case: Case) -> Run:
    """A run of a case."""
    return Run(Market(case).run_model(), 0.0)


def tables(run: Run) -> list[tuple[pd.DataFrame, dict[str, Definition]]]:
    """All tables that a run leaves behind, and what their columns mean."""
    found = [(run.firms, FIRM_MONTH), (run.customers, CUSTOMER)]
    if run.market.spec.record.transactions:
        found.append((run.transactions, TRANSACTION))
    return found


# ── the same market on other ways ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("extent", FEW)
def test_stepped_branched_or_saved(extent: settings, tmp_path: Path) -> None:
    """Run at once, stepped and branched, or saved and loaded at any step: the same bytes."""

    @extent
    @given(written=scenarios(), at=st.integers(0, 20))
    def any_market(written: Written, at: int) -> None:
        case = written.case(tmp_path)
        market = stepped(Market(case), at % (case.spec.warm_up + case.spec.horizon))
        loaded = load_market(market.save(tmp_path / "saved"))
        branch = market.branch().run_model()
        whole = lived(case)
        for other in (branch, loaded.run_model(), market.run_model()):
            assert alike(other, whole.market)
            for (one, _), (two, _) in zip(tables(Run(other, 0.0)), tables(whole), strict=True):
                pd.testing.assert_frame_equal(one, two, check_exact=True)
            carried = [firm.memory() for firm in other.firms]
            assert carried == [firm.memory() for firm in whole.market.firms]
            ties = [partner.memory() for partner in other.partners]
            assert ties == [partner.memory() for partner in whole.market.partners]

    any_market()


@pytest.mark.parametrize("extent", FEW)
def test_what_is_written_down_is_the_same_scenario(extent: settings, tmp_path: Path) -> None:
    """A resolved scenario, written as YAML and read again, is the same to the last digit."""

    @extent
    @given(scenarios())
    def any_scenario(written: Written) -> None:
        case = written.case(tmp_path)
        (tmp_path / "out").mkdir(exist_ok=True)
        write_scenario(case, tmp_path / "out")
        again = load_scenario(tmp_path / "out" / "scenario.yaml")
        assert again.digest() == case.digest()
        assert list(again.spec.firms) == list(case.spec.firms)

    any_scenario()


# ── the order of firms ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("extent", FEW)
def test_the_order_of_firms_permutes_the_results(extent: settings, tmp_path: Path) -> None:
    """Firms in another order have the same people, customers and books, to the last bit."""

    @extent
    @given(written=scenarios(), luck=st.randoms(use_true_random=False))
    def any_order(written: Written, luck: Any) -> None:
        names = list(written.data["firms"])
        assume(len(names) > 1)
        order = luck.sample(names, len(names))
        compare = written.data["compare"]
        focal = {"compare": compare | {"focal": compare["focal"] or names[0]}}
        firms = {"firms": {name: written.data["firms"][name] for name in order}}
        one = lived(written.case(tmp_path, **focal))
        other = lived(written.case(tmp_path, **focal, **firms))
        back = [order.index(name) for name in names]
        assert same(one.market.history.ledger(), other.market.history.ledger()[:, back])
        assert same(one.market.history.tally(), other.market.history.tally())
        for name in ("relations", "accounts", "dealings"):
            table = in_any_order(getattr(other.market.world, name)[:, back])
            assert same(in_any_order(getattr(one.market.world, name)), table), name
        for (first, _), (second, _) in zip(tables(one), tables(other), strict=True):
            pd.testing.assert_frame_equal(
                ordered(first), ordered(second), check_exact=True, check_like=True
            )

    any_order()


def in_any_order(table: Table) -> Table:
    """A table without the number of the way to a product, which counts firms in their order."""
    rest = table.copy()
    if "way" in (table.dtype.names or ()):
        rest["way"] = 0
    return rest


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order of their own."""
    keys = [name for name in ("month", "person", "firm") if name in table]
    return table.sort_values(keys, kind="stable").reset_index(drop=True)


# ── money ─────────────────────────────────────────────────────────────────────────────────────

SUBNORMAL = 1e-290
"""Below it doubles have fewer digits, and twice a number need not be twice as much."""


def far_from_its_end(budget: Amount | PerHead) -> bool:
    """Whether a budget may be raised a thousandfold."""
    ((yardstick, value),) = budget
    try:
        type(budget)(**{yardstick: 1000 * value})
    except ValidationError:
        return False
    return True


def has_all_digits(said: object) -> bool:
    """Whether no number in nested data is so near to 0 that it has lost digits."""
    if isinstance(said, Mapping):
        return all(has_all_digits(each) for each in said.values())
    if isinstance(said, list):
        return all(has_all_digits(each) for each in said)
    return not isinstance(said, float) or said == 0.0 or abs(said) >= SUBNORMAL


@pytest.mark.parametrize("extent", FEW)
def test_twice_all_money_is_twice_all_money(extent: settings, tmp_path: Path) -> None:
    """Every sum of money doubled doubles every sum of money, and nothing else moves by a bit.

    Budgets that firms who adapt could raise to the end of their range are left out: beyond it
    twice as much is refused. So are prices and sums of which a computer does not hold all digits.
    """

    @extent
    @given(scenarios())
    def any_market(written: Written) -> None:
        case = written.case(tmp_path)
        budgets = [firm.policy.budget for firm in case.spec.firms.values()]
        assume(all(isinstance(b, ShareOfRevenue) or far_from_its_end(b) for b in budgets))
        assume(has_all_digits(case.resolved()))
        doubled = Written(in_other_money(case.spec, 2.0), written.files)
        try:
            other = lived(doubled.case(tmp_path))
        except ScenarioError as error:  # at an end of a range, the lower one where it is negative
            ends = ("must be at most ", "must be at least -")
            beyond = all(problem.rule.startswith(ends) for problem in error.problems)
            reject() if beyond else pytest.fail(str(error))
        for (one, means), (two, _) in zip(tables(lived(case)), tables(other), strict=True):
            for name, meaning in means.items():
                expected = one[name] * 2.0 if meaning.unit == "money" else one[name]
                pd.testing.assert_series_equal(two[name], expected, rtol=0.0, atol=SUBNORMAL)

    any_market()


# ── nothing is nothing ────────────────────────────────────────────────────────────────────────

AIMED = {"heads", "in_touch", "introduced", "rewarded", "willing"}
"""Counts of people at whom something would be aimed, whether there is money for it or not."""


@pytest.mark.parametrize("extent", FEW)
def test_a_policy_without_a_budget_is_no_policy(extent: settings, tmp_path: Path) -> None:
    """Money for nothing, and no money for something, whomever it is aimed at, are both nothing."""

    @extent
    @given(written=scenarios(), data=st.data())
    def any_market(written: Written, data: st.DataObject) -> None:
        spec, runs = written.data, []
        empties: list[Data] = [
            {"budget": {"amount": 0.0}, "campaigns": []},
            {"split": {}, "campaigns": []},
        ]
        groups = tuple(spec["groups"])
        for empty in empties:
            firms = {
                name: {**offer, "policy": data.draw(spending(spec["setting"], groups, ())) | empty}
                for name, offer in spec["firms"].items()
            }
            runs.append(lived(written.case(tmp_path, firms=firms)))
        one, other = (run.market for run in runs)
        assert not any(one.history.ledger()[name].any() for name in SPENT)
        for name in one.history.ledger().dtype.names or ():
            if name not in AIMED:
                assert same(one.history.ledger()[name], other.history.ledger()[name]), name
        for name in one.world.relations.dtype.names or ():
            if name != "aims":
                assert same(one.world.relations[name], other.world.relations[name]), name
        assert same(one.world.people, other.world.people)
        assert same(one.world.accounts, other.world.accounts)

    any_market()


@pytest.mark.parametrize("extent", FEW)
def test_a_mechanism_that_is_off_is_neutral(extent: settings, tmp_path: Path) -> None:
    """`off` is every parameter at its declared neutral value, in any market."""

    @extent
    @given(written=scenarios(), name=st.sampled_from(sorted(MECHANISMS)))
    def any_market(written: Written, name: str) -> None:
        silent = {f: worded(v) for f, v in neutral(MECHANISMS[name])._asdict().items()}
        mechanisms = written.data["mechanisms"]
        off = written.case(tmp_path, mechanisms=mechanisms | {name: "off"}, interventions=[])
        spelled = written.case(tmp_path, mechanisms=mechanisms | {name: silent}, interventions=[])
        assert off.resolved() == spelled.resolved()
        assert alike(lived(off).market, lived(spelled).market)

    any_market()


IDLE = ("salience", "imitation", "forgetting", "loyalty", "contacts", "referral", "experience",
        "expectation", "commitment", "word_of_mouth", "opportunism", "reciprocity", "programme",
        "price_memory", "pressure", "negotiation", "levels")  # fmt: skip
"""Mechanisms that have no effect at all when they are off. The others still say what is taken for
normal: the reference price, trust at its start, the reference of satisfaction, looking around."""


@pytest.mark.parametrize("extent", FEW)
def test_a_mechanism_that_is_off_ignores_the_rest(extent: settings, tmp_path: Path) -> None:
    """With the neutral values in place, what a mechanism says beside them has no effect.

    Without supply for that of experience: what fails through it does the damage said there.
    """

    @extent
    @given(written=scenarios(), name=st.sampled_from(IDLE), data=st.data())
    def any_market(written: Written, name: str, data: st.DataObject) -> None:
        values = {n: p.neutral for n, p in declared(MECHANISMS[name]).items()}
        silent = {n: worded(v) for n, v in values.items() if v is not None}
        declaration = MECHANISMS[name]
        model = model_of(declaration, f"{declaration.__name__}Mechanism")
        other: Data = data.draw(of_model(model))
        runs = []
        for said in ({}, other):
            mechanisms = written.data["mechanisms"] | {name: said | silent}
            if name == "experience":
                mechanisms["supply"] = "off"
            if name == "word_of_mouth":
                mechanisms[name]["per_tie"] = False
            runs.append(lived(written.case(tmp_path, mechanisms=mechanisms, interventions=[])))
        assert alike(runs[0].market, runs[1].market)

    any_market()

"""What points bring, in words: numbers go in, sentences come out."""

from types import SimpleNamespace
from typing import Any

import pytest

from sim.analysis import points
from sim.scenario.loading import scenario_from
from tests.market.worlds import LIKE

ROW: dict[str, Any] = {
    "closure": "cohort", "arm": "gift", "years": 10.0, "form": "lost for good",
    "gain": 0.067, "low": 0.063, "high": 0.071, "closed_form": 0.064,
}  # fmt: skip


def found(*rows: dict[str, Any], firm: str | None = "acme") -> Any:
    """A result with these rows of the arm that asks."""
    asked = {"firm": firm, "hold": {"points_of_retention": 2.5}}
    policies = {"as_today": {}, "gift": {"interventions": [asked]}}
    return SimpleNamespace(
        case=scenario_from({**LIKE, "policies": policies}), asking="gift", focal="acme",
        years=10.0, rows=lambda _: list(rows), finished=list(rows),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.067, 0.0861], "6.7 to 8.6 % more"),
        ([-0.02, -0.1], "2.0 to 10.0 % less"),
        ([-0.01, 0.034], "from 1.0 % less to 3.4 % more"),
        ([0.05], "5.0 % more"),
        ([-1e-9, 1e-9], "0.0 % more"),
        ([0.05, float("nan")], "what cannot be told as a share of today's"),
    ],
)
def test_from_the_lowest_to_the_highest(shares: list[float], words: str) -> None:
    """The smaller number first, whichever its sign."""
    assert points.earned(shares) == words


def test_a_share_with_its_sign() -> None:
    """A minus is a minus; nothing has none, and no number is a dash."""
    signed = [points.signed(share) for share in (0.067, -0.2071, -1e-9, float("nan"))]
    assert signed == ["+6.7 %", "−20.7 %", "+0.0 %", "–"]


def test_the_answer() -> None:
    """Over all closures, the closed forms beside; who depends on whom is said of several only."""
    other = {**ROW, "closure": "replace", "gain": 0.086, "low": 0.082, "closed_form": 0.152}
    assert points.answer(found(ROW, other)) == (
        "With 2.5 points more retention at acme, acme earns 6.7 to 8.6 % more over 10 years; "
        "closed forms say 6.4 to 15.2 % more. How much it is depends on who comes when people "
        "leave."
    )
    overlapping = points.answer(found(ROW, {**other, "low": 0.07}))
    assert overlapping.endswith("makes no sure difference: intervals overlap.")
    one = points.answer(found(ROW, firm=None))
    assert one.startswith("With 2.5 points more retention at every firm, acme earns 6.7 % more")
    assert one.endswith("closed forms say 6.4 % more.")


def test_where_there_is_no_closed_form() -> None:
    """What one closure lacks another may have; where none has it, that is said."""
    nothing = {**ROW, "closed_form": float("nan")}
    assert "closed forms say 6.4 % more." in points.answer(found(ROW, nothing))
    assert points.answer(found(nothing)).endswith("over 10 years; no closed form can be told.")


def test_what_is_not_sure_is_said() -> None:
    """An interval that holds 0 names its closure; so does one that is no number."""
    unsure = {**ROW, "low": -0.01}
    nothing_sure = points.answer(found(unsure))
    assert "acme does not surely earn more or less over 10 years; closed forms" in nothing_sure
    one_sure = points.answer(found(unsure, ROW))
    assert "acme earns 6.7 % more over 10 years" in one_sure
    assert one_sure.endswith("Not surely more or less (95 %) in: cohort.")
    assert points.answer(found(unsure)).endswith("Not surely more or less (95 %) in: cohort.")
    nothing = dict.fromkeys(("gain", "low", "high"), float("nan"))
    assert "Not surely" in points.answer(found({**ROW, **nothing}))
    less = {**ROW, "gain": -0.067, "low": -0.071, "high": -0.063}
    assert "Not surely" not in points.answer(found(less))


def test_a_row_in_words() -> None:
    """Closure, arm, years, interval, and the closed form with its name."""
    assert points.sentence({**ROW, "years": 1.0}) == (
        "cohort: gift changes net present value over 1 year by +6.7 % [+6.3 %, +7.1 %]; "
        "by the closed form (lost for good) +6.4 %."
    )

"""The report: two pages, complete, in order, safe, and whole without what was not run."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.analysis.challenge import Challenge
from sim.analysis.compare import Comparison
from sim.analysis.frontier import Frontier, frontier
from sim.analysis.money import Money
from sim.scenario.loading import scenario_from
from sim.views.frontier import plot_frontier
from sim.views.money import plot_money
from sim.views.report import report, save_report
from sim.views.tornado import plot_challenge
from tests.analysis.test_challenge import BASE, TURNED, found, lived
from tests.analysis.told import comparison
from tests.market.worlds import LIKE
from tests.views.pages import Page

EVIL = "<script>alert(1)</script>"
COMMAND = "sim compare market.yaml --runs 4"


@pytest.fixture(scope="module")
def lived_frontier() -> Frontier:
    """Five shares and the budgets of 80 people in two worlds."""
    return frontier(
        scenario_from({**LIKE, "compare": {"frontier": {"shares": 5, "runs": 2}}}), jobs=1
    )


@pytest.fixture(scope="module")
def challenged() -> Challenge:
    """A challenge that rivals turn."""
    return found(lived("rivals", "hold", BASE), lived("rivals", "rivals that match", TURNED))


@pytest.fixture(scope="module")
def whole(
    compared: Comparison, lived_frontier: Frontier, lived_money: Money, challenged: Challenge
) -> str:
    """A report with all parts."""
    return report(
        compared,
        frontier=lived_frontier,
        money=lived_money,
        challenge=challenged,
        command=COMMAND,
    )


def test_everything_is_there_in_its_order(whole: str) -> None:
    """The title, the answer, the numbers; then where money goes, the doubts, the way back."""
    assert Page(whole).headings == [
        "Win or keep?",
        "The answer",
        "The policies",
        "Side by side",
        "Beside the numbers",
        "Where does the next unit of money go?",
        "The next unit, instrument by instrument",
        "What would turn this over",
        "What was assumed",
        "Who should not use this",
        "Run it again",
    ]
    assert Page(whole).values("div", "class") == ["page", "page", "columns"]


def test_the_answers_are_those_of_the_analyses(
    whole: str,
    compared: Comparison,
    lived_frontier: Frontier,
    lived_money: Money,
    challenged: Challenge,
) -> None:
    """Word for word: the verdict, where money earns most, what turns it over."""
    words = Page(whole).words
    for told in (compared.answer, lived_frontier.answer, lived_money.answer, *challenged.notes):
        assert told in words
    assert "Which of as_today, win and keep earns acme most over 12 months?" in words
    assert "Challenged: 1 of 1 changes put another policy ahead of keep (overleaf)." in words


def test_four_pictures_with_words_for_who_cannot_see_them(
    whole: str, compared: Comparison, lived_frontier: Frontier
) -> None:
    """All inside the page; the alternative text tells what the picture shows."""
    page = Page(whole)
    assert all(s.startswith("data:image/png;base64,") for s in page.values("img", "src"))
    alt = page.values("img", "alt")
    assert len(alt) == 4
    assert compared.answer in alt[0]
    assert lived_frontier.answer in alt[1]


def test_pictures_leave_words_to_the_page(
    lived_frontier: Frontier, lived_money: Money, challenged: Challenge
) -> None:
    """Neither title nor small print, and smaller than when they stand alone."""
    for bare, alone in (
        (plot_frontier(lived_frontier, page=True), plot_frontier(lived_frontier)),
        (plot_money(lived_money, page=True), plot_money(lived_money)),
        (plot_challenge(challenged, page=True), plot_challenge(challenged)),
    ):
        assert alone.get_suptitle()
        assert bare.get_suptitle() == bare.get_supxlabel() == ""
        assert bare.get_figheight() < alone.get_figheight()


def test_it_needs_no_network_and_no_script(whole: str) -> None:
    """No address but those of pictures inside, no script, no handler of events, no frame."""
    page = Page(whole)
    assert not {"script", "link", "iframe", "object", "form", "a"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert {name for _, name, _ in page.attributes if name in {"src", "href"}} == {"src"}
    assert "http:" not in whole
    assert "https:" not in whole


def test_what_made_it_is_told(whole: str, compared: Comparison) -> None:
    """The command, the hash of the scenario, the seed, the versions."""
    words = Page(whole).words
    assert COMMAND in words
    assert f"{compared.case.digest()}; seed {compared.case.spec.seed}" in words
    assert "python 3." in words
    assert "numpy " in words


def test_nothing_from_a_scenario_is_more_than_text() -> None:
    """Title, currency, the words of an intervention, and the command."""
    changes = {
        "title": f"T{EVIL}",
        "currency": f"C{EVIL}",
        "interventions": [{"firm": "acme", "shift": {"price": 1}, "why": f"W{EVIL}"}],
    }
    made = report(comparison(changes, as_today=[1, 2, 3], gift=[3, 4, 6]), command=f"X{EVIL}")
    page = Page(made)
    assert "script" not in page.tags
    for first in "TCWX":
        assert f"{first}{EVIL}" in page.words
    assert EVIL not in made


def test_names_of_scenario_files_are_text_too() -> None:
    """They name the arms where several scenarios are compared; the titles stand side by side."""
    both = comparison({"title": "one"}, as_today=[1, 2, 3], gift=[3, 4, 6])
    names = {"as_today": f"a{EVIL}", "gift": "b"}
    futures = [replace(each, arm=names[each.arm]) for each in both.futures]
    other = both.case.override({"title": "other"})
    cases = {f"a{EVIL}": both.case, "b": other}
    made = report(Comparison(both.case, cases, futures, [], 1.0, apart=True), command=COMMAND)
    page = Page(made)
    assert "script" not in page.tags
    assert page.headings[0] == "one against other"
    assert page.headings[2] == "The scenarios"
    assert EVIL not in made
    for case in cases.values():
        assert case.digest() in page.words


def test_without_the_parts_that_were_not_run(compared: Comparison) -> None:
    """No empty heading; that nothing was challenged is said, and how it would be."""
    page = Page(report(compared, command=COMMAND))
    assert len(page.values("img", "alt")) == 1
    assert page.headings[5:7] == ["What would turn this over", "What was assumed"]
    assert "no challenge was run" in page.words
    assert "--challenge" in page.words
    assert "It was not challenged" in page.words


def test_one_world_is_no_answer_but_a_report() -> None:
    """No picture, and nothing breaks."""
    page = Page(report(comparison(as_today=[1.0], gift=[2.0]), command=COMMAND))
    assert "img" not in page.tags
    assert "No answer: fewer than two paired worlds were finished." in page.words


def test_unfinished_parts_say_so(
    compared: Comparison, lived_frontier: Frontier, lived_money: Money
) -> None:
    """A frontier and money with one world each, a challenge without a base: words, no picture."""
    first = [future for future in lived_frontier.futures if future.replication == 0]
    one = [future for future in lived_money.futures if future.replication == 0]
    made = report(
        compared,
        frontier=Frontier(lived_frontier.case, first, [], 1.0),
        money=Money(lived_money.case, lived_money.steps, one, [], 1.0),
        challenge=Challenge(compared.case, compared.arms, [], {}, [], 1.0),
        command=COMMAND,
    )
    page = Page(made)
    assert len(page.values("img", "alt")) == 1
    assert page.words.count("No answer: fewer than two paired worlds") == 3


def test_a_market_without_a_title_is_named_by_its_question() -> None:
    """Once, as the heading."""
    page = Page(report(comparison(as_today=[1, 2], gift=[3, 4]), command=COMMAND))
    asked = "Which of as_today and gift earns acme most over 6 months?"
    assert page.headings[0] == asked
    assert page.words.count(asked) == 2  # the title of the window, and the heading


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Under its name only when it is complete, in UTF-8."""
    file = tmp_path / "report.html"
    assert save_report("größer", file) == file
    assert file.read_bytes() == "größer".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(FileNotFoundError, match="no/report"):
        save_report("x", tmp_path / "no" / "report.html")

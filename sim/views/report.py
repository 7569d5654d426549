"""The report: an answer on two pages, for people who decide and were not there.

One HTML file that needs nothing else: no network, no scripts, pictures inside, made to be printed
on two sheets of A4, in grey as well. Whatever comes from a scenario stands on it as text.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis import verdict
from sim.analysis.factors import FACTORS
from sim.market.run import manifest_of
from sim.views.assumptions import assumptions, unsuited
from sim.views.frontier import plot_frontier
from sim.views.html import Markup, document, picture, points, section, tag, terms
from sim.views.money import plot_money
from sim.views.page_style import PAGE_STYLE
from sim.views.plots import HOW_TO_READ, plot_comparison
from sim.views.standings import beside, policies, standings
from sim.views.tornado import plot_challenge, title

if TYPE_CHECKING:
    from sim.analysis.challenge import Challenge
    from sim.analysis.compare import Comparison
    from sim.analysis.counterfactual import WordOfMouth
    from sim.analysis.frontier import Frontier
    from sim.analysis.money import Money


def report(
    comparison: "Comparison",
    *,
    frontier: "Frontier | None" = None,
    money: "Money | None" = None,
    challenge: "Challenge | None" = None,
    word_of_mouth: "WordOfMouth | None" = None,
    command: str,
) -> str:
    """A report of a comparison, as a whole HTML document.

    Args:
        comparison: the comparison; with fewer than two paired worlds there is no picture.
        frontier: where the budget earns most, if it was looked for.
        money: what the next unit of money brings back, if it was looked for.
        challenge: what became of the answer under other assumptions, if it was challenged.
        word_of_mouth: its counterfactual share, if worlds were lived without talk.
        command: what to type to get the same again.
    """
    first = Markup(
        opening(comparison, challenge)
        + what_policies_earn(comparison)
        + section("Side by side", standings(comparison, word_of_mouth))
        + section("Beside the numbers", beside(comparison, money, word_of_mouth))
    )
    second = Markup(
        where_money_goes(frontier)
        + tag("div", *in_columns(comparison, money, challenge, command), class_="columns")
    )
    return document(name_of(comparison) or question(comparison), PAGE_STYLE, first, second)


def save_report(html: str, file: str | Path) -> Path:
    """Write a report under a temporary name first, so that no torn file is left."""
    target = Path(file)
    temporary = target.with_name(target.name + ".part")
    temporary.write_text(html, encoding="utf-8")
    return temporary.replace(target)


# ── the first page ────────────────────────────────────────────────────────────────────────────


def name_of(comparison: "Comparison") -> str:
    """The title of the scenario, or the titles of several."""
    titles = dict.fromkeys(case.spec.title for case in comparison.cases.values())
    return " against ".join(filter(None, titles))


def question(comparison: "Comparison") -> str:
    """What was asked."""
    *names, last = comparison.arms
    spec = comparison.case.spec
    return (
        f"Which of {', '.join(names)} and {last} earns {spec.focal} most over {spec.horizon} "
        f"{spec.step}s?"
    )


def opening(comparison: "Comparison", challenge: "Challenge | None") -> Markup:
    """Title, question, and the answer with its range, how sure it is, and whether it holds."""
    name, asked = name_of(comparison), question(comparison)
    head = tag("header", tag("h1", name or asked), *[tag("p", asked)] * bool(name))
    return Markup(
        head + section("The answer", answer(comparison), holds(challenge), class_="answer")
    )


def answer(comparison: "Comparison") -> Markup:
    """The answer; who earns most stands out."""
    if comparison.runs < 2:
        return tag("p", comparison.answer)
    first = verdict.headline(comparison)
    return tag("p", tag("strong", first), comparison.answer.removeprefix(first))


def holds(challenge: "Challenge | None") -> Markup:
    """Whether the answer stands under other assumptions, in a line."""
    if challenge is None:
        return tag("p", "It was not challenged: what would turn it over is not known.")
    base = challenge.base
    return tag("p", f"Challenged: {title(challenge, base)} (overleaf).") if base else Markup()


def what_policies_earn(comparison: "Comparison") -> Markup:
    """The policies, and their picture."""
    known = section(f"The {'scenarios' if comparison.apart else 'policies'}", policies(comparison))
    if comparison.runs < 2:
        return known
    names = ", ".join(comparison.arms)
    alt = (
        f"Profit of {names} added up over {comparison.months} {comparison.case.spec.step}s; their "
        f"differences from {comparison.arms[0]} in the same worlds, over time and in net present "
        f"value. {comparison.answer}"
    )
    return Markup(known + picture(plot_comparison(comparison, page=True), alt, HOW_TO_READ))


# ── the second page ───────────────────────────────────────────────────────────────────────────


def where_money_goes(frontier: "Frontier | None") -> Markup:
    """The frontier: how to divide the budget, and whether to spend less."""
    if frontier is None:
        return Markup()
    told = [tag("p", frontier.answer)]
    if frontier.runs > 1:
        alt = (
            f"Net present value of {frontier.focal} against the share of its budget that is spent "
            f"on keeping customers, and against the whole budget. {frontier.answer}"
        )
        told.append(picture(plot_frontier(frontier, page=True), alt, reading(frontier)))
    return section("Where does the next unit of money go?", *told)


def reading(frontier: "Frontier") -> str:
    """How to read the picture of a frontier."""
    return (
        f"{frontier.notes[0]} {frontier.runs} paired worlds. Bars: 95 % interval of the difference "
        "from today; hatched: that of the best place; grey: at most 1 % below the best, or not "
        "surely below it."
    )


def each_instrument(money: "Money | None") -> Markup:
    """What extra money brings back, instrument by instrument."""
    if money is None:
        return Markup()
    told = [tag("p", money.answer)]
    if money.runs > 1:
        alt = f"Present value brought back by extra money in each instrument. {money.answer}"
        caption = (
            f"Before the extra money is taken off, discounted; {money.runs} paired worlds; 95 % "
            "intervals."
        )
        told.append(picture(plot_money(money, page=True), alt, caption))
    return section("The next unit, instrument by instrument", *told)


def what_turns(challenge: "Challenge | None") -> Markup:
    """What would turn the answer over, or that nobody has looked."""
    heading = "What would turn this over"
    if challenge is None:
        doubts = ", ".join(factor.name for factor in FACTORS)
        return section(
            heading,
            tag(
                "p",
                "Not known: no challenge was run. sim compare with --challenge repeats the "
                f"comparison at both ends of five doubts: {doubts}.",
            ),
        )
    told = [points(challenge.notes)]
    if challenge.base and challenge.rows:
        alt = f"By how much {challenge.base.winner} is ahead. {' '.join(challenge.notes)}"
        caption = (
            "A bar: from one end of a doubt to the other. Square: another policy earns most "
            f"(perhaps: not surely). Thin lines: 95 %, {challenge.base.runs} worlds."
        )
        told.insert(0, picture(plot_challenge(challenge, page=True), alt, caption))
    return section(heading, *told)


def in_columns(
    comparison: "Comparison",
    money: "Money | None",
    challenge: "Challenge | None",
    command: str,
) -> Iterator[Markup]:
    """What fits beside one another: doubts, what it rests on, how to get it again."""
    yield each_instrument(money)
    yield what_turns(challenge)
    yield section("What was assumed", terms(assumptions(comparison)))
    yield section("Who should not use this", points(unsuited(comparison.case.spec.setting)))
    yield section("Run it again", tag("pre", tag("code", command)), terms(origin(comparison)))


def origin(comparison: "Comparison") -> Iterator[tuple[str, str]]:
    """From what, and with what, the numbers were made."""
    cases = comparison.cases if comparison.apart else {"": comparison.case}
    hashes = ", ".join(f"{arm} {case.digest()}".strip() for arm, case in cases.items())
    made = manifest_of(comparison.case, comparison.seconds)
    yield "Scenario hash", f"{hashes}; seed {made['seed']}"
    versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
    yield "Versions", f"{versions}; source hash {made['source_hash']}"

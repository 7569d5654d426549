"""What a comparison says in words: its answer, and what a reader must know beside it."""

from typing import TYPE_CHECKING

from sim.analysis.finding import left_out
from sim.analysis.statistics import paired
from sim.scenario.loading import Case

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison

SAME_SPENDING = 0.01
"""Arms whose cumulated spending differs by more are said to differ in the last lines."""
FEW = 10
"""With fewer paired worlds a bootstrap is too sure of itself to be told."""


# ── the answer ────────────────────────────────────────────────────────────────────────────────


def answer(found: "Comparison") -> str:
    """The result in plain words."""
    if found.runs < 2:
        return "No answer: fewer than two paired worlds were finished."
    more = f" More paired worlds (runs) than {found.runs} would narrow it."
    return f"{headline(found)} {how_sure(found)}{'' if is_sure(found) else more}"


def preliminary(found: "Comparison", planned: int) -> str:
    """The answer on the way to ``planned`` paired worlds."""
    least = "at least " if found.case.spec.compare.precision else ""
    words = f"{headline(found)} {how_sure(found)}"
    return f"After {found.runs} of {least}{planned} paired worlds: {words}"


def lead(found: "Comparison") -> dict[str, float]:
    """The paired difference in net present value between the best arm and the next best."""
    best, second = found.ranking[:2]
    return paired(found.values(best, "npv"), found.values(second, "npv"))


def is_sure(found: "Comparison") -> bool:
    """Whether the interval of that difference leaves out 0."""
    ahead = lead(found)
    return not ahead["low"] <= 0.0 <= ahead["high"]


def headline(found: "Comparison") -> str:
    """Who earns most, and by how much."""
    (best, second), ahead = found.ranking[:2], lead(found)
    level = abs(float(found.values(second, "npv").mean()))
    relative = f"{100 * ahead['mean'] / level:.1f} %; " if level else ""
    time = f"{found.months} {found.case.spec.step}s"
    by = (
        f"{ahead['mean']:,.0f} {found.currency} ({relative}95 % interval {ahead['low']:,.0f} to "
        f"{ahead['high']:,.0f})"
    )
    if is_sure(found):
        return (
            f"{best} earns {found.focal} most: over {time} its net present value is {by} above "
            f"that of {second}, the next best."
        )
    return (
        f"No sure winner for {found.focal}: over {time} {best} is ahead of {second} by {by} in net "
        "present value, an interval that holds 0."
    )


def how_sure(found: "Comparison") -> str:
    """How often the best arm is the highest, and how surely its mean is."""
    best = found.ranking[0]
    row = found.best.to_dict("records")[found.arms.index(best)]
    often = f"{best} is the highest in {percent(row['won'])} of {found.runs} paired worlds"
    if found.runs < FEW:
        return f"{often}, too few to tell how surely its mean is."
    return (
        f"{often}; the confidence that its mean is the highest is {certainty(row['confidence'])}."
    )


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{100 * share:.0f} %"


def certainty(share: float) -> str:
    """A confidence as a percentage: no bootstrap tells a certainty from 99.9 %."""
    if share > 0.999:
        return "over 99.9 %"
    return f"{100 * share:.1f} %" if share > 0.99 else percent(share)


# ── the notes ─────────────────────────────────────────────────────────────────────────────────


def notes(found: "Comparison") -> list[str]:
    """What a reader must know beside the numbers, a sentence or two each."""
    lines = circumstances(found) + pairing(found) + sharpness(found) + spending(found)
    return lines + talk(found) + afterwards(found) + left_out(found.failures)


def circumstances(found: "Comparison") -> list[str]:
    """Closure, rivals and warm-up, arm by arm where they differ."""
    words = {arm: circumstance(case) for arm, case in found.cases.items()}
    first = words[found.arms[0]]
    same = all(each == first for each in words.values())
    lines = [f"{first}."] if same else [f"{arm}: {each}." for arm, each in words.items()]
    if not found.apart:
        return [*lines, "All policies go on from one shared warm-up under common luck."]
    return [
        *lines,
        "Each scenario lives a warm-up of its own, none is shared; luck is common only as far as "
        "people and firms are the same.",
    ]


def circumstance(case: Case) -> str:
    """How people come, what rivals do, and how long the market settled."""
    spec, kinds = case.spec, reactions(case)
    closure = spec.population.entry.closure
    if len(set(kinds.values())) > 1:
        rivals = "rivals: " + ", ".join(f"{firm} {kind}" for firm, kind in kinds.items())
    else:
        rivals = f"rivals {next(iter(kinds.values()))}" if kinds else "no rivals"
    return f"Closure {closure}; {rivals}; {spec.warm_up} {spec.step}s of warm-up"


def reactions(case: Case) -> dict[str, str]:
    """How each rival of the focal firm answers."""
    firms = case.spec.firms.items()
    return {name: firm.reaction.kind for name, firm in firms if name != case.spec.focal}


def pairing(found: "Comparison") -> list[str]:
    """What common luck was worth, where it can be said."""
    table = found.differences
    rows = table[(table["metric"] == "npv") & table["independent_runs"].notna()]
    alone = [f"{row.independent_runs:,.0f} ({row.arm})" for row in rows.itertuples()]
    lines = [
        f"{found.runs} paired worlds tell the differences in net present value as sharply as this "
        f"many with luck of their own: {', '.join(alone)}."
    ]
    return lines * bool(alone)


def sharpness(found: "Comparison") -> list[str]:
    """Whether the precision that was asked for was reached; if not, what was."""
    compare, seen = found.case.spec.compare, found.look
    if compare.precision is None:
        return []
    aim, needed = compare.precision.half_width, seen.needed(compare.precision.half_width)
    width = "undefined"
    if seen.width >= 0.0:
        width = f"{100 * seen.width:.2g} % of {found.arms[0]}'s mean {compare.precision.metric}"
    what = (
        f"after {seen.runs} paired worlds the half width of the difference between the two best "
        f"is {width}; {100 * aim:.2g} % was asked for"
    )
    if seen.reached(aim):
        return [f"Precision reached: {what}."]
    enough = f", which about {needed:,.0f} would reach" if needed >= 0.0 else ""
    return [f"Precision not reached: {what}{enough} (compare.at_most is {compare.at_most})."]


def talk(found: "Comparison") -> list[str]:
    """What word of mouth brought first to mind, and what would be missing without it."""
    if found.talk is None or not found.talk.pairs:
        return []
    rows = found.talk.table.to_dict("records")
    first = ", ".join(f"{percent(row['first_cue'])} ({row['arm']})" for row in rows)
    missing = ", ".join(f"{percent(row['counterfactual'])} ({row['arm']})" for row in rows)
    return [
        f"Word of mouth was the first cue of {first} of first purchases; without it {missing} of "
        f"them would be missing ({rows[0]['runs']} worlds lived again without talk)."
    ]


def afterwards(found: "Comparison") -> list[str]:
    """Whether another arm is the best with what the customers of the horizon still bring."""
    if not found.runs:
        return []
    worth = {arm: float(found.values(arm, "npv_run_off").mean()) for arm in found.arms}
    first = max(worth, key=worth.__getitem__)
    lines = []
    if first != (best := found.ranking[0]):
        by = paired(found.values(first, "npv_run_off"), found.values(best, "npv_run_off"))
        lines.append(
            f"With what the customers of the horizon still bring (run-off), {first} is ahead of "
            f"{best} by {by['mean']:,.0f} {found.currency} (95 % interval {by['low']:,.0f} to "
            f"{by['high']:,.0f})."
        )
    left = {arm: float(found.values(arm, "remainder").mean()) for arm in found.arms}
    if any(left.values()):
        sums = ", ".join(f"{money:,.0f} ({arm})" for arm, money in left.items())
        lines.append(f"Run-offs were broken off after 600 months and leave out: {sums}.")
    return lines


def spending(found: "Comparison") -> list[str]:
    """The two arms that differ most are named, if they did not spend the same."""
    if not found.runs:
        return []
    spent = {arm: float(found.values(arm, "spending").mean()) for arm in found.arms}
    low, high = min(spent, key=spent.__getitem__), max(spent, key=spent.__getitem__)
    if spent[high] <= spent[low] * (1.0 + SAME_SPENDING):
        return []
    return [
        f"The arms did not spend the same: {high} spent {spent[high]:,.0f} {found.currency}, "
        f"{low} {spent[low]:,.0f}; part of the difference is the budget's."
    ]

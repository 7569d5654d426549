"""What is set against what: the policies of one scenario, or several scenarios."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.experiments.outcomes import outcomes_of
from sim.market import saving
from sim.market.run import case_of
from sim.scenario.loading import Case
from sim.scenario.offers import ShareOfRevenue
from sim.scenario.problems import KeyPath, Problem, ScenarioError, dotted, nearest, printable
from sim.scenario.reading import read_value

AGREED = ("horizon", "step", "discount_rate", "currency")
"""What scenarios must have in common, for their money to be the same money."""


def cases_of(
    scenarios: Sequence[str | Path | Mapping[str, Any] | Case],
    runs: int | None = None,
    precision: float | str | None = None,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    root: Path | None = None,
) -> list[Case]:
    """Read scenarios, each under the same overrides; the first is told how many worlds to live.

    Raises:
        ScenarioError: one that cannot be used, or both ``runs`` and ``precision``.
    """
    first, *others = (case_of(each, seed, sets, overrides, root) for each in scenarios)
    if runs is not None and precision is not None:
        rule = "must not be given together with a precision"
        remedy = "give --runs for so many paired worlds, or --precision for as many as it takes"
        raise ScenarioError([Problem(None, "runs", rule, str(runs), remedy)])
    if runs is not None:
        first = first.override({"compare": {"runs": runs, "precision": None}})
    if precision is not None:
        share = read_value(precision, "--precision") if isinstance(precision, str) else precision
        first = first.override({"compare": {"precision": {"half_width": share}}})
    refuse_unknown_metric(first)
    return [first, *others]


def refuse_unknown_metric(case: Case) -> None:
    """Refuse a precision of something that is no outcome. Raises ScenarioError."""
    precision, known = case.spec.compare.precision, outcomes_of(case.spec, run_off=True)
    if precision and precision.metric not in known:
        path, value = ("compare", "precision", "metric"), repr(precision.metric)
        raise problem(case, path, "must be an outcome", value, nearest(precision.metric, known))


# ── policies ──────────────────────────────────────────────────────────────────────────────────


def policies_of(case: Case, policies: Sequence[str] | None) -> dict[str, Case]:
    """The scenario under each policy; the first is the baseline. Raises ScenarioError."""
    known = list(case.spec.policies)
    names = list(policies) if policies else known
    path = ("policies",)
    for name in names:
        if name not in known:
            rule = "must name policies of the scenario"
            raise problem(case, path, rule, name, nearest(name, known))
    if len(set(names)) < 2:
        rule = "must have at least two policies to compare"
        remedy = "write at least two under `policies`; the first is the baseline, {} is as it is"
        raise problem(case, path, rule, str(len(names)), remedy)
    arms = {name: case.under_policy(name) for name in names}
    for name, arm in arms.items():
        saving.refuse_another_market(case, arm, case.spec.warm_up)
        if any(getattr(arm.spec, k) != getattr(case.spec, k) for k in ("horizon", "discount_rate")):
            rule = f"policy {name}: must not change the horizon or the discount rate"
            raise problem(case, path, rule, "", "set them for the whole scenario")
        refuse_share_of_revenue(arm, case.spec.focal, path, f"policy {name}: ")
    return arms


def refuse_share_of_revenue(case: Case, focal: str, path: KeyPath, who: str = "") -> None:
    """Refuse a budget that grows with what it earns. Raises ScenarioError."""
    if isinstance(case.spec.firms[focal].policy.budget, ShareOfRevenue):
        remedy = "use amount or per_head, so that all arms spend the same"
        raise problem(case, path, f"{who}must not spend a share of revenue", "", remedy)


# ── scenarios ─────────────────────────────────────────────────────────────────────────────────


def scenarios_of(cases: Sequence[Case], policies: Sequence[str] | None) -> dict[str, Case]:
    """Several scenarios as arms, under the seed of the first, the baseline. Raises ScenarioError.

    Each is called by the name of its file, made distinct. Their own policies play no part.
    """
    first = cases[0]
    focal, seed = first.spec.focal, first.spec.seed
    if policies:
        remedy = "leave --policies out, or compare the policies of one scenario"
        rule = "must not be chosen where several scenarios are compared"
        raise problem(first, ("policies",), rule, ", ".join(policies), remedy)
    for case in cases:
        refuse_other_money(first, case)
        if focal not in case.spec.firms:
            rule = f"must have the firm that is compared, {focal}"
            remedy = "name one that all scenarios have, as in --set compare.focal=acme"
            raise problem(case, ("firms",), rule, ", ".join(case.spec.firms), remedy)
        refuse_share_of_revenue(case, focal, ("firms", focal, "policy", "budget"))
    return distinct([case.override({"seed": seed}) for case in cases])


def refuse_other_money(first: Case, case: Case) -> None:
    """Refuse scenarios whose present values are not of the same time and unit."""
    for name in AGREED:
        wanted, value = getattr(first.spec, name), getattr(case.spec, name)
        if value != wanted:
            rule = f"must be the same in all scenarios that are compared, {wanted} in the first"
            remedy = f"--set {name}={wanted} sets it in all of them"
            raise problem(case, (name,), rule, str(value), remedy)


def distinct(cases: Sequence[Case]) -> dict[str, Case]:
    """Cases by the names of their files; a name that is taken gets a number."""
    named: dict[str, Case] = {}
    for case in cases:
        files = case.loaded.files
        stem = printable(files[0].stem) if files else "scenario"
        later = (f"{stem}_{number}" for number in range(2, len(cases) + 1))
        named[next(name for name in (stem, *later) if name not in named)] = case
    return named


def problem(case: Case, path: KeyPath, rule: str, value: str, remedy: str) -> ScenarioError:
    """A problem at a place of a scenario."""
    return ScenarioError([Problem(case.loaded.place(path), dotted(path), rule, value, remedy)])

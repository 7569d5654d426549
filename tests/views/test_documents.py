"""The documents say what the code does: tables, order of the month, links, snippets."""

import ast
import importlib
import inspect
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from sim import draws
from sim.analysis.docking.rows import rows
from sim.behaviour.rules import MECHANISMS
from sim.cli import main as command
from sim.market import month, state
from sim.market.model import Market
from sim.market.partners import REMEMBERED
from sim.scenario.loading import load_scenario, scenario_from
from sim.views import documents, markdown, reference
from sim.views.documents import DOCS

ROOT = DOCS.parent
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]
TABLES = ("people", "relations", "accounts", "dealings", "firms")
ODD_D = [
    "Purpose and patterns", "Entities, state variables, scales",
    "Process overview and scheduling", "Theoretical and empirical background",
    "Individual decision-making", "Learning", "Sensing", "Prediction", "Interaction",
    "Collectives", "Heterogeneity", "Stochasticity", "Observation", "Implementation details",
    "Initialisation", "Input data", "Submodels",
]  # fmt: skip


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


# ── drift ─────────────────────────────────────────────────────────────────────────────────────


def test_documents_are_true() -> None:
    """Every generated block is what the code gives today; if not: make docs."""
    assert [file.name for file in documents.stale(lived=False)] == []


@pytest.mark.slow
def test_documents_are_true_where_markets_are_lived() -> None:
    """The figures of the docking table are what the market gives today."""
    assert [file.name for file in documents.stale()] == []


def test_what_is_lived_may_be_left(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that takes long is made anew, or kept as it is."""
    monkeypatch.setattr(documents, "LIVED", {"streams"})
    assert documents.stale(page.parent, lived=False) == {}
    assert list(documents.stale(page.parent)) == [page]


def test_every_block_is_in_a_document() -> None:
    """No block is made for nothing, and no mechanism is left out of the model."""
    used = {name for page in PAGES for name in re.findall("<!-- generated: (.+?) -->", read(page))}
    assert used == set(documents.BLOCKS)


def read(page: Path) -> str:
    return page.read_text("utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with one document, whose only block is empty."""
    file = tmp_path / "page.md"
    file.write_text("# Mine\n\n<!-- generated: streams -->\n<!-- end -->\n\nMine, too.\n", "utf-8")
    return file


def test_a_check_finds_what_is_stale_and_changes_nothing(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check names the document, ends with 1, and leaves it as it is."""
    before = read(page)
    assert documents.main(["--check"], page.parent) == 1
    assert capsys.readouterr().out == "page.md is stale: run make docs\n"
    assert read(page) == before


def test_renewing_fills_blocks_and_leaves_the_rest(page: Path) -> None:
    """Text outside of blocks stays; afterwards nothing is stale, twice is the same as once."""
    assert documents.main([], page.parent) == 0
    renewed = read(page)
    assert renewed.startswith("# Mine\n\n<!-- generated: streams -->\n\n| block |")
    assert renewed.endswith("\n\n<!-- end -->\n\nMine, too.\n")
    assert documents.main(["--check"], page.parent) == 0


def test_a_block_that_does_not_exist() -> None:
    """It is named, with the document and the blocks there are."""
    with pytest.raises(ValueError, match=r"page\.md: there is no block 'strems'; use one of enti"):
        documents.renewed("<!-- generated: strems -->\n<!-- end -->\n", "page.md")


def test_a_block_without_an_end() -> None:
    """It is refused, because everything after it would be lost."""
    with pytest.raises(ValueError, match=r"page\.md: each generated block must have an end"):
        documents.renewed("<!-- generated: streams -->\n\nMine\n", "page.md")


# ── the pieces ────────────────────────────────────────────────────────────────────────────────


def test_a_table() -> None:
    """Columns that are empty throughout are left out; a bar in a cell is escaped."""
    assert markdown.table(("a", "b", "c"), [("1", "", "x|y"), ("2", "", "")]).splitlines() == [
        "| a | c |",
        "| --- | --- |",
        "| 1 | x\\|y |",
        "| 2 |  |",
    ]


def test_values_as_in_a_file() -> None:
    """Mappings, lists and words on one line, whole numbers without a point."""
    value = {"a": [1.0, 0.5], "b": None, "c": True, "d": "none"}
    assert markdown.flow(value) == "{a: [1, 0.5], b: null, c: true, d: none}"


def first() -> None:
    """Is done first."""


def second() -> None:
    """Is done second."""


def asked() -> bool:
    """Is a question."""
    return True


def doing() -> bool:
    """Do things in an order."""
    if asked():
        first()
    answer = asked()
    for _ in range(2):
        second()
    return answer


def test_what_a_function_does() -> None:
    """Calls whose value nothing uses, in the order of the source; questions are none of them."""
    assert list(documents.acts(doing)) == [first, second]


def test_a_schedule_opens_what_it_is_told_to() -> None:
    """A list inside the list, numbered by itself."""
    lines = documents.schedule(outer, (doing,)).splitlines()
    assert [line.split(" (")[0] for line in lines] == [
        "1. `doing`",
        "   1. `first`",
        "   2. `second`",
        "2. `second`",
    ]
    assert lines[1].endswith(": Is done first.")


def outer() -> None:
    """Do something and one thing more."""
    doing()
    second()


# ── the model ─────────────────────────────────────────────────────────────────────────────────


def calls(function: Callable[..., Any]) -> Iterator[str]:
    """Names of the calls that are statements of their own, line by line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    alone = [node for node in ast.walk(body) if isinstance(node, ast.Expr)]
    for node in sorted(alone, key=lambda node: node.lineno):
        if isinstance(node.value, ast.Call):
            yield ast.unparse(node.value.func).split(".")[-1]


def test_the_schedule_is_that_of_the_code() -> None:
    """The printed steps are the calls of Market.step, set_out, live and close, in their order."""
    printed = re.findall(r"^ *\d+\. `(?:\w+\.)?(\w+)`", block("model.md", "schedule"), re.MULTILINE)
    passes: dict[str, Callable[..., Any]] = {
        "set_out": month.set_out, "live": month.live, "close": month.close,
    }  # fmt: skip
    expected = []
    for name in calls(Market.step):
        expected += [name, *(calls(passes[name]) if name in passes else ())]
    assert printed == expected
    assert {*passes, "plan", "talk", "drift"} <= set(printed)


def block(document: str, name: str) -> str:
    """What stands in a generated block of a document."""
    found = re.search(f"<!-- generated: {name} -->(.*?)<!-- end -->", text_of(document), re.DOTALL)
    assert found
    return found[1]


def test_the_headings_of_odd_d() -> None:
    """The model is described under the headings of ODD+D, in their order, then its limits."""
    headings = re.findall(r"^## (.+)$", text_of("model.md"), re.MULTILINE)
    assert headings == [*ODD_D, "Limiting cases", "Limits"]


@pytest.mark.parametrize("place", range(5), ids=TABLES)
def test_no_variable_is_left_out(place: int) -> None:
    """A table of variables has every field of the table it describes, in the order of the code."""
    name = TABLES[place]
    fields = state.empty_world(1, 1, "single")[place].dtype.names
    assert tuple(re.findall(r"^\| `(\w+)` \|", block("model.md", name), re.MULTILINE)) == fields


def test_what_a_firm_remembers_is_told() -> None:
    """Everything that a firm carries from step to step has its row."""
    firm = Market("sim:first_market", overrides={"population.size": 20}).firms[0]
    assert set(firm.memory()) <= set(re.findall(r"`(\w+)`", block("model.md", "memory of firms")))


def test_what_a_partner_remembers_is_told() -> None:
    """Everything that a tie carries from step to step has its row."""
    assert set(REMEMBERED) <= set(re.findall(r"`(\w+)`", block("model.md", "memory of partners")))


def test_entities_are_counted() -> None:
    """At most ten million people and sixteen firms, five kinds of networks."""
    told = block("model.md", "entities")
    assert "| 0 to 10,000,000 at the start |" in told
    assert "| 1 to 16 |" in told
    assert "| by the network: complete, random, small_world, scale_free, edges |" in told


def test_every_block_of_draws_has_its_address() -> None:
    """Beside the generated table of draws stands whose other party, step and ordinal they take."""
    section = text_of("model.md").split("\nOther party, step and ordinal of each:\n")[1]
    addressed = re.findall(r"`([A-Z]+)`", section.split("\n\n")[0])
    assert addressed == list(draws.STREAMS)


def submodels() -> list[str]:
    """The headings of the submodels."""
    section = text_of("model.md").split("\n## Submodels\n")[1].split("\n## ")[0]
    return re.findall(r"^### (.+)$", section, re.MULTILINE)


@pytest.mark.parametrize("heading", submodels())
def test_a_submodel_names_its_function(heading: str) -> None:
    """Each heading of a submodel ends with the function that is the rule."""
    found = re.fullmatch(r".+ \(`([\w.]+)`\)", heading)
    assert found
    assert callable(named(found[1]))


def named(dotted: str) -> Any:
    """The thing of this name in the package."""
    path = f"sim.{dotted}".split(".")
    inner = 1 + path[-2][0].isupper()  # a method stands in its class
    thing: Any = importlib.import_module(".".join(path[:-inner]))
    for name in path[-inner:]:
        thing = getattr(thing, name)
    return thing


def test_every_rule_is_a_submodel() -> None:
    """Every file of behaviour in which there is a mechanism or a rule has a heading or a table."""
    files = {file.stem for file in (ROOT / "sim" / "behaviour").glob("*.py")}
    files -= {"__init__", "parameter", "rules"}
    named_in_headings = set(re.findall(r"`behaviour\.(\w+)\.", "\n".join(submodels())))
    assert files - named_in_headings <= set(MECHANISMS)


def test_docking_names_things_that_are_there() -> None:
    """Every row is among the limiting cases, and every file of tests is named."""
    section = text_of("model.md").split("\n## Limiting cases\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| ([D\d][\w.]*) \|", section, re.MULTILINE)) == {
        row.id for row in rows().values()
    }
    tests = set(re.findall(r"\(\.\./tests/docking/(\w+\.py)\)", section))
    assert tests == {file.name for file in (ROOT / "tests" / "docking").glob("test_*.py")}


PATTERNS = {
    "customers kept over a year": lambda months: months["retention_year"].mean(),
    "positive messages per negative": lambda months: months["praise"].sum() / months["blame"].sum(),
    "revenue share of the top fifth of buyers": lambda m: m["top_fifth_revenue"].mean(),
}


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS)
def test_printed_patterns(pattern: str) -> None:
    """What the table of patterns prints is what the last five years at seed 1 give."""
    import sim

    (row,) = (line for line in text_of("model.md").splitlines() if line.startswith(f"| {pattern}"))
    printed = [cell.strip() for cell in row.split("|")[3:5]]
    for name, value in zip(("", "sim:retention_vs_acquisition"), printed, strict=True):
        if value != "–":
            firms = sim.run(name or "sim:first_market").firms
            found = PATTERNS[pattern](firms[firms["month"] >= 60])  # type: ignore[no-untyped-call]
            digits = len(value.partition(".")[2])
            assert found == pytest.approx(float(value), abs=0.51 * 10**-digits)


# ── scenario files ────────────────────────────────────────────────────────────────────────────


def keys_of(value: Any) -> Iterator[str]:
    """All keys of plain data, however deep."""
    if isinstance(value, dict):
        yield from value
        yield from itertools.chain.from_iterable(map(keys_of, value.values()))


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_every_key_is_explained(setting: str) -> None:
    """Each key of a resolved scenario has a row, or makes a mapping what its heading says."""
    resolved = scenario_from({"setting": setting, "firms": {"acme": {}}}).resolved()
    told = reference.scenario()
    spent = ("acme", "advertising", "service", "loyalty")
    for key in set(keys_of(resolved)) - set(spent):
        assert f"| `{key}` |" in told or f"with `{key}: " in told or f"with `{key}`" in told, key


def test_a_default_of_the_other_setting() -> None:
    """Inertia is 4.4, in repertoire .4; a basket's spread 1, in repertoire .5."""
    told = reference.scenario()
    assert re.search(r"\| `staying` .*\| 4\.4; repertoire 0\.4 \|", told)
    assert "log_sd: 1}; repertoire {distribution: lognormal, mean: 1, log_sd: 0.5} |" in told


def test_values_down_to_their_items() -> None:
    """A split is a mapping of shares, switching costs are mappings of mappings."""
    told = reference.scenario()
    assert re.search(r"\| `split` .*\| a mapping of a number from 0 to 1 \|", told)
    assert "| a mapping of a mapping of a number or never |" in told


# ── decisions ─────────────────────────────────────────────────────────────────────────────────


def test_every_dependency_has_its_reason() -> None:
    """What is installed is named among the decisions, and nothing else is in the table."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    needed, tools = (
        {re.split(r"[\[<>=]", entry)[0] for entry in entries}
        for entries in (project["dependencies"], project["optional-dependencies"]["test"])
    )
    section = text_of("decisions.md").split("\n## Dependencies\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([\w., -]+) \| .+ \|$", section, re.MULTILINE)
    assert set(", ".join(rows[2:]).split(", ")) == needed
    assert {tool for tool in tools if not re.search(rf"\b{tool}\b", section)} == set()


# ── links ─────────────────────────────────────────────────────────────────────────────────────


def links() -> list[tuple[Path, str]]:
    """Every link and picture of a page."""
    return [(page, to) for page in PAGES for to in re.findall(r"\]\(([^)\s]+)\)", read(page))]


def anchors(page: Path) -> set[str]:
    """Where a link into a page may lead."""
    return {markdown.slug(h) for h in re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)}


@pytest.mark.parametrize(("page", "to"), sorted({(page.name, to) for page, to in links()}))
def test_a_link_resolves(page: str, to: str) -> None:
    """It leads to a file of the repository, and to a heading if it says so; nowhere outside."""
    here = next(each for each in PAGES if each.name == page)
    name, _, anchor = to.partition("#")
    target = (here.parent / name).resolve() if name else here
    assert target.is_relative_to(ROOT)
    assert target.exists()
    assert not anchor or anchor in anchors(target)


def test_a_heading_is_there_once() -> None:
    """Two headings of one page do not share an anchor."""
    for page in PAGES:
        headings = re.findall(r"^##+ (.+)$", read(page).split("## [")[0], re.MULTILINE)
        assert len({markdown.slug(h) for h in headings}) == len(headings), page.name


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    """The cells of one kind, from the first to the last."""
    return [cell for cell in json.loads(read(notebook))["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_was_run_from_top_to_bottom(notebook: Path) -> None:
    """Its cells are numbered in their order, none ended in an error, and there is a picture."""
    code = cells(notebook, "code")
    outputs = [output for cell in code for output in cell["outputs"]]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert [output["ename"] for output in outputs if output["output_type"] == "error"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_link_of_a_notebook_resolves(notebook: Path) -> None:
    """It leads to a file of the repository."""
    text = "".join("".join(cell["source"]) for cell in cells(notebook, "markdown"))
    targets = [(notebook.parent / to).resolve() for to in re.findall(r"\]\(([^)\s]+)\)", text)]
    assert targets
    assert all(to.is_relative_to(ROOT) and to.is_file() for to in targets)


# ── snippets ──────────────────────────────────────────────────────────────────────────────────


class Snippet(NamedTuple):
    """A fenced piece of a page: its language, the file it is, and its text."""

    language: str
    file: str
    text: str


def snippets(section: str) -> list[Snippet]:
    """The fenced pieces of a section, in order."""
    fence = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [Snippet(*found) for found in fence.findall(section)]


def recipes() -> dict[str, list[Snippet]]:
    """The answers of the how-to page, by heading."""
    sections = text_of("how-to.md").split("\n## ")[1:]
    return {section.partition("\n")[0]: snippets(section) for section in sections}


ADDING = [heading for heading in recipes() if heading.startswith("… add")]


def test_the_snippets_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The snippets for users run one after the other, in one folder, and leave what they say."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for heading, pieces in recipes().items():
        for piece in pieces if heading not in ADDING else ():
            follow(piece, heading, names)
    left = {"run.png", "compare.png", "results/firms.parquet", "compared/differences.parquet"}
    assert all((tmp_path / name).is_file() for name in left)


def follow(piece: Snippet, heading: str, names: dict[str, Any]) -> None:
    """Do what a snippet says."""
    if piece.file:
        Path(piece.file).write_text(piece.text, "utf-8")
    elif piece.language == "sh":
        for line in piece.text.splitlines():
            done = CliRunner().invoke(command, shlex.split(line)[1:])
            assert done.exit_code == 0, f"{line}: {done.output}"
    else:
        assert piece.language == "python"
        exec(compile(piece.text, f"how-to.md, {heading}", "exec"), names)


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "scenario.md"], ids=lambda p: p.name)
def test_an_example_of_a_file_is_a_scenario(page: Path, tmp_path: Path) -> None:
    """What is shown as a scenario file can be loaded."""
    (example,) = (piece for piece in snippets(read(page)) if piece.language == "yaml")
    (tmp_path / "example.yaml").write_text(example.text, "utf-8")
    assert load_scenario(tmp_path / "example.yaml").spec.firms["acme"].price == 18


@pytest.mark.slow
def test_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows in Python runs."""
    monkeypatch.chdir(tmp_path)
    for piece in snippets(read(ROOT / "README.md")):
        if piece.language == "python":
            follow(piece, "README.md", {})


@pytest.mark.parametrize("heading", ADDING)
def test_an_addition_works(heading: str, tmp_path: Path) -> None:
    """In a copy of the package with the files and changes of the recipe, its last snippet runs."""
    for folder in ("sim", "scenarios"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    *changes, last = recipes()[heading]
    for change in changes:
        apply(change, tmp_path / change.file)
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", last.text],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def apply(change: Snippet, file: Path) -> None:
    """Write a new file, or put each change in the place, which must be there once."""
    if change.language != "diff":
        file.write_text(change.text, "utf-8")
        return
    text = read(file)
    for hunk in change.text.split("@@\n"):
        old, new = (side(hunk, sign) for sign in "-+")
        assert text.count(old) == 1, f"{change.file} has changed:\n{old}"
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def side(hunk: str, sign: str) -> str:
    """The lines before a change (sign -) or after it (sign +)."""
    return "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in f" {sign}")

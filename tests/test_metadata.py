"""What describes the package to machines says the same in all three files."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CODEMETA: dict[str, Any] = json.loads((ROOT / "codemeta.json").read_text("utf-8"))
CITATION: dict[str, Any] = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_codemeta_is_codemeta() -> None:
    """It names version 3.0 of the vocabulary, and that it describes source code."""
    assert CODEMETA["@context"] == "https://w3id.org/codemeta/3.0"
    assert CODEMETA["@type"] == "SoftwareSourceCode"


@pytest.mark.parametrize("key", ["name", "description", "version", "readme"])
def test_codemeta_says_what_the_package_says(key: str) -> None:
    """Name, description, version and read-me are those of pyproject.toml."""
    assert CODEMETA[key] == PROJECT[key]


def test_what_is_required() -> None:
    """Python and every package, with their versions, as pip reads them."""
    python = PROJECT["requires-python"]
    assert CODEMETA["softwareRequirements"] == [f"python{python}", *PROJECT["dependencies"]]
    assert CODEMETA["programmingLanguage"]["version"] == python


def test_the_licence_is_one() -> None:
    """Codemeta has it by its page, the others by its name; the file of that name is there."""
    assert CODEMETA["license"] == f"https://spdx.org/licenses/{PROJECT['license']}"
    assert CITATION["license"] == PROJECT["license"]
    (file,) = PROJECT["license-files"]
    assert (ROOT / file).read_text("utf-8").startswith(f"{PROJECT['license']} License")


def test_the_citation_agrees() -> None:
    """Name, version, authors and keywords; codemeta has those of the citation."""
    assert CITATION["title"].partition(":")[0] == PROJECT["name"]
    assert CITATION["version"] == PROJECT["version"]
    assert CODEMETA["keywords"] == CITATION["keywords"]
    authors = [author["name"] for author in PROJECT["authors"]]
    assert [author["name"] for author in CITATION["authors"]] == authors
    assert [author["name"] for author in CODEMETA["author"]] == authors

"""Scenarios that come with the package, addressed as `sim:first_market`."""

import importlib.resources
from pathlib import Path


def folder() -> Path:
    """Folder of the shipped scenarios: inside the installed package, or of the checkout."""
    packaged = Path(str(importlib.resources.files("sim"))) / "_shipped"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "scenarios"


def path_of(name: str) -> Path:
    """File of the shipped scenario ``name``, such as ``first_market`` or ``theory/bass``."""
    return folder() / f"{name}.yaml"


def names() -> list[str]:
    """Names of all shipped scenarios, as they follow `sim:`."""
    base = folder()
    return sorted(f.relative_to(base).with_suffix("").as_posix() for f in base.rglob("*.yaml"))

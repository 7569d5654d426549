"""The version: that of the installed package, and words where there is none."""

import importlib
from importlib import metadata

import pytest

from sim.views import version


def test_the_version_is_that_of_the_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the metadata say is what we say."""
    monkeypatch.setattr(metadata, "version", lambda name: f"1.2.3 of {name}")
    assert importlib.reload(version).__version__ == "1.2.3 of relmarket"


def test_a_checkout_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without metadata nothing breaks."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert importlib.reload(version).__version__ == "not installed"

"""The version of the package."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("relmarket")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "not installed"

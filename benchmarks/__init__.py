"""How fast the market is, measured: ``python -m benchmarks [--json]``."""

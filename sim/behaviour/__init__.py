"""How people act: one mechanism a file.

Each file declares its parameters once, as a NamedTuple whose fields carry unit, range, default and
source, and below them the rules: plain scalar functions that read as the model's equations. The
scenario's schema, the documentation's tables and the compiled month are all built from these files.
"""

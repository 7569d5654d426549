"""The tests: a package of their own, because installed ones (AgentPy) bring a ``tests``, too."""

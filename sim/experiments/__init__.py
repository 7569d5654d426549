"""Many runs: designs, and a runner that survives anything."""

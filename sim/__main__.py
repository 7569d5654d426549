"""``python -m sim`` is the same as the command ``sim``."""

from sim.cli import main

if __name__ == "__main__":
    main(prog_name="sim")

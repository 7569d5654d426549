"""How a firm spends: a budget, its split over instruments, whom they are aimed at.

One instrument a file, declared like the rules of behaviour: its parameters with unit, range,
default and source, the rule input that it moves, and whom it may target.
"""

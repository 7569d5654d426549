"""Closed forms of marketing science: what the market must reproduce once everything else is off.

Every module holds one family of formulas, for any parameters: what a customer is worth (`clv`),
how many customers there are in the long run (`stock`), who buys how often (`nbd`, `bgnbd`),
how an idea spreads (`bass`, `contagion`), how people choose (`logit`, `markov`), and so on.
They are the yardstick, so they know nothing of the market, and the market nothing of them.

>>> from sim.theory import clv
>>> round(clv.value(retention=0.8, discount=0.1), 6)
3.666667
"""

"""The help desk of a firm: this step's contacts, how long they wait, how many are answered well.

It goes by the customers and complaints of the last step, as all terms do that are fixed before a
step. It remembers nothing, and nothing is drawn.
"""

import math
from typing import TYPE_CHECKING, Any

from sim.behaviour import queueing
from sim.behaviour.queueing import Queueing
from sim.scenario.helpdesk import Helpdesk as Declared

if TYPE_CHECKING:
    from sim.market.firms import Firm


class Helpdesk:
    """What comes of the contacts of a step.

    Attributes:
        calls: contacts that people have to answer.
        late: share of these that wait longer than is tolerated.
        wait: mean wait in hours; infinite where more come than can be served.
        put_right: factor on the chance that a complaint is put right.
    """

    def __init__(self) -> None:
        self.calls = self.late = self.wait = 0.0
        self.put_right = 1.0

    def attend(
        self,
        declared: Declared,
        contacts: float,
        months: float,
        rules: Queueing,
        deflected: float,
        fails: float,
    ) -> None:
        """Answer the ``contacts`` of a step of so many months, some of them by a machine."""
        self.calls = (1.0 - deflected) * contacts
        arrivals = self.calls / declared.hours / months
        line = (arrivals, declared.pace, declared.agents)
        self.late = queueing.waits_longer(rules.tolerance, *line)
        self.wait = queueing.mean_wait(*line)
        well = queueing.answered(self.late, deflected, fails)
        self.put_right = 1.0 - rules.lost * (1.0 - well)

    def book(self, entry: Any, declared: Declared, months: float) -> None:
        """Write wages of a step into a ledger, and sums over contacts."""
        entry["wages"] += declared.agents * declared.wage * months
        entry["calls"] += self.calls
        entry["late"] += self.late * self.calls
        if math.isfinite(self.wait):
            entry["queued"] += self.calls
            entry["waited"] += self.wait * self.calls


def contacts(firm: "Firm") -> float:
    """Questions of a firm's customers, and complaints, as the last step has it."""
    questions = firm.model.step_rules.queueing.questions * firm.before("customers")
    return questions + firm.before("complaints")


def answer(firm: "Firm", deflected: float, fails: float) -> None:
    """Let a firm's help desk answer this step's contacts; ask whether all went well."""
    declared, rules = firm.offer.helpdesk, firm.model.step_rules
    if firm.helpdesk is None or declared is None:
        return
    firm.terms["asks"] = queueing.found_out(firm.level.hears, declared.proactive)
    firm.helpdesk.attend(declared, contacts(firm), firm.months, rules.queueing, deflected, fails)

"""The staff of a firm from month to month: skill and morale of its departments.

They live once a step, before the firm sets its terms: on the customers and the trust of the last
step, and on the training of this one. Nothing is drawn.
"""

from typing import TYPE_CHECKING, Any

from sim.behaviour import staffing
from sim.behaviour.staffing import Staffing
from sim.scenario.staff import Staff as Declared

if TYPE_CHECKING:
    from sim.market.firms import Firm


class Staff:
    """Skill and morale of a firm's departments.

    Attributes:
        skill, morale: by department, 0 to 1.
        left: heads by department who left in the last step, and were replaced.
    """

    def __init__(self, declared: Declared) -> None:
        departments = declared.departments
        self.skill = {name: department.skill for name, department in departments.items()}
        self.morale = {name: department.morale for name, department in departments.items()}
        self.left = dict.fromkeys(departments, 0.0)

    def memory(self) -> dict[str, dict[str, float]]:
        """What staff take from one step to the next, as plain data."""
        return {"skill": dict(self.skill), "morale": dict(self.morale)}

    def remember(self, memory: dict[str, dict[str, float]]) -> None:
        """Go on from the memory of another moment."""
        self.skill, self.morale = dict(memory["skill"]), dict(memory["morale"])

    def live(
        self, declared: Declared, trained: float, customers: float, trust: float, rules: Staffing
    ) -> None:
        """One step; ``trained`` is how good training is, of those who are trained."""
        hired = staffing.skill_of_newcomers(trust, rules.newcomers, rules.attraction)
        for name, department in declared.departments.items():
            lesson = trained if name in declared.trainees else 0.0
            workload = customers / (department.heads * department.norm)
            tends_to = staffing.morale_in_the_end(workload, lesson, rules)
            morale = staffing.next_morale(self.morale[name], tends_to, rules.mood)
            left = staffing.turnover(morale, rules.quits, rules.fed_up)
            self.skill[name] = staffing.next_skill(self.skill[name], lesson, left, hired, rules)
            self.morale[name], self.left[name] = morale, left * department.heads

    def work(self, weakest: bool) -> float:
        """What all of them do of what can be done, 0 to 1."""
        done = {name: staffing.work(self.skill[name], self.morale[name]) for name in self.skill}
        return staffing.together(done["front"], done["back"], weakest)

    def book(self, entry: Any, declared: Declared, months: float) -> None:
        """Write wages of a step into a ledger, and sums over heads."""
        for name, department in declared.departments.items():
            heads = department.heads
            entry["wages"] += heads * department.wage * months
            entry["employed"] += heads
            entry["skill"] += heads * self.skill[name]
            entry["morale"] += heads * self.morale[name]
            entry["quit"] += self.left[name]


def trainees(firm: "Firm") -> float:
    """Heads among whom the money for training is divided."""
    trained = firm.offer.staff.trainees if firm.offer.staff else {}
    return sum(department.heads for department in trained.values())


def employ(firm: "Firm", trained: float) -> float:
    """Let a firm's staff live a step; what they then do of what can be done, 0 to 1."""
    if firm.staff is None or firm.offer.staff is None:
        return 0.0
    rules = firm.model.step_rules.staffing
    firm.staff.live(firm.offer.staff, trained, firm.before("customers"), trust_in(firm), rules)
    return firm.staff.work(rules.weakest)


def trust_in(firm: "Firm") -> float:
    """Mean trust of a firm's customers at the end of the last step; without any, that at first."""
    customers = firm.before("customers")
    if firm.model.clock == 0 or not customers:
        return float(firm.model.rules.trust.start)
    return firm.before("trust") / customers

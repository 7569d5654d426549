"""A relation: what one customer and one firm are to each other, the customer's memory of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.firm import Firm
    from tests.reference.pipeline import Prospect

NEVER = -(10**6)
BEFORE_THE_RUN = -1


@dataclass(slots=True, eq=False)
class Relation:
    """Traits, memory, boxes of messages, and the account.

    The first four are drawn on arrival. Steps that never were are ``NEVER``.
    """

    firm: "Firm"
    taste: float
    fit: float
    first_expectation: float
    trust: float

    # memory
    expectation: float = field(init=False)
    satisfaction: float = field(init=False)
    salience: float = 0.0
    commitment: float = 0.0
    knowledge: float = 0.0
    purchases: int = 0
    this_year: int = 0
    last_year: int = 0
    first: int = NEVER
    last: int = NEVER
    surprise: int = 0
    grievance: str | None = None
    first_cue: str | None = None
    last_cue: str | None = None
    fatigue: int = 0

    lines: set[str] = field(default_factory=set)
    had_lines: bool = False

    # messages waiting to be heard
    praise: int = 0
    blame: int = 0
    verdict: int = 0

    # what is open between the two
    is_invited: bool = False
    has_invitation: bool = False
    has_offer: bool = False
    referrer: tuple[int, int] | None = None  # place and number of the person who invited last
    is_referred: bool = False
    is_accompanied: bool = False
    came: bool = False
    came_back: bool = False
    opted_out: bool = False
    silenced: set[str] = field(default_factory=set)
    aims: set[str] = field(default_factory=set)

    # the loyalty programme: member is "no", "awake" or "asleep"
    member: str = "no"
    points: float = 0.0
    spent: float = 0.0
    spent_before: float = 0.0
    tier: int = 0
    lost: float = 0.0
    habit: int = 0
    collected: int = 0
    thanks: int = 0
    # business accounts
    prospect: "Prospect | None" = None
    discount: float = 0.0

    # the account
    revenue: float = 0.0
    profit: float = 0.0
    acquisition_cost: float = 0.0
    break_even: int = NEVER

    def __post_init__(self) -> None:
        self.expectation = self.satisfaction = self.first_expectation

    def remember_cue(self, cue: str) -> None:
        """Keep what first and what last brought the firm to mind."""
        if self.first_cue is None:
            self.first_cue = cue
        self.last_cue = cue

    def open_books(self) -> None:
        """Forget the account of the warm-up."""
        self.revenue = self.profit = self.acquisition_cost = 0.0
        self.break_even = NEVER

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
    purchases: int = 0
    this_year: int = 0
    last_year: int = 0
    first: int = NEVER
    last: int = NEVER
    surprise: int = 0
    first_cue: str | None = None
    last_cue: str | None = None
    fatigue: int = 0

    # messages waiting to be heard
    praise: int = 0
    blame: int = 0
    verdict: int = 0

    # what is open between the two
    is_invited: bool = False
    has_invitation: bool = False
    has_offer: bool = False
    came: bool = False
    came_back: bool = False
    opted_out: bool = False
    aims: set[str] = field(default_factory=set)

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

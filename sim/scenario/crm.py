"""What a firm does with its knowledge of customers. What it spends on knowing is in its policy."""

from sim.scenario.fields import Specification, declare


class Crm(Specification):
    """How a firm uses what it knows of each customer."""

    personalisation: float = declare(
        "how far it goes by its picture of a customer; 0: it is kept, and not used",
        0.5,
        unit="0 to 1",
        ge=0,
        le=1,
    )
    careful: bool = declare(
        "whether it goes no further with a customer than it knows them; if not, it goes as far "
        "with everybody, and is wrong with those it hardly knows",
        True,
    )

"""What it costs to have everything on: `sim:everything` against the market alone, at equal size."""

from collections.abc import Iterator

from benchmarks.record import Row
from benchmarks.timing import MONTHS, in_turn, year
from sim.market.model import Market

PART = "everything on"
SIZES = (10_000, 100_000)
ROUNDS = 5


def market_of(scenario: str, people: int) -> Market:
    """A shipped market of so many people, booked from the first month."""
    size = {"population.size": people, "warm_up": 0, "horizon": 240}
    return Market(scenario, overrides=size)


def measure(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Nanoseconds a customer-month, and how many times those of the market alone.

    The new product is out and the last firm has entered when the clock starts.
    """
    for people in sizes:
        alone = market_of("sim:first_market", people)
        whole = market_of("sim:everything", people)
        for _ in range(4 * MONTHS):
            whole.step()
        seconds = in_turn({"alone": year(alone.step), "all": year(whole.step)}, ROUNDS)
        pace = seconds["all"] / people / MONTHS * 1e9
        yield Row(PART, f"everything, {people:,} people", pace, "ns/customer-month")
        ratio = seconds["all"] / seconds["alone"]
        yield Row(PART, f"everything / the market alone, {people:,} people", ratio, "times", 2.5)

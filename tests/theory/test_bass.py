"""The Bass curve and its two stepped relatives: row D12 of the docking table."""

from math import log

import numpy as np
import pytest

from sim.theory.bass import Bass

SIX = 0.51e-6  # six printed decimals
GENERIC = Bass(0.03, 0.38)


@pytest.mark.parametrize(
    ("innovation", "imitation", "market", "peak_time", "peak_sales", "ten_years"),
    [
        (0.0026167, 0.21566, 40_001, 20.211910, 2209.307, 0.086220),
        (0.0181190, 0.17110, 21_973, 11.866076, 1149.500, 0.350431),
        (0.0278770, 0.25105, 96_717, 7.879661, 7493.138, 0.604126),
        (0.0177030, 0.29695, 5_793, 8.961712, 482.863, 0.555975),
        (0.0103990, 0.41861, 16_895, 8.613409, 1857.041, 0.635648),
        (0.0172060, 0.35688, 15_092, 8.105466, 1479.475, 0.654214),
        (0.0091837, 0.33790, 44_751, 10.387465, 3988.623, 0.451928),
        (0.0058760, 0.24387, 76_589, 14.918193, 4897.169, 0.207841),
        (0.0171350, 0.30145, 58_838, 9.000678, 4952.600, 0.554992),
        (0.0286320, 0.32791, 55_696, 6.838505, 5397.973, 0.733958),
        (0.0247960, 0.65410, 21_937, 4.820441, 3864.378, 0.970057),
    ],
    ids=[
        "refrigerators",
        "freezers",
        "television",
        "water softeners",
        "air conditioners",
        "clothes dryers",
        "lawnmowers",
        "bed coverings",
        "coffee makers",
        "steam irons",
        "record players",
    ],
)
def test_eleven_durables(
    innovation: float,
    imitation: float,
    market: float,
    peak_time: float,
    peak_sales: float,
    ten_years: float,
) -> None:
    """Peak time, peak sales in thousands and the share after ten years of Bass's durables."""
    durable = Bass(innovation, imitation, market)
    assert durable.peak_time() == pytest.approx(peak_time, abs=SIX)
    assert durable.peak_sales() == pytest.approx(peak_sales, abs=0.51e-3)
    assert durable.adopted(10) == pytest.approx(ten_years, abs=SIX)


def test_the_average_product() -> None:
    """With p = 0.03 and q = 0.38 the peak comes after 6.19 years at 11 per cent a year."""
    assert GENERIC.peak_time() == pytest.approx(6.192619, abs=SIX)
    assert GENERIC.peak_sales() == pytest.approx(0.110592, abs=SIX)
    found = [GENERIC.adopted(years) for years in (5, 10, 20)]
    assert found == pytest.approx([0.331199, 0.812803, 0.996259], abs=SIX)


def test_the_peak_has_its_closed_forms() -> None:
    """Peak sales are m (p+q)^2/(4q), and 1/2 - p/(2q) have adopted by then."""
    durable = Bass(0.03, 0.38, 1000)
    assert durable.peak_sales() == pytest.approx(1000 * 0.41**2 / (4 * 0.38))
    assert durable.adopted_at_peak() == pytest.approx(0.5 - 0.03 / 0.76)


def test_time_to_half_the_market() -> None:
    """Half have adopted after 6.55 years, and a share and its time undo each other."""
    assert GENERIC.time_to(0.5) == pytest.approx(6.55, abs=0.0051)
    assert GENERIC.adopted(GENERIC.time_to(0.3)) == pytest.approx(0.3)


def test_without_imitation_the_rest_decays() -> None:
    """q = 0: half are left after ln 2 / p, and sales are highest at once."""
    alone = Bass(0.1, 0, 50)
    assert alone.adopted(log(2) / 0.1) == pytest.approx(0.5)
    assert (alone.peak_time(), alone.peak_sales(), alone.adopted_at_peak()) == (0, 5, 0)


def test_the_stepped_map_is_another_curve() -> None:
    """One decision a year gives the printed shares, not those of continuous time."""
    found = [GENERIC.adopted_in_steps(steps) for steps in (1, 2, 5, 10, 15, 20)]
    printed = [0.030000, 0.070158, 0.272907, 0.782643, 0.978160, 0.998388]
    assert found == pytest.approx(printed, abs=SIX)
    assert Bass(0.03 / 100, 0.38 / 100).adopted_in_steps(500) == pytest.approx(0.331, abs=1e-3)


def test_independent_contacts_are_a_third_curve() -> None:
    """If every contact convinces on its own, adoption is slower: 0.73 after ten steps."""
    found = [GENERIC.adopted_by_contacts(steps) for steps in (1, 2, 5, 10, 15, 20)]
    printed = [0.030000, 0.069765, 0.264338, 0.733753, 0.954246, 0.993848]
    assert found == pytest.approx(printed, abs=SIX)


def test_nonsense_is_refused() -> None:
    """A market without innovators never starts; a step cannot convince more than everybody."""
    with pytest.raises(ValueError, match="innovation is 0, but it must be above 0"):
        Bass(0, 0.38)
    with pytest.raises(ValueError, match="1 - innovation - imitation is"):
        Bass(0.5, 0.8).adopted_in_steps(1)
    with pytest.raises(ValueError, match=r"1 - innovation is -0.5, but it must be 0 or more"):
        Bass(1.5, 0).adopted_by_contacts(1)
    with pytest.raises(ValueError, match="share is 1, but it must lie between 0 and 1"):
        GENERIC.time_to(1)


@pytest.mark.parametrize("steps", [1, 5, 10, 15])
def test_spread_between_worlds(steps: int) -> None:
    """The number of adopters is a chain of binomials: the spread of 20,000 chains agrees."""
    chance, worlds, people = np.random.default_rng(12), 20_000, 10_000
    adopted = np.zeros(worlds, np.int64)
    for _ in range(steps):
        adopted += chance.binomial(people - adopted, 0.03 + 0.38 * adopted / people)
    error = 1 / np.sqrt(2 * worlds)
    found = float((adopted / people).std())
    assert Bass(0.03, 0.38).in_steps_sd(steps, people) == pytest.approx(found, rel=4 * error)


def test_spread_after_one_step() -> None:
    """Ten thousand tosses of a coin that falls on one side in a fifth of them: .004."""
    assert Bass(0.2, 0.3).in_steps_sd(1, 10_000) == pytest.approx(0.004)

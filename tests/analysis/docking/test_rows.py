"""The register of rows, by name and by number."""

import pytest

from sim.analysis.docking.rows import row_of, rows


@pytest.mark.parametrize("word", ["bass", "Bass", "D12", "d12"])
def test_a_row_by_its_name_or_number(word: str) -> None:
    """In any case of letters."""
    assert row_of(word) is rows()["bass"]


def test_what_is_none_is_refused() -> None:
    """With the command that lists them."""
    with pytest.raises(ValueError, match=r"bas: must be a row .+ see them by: sim theory list"):
        row_of("bas")

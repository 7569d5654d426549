"""Style: one look, told apart in grey, labels that do not collide."""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from sim.views import style
from sim.views.style import CROWD, FIRST, OTHERS, End, Picture


def test_few_names_have_a_look_each_and_the_first_stands_out() -> None:
    """Seven firms look seven ways; the one that the picture is about is the heaviest."""
    names = [f"f{n}" for n in range(7)]
    looks = style.looks(names, "f3")
    assert len(set(looks.values())) == 7
    assert looks["f3"] == FIRST
    assert FIRST.width > max(look.width for look in OTHERS)


def test_many_names_are_a_crowd_behind_the_first() -> None:
    """The eighth firm makes all others grey."""
    names = [f"f{n}" for n in range(8)]
    looks = style.looks(names, "f0")
    assert looks.pop("f0") == FIRST
    assert set(looks.values()) == {CROWD}
    assert not style.told_apart(names)


def test_lines_are_told_apart_in_grey() -> None:
    """Any two looks differ in their dashes, or by a fifth of the way from black to white."""
    every = [FIRST, *OTHERS]
    for position, one in enumerate(every):
        for other in every[position + 1 :]:
            apart = abs(brightness(one.color) - brightness(other.color))
            assert one.dashes != other.dashes or apart > 0.2


def brightness(color: str) -> float:
    """How bright a colour is in grey, 0 to 1 (ITU-R BT.601)."""
    red, green, blue = to_rgb(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_labels_that_fit_stay_where_they_are() -> None:
    """Far enough apart, nobody moves."""
    assert style.spread([30.0, 0.0, 10.0], 10.0) == [30.0, 0.0, 10.0]


def test_labels_that_collide_move_apart_evenly() -> None:
    """Two at the same height move half a gap each; a third pushed into them joins them."""
    assert style.spread([5.0, 5.0], 10.0) == [0.0, 10.0]
    assert style.spread([0.0, 0.0, 9.0], 10.0) == [-7.0, 3.0, 13.0]


@given(
    st.lists(st.floats(-1000, 1000), max_size=16),
    st.floats(0.1, 50),
)
def test_labels_never_overlap_and_keep_their_order(wanted: list[float], gap: float) -> None:
    """Whatever is wished: a gap between any two, in the wished order, the mean unmoved."""
    free = style.spread(wanted, gap)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [free[index] for index in order]
    assert all(above - below >= gap * (1 - 1e-6) - 1e-9 for below, above in pairwise(placed))
    assert sum(free) == pytest.approx(sum(wanted), abs=1e-6)


def labelled(looks: list[style.Look], height: float = 4) -> list[str]:
    """The names that are written beside lines of these looks."""
    with style.style():
        figure = Picture(5, height)
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1])
        ends = [End(f"f{n}", 1.0, n / 10, look) for n, look in enumerate(looks)]
        style.label_ends(figure, {axes: ends})
    return [text.get_text() for text in axes.texts]


def test_names_stand_beside_lines_where_there_is_room() -> None:
    """Three in a high picture; only the first in a low one or before a crowd."""
    assert labelled([FIRST, *OTHERS[:2]]) == ["f0", "f1", "f2"]
    assert labelled([FIRST, *OTHERS], height=1.6) == ["f0"]
    assert labelled([FIRST, CROWD, CROWD]) == ["f0"]


def test_a_picture_has_a_title_and_says_from_what_it_was_drawn() -> None:
    """Long titles are broken into lines and cut; formulas are not set."""
    with style.style():
        figure = Picture(8, 4)
        figure.subplots()
        style.entitle(figure, "Costs $5 and $6 " * 20, "from here\nand there")
        figure.draw_without_rendering()
    title = figure.get_suptitle()
    assert title.startswith("Costs $5 and $6 Costs")
    assert title.endswith("…")
    assert max(map(len, title.splitlines())) <= 60
    assert figure.get_supxlabel() == "from here\nand there"


def test_pictures_are_written_at_150_dots_an_inch_and_not_torn(tmp_path: Path) -> None:
    """4 by 2 inches are 600 by 300 dots, and nothing temporary is left."""
    file = style.save(Picture(4, 2), tmp_path / "a.png")
    assert size(file.read_bytes()) == (600, 300)
    assert [each.name for each in tmp_path.iterdir()] == ["a.png"]


def test_a_notebook_shows_a_picture_as_an_image() -> None:
    """The same dots, without a file and without a window."""
    picture = Picture(4, 2)
    assert size(picture._repr_png_()) == (600, 300)
    assert picture.canvas.manager is None


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, which stand in its header."""
    stream = io.BytesIO(png)
    assert stream.read(8) == b"\x89PNG\r\n\x1a\n"
    stream.seek(16)
    return int.from_bytes(stream.read(4)), int.from_bytes(stream.read(4))

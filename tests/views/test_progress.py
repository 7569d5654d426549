"""Progress: on a terminal's stderr, nowhere else."""

import io

import pytest

from sim.views.progress import Bar, Listener, shown


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def live(what: str = "months", told: object = None) -> None:
    """Two steps of progress."""
    with shown(what, told) as tell:  # type: ignore[arg-type]
        tell(1, 2)
        tell(2, 2)


def test_a_terminal_sees_what_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bar names the months and both numbers, on stderr; stdout stays empty."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    live()
    assert "months" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_a_terminal_sees_what_is_done_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the bar, until the next one is counted; somebody else who is told is not told it."""
    terminal, heard = Terminal(), []
    monkeypatch.setattr("sys.stderr", terminal)
    with shown("worlds") as tell:
        tell(1, 2)
        tell.meanwhile("searching")
        assert isinstance(tell, Bar)
        assert tell.progress.tasks[0].description == "searching"
        tell(2, 2)
        assert tell.progress.tasks[0].description == "worlds"
    with shown("worlds", lambda done, total: heard.append((done, total))) as tell:
        tell.meanwhile("searching")
    assert heard == []


def test_a_file_sees_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where stderr is no terminal nothing is written at all."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    live()
    assert (stream.getvalue(), capsys.readouterr().out) == ("", "")


def test_who_asks_to_be_told_is_told_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function of the user's gets the numbers, and the terminal nothing."""
    terminal, heard = Terminal(), []
    monkeypatch.setattr("sys.stderr", terminal)
    live(told=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
    assert terminal.getvalue() == ""


def test_the_bar_is_gone_when_the_work_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error the cursor is shown again (its escape code is the last of its kind)."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")

    def break_down() -> None:
        with shown("months") as tell:
            tell(1, 2)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        break_down()
    text = terminal.getvalue()
    assert text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l") >= 0


def test_words_on_the_way_stay_above_the_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written once, on stderr, just as they are; the bar goes on below."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "200")
    with shown("months") as tell:
        tell(1, 2)
        tell.say("After 10 of 30: [keep] leads")
        tell(2, 2)
    text = terminal.getvalue()
    assert text.count("After 10 of 30: [keep] leads") == 1
    assert text.index("After 10") < text.rindex("2/2")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("told", [None, lambda done, total: None])
def test_words_on_the_way_are_for_terminals(
    told: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is told, or a function of numbers: words go nowhere."""
    listener = Listener(told)  # type: ignore[arg-type]
    listener.say("After 10 of 30")
    listener(1, 2)
    assert capsys.readouterr() == ("", "")

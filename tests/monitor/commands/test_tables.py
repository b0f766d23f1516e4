"""Tables for people."""

import pytest

from monitor.commands.tables import print_lessons, print_table
from tests.schedules.cast import AMSTERDAM, lesson


def test_in_a_file_or_a_pipe_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["room", "reason"], [["B204", "x" * 150]])
    assert "x" * 150 in capsys.readouterr().out


def test_what_looks_like_markup_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["room"], [["[bold]B204[/bold]"]])
    assert "[bold]B204[/bold]" in capsys.readouterr().out


def test_a_lesson_is_shown_at_the_time_that_the_clocks_show(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_lessons([lesson(rooms=("B204", "B205"))], AMSTERDAM)
    shown = capsys.readouterr().out.splitlines()[1].split()
    assert shown == ["1", "08:30-09:20", "B204,", "B205", "h3a", "vda", "planned", "dutch"]

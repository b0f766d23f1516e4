"""A text file that something else writes."""

from pathlib import Path

import pytest

from monitor.places.feeds.file_tail import MAX_LINE_LENGTH, FileTail


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leases.csv"


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


def test_each_line_is_given_once_and_when_it_is_whole(path: Path) -> None:
    path.write_text("one\ntw")
    follows = FileTail(path)
    assert list(follows.new_lines()) == ["one"]
    append(path, "o\r\nthree")
    assert list(follows.new_lines()) == ["two"]
    assert list(follows.new_lines()) == []
    follows.close()


@pytest.mark.parametrize("is_cut_short", [True, False])
def test_a_file_that_begins_anew_is_read_from_its_start(path: Path, is_cut_short: bool) -> None:
    path.write_text("one\nhalf of a li")
    follows = FileTail(path)
    assert list(follows.new_lines()) == ["one"]
    if not is_cut_short:
        path.rename(path.with_suffix(".2"))
    path.write_text("new\n")
    assert list(follows.new_lines()) == ["new"]
    follows.close()


def test_a_line_without_end_is_dropped(path: Path) -> None:
    path.write_text("x" * (MAX_LINE_LENGTH + 1))
    follows = FileTail(path)
    assert list(follows.new_lines()) == []
    append(path, "\nnext\n")
    assert list(follows.new_lines()) == ["", "next"]
    follows.close()


def test_a_file_may_come_later(path: Path) -> None:
    follows = FileTail(path)
    with pytest.raises(FileNotFoundError):
        list(follows.new_lines())
    path.write_text("one\n")
    assert list(follows.new_lines()) == ["one"]
    follows.close()


def test_what_was_written_before_a_file_was_set_aside_comes_first(path: Path) -> None:
    path.write_text("one\n")
    follows = FileTail(path)
    assert list(follows.new_lines()) == ["one"]
    append(path, "two\n")
    path.rename(path.with_suffix(".1"))
    path.write_text("three\n")
    assert [*follows.new_lines(), *follows.new_lines()] == ["two", "three"]
    follows.close()

"""Lines and hostnames, as every reader takes them."""

from monitor.catalogue.comparison.lists.entry import MAX_LINE_LENGTH, numbered_lines, parse_hostname
from tests.monitor.catalogue.comparison.lists.reading import problems, reading


def test_lines_come_with_their_numbers_and_without_what_is_empty() -> None:
    assert list(numbered_lines("een\n\n  twee \r\n", reading())) == [(1, "een"), (3, "twee")]


def test_a_line_that_is_too_long_is_noted_and_passed_over() -> None:
    noted = reading()
    assert list(numbered_lines("a" * (MAX_LINE_LENGTH + 1) + "\ntwee", noted)) == [(2, "twee")]
    assert problems(noted) == ["lijst, line 1: 2001 characters"]


def test_a_hostname_is_in_our_one_spelling() -> None:
    assert parse_hostname("Voorbeeld.NL.") == "voorbeeld.nl"
    assert parse_hostname("bücher.nl") == "xn--bcher-kva.nl"
    assert [parse_hostname("nl"), parse_hostname("a b.nl"), parse_hostname("")] == [
        None,
        None,
        None,
    ]

"""Lines and hostnames, as every reader takes them."""

from monitor.catalogue.lists.entry import LONGEST_LINE, hostname, lines
from tests.monitor.catalogue.lists.reading import problems, reading


def test_lines_come_with_their_numbers_and_without_what_is_empty() -> None:
    assert list(lines("een\n\n  twee \r\n", reading())) == [(1, "een"), (3, "twee")]


def test_a_line_that_is_too_long_is_noted_and_passed_over() -> None:
    noted = reading()
    assert list(lines("a" * (LONGEST_LINE + 1) + "\ntwee", noted)) == [(2, "twee")]
    assert problems(noted) == ["lijst, line 1: 2001 characters"]


def test_a_hostname_is_in_our_one_spelling() -> None:
    assert hostname("Voorbeeld.NL.") == "voorbeeld.nl"
    assert hostname("bücher.nl") == "xn--bcher-kva.nl"
    assert [hostname("nl"), hostname("a b.nl"), hostname("")] == [None, None, None]

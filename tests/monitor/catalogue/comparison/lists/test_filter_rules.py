"""Adblock-style filter text."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from monitor.catalogue.comparison.lists.filter_rules import parse_filter_rules as read_text
from tests.monitor.catalogue.comparison.lists.reading import problems, read

RULES = """[Adblock Plus]
! Title: hyves
# another comment
||hyves.nl^
|static.hyves.nl^
||ads.hyves.nl^$important,dnsrewrite=NXDOMAIN;;
krabbel.nl
@@||goed.hyves.nl^
||foto-*.hyves.nl^
/^hyves[0-9]/
||hyves^
"""


def read_rules(text: str) -> tuple[list[ListEntry], ListReading]:
    return read(lambda noted: read_text(text, "hyves", noted))


def test_rules_are_read() -> None:
    entries, noted = read_rules(RULES)
    assert [entry.hostname for entry in entries] == [
        "hyves.nl",
        "static.hyves.nl",
        "ads.hyves.nl",
        "krabbel.nl",
    ]
    assert {entry.service for entry in entries} == {"hyves"}
    assert noted.skipped == 4
    assert problems(noted) == []


def test_a_wrong_rule_is_noted_with_its_line() -> None:
    _, noted = read_rules("||hyves.nl^\n||^\n||a b^\n")
    assert problems(noted) == ["lijst, line 2: ||^", "lijst, line 3: ||a b^"]


@given(st.text() | st.lists(st.sampled_from("|^@*$/!#\n.ax=û")).map("".join))
def test_nothing_in_a_rule_raises(text: str) -> None:
    entries, _ = read_rules(text)
    assert all("." in entry.hostname for entry in entries)

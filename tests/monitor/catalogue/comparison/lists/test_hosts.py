"""Hosts files."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from monitor.catalogue.comparison.lists.hosts import parse_hosts_file as read_text
from tests.monitor.catalogue.comparison.lists.reading import problems, read

HOSTS = """# a comment
127.0.0.1 localhost localhost.localdomain
fe80::1%lo0 localhost
::1 ip6-localhost
0.0.0.0 pixel.hyves.nl www.hyves.nl  # two names
127.0.0.1\tKrabbel.NL
"""


def read_hosts(text: str) -> tuple[list[ListEntry], ListReading]:
    return read(lambda noted: read_text(text, noted))


def test_names_are_read_and_are_about_nothing() -> None:
    entries, noted = read_hosts(HOSTS.replace("ip6-localhost", "ip6localhost"))
    assert entries == [
        ListEntry("localhost.localdomain"),
        ListEntry("pixel.hyves.nl"),
        ListEntry("www.hyves.nl"),
        ListEntry("krabbel.nl"),
    ]
    assert problems(noted) == []


def test_a_wrong_line_is_noted_and_the_others_are_read() -> None:
    entries, noted = read_hosts("hyves.nl\n0.0.0.0\n0.0.0.0 a..nl krabbel.nl\n0.0.0.256 b.nl")
    assert entries == [ListEntry("krabbel.nl")]
    assert problems(noted) == [
        "lijst, line 1: hyves.nl",
        "lijst, line 2: 0.0.0.0",
        "lijst, line 3: a..nl",
        "lijst, line 4: 0.0.0.256 b.nl",
    ]


@given(st.text() | st.lists(st.sampled_from("0.1: \n#a%xû\t")).map("".join))
def test_nothing_in_a_hosts_file_raises(text: str) -> None:
    entries, _ = read_hosts(text)
    assert all("." in entry.hostname for entry in entries)

"""v2fly's domain-list-community, and plain lists of hostnames."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from monitor.catalogue.comparison.lists.v2fly import parse_v2fly as read_text
from tests.monitor.catalogue.comparison.lists.reading import problems, read

LIST = """
# a comment
include:krabbel
domain:hyves.nl
hyves.net @!cn  # another comment
full:static.hyves.example @cn
ads.hyves.nl @ads
keyword:hyves
regexp:^hyves[0-9]+\\.nl$
hyves
"""


def load_list(text: str) -> tuple[list[ListEntry], ListReading]:
    return read(lambda noted: read_text(text, "hyves", noted))


def test_a_list_is_read() -> None:
    entries, noted = load_list(LIST)
    assert entries == [
        ListEntry("hyves.nl", "hyves"),
        ListEntry("hyves.net", "hyves"),
        ListEntry("static.hyves.example", "hyves"),
        ListEntry("ads.hyves.nl", "hyves", is_advertising=True),
    ]
    assert noted.includes == ["krabbel"]
    assert noted.skipped == 3
    assert problems(noted) == []


def test_a_wrong_line_is_noted_and_the_others_are_read() -> None:
    entries, noted = load_list("hyves.nl\ndomain:\nhost:hyves.nl\nfull:a b\n-\nkrabbel.nl")
    assert [entry.hostname for entry in entries] == ["hyves.nl", "krabbel.nl"]
    assert problems(noted) == [
        "lijst, line 2: domain:",
        "lijst, line 3: host:hyves.nl",
        "lijst, line 5: -",
    ]


@given(st.text() | st.lists(st.sampled_from("#: @\n.ax*ûdomain:full:include:")).map("".join))
def test_nothing_in_a_list_raises(text: str) -> None:
    entries, _ = load_list(text)
    assert all("." in entry.hostname for entry in entries)

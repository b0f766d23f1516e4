"""A list's format is told by its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists.formats import ListFormat, recognise_format


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# a list\ninclude:krabbel\nhyves.nl @ads\n", ListFormat.V2FLY),
        ("hyves.nl\nwww.hyves.nl\n", ListFormat.V2FLY),
        ("regexp:^hyves", ListFormat.V2FLY),
        ("! Title: hyves\n||hyves.nl^\n@@||a.hyves.nl^", ListFormat.FILTER_RULES),
        ("[Adblock Plus]\n||hyves.nl^", ListFormat.FILTER_RULES),
        ('\n {"blocked_services": []}', ListFormat.SERVICE_REGISTRY),
        ("# hosts\n\n127.0.0.1 localhost\n0.0.0.0 hyves.nl", ListFormat.HOSTS),
        ("::1 localhost", ListFormat.HOSTS),
        ("hyves.nl\n0.0.0.0 a.nl\n0.0.0.0 b.nl\n", ListFormat.HOSTS),
        ("", None),
        ("# only a comment", None),
        ("Dear sir,\nhow are you?", None),
        ("\0\0\0", None),
    ],
)
def test_most_lines_decide(text: str, found: ListFormat | None) -> None:
    assert recognise_format(text) is found


@given(st.text())
def test_no_text_raises(text: str) -> None:
    recognise_format(text)

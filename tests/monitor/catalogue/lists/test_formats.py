"""A list's format is told by its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.lists.formats import Format, recognise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# a list\ninclude:krabbel\nhyves.nl @ads\n", Format.V2FLY),
        ("hyves.nl\nwww.hyves.nl\n", Format.V2FLY),
        ("regexp:^hyves", Format.V2FLY),
        ("! Title: hyves\n||hyves.nl^\n@@||a.hyves.nl^", Format.FILTER_RULES),
        ("[Adblock Plus]\n||hyves.nl^", Format.FILTER_RULES),
        ('\n {"blocked_services": []}', Format.SERVICE_REGISTRY),
        ("# hosts\n\n127.0.0.1 localhost\n0.0.0.0 hyves.nl", Format.HOSTS),
        ("::1 localhost", Format.HOSTS),
        ("hyves.nl\n0.0.0.0 a.nl\n0.0.0.0 b.nl\n", Format.HOSTS),
        ("", None),
        ("# only a comment", None),
        ("Dear sir,\nhow are you?", None),
        ("\0\0\0", None),
    ],
)
def test_most_lines_decide(text: str, found: Format | None) -> None:
    assert recognise(text) is found


@given(st.text())
def test_no_text_raises(text: str) -> None:
    recognise(text)

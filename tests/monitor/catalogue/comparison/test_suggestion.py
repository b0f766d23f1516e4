"""The role that a hostname's words suggest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.suggestion import suggest_role
from monitor.catalogue.platform import HostnameRole


@pytest.mark.parametrize(
    ("hostname", "suggested"),
    [
        ("cdn.voorbeeld.nl", "media"),
        ("static3.voorbeeld.nl", "media"),
        ("img-a.voorbeeld.nl", "media"),
        ("voorbeeldcdn.net", "media"),
        ("video.voorbeeld.nl", "media"),
        ("graph.voorbeeld.nl", "embed"),
        ("analytics.voorbeeld.nl", "embed"),
        ("pixel7.voorbeeld.nl", "embed"),
        ("ads-voorbeeld.nl", "embed"),
        ("connect.voorbeeld.nl", "embed"),
        ("log16-normal.voorbeeld.nl", "background"),
        ("metrics.voorbeeld.nl", "background"),
        ("accounts.voorbeeld.nl", "auth"),
        ("login.cdn.voorbeeld.nl", "auth"),
        ("www.voorbeeld.nl", "app"),
        ("mediation.voorbeeld.nl", "app"),
        ("voorbeeld.media", "app"),
    ],
)
def test_labels_suggest_a_role(hostname: str, suggested: str) -> None:
    assert suggest_role(hostname) == suggested


def test_what_a_list_marks_as_advertising_is_an_embed() -> None:
    assert suggest_role("www.voorbeeld.nl", is_advertising=True) is HostnameRole.EMBED


@given(st.text())
def test_no_name_raises(hostname: str) -> None:
    assert suggest_role(hostname) in HostnameRole

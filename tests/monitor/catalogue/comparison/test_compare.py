"""A foreign list held against ours."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue import HostnameRole, load_catalogue
from monitor.catalogue.comparison.compare import (
    OTHER_NAMES,
    KnownHostnames,
    MissingHostname,
    compare_entries,
    known_hostnames,
)
from monitor.catalogue.comparison.lists.entry import ListEntry
from monitor.catalogue.overlay import parse_overlay

CATALOGUE = load_catalogue()
NAMES = [platform.name for platform in CATALOGUE.platforms]
KNOWN = known_hostnames(CATALOGUE, [])
APP = HostnameRole.APP
EMBED = HostnameRole.EMBED


def missing(*entries: ListEntry, known: KnownHostnames = KNOWN) -> list[MissingHostname]:
    return list(compare_entries(entries, known))


def with_overlay(text: str) -> KnownHostnames:
    changes, problems = parse_overlay(text.encode(), name="eigen.txt", platforms=NAMES)
    assert not problems
    return known_hostnames(CATALOGUE, changes)


def hostnames(found: Iterable[MissingHostname]) -> list[str]:
    return [missing_hostname.hostname for missing_hostname in found]


def test_what_a_list_of_a_platform_has_and_we_do_not_is_missing() -> None:
    entries = (
        ListEntry("instagram.com", "instagram"),
        ListEntry("instavoorbeeldcdn.nl", "instagram"),
    )
    assert missing(*entries) == [
        MissingHostname("instagram", "instavoorbeeldcdn.nl", HostnameRole.MEDIA, None)
    ]


@pytest.mark.parametrize(
    ("called", "platform"), [("twitter", "x"), ("Tumblr", "weblogs"), ("snap", "snapchat")]
)
def test_a_platform_is_known_by_what_others_call_it(called: str, platform: str) -> None:
    assert missing(ListEntry("voorbeeld.nl", called))[0].platform == platform


def test_every_other_name_is_that_of_a_platform() -> None:
    assert set(OTHER_NAMES.values()) <= set(NAMES)


def test_a_list_about_no_platform_tells_of_no_strange_hostname() -> None:
    assert missing(ListEntry("voorbeeld.nl", "netflix"), ListEntry("voorbeeld.nl")) == []


def test_a_hostname_under_ours_may_be_for_something_else() -> None:
    assert missing(ListEntry("pixel7.facebook.com")) == [
        MissingHostname("facebook", "pixel7.facebook.com", EMBED, APP)
    ]


def test_advertising_under_ours_is_for_something_else_whatever_its_name() -> None:
    assert missing(ListEntry("shop.pinterest.com", "pinterest", is_advertising=True)) == [
        MissingHostname("pinterest", "shop.pinterest.com", EMBED, APP)
    ]


def test_what_is_not_counted_as_use_is_as_good_as_what_is_suggested() -> None:
    assert missing(ListEntry("cdn.connect.facebook.net")) == []


def test_what_has_an_entry_of_its_own_was_decided() -> None:
    assert (
        missing(ListEntry("graph.facebook.com"), ListEntry("fbstatic-a.akamaihd.net", "facebook"))
        == []
    )


def test_a_platform_that_is_off_is_known_too() -> None:
    assert missing(ListEntry("web.whatsapp.com", "whatsapp")) == []


def test_what_the_overlay_has_or_takes_out_was_decided() -> None:
    entries = (ListEntry("een.nl", "x"), ListEntry("a.twee.nl", "x"), ListEntry("drie.nl", "x"))
    decided = with_overlay("x app een.nl\n- twee.nl\n- x.com\n")
    assert hostnames(missing(*entries, ListEntry("pixel.x.com"), known=decided)) == ["drie.nl"]


def test_what_we_leave_out_on_purpose_is_not_missing() -> None:
    assert (
        missing(ListEntry("facebok.com", "facebook"), ListEntry("wordpress.org", "wordpress")) == []
    )


def test_a_hostname_is_missing_once() -> None:
    assert len(missing(ListEntry("een.nl", "x"), ListEntry("een.nl", "twitter"))) == 1


@given(st.lists(st.builds(ListEntry, st.text(), st.text(), st.booleans())))
def test_nothing_in_a_list_raises(entries: list[ListEntry]) -> None:
    for missing_hostname in compare_entries(entries, KNOWN):
        assert missing_hostname.platform in NAMES

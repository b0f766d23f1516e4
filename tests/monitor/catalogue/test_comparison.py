"""A foreign list held against ours."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue import HostnameRole, load
from monitor.catalogue.comparison import CALLED, Known, Missing, compare, known
from monitor.catalogue.lists.entry import Entry
from monitor.catalogue.overlay import parse

CATALOGUE = load()
NAMES = [platform.name for platform in CATALOGUE.platforms]
KNOWN = known(CATALOGUE, [])
APP = HostnameRole.APP
EMBED = HostnameRole.EMBED


def missing(*entries: Entry, known: Known = KNOWN) -> list[Missing]:
    return list(compare(entries, known))


def with_overlay(text: str) -> Known:
    changes, problems = parse(text.encode(), name="eigen.txt", platforms=NAMES)
    assert not problems
    return known(CATALOGUE, changes)


def hostnames(found: Iterable[Missing]) -> list[str]:
    return [each.hostname for each in found]


def test_what_a_list_of_a_platform_has_and_we_do_not_is_missing() -> None:
    entries = (Entry("instagram.com", "instagram"), Entry("instavoorbeeldcdn.nl", "instagram"))
    assert missing(*entries) == [
        Missing("instagram", "instavoorbeeldcdn.nl", HostnameRole.MEDIA, None)
    ]


@pytest.mark.parametrize(
    ("called", "platform"), [("twitter", "x"), ("Tumblr", "weblogs"), ("snap", "snapchat")]
)
def test_a_platform_is_known_by_what_others_call_it(called: str, platform: str) -> None:
    assert missing(Entry("voorbeeld.nl", called))[0].platform == platform


def test_every_other_name_is_that_of_a_platform() -> None:
    assert set(CALLED.values()) <= set(NAMES)


def test_a_list_about_no_platform_tells_of_no_strange_hostname() -> None:
    assert missing(Entry("voorbeeld.nl", "netflix"), Entry("voorbeeld.nl")) == []


def test_a_hostname_under_ours_may_be_for_something_else() -> None:
    assert missing(Entry("pixel7.facebook.com")) == [
        Missing("facebook", "pixel7.facebook.com", EMBED, APP)
    ]


def test_advertising_under_ours_is_for_something_else_whatever_its_name() -> None:
    assert missing(Entry("shop.pinterest.com", "pinterest", is_advertising=True)) == [
        Missing("pinterest", "shop.pinterest.com", EMBED, APP)
    ]


def test_what_is_not_counted_as_use_is_as_good_as_what_is_suggested() -> None:
    assert missing(Entry("cdn.connect.facebook.net")) == []


def test_what_has_an_entry_of_its_own_was_decided() -> None:
    assert missing(Entry("graph.facebook.com"), Entry("fbstatic-a.akamaihd.net", "facebook")) == []


def test_a_platform_that_is_off_is_known_too() -> None:
    assert missing(Entry("web.whatsapp.com", "whatsapp")) == []


def test_what_the_overlay_has_or_takes_out_was_decided() -> None:
    entries = (Entry("een.nl", "x"), Entry("a.twee.nl", "x"), Entry("drie.nl", "x"))
    decided = with_overlay("x app een.nl\n- twee.nl\n- x.com\n")
    assert hostnames(missing(*entries, Entry("pixel.x.com"), known=decided)) == ["drie.nl"]


def test_what_we_leave_out_on_purpose_is_not_missing() -> None:
    assert missing(Entry("facebok.com", "facebook"), Entry("wordpress.org", "wordpress")) == []


def test_a_hostname_is_missing_once() -> None:
    assert len(missing(Entry("een.nl", "x"), Entry("een.nl", "twitter"))) == 1


@given(st.lists(st.builds(Entry, st.text(), st.text(), st.booleans())))
def test_nothing_in_a_list_raises(entries: list[Entry]) -> None:
    for found in compare(entries, KNOWN):
        assert found.platform in NAMES

"""Whose a shared hostname is: its sharer's whose own hostnames speak around it, or nobody's."""

import pytest

from monitor.activity.attribution import (
    CLEAR_FACTOR,
    MIN_OWN,
    SLOTS_AROUND,
    Candidates,
    attribute,
)
from monitor.activity.platform_traffic import HALF_MINUTE, PlatformTraffic
from monitor.catalogue import HostnameRole

FBCDN = ("facebook", "instagram", "threads")
TIKTOKCDN = ("tiktok", "capcut", "lemon8")


def use(role: HostnameRole, *seen: tuple[int, int]) -> PlatformTraffic:
    """Give what was seen: (half minute, kilobytes)."""
    found = PlatformTraffic()
    for half_minute, kilobytes in seen:
        found.add(HALF_MINUTE * half_minute, role, 0, 1_000 * kilobytes)
    return found


def own(*seen: tuple[int, int]) -> PlatformTraffic:
    return use(HostnameRole.APP, *seen)


def shared(*seen: tuple[int, int]) -> PlatformTraffic:
    return use(HostnameRole.MEDIA, *seen)


def media(uses: dict[Candidates, PlatformTraffic]) -> dict[str, list[tuple[int, int]]]:
    """Give what was settled: half minutes and kilobytes, apart from what was each one's own."""
    before = {name: use.own_kilobytes for (name, *others), use in uses.items() if not others}
    return {
        name: [
            (slot, kilobytes)
            for slot, kilobytes in use.own_kilobytes.items()
            if slot not in before[name]
        ]
        for name, use in attribute(uses).items()
    }


def test_it_is_of_the_one_whose_own_names_are_contacted() -> None:
    uses = {("instagram",): own((0, 60)), FBCDN: shared((3, 500))}
    assert media(uses) == {"instagram": [(3, 500)]}


def test_the_files_own_platform_gets_it_on_the_same_terms() -> None:
    uses = {("facebook",): own((0, 60)), FBCDN: shared((3, 500))}
    assert media(uses) == {"facebook": [(3, 500)]}


def test_alone_it_is_nobodys() -> None:
    assert media({FBCDN: shared((3, 500))}) == {}


def test_where_both_speak_it_is_undecided() -> None:
    both = {("instagram",): own((0, 60)), ("facebook",): own((1, 50)), FBCDN: shared((3, 500))}
    assert media(both) == {"instagram": [], "facebook": []}


def test_a_poll_beside_somebodys_use_does_not_speak() -> None:
    polled = {
        ("instagram",): own((0, CLEAR_FACTOR * 10)),
        ("facebook",): own((1, 10)),
        FBCDN: shared((3, 500)),
    }
    assert media(polled)["instagram"] == [(3, 500)]


def test_another_app_on_the_content_network_is_not_the_platform() -> None:
    """CapCut loads from TikTok's; TikTok polls in the pocket meanwhile."""
    capcut = {("tiktok",): own((0, MIN_OWN - 1)), TIKTOKCDN: shared((3, 5_000))}
    assert media(capcut) == {"tiktok": []}


def test_only_what_is_around_it_speaks() -> None:
    near = {("tiktok",): own((50, 90)), TIKTOKCDN: shared((50 + SLOTS_AROUND, 500))}
    far = {("tiktok",): own((50, 90)), TIKTOKCDN: shared((50 + SLOTS_AROUND + 1, 500))}
    assert media(near) == {"tiktok": [(50 + SLOTS_AROUND, 500)]}
    assert media(far) == {"tiktok": []}


@pytest.mark.parametrize("role", [HostnameRole.APP, HostnameRole.MEDIA])
def test_what_goes_up_is_settled_as_well(role: HostnameRole) -> None:
    """As what it is: an interface is reported to, a content network is not."""
    sent = PlatformTraffic()
    sent.add(30.0, role, 900_000, 1_000)
    up = attribute({("tiktok",): own((0, 60)), TIKTOKCDN: sent})["tiktok"].uploads
    assert up.app == ({1: 899} if role is HostnameRole.APP else {})
    assert up.media == ({1: 899} if role is HostnameRole.MEDIA else {})
    assert up.down == {0: 60, 1: 2}

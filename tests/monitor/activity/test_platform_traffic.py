"""What is kept of a device's traffic with a platform: kilobytes by half minute, and no more."""

from monitor.activity.platform_traffic import HALF_MINUTE, SLOTS, PlatformTraffic
from monitor.catalogue import HostnameRole

APP, MEDIA, EMBED = HostnameRole.APP, HostnameRole.MEDIA, HostnameRole.EMBED
BACKGROUND = HostnameRole.BACKGROUND


def add(traffic: PlatformTraffic, half_minute: int, role: HostnameRole, up: int, down: int) -> None:
    traffic.add(HALF_MINUTE * half_minute, role, 1_000 * up, 1_000 * down)


def test_kilobytes_are_kept_by_half_minute_and_role() -> None:
    traffic = PlatformTraffic()
    add(traffic, 1, APP, 2, 40)
    add(traffic, 1, APP, 0, 8)
    add(traffic, 1, MEDIA, 0, 300)
    add(traffic, 2, BACKGROUND, 1, 4)
    assert (traffic.app, traffic.media, traffic.background) == ({1: 50}, {1: 300}, {2: 5})
    assert traffic.own_kilobytes == {1: 350, 2: 5}


def test_of_an_embed_only_the_half_minute_is_kept() -> None:
    traffic = PlatformTraffic()
    add(traffic, 3, EMBED, 5, 500)
    assert traffic.embedded == 1 << 3
    assert traffic.own_kilobytes == {}


def test_the_first_contact_is_that_of_the_app_or_its_content_in_any_order() -> None:
    traffic = PlatformTraffic()
    add(traffic, 1, BACKGROUND, 0, 40)
    add(traffic, 9, MEDIA, 0, 40)
    add(traffic, 5, APP, 0, 0)
    assert traffic.first_contact == 5 * HALF_MINUTE


def test_what_only_asked_for_a_download_is_no_upload() -> None:
    traffic = PlatformTraffic()
    add(traffic, 1, APP, 20, 1_000)
    add(traffic, 2, MEDIA, 40, 100)
    assert (traffic.uploads.app, traffic.uploads.media) == ({}, {2: 38})


def test_memory_does_not_grow_with_a_lesson() -> None:
    """Half minutes begin again after `SLOTS`, and a half minute has a largest amount."""
    traffic = PlatformTraffic()
    add(traffic, 1, MEDIA, 0, 10**9)
    add(traffic, SLOTS + 1, MEDIA, 0, 10**9)
    assert traffic.media == {1: 65_535}


def test_half_minutes_of_a_shared_hostname_can_be_given_to_the_platform_it_was() -> None:
    shared, own = PlatformTraffic(), PlatformTraffic()
    add(shared, 4, APP, 100, 50)
    for slot in shared.shared_slots:
        own.add_shared(slot)
    assert (own.app, own.media) == ({}, {4: 150})
    assert own.uploads.app == {4: 99}

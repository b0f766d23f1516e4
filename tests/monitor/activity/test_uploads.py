"""What only a photo, a film or a sound recording explains, and what else goes up."""

from monitor.activity.platform_traffic import (
    DOWN_PER_REQUEST,
    HALF_MINUTE,
    MIN_UPLOAD,
    SLOTS,
    PlatformTraffic,
)
from monitor.activity.uploads import BURST, MEDIA_BURST
from monitor.activity.uploads import has_uploaded as judge
from monitor.catalogue import HostnameRole

APP, MEDIA, BACKGROUND = HostnameRole.APP, HostnameRole.MEDIA, HostnameRole.BACKGROUND


def used(*seen: tuple[int, int, int], role: HostnameRole = APP) -> PlatformTraffic:
    """Give what was seen: (half minute, kilobytes up, kilobytes down)."""
    use = PlatformTraffic()
    for half_minute, up, down in seen:
        use.add(HALF_MINUTE * half_minute, role, 1_000 * up, 1_000 * down)
    return use


def has_sent(use: PlatformTraffic) -> bool:
    """Judge a device that is active anyway."""
    return judge(use, is_active=True)


OPENED = (9, 3, 80)
HALF = BURST // 2 + 5


def test_a_photo_from_an_app_that_was_opened() -> None:
    assert has_sent(used(OPENED, (10, BURST + 1, 1)))
    assert not has_sent(used(OPENED, (10, BURST - 1, 1)))


def test_a_voice_message_to_the_content_network() -> None:
    """Nothing reports there."""
    assert has_sent(used((10, MEDIA_BURST + 1, 1), role=MEDIA))
    assert not has_sent(used((10, MEDIA_BURST - 1, 1), role=MEDIA))
    assert not has_sent(used((10, MEDIA_BURST + 1, 1), role=APP))


def test_a_photo_of_which_a_part_goes_either_way() -> None:
    use = used(OPENED, (10, BURST - 20, 1))
    use.add(HALF_MINUTE * 10, MEDIA, 25_000, 1_000)
    assert has_sent(use)


def test_a_film_that_takes_minutes() -> None:
    assert has_sent(used(OPENED, *[(at, 4_000, 2) for at in range(10, 16)]))


def test_a_photo_that_falls_in_two_half_minutes() -> None:
    assert has_sent(used(OPENED, (10, HALF, 1), (11, HALF, 1)))
    assert has_sent(used((SLOTS - 2, 3, 80), (SLOTS - 1, HALF, 1), (SLOTS, HALF, 1)))


def test_what_an_app_in_a_pocket_reports_is_nothing_sent() -> None:
    """Nothing that is looked at comes down at about that time."""
    assert not judge(used((2, 3, 80), (10, BURST + 50, 5)), is_active=False)
    assert judge(used((9, 3, 80), (10, BURST + 50, 5)), is_active=False)


def test_who_looks_anyway_may_have_opened_the_app_long_before() -> None:
    """A conversation over the push connection, and a film beside it."""
    assert judge(used((2, 3, 80), (10, BURST + 50, 5)), is_active=True)


def test_reports_over_background_hostnames_are_nothing_sent() -> None:
    assert not has_sent(used(OPENED, (10, 900, 5), role=BACKGROUND))


def test_requests_of_a_whole_lesson_are_nothing_sent() -> None:
    for role in (APP, MEDIA):
        assert not has_sent(used(*[(at, 40, 3_000) for at in range(100)], role=role))


def test_what_asks_for_a_large_download_is_nothing_sent() -> None:
    kilobytes = MEDIA_BURST + MIN_UPLOAD
    assert not has_sent(used(OPENED, (10, kilobytes, DOWN_PER_REQUEST * kilobytes), role=MEDIA))


def test_a_photo_sent_between_clips() -> None:
    assert has_sent(used(OPENED, (10, 900, 12_000)))


def test_clips_on_another_connection_take_nothing_from_a_photo() -> None:
    use = used(OPENED, (10, BURST + 1, 1))
    use.add(HALF_MINUTE * 10, MEDIA, 2_000, 40_000_000)
    assert has_sent(use)

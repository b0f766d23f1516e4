"""What makes a device active, and what does not.

A day's half minutes are written as (which, kilobytes). The rule is about points: 4 kB are three,
512 kB are ten. They go into leaky buckets: 20.5 points are use, of which 2.5 leak out in a half
minute; or 14 of what the app says apart from the content network, of which 2 leak out.
"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.activity.active_use import (
    ALL_TRAFFIC,
    APP_TRAFFIC,
    MIN_APART,
    MIN_KILOBYTES,
    PUSH_TRAFFIC,
    LeakyBucket,
    is_active_use,
    overflows,
)
from monitor.activity.platform_traffic import HALF_MINUTE, SLOTS, PlatformTraffic
from monitor.catalogue import HostnameRole

APP, MEDIA, EMBED = HostnameRole.APP, HostnameRole.MEDIA, HostnameRole.EMBED
BACKGROUND = HostnameRole.BACKGROUND

type Seen = tuple[int, int, HostnameRole]


def is_active(*seen: Seen) -> bool:
    traffic = PlatformTraffic()
    for half_minute, kilobytes, role in seen:
        traffic.add(HALF_MINUTE * half_minute, role, 0, 1_000 * kilobytes)
    return is_active_use(traffic)


def every(step: int, kilobytes: int, role: HostnameRole = APP, until: int = 100) -> list[Seen]:
    return [(half_minute, kilobytes, role) for half_minute in range(0, until, step)]


def test_a_single_contact_is_not_use_however_much_it_carries() -> None:
    assert not is_active((0, 30_000, MEDIA))


def test_a_glance_of_half_a_minute_is_not_use() -> None:
    assert not is_active((0, 5_000, MEDIA), (0, 200, APP), (1, 900, MEDIA))


def test_a_minute_is_not_yet_use_however_much_it_carries() -> None:
    assert not is_active(*every(1, 60_000, MEDIA, until=2))


def test_clips_for_two_minutes_are_use() -> None:
    assert is_active(*every(1, 1_500, MEDIA, until=4))


def test_scrolling_in_every_half_minute_is_use_and_in_every_fifth_is_not() -> None:
    assert is_active(*every(1, 70, MEDIA, until=5))
    assert not is_active(*every(5, 70, MEDIA))


def test_a_conversation_of_three_minutes_is_use() -> None:
    assert is_active(*every(1, 16, until=5))
    assert not is_active(*every(1, 15, until=6))


@pytest.mark.parametrize("begins", [0, 1, SLOTS - 1])
def test_it_does_not_matter_when_a_conversation_begins(begins: int) -> None:
    assert is_active(*[(begins + at, 16, APP) for at in range(5)])
    assert not is_active(*[(begins + at, 15, APP) for at in range(6)])


def test_a_conversation_goes_on_where_a_half_minute_is_silent() -> None:
    assert is_active(*[(at, 16, APP) for at in (0, 1, 3, 4, 6, 7, 8)])
    assert not is_active(*[(at, 16, APP) for at in (0, 1, 5, 6, 10, 11, 15)])


def test_what_the_content_network_carries_takes_more_than_what_is_said_to_the_app() -> None:
    assert not is_active(*every(1, 16, MEDIA, until=5))
    assert is_active(*every(1, 16, APP, until=5))


def test_an_app_that_polls_every_minute_all_lesson_is_not_use() -> None:
    assert not is_active(*every(2, 15))


def test_an_app_that_polls_and_fetches_pictures_is_not_use() -> None:
    assert not is_active(*every(3, 12), (40, 600, MEDIA), (80, 600, MEDIA))


def test_keep_alives_of_an_idle_connection_are_not_use() -> None:
    assert not is_active(*every(1, MIN_KILOBYTES - 1))


def test_pushes_alone_are_not_use_however_many() -> None:
    assert not is_active(*every(1, 50, BACKGROUND))


def test_pushes_beside_what_an_app_loads_tell_of_a_conversation() -> None:
    pushes = every(1, 8, BACKGROUND, until=4)
    assert is_active((30, 60, APP), *pushes)
    assert not is_active((30, 19, APP), *pushes)
    assert not is_active((30, 60, APP), *pushes[:3])


def test_what_an_app_reports_once_is_no_conversation() -> None:
    assert not is_active((0, 60, APP), (30, 200, BACKGROUND), (50, 200, BACKGROUND))


def test_a_page_with_embeds_is_not_use() -> None:
    """The embedded posts load pictures as the app does, at the same time."""
    page = [
        (at, kilobytes, role)
        for at in range(0, 30, 3)
        for kilobytes, role in ((30, EMBED), (40, APP), (400, MEDIA))
    ]
    assert not is_active(*page)
    assert is_active(*[contact for contact in page if contact[2] is not EMBED], *every(3, 60))


def test_what_is_told_half_a_minute_after_its_embed_is_the_pages_too() -> None:
    after = [(at + 1, 400, MEDIA) for at in range(0, 60, 3)]
    before = [(at - 1, 400, MEDIA) for at in range(3, 63, 3)]
    page = [(62, MIN_APART, APP), *every(3, 30, EMBED, until=60)]
    assert is_active(*after, *before, (62, MIN_APART, APP))
    assert not is_active(*page, *after)


def test_what_an_app_reports_to_an_embed_does_not_hide_that_it_is_is_active() -> None:
    """An app that is used contacts the hostname of its own kit now and then."""
    assert is_active((3, 1, EMBED), (20, MIN_APART, APP), *every(1, 1_500, MEDIA, until=10))


def test_a_film_in_a_lessons_page_is_not_use() -> None:
    """It plays from the content network for minutes; the player's script comes from the site."""
    assert not is_active((0, 400, EMBED), (0, 42, APP), *every(1, 2_000, MEDIA, until=20))
    assert not is_active((0, 400, EMBED), (2, 90, APP), *every(1, 2_000, MEDIA, until=20))


def test_a_film_on_the_site_is_use_also_where_another_page_has_an_embed() -> None:
    film = every(1, 2_000, MEDIA, until=20)
    assert is_active((50, 30, EMBED), (0, MIN_APART, APP), *film)
    assert not is_active((50, 30, EMBED), (0, MIN_APART - 1, APP), *film)


def test_a_lesson_may_cross_the_bound_at_which_half_minutes_begin_again() -> None:
    begins = SLOTS - 2
    assert is_active(*[(begins + at, 1_500, MEDIA) for at in range(4)])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 99), st.integers(0, 3_000), st.sampled_from([APP, MEDIA, BACKGROUND])
        ),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sightings_does_not_matter(seen: list[Seen], random: Random) -> None:
    assert is_active(*seen) == is_active(*random.sample(seen, len(seen)))


@pytest.mark.parametrize("bucket", [ALL_TRAFFIC, APP_TRAFFIC, PUSH_TRAFFIC])
@given(
    kilobytes=st.dictionaries(st.integers(0, SLOTS // 2), st.integers(1, 3_000)),
    begins=st.integers(0, SLOTS - 1),
)
def test_a_bucket_fills_as_one_would_reckon_by_hand(
    bucket: LeakyBucket, kilobytes: dict[int, int], begins: int
) -> None:
    held, highest = 0.0, 0.0
    for slot in range(SLOTS // 2 + 1):
        carried = kilobytes.get(slot, 0)
        points = min(bucket.max_points, carried.bit_length()) if carried >= MIN_KILOBYTES else 0
        held = max(0.0, held + points - bucket.leak)
        highest = max(highest, held)
    seen = {(begins + slot) % SLOTS: carried for slot, carried in kilobytes.items()}
    assert overflows(seen, bucket) == (highest >= bucket.capacity)


@pytest.mark.parametrize("kilobytes", [10**6, 10**9])
def test_no_amount_is_too_large(kilobytes: int) -> None:
    assert not is_active((0, kilobytes, MEDIA), (0, kilobytes, MEDIA))

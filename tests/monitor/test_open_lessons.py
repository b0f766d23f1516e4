"""What devices do in the lessons of an hour, until it closes."""

from monitor.activity.device_use import MAX_CONNECTIONS
from monitor.catalogue import HostnameRole, Match
from monitor.evidence import Evidence
from monitor.locate import LessonUse
from monitor.open_lessons import OpenLessons
from monitor.snapshot import LessonFacts
from tests.cast import MONDAY, at

FIRST, SECOND = (
    LessonFacts(instance=f"1/{room}", day=MONDAY, period="1", layer="3 havo") for room in "ab"
)
LATER = LessonFacts(instance="2/a", day=MONDAY, period="2", layer="3 havo")


def use(
    device: int, lesson: LessonFacts = FIRST, platform: str = "x", minute: int = 40
) -> list[LessonUse]:
    return [
        LessonUse(
            device=device,
            match=Match(platform, HostnameRole.APP),
            lesson=lesson,
            layer="3 havo",
            timestamp=at(8, minute + after),
            up=0,
            down=1_100_000,
            opens_connection=True,
            kind=Evidence.SNI,
        )
        for after in range(4)
    ]


def counted(*uses: list[LessonUse]) -> OpenLessons:
    lessons = OpenLessons()
    for contact in (contact for contacts in uses for contact in contacts):
        if not lessons.count(contact):
            lessons.open(contact.lesson)
            lessons.count(contact)
    return lessons


def test_an_hour_leaves_each_device_once_with_its_platforms_in_order() -> None:
    lessons = counted(use(1, SECOND, "tiktok", minute=50), use(1), use(2, LATER))
    (device,) = lessons.close_hour(MONDAY, "1", lambda _: True).active
    assert (device.device, device.platforms, device.layer) == (1, ("x", "tiktok"), "3 havo")
    assert not lessons.has(FIRST.instance)
    assert lessons.has(LATER.instance)


def test_a_lesson_that_does_not_count_leaves_nothing() -> None:
    lessons = counted(use(1), use(2, SECOND))
    closed = lessons.close_hour(MONDAY, "1", lambda facts: facts is SECOND)
    assert [device.device for device in closed.active] == [2]
    assert not lessons.has(FIRST.instance)


def test_a_platform_that_is_forgotten_was_not_used() -> None:
    lessons = counted(use(1), use(1, platform="tiktok"))
    lessons.forget(FIRST.instance, {"x"})
    (device,) = lessons.close_hour(MONDAY, "1", lambda _: True).active
    assert (device.platforms, device.seen) == (("tiktok",), {"sni": 4})


def test_who_is_several_in_one_lesson_counts_in_none_of_the_day() -> None:
    lessons = counted(use(1), use(1, LATER), *[use(1, SECOND)] * (MAX_CONNECTIONS // 4 + 1))
    assert not lessons.is_one_device(1)
    closed = lessons.close_hour(MONDAY, "1", lambda _: True)
    assert (closed.active, closed.shared) == ([], [1])
    assert lessons.close_hour(MONDAY, "2", lambda _: True).active == []

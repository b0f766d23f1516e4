"""What a teacher's page says of a permission: in force or to come, known to the network or not."""

from dataclasses import replace

import pytest

from dashboards.teacher.lesson_exemptions import (
    DeliveryStatus,
    delivery_status,
    exemptions_of_lesson,
    find_equal_exemption,
)
from monitor.store import SensorStatus
from schedules.exemption import Exemption
from schedules.exemption_rules import grant_for_lesson
from tests.dashboards.people import NOW, TEACHES

LESSON = TEACHES["mul-now"]


def granted(*platforms: str, from_start: bool = True, now: float = NOW) -> Exemption:
    wanted = frozenset(platforms) if platforms else None
    given = grant_for_lesson(
        LESSON, teacher="MUL", platforms=wanted, now=now, from_start=from_start
    )
    return replace(given, number=1, version=7)


def sensor(version: int) -> SensorStatus:
    return SensorStatus("gateway", version, NOW)


@pytest.mark.parametrize(
    ("sensors", "expected"),
    [
        ([], DeliveryStatus.NO_SENSOR),
        ([sensor(6)], DeliveryStatus.WAITING),
        ([sensor(7)], DeliveryStatus.ACTIVE),
        ([sensor(8)], DeliveryStatus.ACTIVE),
        ([sensor(7), sensor(6)], DeliveryStatus.WAITING),
    ],
)
def test_it_is_active_only_when_every_running_sensor_has_read_it(
    sensors: list[SensorStatus], expected: DeliveryStatus
) -> None:
    assert delivery_status(7, sensors) is expected


def test_what_is_in_force_is_shown_with_its_platforms_as_people_write_them() -> None:
    [shown] = exemptions_of_lesson(LESSON, [granted("youtube", "x")], [sensor(7)], NOW)
    assert shown.titles == ("X (Twitter)", "YouTube")
    assert (shown.is_in_force, shown.delivery) == (True, DeliveryStatus.ACTIVE)
    assert shown.until == LESSON.end.timestamp()


def test_all_platforms_have_no_titles() -> None:
    [shown] = exemptions_of_lesson(LESSON, [granted()], [], NOW)
    assert shown.titles == ()


def test_before_the_lesson_it_is_to_come() -> None:
    early = LESSON.start.timestamp() - 60
    [shown] = exemptions_of_lesson(LESSON, [granted("x", now=early)], [], early)
    assert not shown.is_in_force


def test_what_is_over_revoked_or_of_another_lesson_is_not_shown() -> None:
    revoked = replace(granted("x"), revoked_at=NOW, revoked_by="MUL")
    other = replace(granted("x"), target="pie-now")
    assert exemptions_of_lesson(LESSON, [revoked, other], [], NOW) == ()
    assert exemptions_of_lesson(LESSON, [granted("x")], [], LESSON.end.timestamp()) == ()


def test_a_second_tap_finds_the_first() -> None:
    first = granted("youtube")
    same = frozenset({"youtube"})
    assert find_equal_exemption(LESSON, [first], same, NOW, from_start=True) is first
    assert find_equal_exemption(LESSON, [first], same, NOW, from_start=False) is first
    assert find_equal_exemption(LESSON, [first], None, NOW, from_start=True) is None
    later = granted("youtube", from_start=False)
    assert find_equal_exemption(LESSON, [later], same, NOW, from_start=True) is None

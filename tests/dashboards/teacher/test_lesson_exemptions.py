"""What a teacher's page says of a permission: in force or to come, known to the network or not."""

from dataclasses import replace

import pytest

from dashboards.teacher.lesson_exemptions import Heard, heard, is_allowed_already, of_lesson
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
        ([], Heard.NO_SENSOR),
        ([sensor(6)], Heard.WAITING),
        ([sensor(7)], Heard.ACTIVE),
        ([sensor(8)], Heard.ACTIVE),
        ([sensor(7), sensor(6)], Heard.WAITING),
    ],
)
def test_it_is_active_only_when_every_running_sensor_has_read_it(
    sensors: list[SensorStatus], expected: Heard
) -> None:
    assert heard(7, sensors) is expected


def test_what_is_in_force_is_shown_with_its_platforms_as_people_write_them() -> None:
    [shown] = of_lesson(LESSON, [granted("youtube", "x")], [sensor(7)], NOW)
    assert shown.titles == ("X (Twitter)", "YouTube")
    assert (shown.is_in_force, shown.heard) == (True, Heard.ACTIVE)
    assert shown.until == LESSON.end.timestamp()


def test_all_platforms_have_no_titles() -> None:
    [shown] = of_lesson(LESSON, [granted()], [], NOW)
    assert shown.titles == ()


def test_before_the_lesson_it_is_to_come() -> None:
    early = LESSON.start.timestamp() - 60
    [shown] = of_lesson(LESSON, [granted("x", now=early)], [], early)
    assert not shown.is_in_force


def test_what_is_over_revoked_or_of_another_lesson_is_not_shown() -> None:
    revoked = replace(granted("x"), revoked_at=NOW, revoked_by="MUL")
    other = replace(granted("x"), target="pie-now")
    assert of_lesson(LESSON, [revoked, other], [], NOW) == ()
    assert of_lesson(LESSON, [granted("x")], [], LESSON.end.timestamp()) == ()


def test_a_second_tap_finds_the_first() -> None:
    first = granted("youtube")
    same = frozenset({"youtube"})
    assert is_allowed_already(LESSON, [first], same, NOW, from_start=True) is first
    assert is_allowed_already(LESSON, [first], same, NOW, from_start=False) is first
    assert is_allowed_already(LESSON, [first], None, NOW, from_start=True) is None
    later = granted("youtube", from_start=False)
    assert is_allowed_already(LESSON, [later], same, NOW, from_start=True) is None

"""The exemptions of a lesson, as its teacher's page shows them; the store is not asked here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboards.school.platforms import platform_titles
from monitor.store import SensorStatus
from schedules.exemption import Exemption, ExemptionState
from schedules.lesson import Lesson

SHOWN_STATES = frozenset({ExemptionState.IN_FORCE, ExemptionState.TO_COME})


class DeliveryStatus(StrEnum):
    """Whether the sensors know of an exemption."""

    ACTIVE = "active"
    WAITING = "waiting"
    NO_SENSOR = "no sensor"


def delivery_status(version: int, running_sensors: Collection[SensorStatus]) -> DeliveryStatus:
    """Return whether every sensor that runs has read a version of the schedules."""
    if not running_sensors:
        return DeliveryStatus.NO_SENSOR
    is_read = all(sensor.version >= version for sensor in running_sensors)
    return DeliveryStatus.ACTIVE if is_read else DeliveryStatus.WAITING


@dataclass(frozen=True, slots=True)
class LessonExemption:
    """One exemption of a lesson, in force or to come."""

    exemption: Exemption
    titles: tuple[str, ...]
    """Of its platforms, as people write them; empty: all."""
    until: float
    """Seconds since 1970-01-01 UTC."""
    is_in_force: bool
    delivery: DeliveryStatus


def exemptions_of_lesson(
    lesson: Lesson,
    exemptions: Iterable[Exemption],
    running_sensors: Collection[SensorStatus],
    now: float,
) -> tuple[LessonExemption, ...]:
    """Return the exemptions of a lesson that are in force or to come, in their order."""
    return tuple(
        LessonExemption(
            exemption,
            platform_titles(exemption.platforms),
            lesson.end.timestamp(),
            exemption.state(lesson, now) is ExemptionState.IN_FORCE,
            delivery_status(exemption.version, running_sensors),
        )
        for exemption in exemptions
        if _is_shown(exemption, lesson, now)
    )


def find_equal_exemption(
    lesson: Lesson,
    exemptions: Iterable[Exemption],
    platforms: frozenset[str] | None,
    now: float,
    *,
    from_start: bool,
) -> Exemption | None:
    """Find the exemption that says the same: a second tap on a slow network grants nothing new."""
    for exemption in exemptions:
        if (
            _is_shown(exemption, lesson, now)
            and exemption.platforms == platforms
            and (exemption.is_from_start or not from_start)
        ):
            return exemption
    return None


def _is_shown(exemption: Exemption, lesson: Lesson, now: float) -> bool:
    is_of_lesson = exemption.target == lesson.instance
    return is_of_lesson and exemption.state(lesson, now) in SHOWN_STATES

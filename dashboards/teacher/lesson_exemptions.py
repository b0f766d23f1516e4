"""What is allowed in a lesson, as its teacher's page shows it; the store is not asked here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboards.school.platforms import platform_titles
from monitor.store import SensorStatus
from schedules.exemption import Exemption, ExemptionState
from schedules.lesson import Lesson


class Heard(StrEnum):
    """Whether the network knows of a permission."""

    ACTIVE = "active"
    WAITING = "waiting"
    NO_SENSOR = "no sensor"


def heard(version: int, running: Collection[SensorStatus]) -> Heard:
    """Say whether every sensor that runs has read a version of the schedules."""
    if not running:
        return Heard.NO_SENSOR
    is_read = all(sensor.version >= version for sensor in running)
    return Heard.ACTIVE if is_read else Heard.WAITING


@dataclass(frozen=True, slots=True)
class Permitted:
    """One permission of a lesson, in force or to come."""

    exemption: Exemption
    titles: tuple[str, ...]
    """Of its platforms, as people write them; empty: all."""
    until: float
    """Seconds since 1970-01-01 UTC."""
    is_in_force: bool
    heard: Heard


def of_lesson(
    lesson: Lesson,
    exemptions: Iterable[Exemption],
    running: Collection[SensorStatus],
    now: float,
) -> tuple[Permitted, ...]:
    """Give what is allowed in a lesson now or later, the newest first."""
    found = []
    for exemption in exemptions:
        state = exemption.state(lesson, now)
        if exemption.target == lesson.instance and state in {
            ExemptionState.IN_FORCE,
            ExemptionState.TO_COME,
        }:
            found.append(
                Permitted(
                    exemption,
                    platform_titles(exemption.platforms),
                    lesson.end.timestamp(),
                    state is ExemptionState.IN_FORCE,
                    heard(exemption.version, running),
                )
            )
    return tuple(found)


def is_allowed_already(
    lesson: Lesson,
    exemptions: Iterable[Exemption],
    platforms: frozenset[str] | None,
    now: float,
    *,
    from_start: bool,
) -> Exemption | None:
    """Find the permission that says the same: a second tap on a slow network grants nothing new."""
    for exemption in exemptions:
        if (
            exemption.target == lesson.instance
            and exemption.platforms == platforms
            and exemption.state(lesson, now) in {ExemptionState.IN_FORCE, ExemptionState.TO_COME}
            and (exemption.is_from_start or not from_start)
        ):
            return exemption
    return None

"""What stands on a teacher's page: the lesson of now, today's later ones, and next week's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string

from dashboards.school import clock
from dashboards.school.lessons import load_lessons
from dashboards.school.platforms import platforms_in_use
from dashboards.teacher.lesson_exemptions import LessonExemption, exemptions_of_lesson
from dashboards.teacher.lessons import current_lesson, lessons_on, same_lesson_next_week
from monitor.store import list_running_sensors
from schedules import store
from schedules.lesson import Lesson


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson, as it stands on the page."""

    lesson: Lesson
    start: datetime
    """On the school's clock, as `end` is."""
    end: datetime
    exemptions: tuple[LessonExemption, ...]

    @property
    def groups(self) -> str:
        """Who has the lesson."""
        return ", ".join(self.lesson.groups)

    @property
    def rooms(self) -> str:
        """Where it is."""
        return ", ".join(self.lesson.rooms)


@dataclass(frozen=True, slots=True)
class LessonPage:
    """The lessons that a teacher can exempt platforms in."""

    now: float
    """Seconds since 1970-01-01 UTC."""
    current: LessonCard | None
    has_begun: bool
    """Whether the current lesson has begun already."""
    later: tuple[LessonCard, ...]
    """Of today."""
    next_week: LessonCard | None
    """The current lesson, a week later."""


def load_lesson_page(code: str) -> LessonPage:
    """Load what stands on the page of the teacher with a code in the timetable.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    now, zone = clock.now(), clock.zone()
    taught = load_lessons(now).taught_by(code)
    today = lessons_on(taught, clock.today(), zone)
    current = current_lesson(today, now)
    later = [lesson for lesson in today if lesson is not current and lesson.end.timestamp() > now]
    next_week = same_lesson_next_week(taught, current, zone) if current else None
    shown = [lesson for lesson in (current, *later, next_week) if lesson]
    exemptions = store.list_exemptions_for(lesson.instance for lesson in shown)
    sensors = list_running_sensors(clock.machine_now())

    def card(lesson: Lesson) -> LessonCard:
        return LessonCard(
            lesson,
            lesson.start.astimezone(zone),
            lesson.end.astimezone(zone),
            exemptions_of_lesson(lesson, exemptions, sensors, now),
        )

    return LessonPage(
        now=now,
        current=card(current) if current else None,
        has_begun=bool(current and current.start.timestamp() <= now),
        later=tuple(card(lesson) for lesson in later),
        next_week=card(next_week) if next_week else None,
    )


def lesson_anchor(lesson: Lesson) -> str:
    """Return where a lesson stands on the page."""
    return f"les-{lesson.start.timestamp():.0f}"


@cache
def unticked_choices(_language: str) -> str:
    """Render the platforms, none of them ticked, once a language: they stand in every lesson."""
    return render_choices(())


def render_choices(ticked: Collection[str]) -> str:
    """Render the platforms to choose from, in the language that is active.

    Args:
        ticked: names of platforms, and `all`.
    """
    context = {"platforms": platforms_in_use().values(), "ticked": ticked}
    return render_to_string("teacher/choices.html", context)

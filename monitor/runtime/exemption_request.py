"""From what was asked on the command line to an exemption that the rules grant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches

import click

from monitor import catalogue
from monitor.configuration import Configuration
from schedules import store
from schedules.exemption import Exemption, ExemptionScope
from schedules.exemption_rules import grant_by_leadership, grant_for_lesson, teaches
from schedules.language import gettext as _
from schedules.lesson import Lesson
from schedules.local_time import parse_datetime
from schedules.problem import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionRequest:
    """What was asked, as it was typed."""

    teacher: str
    leadership: str
    lesson: str
    room: str
    layer: str
    school: bool
    platforms: tuple[str, ...]
    all_platforms: bool
    from_now: bool
    start: str
    end: str
    reason: str


class ExemptionGranter:
    """Grants what is asked, when its names are known and the rules allow it."""

    def __init__(self, settings: Configuration, now: float) -> None:
        self._settings = settings
        self._zone = settings.school.zone
        self._now = now
        self._today = datetime.fromtimestamp(now, self._zone).date()

    def grant(self, asked: ExemptionRequest) -> Exemption:
        """Give the exemption, not yet stored.

        Raises:
            click.UsageError: when the request does not say one thing, or a name is not known.
            ExemptionDenied: when the rules forbid it.
        """
        if bool(asked.teacher) == bool(asked.leadership):
            raise click.UsageError(_("Give --teacher or --leadership, and not both."))
        if asked.all_platforms == bool(asked.platforms):
            raise click.UsageError(_("Give --platform, once or more, or --all-platforms."))
        return self._for_teacher(asked) if asked.teacher else self._for_leadership(asked)

    def _for_teacher(self, asked: ExemptionRequest) -> Exemption:
        if asked.layer or asked.school or asked.start or asked.end:
            raise click.UsageError(
                _("--layer, --school, --from and --until are for the leadership.")
            )
        if bool(asked.lesson) == bool(asked.room):
            raise click.UsageError(
                _("A teacher gives --lesson, or --room for the lesson that is held there now.")
            )
        return grant_for_lesson(
            self._lesson(asked),
            teacher=asked.teacher,
            platforms=self._platforms(asked),
            now=self._now,
            from_start=not asked.from_now,
            reason=asked.reason,
        )

    def _for_leadership(self, asked: ExemptionRequest) -> Exemption:
        if asked.lesson or asked.from_now:
            raise click.UsageError(_("--lesson and --from-now are for teachers."))
        if not asked.end:
            raise click.UsageError(_("The leadership gives --until."))
        scope, target = self._place(asked)
        return grant_by_leadership(
            scope,
            target,
            by=asked.leadership,
            platforms=self._platforms(asked),
            start=self._moment(asked.start) if asked.start else self._now,
            end=self._moment(asked.end),
            now=self._now,
            reason=asked.reason,
        )

    def _lesson(self, asked: ExemptionRequest) -> Lesson:
        if asked.lesson:
            found = store.find_lesson(asked.lesson)
            if found is None:
                raise click.UsageError(
                    _("The lesson '{found}' is not in the timetable.", found=asked.lesson)
                )
            return found
        held = store.load_timetable(self._zone, self._today, self._today).lessons_at(
            asked.room, self._now
        )
        if not held:
            self._known("--room", asked.room, self._rooms())
            raise click.UsageError(_("No lesson is held in room {room} now.", room=asked.room))
        return next((lesson for lesson in held if teaches(asked.teacher, lesson)), held[0])

    def _place(self, asked: ExemptionRequest) -> tuple[ExemptionScope, str]:
        places = [bool(asked.room), bool(asked.layer), asked.school]
        if sum(places) != 1:
            raise click.UsageError(_("The leadership gives one of --room, --layer and --school."))
        if asked.room:
            return ExemptionScope.ROOM, self._known("--room", asked.room, self._rooms())
        if asked.school:
            return ExemptionScope.SCHOOL, ""
        return ExemptionScope.LAYER, self._known("--layer", asked.layer, self._layers())

    def _layers(self) -> list[str]:
        return [layer.name for layer in self._settings.layers]

    def _platforms(self, asked: ExemptionRequest) -> frozenset[str] | None:
        if asked.all_platforms:
            return None
        setting = self._settings.catalogue
        loaded = catalogue.load_catalogue(
            switched_on=setting.switched_on,
            switched_off=setting.switched_off,
            overlay=setting.overlay,
        )
        names = [platform.name for platform in loaded.platforms]
        return frozenset(self._known("--platform", each.lower(), names) for each in asked.platforms)

    def _rooms(self) -> set[str]:
        week = store.load_timetable(self._zone, self._today, self._today + timedelta(days=7))
        return {*week.rooms, *(place.room for place in self._settings.places)}

    def _known(self, what: str, found: str, names: Collection[str]) -> str:
        if found in names:
            return found
        close = get_close_matches(found, names, n=1)
        perhaps = _(" Did you mean {close}?", close=close[0]) if close else ""
        unknown = _("{what} '{found}' is not known.", what=what, found=found)
        raise click.UsageError(f"{unknown}{perhaps}")

    def _moment(self, text: str) -> float:
        try:
            return parse_datetime(text, self._today, self._zone).timestamp()
        except InvalidValue:
            raise click.UsageError(
                _("'{found}' is no time; 09:00 is one, or 2026-09-01 09:00.", found=text)
            ) from None

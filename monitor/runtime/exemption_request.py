"""Turns what was typed on the command line into an exemption that the rules allow."""

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
    """An exemption that is asked for, as it was typed."""

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
    """Makes the exemption of a request, when its names are known and the rules allow it."""

    def __init__(self, settings: Configuration, now: float) -> None:
        self._settings = settings
        self._zone = settings.school.zone
        self._now = now
        self._today = datetime.fromtimestamp(now, self._zone).date()

    def grant(self, request: ExemptionRequest) -> Exemption:
        """Return the exemption, which is not stored yet.

        Raises:
            click.UsageError: when the request does not say one thing, or a name is not known.
            ExemptionDenied: when the rules forbid it.
        """
        if bool(request.teacher) == bool(request.leadership):
            raise click.UsageError(_("Give --teacher or --leadership, and not both."))
        if request.all_platforms == bool(request.platforms):
            raise click.UsageError(_("Give --platform, once or more, or --all-platforms."))
        return self._for_teacher(request) if request.teacher else self._for_leadership(request)

    def _for_teacher(self, request: ExemptionRequest) -> Exemption:
        if request.layer or request.school or request.start or request.end:
            raise click.UsageError(
                _("--layer, --school, --from and --until are for the leadership.")
            )
        if bool(request.lesson) == bool(request.room):
            raise click.UsageError(
                _("A teacher gives --lesson, or --room for the lesson that is held there now.")
            )
        return grant_for_lesson(
            self._find_lesson(request),
            teacher=request.teacher,
            platforms=self._platforms(request),
            now=self._now,
            from_start=not request.from_now,
            reason=request.reason,
        )

    def _for_leadership(self, request: ExemptionRequest) -> Exemption:
        if request.lesson or request.from_now:
            raise click.UsageError(_("--lesson and --from-now are for teachers."))
        if not request.end:
            raise click.UsageError(_("The leadership gives --until."))
        scope, target = self._scope(request)
        return grant_by_leadership(
            scope,
            target,
            by=request.leadership,
            platforms=self._platforms(request),
            start=self._parse_time(request.start) if request.start else self._now,
            end=self._parse_time(request.end),
            now=self._now,
            reason=request.reason,
        )

    def _find_lesson(self, request: ExemptionRequest) -> Lesson:
        if request.lesson:
            lesson = store.find_lesson(request.lesson)
            if lesson is None:
                raise click.UsageError(
                    _("The lesson '{found}' is not in the timetable.", found=request.lesson)
                )
            return lesson
        lessons = store.load_timetable(self._zone, self._today, self._today).lessons_at(
            request.room, self._now
        )
        if not lessons:
            self._require_known("--room", request.room, self._rooms())
            raise click.UsageError(_("No lesson is held in room {room} now.", room=request.room))
        return next((lesson for lesson in lessons if teaches(request.teacher, lesson)), lessons[0])

    def _scope(self, request: ExemptionRequest) -> tuple[ExemptionScope, str]:
        given = [bool(request.room), bool(request.layer), request.school]
        if sum(given) != 1:
            raise click.UsageError(_("The leadership gives one of --room, --layer and --school."))
        if request.room:
            return ExemptionScope.ROOM, self._require_known("--room", request.room, self._rooms())
        if request.school:
            return ExemptionScope.SCHOOL, ""
        return ExemptionScope.LAYER, self._require_known("--layer", request.layer, self._layers())

    def _layers(self) -> list[str]:
        return [layer.name for layer in self._settings.layers]

    def _platforms(self, request: ExemptionRequest) -> frozenset[str] | None:
        if request.all_platforms:
            return None
        setting = self._settings.catalogue
        loaded = catalogue.load_catalogue(
            switched_on=setting.switched_on,
            switched_off=setting.switched_off,
            overlay=setting.overlay,
        )
        names = [platform.name for platform in loaded.platforms]
        return frozenset(
            self._require_known("--platform", name.lower(), names) for name in request.platforms
        )

    def _rooms(self) -> set[str]:
        week = store.load_timetable(self._zone, self._today, self._today + timedelta(days=7))
        return {*week.rooms, *(place.room for place in self._settings.places)}

    def _require_known(self, option: str, name: str, names: Collection[str]) -> str:
        if name in names:
            return name
        close = get_close_matches(name, names, n=1)
        perhaps = _(" Did you mean {close}?", close=close[0]) if close else ""
        unknown = _("{what} '{found}' is not known.", what=option, found=name)
        raise click.UsageError(f"{unknown}{perhaps}")

    def _parse_time(self, text: str) -> float:
        try:
            return parse_datetime(text, self._today, self._zone).timestamp()
        except InvalidValue:
            raise click.UsageError(
                _("'{found}' is no time; 09:00 is one, or 2026-09-01 09:00.", found=text)
            ) from None

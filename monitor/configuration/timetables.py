"""Where the timetable comes from, which days are school days, and when the bells ring."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import Day, LessonHour, LocalPath, Section, Text, Weekday
from schedules import calendar
from schedules.bells import NORMAL, SHORTENED, Bells, BellSchedule
from schedules.calendar import Region
from schedules.importers.formats import Format


class TimetableSource(Section):
    """One timetable: a server that is asked, or a file or folder that something writes to."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    """What its lessons are known by; two sources do not share a lesson."""
    format: Format = Field(strict=False)
    path: LocalPath | None = None
    """Of a file, or a folder of exports."""
    address: Text | None = None
    """Of a server: `https://school.zportal.nl`."""
    secret: LocalPath | None = None
    """A file with the token or password, readable by nobody else."""
    school: Text | None = None
    """What WebUntis calls the school, as in the address of its page after `?school=`."""
    user: Text | None = None
    """Who asks WebUntis."""
    branch: str = ""
    """Untis: whose bells ring, where branches have their own."""
    track: str = ""
    minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    """Between two looks at the source."""

    @property
    def server(self) -> tuple[str, Path]:
        """Its address, and the file of its secret; what is asked from a server has both."""
        return self.address or "", self.secret or Path()

    @property
    def account(self) -> tuple[str, str]:
        """The school and the user; what is asked from WebUntis has both."""
        return self.school or "", self.user or ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = [key for key in self._needed() if not getattr(self, key)]
        if missing:
            raise PydanticCustomError("source", f"for {self.format} also: {', '.join(missing)}")
        return self

    def _needed(self) -> tuple[str, ...]:
        match self.format:
            case Format.ZERMELO:
                return ("address", "secret")
            case Format.WEBUNTIS:
                return ("address", "secret", "school", "user")
            case _:
                return ("path",)


class FreeDays(Section):
    """Days in a row; of one day, `last` may be left out."""

    first: Day
    last: Day | None = None
    name: str = ""

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise PydanticCustomError("days", "a last day that is not before the first")
        return self

    @property
    def days(self) -> calendar.Days:
        """As the calendar knows them."""
        return calendar.Days(self.first, self.last or self.first, self.name)


class Calendar(Section):
    """Which days are school days."""

    region: Region | None = Field(default=None, strict=False)
    """Whose school holidays there are."""
    free: tuple[FreeDays, ...] = Field(default=(), strict=False)
    open: tuple[FreeDays, ...] = Field(default=(), strict=False)
    """School days in spite of a holiday."""
    shortened: tuple[Day, ...] = Field(default=(), strict=False)
    """Days with the bells of the variant `shortened`."""


class BellEntry(Section):
    """The lesson hours of some days."""

    hours: tuple[LessonHour, ...] = Field(min_length=1, strict=False)
    branch: str = ""
    track: str = ""
    variant: Text = NORMAL
    weekdays: tuple[Weekday, ...] = Field(default=(1, 2, 3, 4, 5, 6, 7), strict=False)


def bells(entries: tuple[BellEntry, ...]) -> Bells:
    """Give the bell schedules as the timetable knows them."""
    return Bells(_schedules(entries))


def _schedules(entries: tuple[BellEntry, ...]) -> Iterator[BellSchedule]:
    for entry in entries:
        yield BellSchedule(
            periods=entry.hours,
            branch=entry.branch,
            track=entry.track,
            variant=entry.variant,
            weekdays=frozenset(entry.weekdays),
        )


def school_calendar(given: Calendar) -> calendar.Calendar:
    """Give the school's calendar as the timetable knows it."""
    return calendar.Calendar(
        region=given.region,
        free=tuple(each.days for each in given.free),
        open=tuple(each.days for each in given.open),
        variants=calendar.shortened(given.shortened, SHORTENED),
    )

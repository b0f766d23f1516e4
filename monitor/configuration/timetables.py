"""Settings of the timetable: its sources, the school days, and the bells."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import Day, LessonHour, LocalPath, Section, Text, Weekday
from schedules import calendar
from schedules.bells import NORMAL, SHORTENED, Bells, BellSchedule
from schedules.calendar import Region
from schedules.importers import formats
from schedules.importers.importer import FileImporter, ServerImporter, TimetableImporter
from schedules.language import gettext, writing


def _known_format(name: str) -> str:
    if name not in formats.importers():
        names = [f"'{known}'" for known in formats.importers()]
        raise PydanticCustomError("format", writing.listing(names, either=True))
    return name


GENERAL_KEYS = ("name", "format", "minutes")
"""Keys of a source of any format."""
BELL_KEYS = ("branch", "track")
"""Keys of a source that names lesson hours alone."""


class TimetableSettings(Section):
    """One source of lessons: a server that is polled, or a file or folder of exports."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    """Marks its lessons; two sources do not share a lesson."""
    format: Annotated[str, AfterValidator(_known_format)]
    """The name of a timetable importer."""
    path: LocalPath | None = None
    """A file, or a folder of exports."""
    address: Text | None = None
    """A server, such as `https://school.zportal.nl`."""
    secret: LocalPath | None = None
    """A file with the token or password, readable by nobody else."""
    school: Text | None = None
    """What WebUntis calls the school, as in the address of its page after `?school=`."""
    user: Text | None = None
    """The account at WebUntis."""
    branch: str = ""
    """Untis: whose bells ring, where branches have their own."""
    track: str = ""
    minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    """Minutes between two polls of the source."""

    @property
    def importer(self) -> TimetableImporter:
        """The importer of its format."""
        return formats.importers()[self.format]

    @property
    def is_on_server(self) -> bool:
        """Whether it is asked from a server, and not read from files."""
        return isinstance(self.importer, ServerImporter)

    @property
    def export_path(self) -> Path:
        """Its file or folder; a source of files has one."""
        return self.path or Path()

    @property
    def server(self) -> tuple[str, Path]:
        """Its address, and the file with its secret; a source on a server has both."""
        return self.address or "", self.secret or Path()

    @property
    def account(self) -> tuple[str, str]:
        """The school and the user; a source in WebUntis has both."""
        return self.school or "", self.user or ""

    @model_validator(mode="after")
    def _refuse_keys_of_other_formats(self) -> Self:
        needs_bells = isinstance(self.importer, FileImporter) and self.importer.needs_bells
        bell_keys = BELL_KEYS if needs_bells else ()
        known = (*GENERAL_KEYS, *self.importer.required_settings, *bell_keys)
        unused = [key for key in type(self).model_fields if key not in known and getattr(self, key)]
        if unused:
            raise PydanticCustomError(
                "source",
                gettext(
                    "for {format} only: {names}; {unused} would be ignored, so take it out",
                    format=self.format,
                    names=", ".join(known),
                    unused=", ".join(unused),
                ),
            )
        return self

    @model_validator(mode="after")
    def _require_keys_of_format(self) -> Self:
        missing = [key for key in self.importer.required_settings if not getattr(self, key)]
        if missing:
            raise PydanticCustomError(
                "source",
                gettext("for {format} also: {names}", format=self.format, names=", ".join(missing)),
            )
        return self


class FreeDaysSettings(Section):
    """Consecutive days; for a single day, `last` may be left out."""

    first: Day
    last: Day | None = None
    name: str = ""

    @model_validator(mode="after")
    def _require_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise PydanticCustomError("days", gettext("a last day that is not before the first"))
        return self

    @property
    def days(self) -> calendar.NamedDays:
        """The same days as the calendar's type."""
        return calendar.NamedDays(self.first, self.last or self.first, self.name)


class CalendarSettings(Section):
    """Which days are school days."""

    region: Region | None = Field(default=None, strict=False)
    """The region whose school holidays apply."""
    free: tuple[FreeDaysSettings, ...] = Field(default=(), strict=False)
    open: tuple[FreeDaysSettings, ...] = Field(default=(), strict=False)
    """School days in spite of a holiday."""
    shortened: tuple[Day, ...] = Field(default=(), strict=False)
    """Days on which the bells of the variant `shortened` apply."""


class BellSettings(Section):
    """The lesson hours of some weekdays."""

    hours: tuple[LessonHour, ...] = Field(min_length=1, strict=False)
    branch: str = ""
    track: str = ""
    variant: Text = NORMAL
    weekdays: tuple[Weekday, ...] = Field(default=(1, 2, 3, 4, 5, 6, 7), strict=False)


def make_bells(settings: tuple[BellSettings, ...]) -> Bells:
    """Build the bell schedules that the timetable uses."""
    return Bells(_make_schedules(settings))


def _make_schedules(settings: tuple[BellSettings, ...]) -> Iterator[BellSchedule]:
    for schedule in settings:
        yield BellSchedule(
            periods=schedule.hours,
            branch=schedule.branch,
            track=schedule.track,
            variant=schedule.variant,
            weekdays=frozenset(schedule.weekdays),
        )


def make_calendar(settings: CalendarSettings) -> calendar.SchoolCalendar:
    """Build the school calendar that the timetable uses."""
    return calendar.SchoolCalendar(
        region=settings.region,
        free=tuple(entry.days for entry in settings.free),
        open=tuple(entry.days for entry in settings.open),
        variants=calendar.variants_of_days(settings.shortened, SHORTENED),
    )

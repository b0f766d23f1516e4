"""The declaration of a timetable importer, what it is given, and what it returns.

A module or package of `schedules.importers` declares itself as `IMPORTER`, an instance of
`FileImporter` or `ServerImporter`. `formats` finds it there, and everything else follows from it.
A declaration is loaded with every configuration, so its module imports large libraries only where
it uses them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import DateRange, SchoolCalendar
from schedules.lesson import Lesson
from schedules.outgoing.policy import OutgoingPolicy
from schedules.problem import Problem

_MAX_START_SIZE = 2_000
"""Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """Lessons, and everything in the source that did not become a lesson.

    With problems it cannot be applied. The lessons beside them are those that could be parsed.
    """

    format: str
    """What was recognised, for people: `Untis GPU001, ';' between cells, Windows-1252`."""
    lessons: tuple[Lesson, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong, with its place."""
    left_out: tuple[Problem, ...] = ()
    """What is right and still no lesson, with its place and the reason."""
    unreadable: tuple[Problem, ...] = ()
    """What should be a lesson and cannot be read, with its place: nothing is counted in it."""
    days: DateRange | None = None
    """The days that the source covers; None: those of the lessons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """What an importer knows of the school."""

    days: DateRange
    """The days to import, for formats that have no end of their own."""
    zone: ZoneInfo
    """The school's time zone."""
    bells: Bells = field(default_factory=Bells)
    """For formats that have periods without times."""
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)
    """For formats that have a week without dates."""
    policy: OutgoingPolicy = field(default_factory=OutgoingPolicy)
    """Where a server may be."""


type ExportFiles = Mapping[str, bytes]
"""The files of one export by name, the file that shows the format first. There is at least one."""


class Recognition(IntEnum):
    """How sure it is that a file has a format. The highest wins."""

    NO = 0
    FALLBACK = 1
    """Any file may have this format."""
    BY_NAME = 2
    BY_CONTENT = 3


def content_start(content: bytes) -> bytes:
    """Return the beginning of a file without its byte order mark and blanks, to recognise it by."""
    return content[:_MAX_START_SIZE].lstrip(b"\xef\xbb\xbf \t\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImporter:
    """A format of files, for `lesrust timetable import` and a `[[timetable]]` with a path."""

    name: str
    """In the configuration: `csv`."""
    title: str
    """In the documentation: `CSV`."""
    parse: Callable[[ExportFiles, ImportContext], ImportResult]
    """Parses an export. It never raises, whatever the bytes."""
    recognise: Callable[[str, bytes], Recognition]
    """Recognises a file by its name, without folder, and its content."""
    companions: str = ""
    """Glob of the files in a folder that make one export; empty: an export is one file."""
    feeds: str = ""
    """Glob of the files in a folder that are each an export and together the timetable, one a room
    for example; empty: of a folder the newest file is the export."""
    has_own_instances: bool = False
    """Whether the school itself identifies the lessons, so that no other source can clash."""
    needs_bells: bool = False
    """Whether nothing can be imported without `[[bells]]`."""
    required_settings: tuple[str, ...] = ("path",)
    """Keys that a `[[timetable]]` of this format must have."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServerAccess:
    """How a server is reached, from its `[[timetable]]`. It holds a secret, and shows nothing."""

    name: str
    """What to call it in problems."""
    address: str
    secret: str
    """A token or password."""
    school: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerImporter:
    """A kind of server, as a `[[timetable]]` with an address asks it."""

    name: str
    """In the configuration: `zermelo`."""
    title: str
    """In the documentation: `Zermelo`."""
    fetch: Callable[[ServerAccess, ImportContext], ImportResult]
    """Fetches the lessons on the days of the context; raises `ServerFailure`."""
    link: Callable[[str, str, OutgoingPolicy], str] | None = None
    """Trades an address and a code for a token, for `lesrust timetable link`; raises
    `ServerFailure`. None: the administrator writes the secret himself."""
    required_settings: tuple[str, ...] = ("address", "secret")
    """Keys that a `[[timetable]]` of this format must have."""


type TimetableImporter = FileImporter | ServerImporter

"""Which formats a timetable can have, and how a file shows its own."""

from enum import StrEnum
from pathlib import PurePath

from schedules.importers.untis import recognises as is_untis

_ZIP = b"PK\x03\x04"
_LOOKED_AT = 2_000
"""Bytes: what a format is known by stands at the beginning."""


class Format(StrEnum):
    """The timetables that can be read."""

    ZERMELO = "zermelo"
    WEBUNTIS = "webuntis"
    UNTIS = "untis"
    ICAL = "ical"
    CSV = "csv"
    EXCEL = "excel"

    @property
    def is_of_a_server(self) -> bool:
        """Whether it is asked from a server, and not read from a file."""
        return self in {Format.ZERMELO, Format.WEBUNTIS}


def of_file(name: str, content: bytes) -> Format:
    """Say which format a file has, by its name and its beginning; what is like none is CSV."""
    beginning = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(_ZIP):
        return Format.EXCEL
    if beginning[:15].upper() == b"BEGIN:VCALENDAR":
        return Format.ICAL
    if is_untis(PurePath(name).name, content):
        return Format.UNTIS
    return Format.CSV

"""Settings of the school: its layers, its places, what was decided about it, its catalogue."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from monitor.configuration.values import Line, LocalPath, Prefix, Section, Text, TimeZone
from monitor.place import PersonRole


class SchoolSettings(Section):
    """The school itself."""

    name: Text
    time_zone: TimeZone = "Europe/Amsterdam"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the school's bells."""
        return ZoneInfo(self.time_zone)


class LayerSettings(Section):
    """A year layer: its pupils on the roster, and the groups whose lessons are its lessons."""

    name: Text
    pupils: Annotated[int, Field(ge=0, le=10_000)]
    groups: tuple[Text, ...] = Field(default=(), strict=False)
    """Patterns such as `h3*`, as a shell matches names."""


class GroupsSettings(Section):
    """The groups of the timetable."""

    sizes: LocalPath | None = None
    """How many pupils each has: a CSV file, or a folder or archive of OneRoster."""


class PlaceSettings(Section):
    """Where the clients of some prefixes are."""

    prefixes: tuple[Prefix, ...] = Field(min_length=1, strict=False)
    room: Text
    layer: str = ""
    """Empty: the layer is that of the lesson's groups."""
    role: PersonRole = Field(default=PersonRole.PUPIL, strict=False)


class StaffSettings(Section):
    """Staff are counted only with the consent that the law asks for."""

    consent: str = ""
    """Where the consent of the medezeggenschapsraad's staff section is written down."""


class ApprovalSettings(Section):
    """What a school has to have settled before anything is counted: until then it is on trial."""

    dpia: Line = ""
    """Where the DPIA is, and when it was adopted."""
    council: Line = ""
    """Where the decision of the medezeggenschapsraad is written down."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys that are not filled in."""
        return tuple(key for key, value in self if not value)


class CatalogueSettings(Section):
    """Changes to the catalogue that comes with Lesrust."""

    overlay: LocalPath | None = None
    switched_on: tuple[Text, ...] = Field(default=(), strict=False)
    switched_off: tuple[Text, ...] = Field(default=(), strict=False)

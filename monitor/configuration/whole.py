"""All of `lesrust.toml`."""

from pathlib import Path
from typing import Self

from pydantic import Field, PrivateAttr

from monitor.configuration.feeds import Attachments, Dhcp, Radius, Sender
from monitor.configuration.processes import Device, Gateway, Health, Metrics, Store, Watch
from monitor.configuration.school import Catalogue, Layer, PlaceEntry, School, Staff
from monitor.configuration.timetables import BellEntry, Calendar, TimetableSource
from monitor.configuration.values import Section
from monitor.configuration.web import Contact, Member, Provider, Web


class Configuration(Section):
    """All of `lesrust.toml`."""

    school: School
    layers: tuple[Layer, ...] = Field(default=(), alias="layer", strict=False)
    places: tuple[PlaceEntry, ...] = Field(default=(), alias="place", strict=False)
    attachments: Attachments = Attachments()
    timetables: tuple[TimetableSource, ...] = Field(default=(), alias="timetable", strict=False)
    calendar: Calendar = Calendar()
    bells: tuple[BellEntry, ...] = Field(default=(), strict=False)
    radius: Radius = Radius()
    senders: tuple[Sender, ...] = Field(default=(), alias="sender", strict=False)
    dhcp: Dhcp = Dhcp()
    staff: Staff = Staff()
    catalogue: Catalogue = Catalogue()
    gateway: Gateway = Gateway()
    watch: Watch = Watch()
    metrics: Metrics = Metrics()
    health: Health = Health()
    device: Device = Device()
    store: Store = Store()
    web: Web = Web()
    providers: tuple[Provider, ...] = Field(default=(), alias="provider", strict=False)
    members: tuple[Member, ...] = Field(default=(), alias="member", strict=False)
    contact: Contact = Contact()

    _path: Path | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path | None:
        """The file that it was read from; None: it was made otherwise."""
        return self._path

    def read_from(self, path: Path) -> Self:
        """Give the same, with the file that it was read from."""
        copied = self.model_copy()
        copied._path = path
        return copied

    @property
    def database(self) -> str:
        """The store's address: a path for SQLite, or `postgresql://…`."""
        return self.store.database

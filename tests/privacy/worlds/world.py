"""A world: all that reaches the sensor and the core from outside, each with whose doing it is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from addons.packets.frame_parser import FrameParser
from addons.packets.link_types import ETHERNET
from addons.packets.ports import DNS
from monitor.sighting import Sighting
from tests.cast import AMSTERDAM


class SchoolNetwork(StrEnum):
    """How a school's network is built, and what it tells of devices."""

    VLAN_A_ROOM = "VLAN a room, frames seen on the LAN"
    ROUTED_DHCP = "frames of a router, leases name the devices"
    OPTION_82 = "one VLAN, leases name room and device"
    DOT1X = "one VLAN, RADIUS names room and person"
    GATEWAY = "VLAN a room, the gateway's neighbour table names devices"


class Frame(NamedTuple):
    """A frame on the interface of a sensor."""

    data: bytes
    sensor: int = 0


class LeaseLine(NamedTuple):
    """A line in Kea's file of leases."""

    text: str
    is_ipv6: bool = False


class AccountingRecord(NamedTuple):
    """A record in FreeRADIUS's detail file."""

    text: str


class Contact(NamedTuple):
    """A connection that passes the gateway, which knows no frames."""

    sighting: Sighting


class NeighbourEntry(NamedTuple):
    """An entry of the gateway's neighbour table that is new, or another's by now."""

    message: bytes
    """As Linux tells it."""
    address: bytes


class Restart(NamedTuple):
    """The sensor process ends, and another begins."""


type Happening = Frame | LeaseLine | AccountingRecord | Contact | NeighbourEntry | Restart


class Event(NamedTuple):
    """Something that happens."""

    timestamp: float
    unit: str
    """The device, or the person, whose doing it is; empty for nobody's."""
    what: Happening

    @property
    def client(self) -> bytes:
        """The address that something was sent from; empty for a message, or for a server's."""
        match self.what:
            case Contact(sighting):
                return sighting.client
            case Frame(data):
                packet = FrameParser(ETHERNET).parse_frame(data, self.timestamp)
                return b"" if packet is None or packet.source_port == DNS else packet.source
        return b""


@dataclass(frozen=True)
class World:
    """What happens over some days, in the order of time."""

    network: SchoolNetwork
    events: tuple[Event, ...]
    description: str = ""
    """How to make it again."""
    timetable: int | None = None
    """Which timetable and exemptions, made by chance; None: a lesson in every room and hour."""

    @property
    def units(self) -> tuple[str, ...]:
        """Every device, or person, that does anything."""
        return tuple(dict.fromkeys(event.unit for event in self.events if event.unit))

    def without(self, unit: str) -> "World":
        """Return the world in which one device, or person, is not there.

        Everybody else's packets, addresses and messages are held fixed, as the promise has it: what
        an address server would have handed out instead is not part of it.
        """
        left = tuple(event for event in self.events if event.unit != unit)
        return replace(self, events=left, description=f"{self.description}, without {unit}")

    def without_day(self, unit: str, day: date) -> "World":
        """Return the world in which a device, or person, sends nothing on one day.

        What servers say of it stays, because that holds for days after too.
        """
        left = tuple(
            event
            for event in self.events
            if event.unit != unit
            or not isinstance(event.what, Frame | Contact)
            or datetime.fromtimestamp(event.timestamp, AMSTERDAM).date() != day
        )
        return replace(
            self, events=left, description=f"{self.description}, without {unit} on {day}"
        )

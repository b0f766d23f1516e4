"""The one configuration file, `lesrust.toml`, read into typed settings.

A wrong file is refused as a whole: every problem names the key, what was found and what is
allowed, so that an administrator can mend it without reading this.
"""

from monitor.configuration.feeds import Attachments, Dhcp, Radius, Sender
from monitor.configuration.processes import Device, Endpoint, Gateway, Health, Metrics, Store, Watch
from monitor.configuration.reading import LARGEST_FILE, read
from monitor.configuration.school import Catalogue, Layer, PlaceEntry, School, Staff
from monitor.configuration.timetables import BellEntry, Calendar, TimetableSource
from monitor.configuration.web import Contact, Member, Provider, Role, Web
from monitor.configuration.whole import Configuration

__all__ = [
    "LARGEST_FILE",
    "Attachments",
    "BellEntry",
    "Calendar",
    "Catalogue",
    "Configuration",
    "Contact",
    "Device",
    "Dhcp",
    "Endpoint",
    "Gateway",
    "Health",
    "Layer",
    "Member",
    "Metrics",
    "PlaceEntry",
    "Provider",
    "Radius",
    "Role",
    "School",
    "Sender",
    "Staff",
    "Store",
    "TimetableSource",
    "Watch",
    "Web",
    "read",
]

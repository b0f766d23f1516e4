"""Says for whom each file is that the configuration names: the store, and secrets, one by one.

Each service runs as a user of its own (`deploy/sysusers.d/`). All of them work in the store; a
secret is for the one that needs it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.configuration import Configuration

ADMINISTRATION = "lesrust"
"""The user as whom an administrator gives commands, and the group of all who use the store."""
GATEWAY = "lesrust-gateway"
WATCH = "lesrust-watch"
WEB = "lesrust-web"
TIMETABLE = "lesrust-timetable"
RETENTION = "lesrust-retention"
KEY = "lesrust-key"
"""The group of sensors and pages. With the school's secret the ones fingerprint settings and the
others sign; with the token of health the pages ask sensors how they are."""
OWNERS = frozenset({"root", ADMINISTRATION, GATEWAY, WATCH, WEB, TIMETABLE, RETENTION})
"""Whose files are Lesrust's; another's are left alone."""
GROUPS = OWNERS | {KEY, "lesrust-handover"}

SHARED_FOLDER = 0o2770
"""Setgid: what is made in it is the group's."""
SHARED_FILE = 0o660
READ_ONLY = 0o640
STORE_FILES = ("", "-wal", "-shm", "-journal", ".lock")
"""What SQLite, and who releases, put beside a store."""


@dataclass(frozen=True, slots=True)
class FileGrant:
    """A group that a file is for, besides its owner, and what it may do with it."""

    path: Path
    group: str
    mode: int
    is_folder: bool = False


def find_grants(settings: Configuration) -> Iterator[FileGrant]:
    """Say of each file that the configuration names for which service it is."""
    yield from _grant_store(settings.database)
    yield FileGrant(settings.web.secret, KEY, READ_ONLY)
    yield FileGrant(settings.health_token, KEY, READ_ONLY)
    sensor = WATCH if counts_by_itself(settings) else GATEWAY
    for sender in settings.senders:
        yield FileGrant(sender.secret, sensor, READ_ONLY)
    if private := settings.device.key or settings.device.certificate:
        yield FileGrant(private, sensor, READ_ONLY)
    for provider in settings.providers:
        yield FileGrant(provider.secret, WEB, READ_ONLY)
    for source in settings.timetables:
        if source.secret is not None:
            yield FileGrant(source.secret, TIMETABLE, READ_ONLY)


def counts_by_itself(settings: Configuration) -> bool:
    """Say whether the passive sensor has the core, and with it RADIUS and the device's page."""
    return bool(settings.watch.interfaces) and settings.watch.gateway is None


def _grant_store(database: str) -> Iterator[FileGrant]:
    if "://" in database:
        return
    yield FileGrant(Path(database).parent, ADMINISTRATION, SHARED_FOLDER, is_folder=True)
    for ending in STORE_FILES:
        yield FileGrant(Path(f"{database}{ending}"), ADMINISTRATION, SHARED_FILE)

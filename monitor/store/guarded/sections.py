"""Which settings take effect on figures only once a second person has confirmed them.

They are those that the promise and the floors rest on: who sets them alone could make a layer, a
place or a privacy loss that leaves one class. What is there is written as bytes that stay the same
while it means the same: whoever compares them learns that it changed, and not what it is.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from monitor.configuration import Configuration
from monitor.configuration.values import Section
from schedules.importers.group_sizes.one_roster import FILES

PRIVACY, IDENTITY, LAYERS, PLACES = "[privacy]", "[identity]", "[layer]", "[place]"
ATTACHMENTS = "attachments.file"
GROUP_SIZES = "groups.sizes"
RADIUS, DHCP = "[radius]", "[dhcp]"
TIME_ZONE = "school.time_zone"
GUARDED = (PRIVACY, IDENTITY, LAYERS, PLACES, ATTACHMENTS, GROUP_SIZES, RADIUS, DHCP, TIME_ZONE)
"""The names of what is guarded, as the audit has them."""
READ_AT_START = (ATTACHMENTS, RADIUS, DHCP)
"""What a process goes on with until it is restarted, whatever is reloaded."""
ABSENT = b"absent"


def guarded_settings(settings: Configuration) -> Mapping[str, bytes]:
    """Return what is guarded, by its name; what is as it is by default is left out of each."""
    return {
        PRIVACY: _write(settings.privacy),
        IDENTITY: _write(settings.identity),
        # Small layers are merged with their neighbours, so their order counts.
        LAYERS: b"\n".join(map(_write, settings.layers)),
        PLACES: b"\n".join(sorted(map(_write, settings.places))),
        ATTACHMENTS: _lines(settings.attachments.file),
        GROUP_SIZES: b"\n".join(map(_lines, _files_of_sizes(settings.groups.sizes))),
        RADIUS: _write_radius(settings),
        DHCP: _write_values({key: path.name for key, path in settings.dhcp if path is not None}),
        TIME_ZONE: settings.school.time_zone.encode(),
    }


def _write(section: Section) -> bytes:
    return _write_values(section.model_dump(mode="json", exclude_defaults=True))


def _write_values(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, sort_keys=True).encode()


def _write_radius(settings: Configuration) -> bytes:
    """Write who may say where devices are, and who of them is staff: the others are measured."""
    radius = settings.radius
    if not radius.is_on:
        return _write_values({})
    return _write_values(
        {
            "staff_classes": sorted(radius.staff_classes),
            "own_prefixes": radius.own_prefixes,
            "senders": sorted(str(sender.prefix) for sender in settings.senders),
            "listens": radius.listen is not None,
            "reads": radius.detail is not None,
        }
    )


def _files_of_sizes(path: Path | None) -> Sequence[Path | None]:
    """List the files that sizes of groups are read from: two of a folder of OneRoster."""
    return [path / name for name in FILES] if path is not None and path.is_dir() else [path]


def _lines(path: Path | None) -> bytes:
    """Return the lines of a file, in an order of their own; nothing where none is named."""
    try:
        lines = path.read_bytes().splitlines() if path else []
    except OSError:
        return ABSENT
    return b"\n".join(sorted({line.strip() for line in lines} - {b""}))

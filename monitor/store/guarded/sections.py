"""Which settings take effect on figures only once a second person has confirmed them.

They are those that the promise and the floors rest on: who sets them alone could make a layer, a
place or a privacy loss that leaves one class. What is there is written as bytes that stay the same
while it means the same: whoever compares them learns that it changed, and not what it is.
"""

import json
from collections.abc import Mapping

from monitor.configuration import Configuration
from monitor.configuration.values import Section

PRIVACY, IDENTITY, LAYERS, PLACES = "[privacy]", "[identity]", "[layer]", "[place]"
ATTACHMENTS = "attachments.file"
GUARDED = (PRIVACY, IDENTITY, LAYERS, PLACES, ATTACHMENTS)
"""The names of what is guarded, as the audit has them."""
ABSENT = b"absent"


def guarded_settings(settings: Configuration) -> Mapping[str, bytes]:
    """Return what is guarded, by its name; what is as it is by default is left out of each."""
    return {
        PRIVACY: _write(settings.privacy),
        IDENTITY: _write(settings.identity),
        # Small layers are merged with their neighbours, so their order counts.
        LAYERS: b"\n".join(map(_write, settings.layers)),
        PLACES: b"\n".join(sorted(map(_write, settings.places))),
        ATTACHMENTS: _lines(settings),
    }


def _write(section: Section) -> bytes:
    values = section.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(values, sort_keys=True).encode()


def _lines(settings: Configuration) -> bytes:
    """Return the lines of the mapping file, in an order of their own."""
    path = settings.attachments.file
    try:
        lines = path.read_bytes().splitlines() if path else []
    except OSError:
        return ABSENT
    return b"\n".join(sorted({line.strip() for line in lines} - {b""}))

"""Audits which settings were changed, and when: by their names, never by their values.

The store keeps a keyed digest of each section of `lesrust.toml`, and of each file that decides what
is counted. The key is derived from the school's secret, which does not
stand in the store: whoever reads the store cannot try values against a digest. Where there is no
secret that this process can read, nothing is remembered.

The time of an entry is when a process began to work with the change, by its own clock: a file's
modification time can be set by whoever changed it. Who is answerable is the owner of the
file, as the system says; who typed it the system does not know.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from monitor.configuration import Configuration
from monitor.store.settings_key import load_settings_key
from schedules import store
from schedules.problem import Refused

MAX_NAME_LENGTH = 100
ABSENT = b"absent"


def record_setting_changes(settings: Configuration, now: float) -> tuple[str, ...]:
    """Audit what has changed since a configuration was last audited, and return the names.

    Raises:
        OSError: when the file cannot be read any more.
        django.db.DatabaseError: when the store cannot be written.
    """
    path = settings.path
    if path is None:
        return ()
    try:
        key = load_settings_key(settings.web.secret, b"lesrust settings")
    except Refused:
        return ()
    files = dict(_files(settings))
    parts = {**_sections(path), **{name: _content(file) for name, file in files.items()}}
    return store.record_configuration(
        {name: key.fingerprint(name, part) for name, part in parts.items()},
        keyed_by=key.name,
        by=lambda name: name_owner(files.get(name, path)),
        now=now,
    )


def _sections(path: Path) -> Mapping[str, bytes]:
    """Return each section, written so that the same values give the same bytes."""
    data = tomllib.loads(path.read_text("utf-8"))
    return {
        f"[{name}]": json.dumps(value, sort_keys=True, default=str).encode()
        for name, value in data.items()
    }


def _files(settings: Configuration) -> Iterator[tuple[str, Path]]:
    if settings.attachments.file is not None:
        yield "attachments.file", settings.attachments.file
    if settings.groups.sizes is not None:
        yield "groups.sizes", settings.groups.sizes
    if settings.catalogue.overlay is not None:
        yield "catalogue.overlay", settings.catalogue.overlay


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return ABSENT


def name_owner(path: Path) -> str:
    """Name who is answerable for a file, as the system says."""
    try:
        return path.owner()[:MAX_NAME_LENGTH]
    except KeyError:
        return f"user {path.stat().st_uid}"
    except OSError:
        return "unknown"

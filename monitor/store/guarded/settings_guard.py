"""Holds what a sensor process works with against what was confirmed.

What it works with is what it has read, and not what the file says now: the places of the mapping
file, and what RADIUS and DHCP may say, are read at the start, so another, or the old one put back,
changes nothing before a restart.
"""

import time
from contextlib import suppress

from monitor.configuration import Configuration
from monitor.store.guarded import confirmations
from monitor.store.guarded.confirmations import Fingerprints
from monitor.store.guarded.sections import READ_AT_START
from schedules.problem import Refused
from schedules.secret import create_secret_if_missing


class SettingsGuard:
    """The guarded settings of one process.

    Args:
        configuration: the school's, as the process starts with it.
    """

    def __init__(self, configuration: Configuration) -> None:
        if configuration.path is not None:
            with suppress(Refused):  # it is said, and there are no figures
                create_secret_if_missing(configuration.web.secret)
        self._configuration = configuration
        self._started_with = self._fingerprints = _take(configuration)

    def reload(self, configuration: Configuration) -> None:
        """Work with another configuration."""
        self._configuration = configuration
        self._fingerprints = _take(configuration)

    def record_baseline(self) -> None:
        """Take the configuration for confirmed, where the store is new.

        Raises:
            django.db.DatabaseError: when the store cannot be written.
        """
        if self._fingerprints is not None:
            # By the clock of this machine, also in a simulation: it is about this process.
            confirmations.record_baseline(self._configuration, self._fingerprints, time.time())

    def find_unconfirmed(self) -> tuple[str, ...]:
        """Name what was changed and not confirmed.

        Raises:
            django.db.DatabaseError: when the store does not answer.
        """
        if self._configuration.path is None:
            return ()
        if self._fingerprints is None or self._started_with is None:
            return (confirmations.SECRET,)
        changed = confirmations.compare_with_confirmed(self._fingerprints).changed
        return changed or _find_other_than_at_start(self._started_with, self._fingerprints)


def _find_other_than_at_start(before: Fingerprints, now: Fingerprints) -> tuple[str, ...]:
    return tuple(name for name in READ_AT_START if before.by_name[name] != now.by_name[name])


def _take(configuration: Configuration) -> Fingerprints | None:
    try:
        return confirmations.take_fingerprints(configuration)
    except Refused:
        return None

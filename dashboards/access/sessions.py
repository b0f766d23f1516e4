"""Sessions that are over are deleted: who signed in, and when, is not kept."""

import time
from contextlib import suppress
from threading import Thread

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections
from django.utils import timezone

INTERVAL = 3_600.0
"""Seconds."""


def delete_expired_sessions() -> int:
    """Delete the sessions that are over, and return how many that were.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted


def start_cleanup() -> None:
    """Delete them now and every hour, in a thread, for as long as the process lives."""
    Thread(target=_clean_up, name="lesrust-sessions", daemon=True).start()


def _clean_up() -> None:
    while True:
        with suppress(DatabaseError):  # the store is away: in an hour it is tried again
            delete_expired_sessions()
        connections.close_all()
        time.sleep(INTERVAL)

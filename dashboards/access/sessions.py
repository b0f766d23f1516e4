"""What is over is deleted: who signed in, who tried to, and when, is not kept."""

import time
from contextlib import suppress
from threading import Thread

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections
from django.utils import timezone

from dashboards.access.store_cache import delete_expired_entries

INTERVAL = 60.0
"""Seconds."""


def delete_expired_sessions() -> int:
    """Delete the sessions that are over, and return how many that were.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted


def start_cleanup() -> None:
    """Delete what is over, now and every minute, in a thread, for as long as the process lives."""
    Thread(target=_clean_up, name="lesrust-sessions", daemon=True).start()


def _clean_up() -> None:
    while True:
        with suppress(DatabaseError):  # the store is away: in a minute it is tried again
            delete_expired_sessions()
            delete_expired_entries(timezone.now())
        connections.close_all()
        time.sleep(INTERVAL)

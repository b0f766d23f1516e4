"""Sessions that are over are deleted: who signed in, and when, is not kept."""

import time
from contextlib import suppress
from threading import Thread

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections
from django.utils import timezone

EVERY = 3_600.0
"""Seconds."""


def forget_expired() -> int:
    """Delete the sessions that are over, and say how many that were.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted


def keep_forgetting() -> None:
    """Do so now and every hour, beside the pages, for as long as the process lives."""
    Thread(target=_forget, name="lesrust-sessions", daemon=True).start()


def _forget() -> None:
    while True:
        with suppress(DatabaseError):  # the store is away: in an hour it is tried again
            forget_expired()
        connections.close_all()
        time.sleep(EVERY)

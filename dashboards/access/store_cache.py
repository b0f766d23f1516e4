"""Django's cache, kept in the store: who tried to sign in too often stays known over a restart.

Django's own cache in a database writes pickles, which run as code in whoever reads them, and makes
room by deleting whatever comes first in the alphabet, so that posts would take away what stops a
guesser. Here what is kept is JSON under a keyed hash, and what ends soonest makes room.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.utils import timezone

from dashboards.models import CacheEntry

MAX_ENTRIES = 100_000
"""About 30 MB. What is checked at once makes a fifth of it at most, in the time that it lasts."""
MADE_ROOM_FOR = 100
"""Entries that are deleted at once when it is full."""


class StoreCache(BaseCache):
    """Keeps values under keys that the store does not tell.

    A key can hold a client's address. The hash's key is made from the school's secret, which is not
    in the store: every process of the school finds what another wrote, and who reads the store, or
    a backup of it, cannot try all addresses.
    """

    def __init__(self, _location: str, parameters: Mapping[str, Any]) -> None:
        super().__init__(dict(parameters))
        self._max_entries: int = parameters.get("OPTIONS", {}).get("MAX_ENTRIES", MAX_ENTRIES)

    def make_key(self, key: str, version: int | None = None) -> str:
        """Return what stands in the store for a key."""
        text = f"{self.version if version is None else version}:{key}"
        return hmac.new(settings.CACHE_KEY, text.encode(), sha256).hexdigest()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under a key, unless it is over."""
        entries = CacheEntry.objects.filter(
            key=self.make_key(key, version), expires_at__gt=timezone.now()
        )
        entry = entries.first()
        return default if entry is None else entry.value

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value unless there is one, and return whether there was none: of two, one does."""
        name, now = self.make_key(key, version), timezone.now()
        self._make_room(now)
        with transaction.atomic():
            CacheEntry.objects.filter(key=name, expires_at__lte=now).delete()
            _, is_new = CacheEntry.objects.get_or_create(
                key=name, defaults={"value": value, "expires_at": self._end(now, timeout)}
            )
        return is_new

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value, in the place of what there was."""
        now = timezone.now()
        self._make_room(now)
        CacheEntry.objects.bulk_create(
            [CacheEntry(self.make_key(key, version), value, self._end(now, timeout))],
            update_conflicts=True,
            update_fields=["value", "expires_at"],
            unique_fields=["key"],
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete what is kept under a key, and say whether there was something."""
        deleted, _ = CacheEntry.objects.filter(key=self.make_key(key, version)).delete()
        return deleted > 0

    def clear(self) -> None:
        """Delete everything."""
        CacheEntry.objects.all().delete()

    def _end(self, now: datetime, timeout: float | None) -> datetime:
        if timeout is DEFAULT_TIMEOUT or timeout is None:  # nothing is kept for ever
            timeout = self.default_timeout
        return now + timedelta(seconds=float(timeout or 0))

    def _make_room(self, now: datetime) -> None:
        if CacheEntry.objects.count() < self._max_entries:
            return
        if delete_expired_entries(now):
            return
        soonest = CacheEntry.objects.order_by("expires_at").values_list("pk", flat=True)
        CacheEntry.objects.filter(pk__in=list(soonest[:MADE_ROOM_FOR])).delete()


def delete_expired_entries(now: datetime) -> int:
    """Delete what is over, and return how much that was.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    deleted, _ = CacheEntry.objects.filter(expires_at__lte=now).delete()
    return deleted

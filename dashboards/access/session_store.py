"""Django's sessions in the store, without what would let its reader in, and none for strangers.

What stands in the store is a hash of the key that a browser has: whoever reads the store, or a
backup of it, cannot be anybody. A session of nobody yet, such as one on its way to the school's
provider, travels signed in the browser's own cookie, so that asking for pages fills no table.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.utils import timezone

CARRIED_LIFETIME = timedelta(minutes=15)
"""As long as allauth waits for a second factor or the provider, and longer."""
HASH_LENGTH = 40
"""Of a column of Django's: 160 bits, as many as the key has."""
OWN_BYTES = 12
"""Of chance in what is carried, which make it one visitor's."""
_SALT = "dashboards.access.session_store"
_MARK = ":"
"""Of what is signed; a key in the store has none."""


class SessionStore(DatabaseSessionStore):
    """A session: of somebody in the store, of anybody else in her cookie."""

    def load(self) -> dict[str, Any]:
        """Return what was saved; what is over, or signed by nobody, is nothing."""
        if not _is_carried(self.session_key):
            return super().load()
        try:
            carried: tuple[str, dict[str, Any]] = signing.loads(
                self.session_key or "", salt=_SALT, max_age=CARRIED_LIFETIME
            )
        except signing.BadSignature:
            self._session_key = None
            return {}
        _, data = carried
        return data

    def save(self, must_create: bool = False) -> None:
        """Save where it belongs; a row of what is nobody's any more is deleted."""
        if self._is_somebodys():
            if self.session_key is None or _is_carried(self.session_key):
                self.create()
            else:
                super().save(must_create)
            return
        self.delete()
        # By chance alone: two visitors of one second may have the same, and each may sign in.
        own = token_urlsafe(OWN_BYTES)
        self._session_key = signing.dumps((own, dict(self.items())), salt=_SALT, compress=True)

    def create(self) -> None:
        """Begin with a new key; of nobody yet, it is made when the session is saved."""
        if self._is_somebodys():
            super().create()
        else:
            self._session_key = None
            self.modified = True

    def cycle_key(self) -> None:
        """Begin with a new key and the same data, as when somebody signs in.

        Raises:
            SuspiciousOperation: when what a cookie carried was used to sign in before.
        """
        carried = self.session_key if _is_carried(self.session_key) else None
        if carried and not cache.add(f"session {carried}", 1, CARRIED_LIFETIME.total_seconds()):
            raise SuspiciousOperation("a carried session was used twice")
        super().cycle_key()

    def exists(self, session_key: str) -> bool:
        """Return whether the store has a key."""
        return super().exists(_hash(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row of a key, else of this session; in a cookie there is nothing to delete."""
        key = session_key or self.session_key
        if key and not _is_carried(key):
            super().delete(_hash(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row of this session."""
        row = super().create_model_instance(data)
        row.session_key = _hash(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row of this session."""
        return self.create_model_instance(data)

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(
            session_key=_hash(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def _is_somebodys(self) -> bool:
        """Return whether somebody signed in, or gave her password and not yet her second factor."""
        return SESSION_KEY in self or LOGIN_SESSION_KEY in self


def _is_carried(key: str | None) -> bool:
    return key is not None and _MARK in key


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:HASH_LENGTH]

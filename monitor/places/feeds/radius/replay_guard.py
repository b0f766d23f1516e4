"""Refuses accounting that was heard before, also where it does not say when it was sent.

A message with an Event-Timestamp can be sent again for as long as that time may differ. One
without could be for ever: so it is remembered for as long as a session can last, and the sessions
that it is about only go forward. All that is remembered is hashed with a key of this process, and
there is a bound to it.
"""

from collections import OrderedDict
from typing import NamedTuple

from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius.message import AccountingMessage, AccountingStatus
from monitor.places.feeds.radius.sessions import MAX_MESSAGE_AGE

MAX_REMEMBERED = 50_000
"""Packets: hours of a large school. Only who knows the secret fills it, and after that a session
that is known still goes forward."""
MAX_SESSIONS = 50_000
"""Sessions whose progress is known."""
TIMED_FOR = 2 * MAX_MESSAGE_AGE
"""Seconds for which a message with a timestamp is known again: as long as that may differ, from
first to last."""


class _Progress(NamedTuple):
    """How far a session is."""

    elapsed: int
    """Seconds that it has lasted, at least."""
    is_over: bool
    heard_at: float


class ReplayGuard:
    """What was heard before.

    Args:
        forget_after: seconds for which a message without a timestamp is known again.
    """

    def __init__(self, forget_after: float) -> None:
        self._forget_after = forget_after
        self._hashes = SessionHasher()
        self._timed: OrderedDict[bytes, float] = OrderedDict()
        self._untimed: OrderedDict[bytes, float] = OrderedDict()
        self._sessions: OrderedDict[bytes, _Progress] = OrderedDict()

    def is_repeated(self, authenticator: bytes, now: float) -> bool:
        """Say whether a packet was heard before.

        Args:
            authenticator: its header, of which the authenticator is made of all that is in it.
            now: seconds since 1970-01-01 UTC.
        """
        digest = self._hashes.digest(authenticator)
        return (
            now - self._timed.get(digest, -TIMED_FOR) < TIMED_FOR
            or now - self._untimed.get(digest, -self._forget_after) < self._forget_after
        )

    def accept(self, authenticator: bytes, message: AccountingMessage | None, now: float) -> bool:
        """Remember a packet that is new, and say whether the session that it is about goes forward.

        Args:
            authenticator: its header.
            message: what it says; None: nothing of a session.
            now: seconds since 1970-01-01 UTC.
        """
        is_timed = message is None or message.timestamp is not None
        remembered = self._timed if is_timed else self._untimed
        remember(remembered, self._hashes.digest(authenticator), now, MAX_REMEMBERED)
        if message is None:
            return True
        if message.status in {AccountingStatus.ACCOUNTING_ON, AccountingStatus.ACCOUNTING_OFF}:
            return True
        return self._goes_forward(message, now)

    def _goes_forward(self, message: AccountingMessage, now: float) -> bool:
        session = self._hashes.digest(message.sender, message.session)
        known = self._sessions.get(session)
        is_known = known is not None and now - known.heard_at < self._forget_after
        elapsed = 0 if message.status is AccountingStatus.START else message.elapsed
        before = known.elapsed if known is not None and is_known else 0
        if known is not None and is_known and message.timestamp is None:
            goes_back = elapsed is not None and elapsed < before
            if known.is_over or goes_back:
                return False
        is_over = message.status is AccountingStatus.STOP
        remember(
            self._sessions,
            session,
            _Progress(before if elapsed is None else elapsed, is_over, now),
            MAX_SESSIONS,
        )
        return True


def remember[Key, Value](
    remembered: OrderedDict[Key, Value], key: Key, value: Value, max_size: int
) -> None:
    """Remember something as the latest, and forget the oldest where there are too many."""
    remembered[key] = value
    remembered.move_to_end(key)
    if len(remembered) > max_size:
        remembered.popitem(last=False)

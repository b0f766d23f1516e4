"""Polls the feeds in turn, and passes on what they report as one snapshot."""

from collections.abc import Callable, Sequence
from contextlib import closing
from selectors import EVENT_READ, DefaultSelector
from threading import Event

from monitor.health import Health
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Bindings
from monitor.places.feeds.feed import Feed

POLL_INTERVAL = 0.25
"""Seconds between two rounds in which nothing arrives, at most: files are looked at so often."""
MIN_INTERVAL = 0.02
"""Seconds between two rounds, at least. What arrives at a socket is taken up within this: an
address that passes to another device is the other's before that has said where it connects to."""
RETRY_AFTER = 5.0
"""Seconds for which a feed that failed is left alone."""
EXPIRY_INTERVAL = 60.0
"""Seconds between two expirations of what has ended."""
KEPT_AFTER_END = 120.0
"""Seconds for which what has ended is kept: a sighting can come later than the Stop."""


class FeedPoller:
    """All feeds of one process, and the table of what they reported.

    Args:
        feeds: those that are polled.
        swap_in: called with each new snapshot.
        clock: gives seconds since 1970-01-01 UTC.
        health: where failures are counted.
    """

    def __init__(
        self,
        feeds: Sequence[Feed],
        swap_in: Callable[[Bindings], None],
        clock: Callable[[], float],
        health: Health,
    ) -> None:
        self._feeds = feeds
        self._swap_in = swap_in
        self._clock = clock
        self._health = health
        self._table = BindingTable()
        self._swapped_in = self._table.snapshot()
        self._retry_at: dict[str, float] = {}
        self._expired_at = clock()

    def run(self, ends: Event) -> None:
        """Poll until the end, at once when something arrives."""
        with closing(DefaultSelector()) as arrivals:
            for feed in self._feeds:
                if hasattr(feed, "fileno"):
                    arrivals.register(feed.fileno(), EVENT_READ)
            while not ends.wait(MIN_INTERVAL):
                arrivals.select(POLL_INTERVAL - MIN_INTERVAL)
                self.poll()

    def poll(self) -> None:
        """Poll each feed once. Never raises: what a failing feed reported before stays."""
        now = self._clock()
        for feed in self._feeds:
            if self._retry_at.get(feed.name, now) <= now:
                self._poll_feed(feed, now)
        if not 0 <= now - self._expired_at < EXPIRY_INTERVAL:
            self._expired_at = now
            self._table.expire(now, kept=KEPT_AFTER_END)
        snapshot = self._table.snapshot()
        if snapshot is not self._swapped_in:
            self._swapped_in = snapshot
            self._swap_in(snapshot)

    def _poll_feed(self, feed: Feed, now: float) -> None:
        try:
            for event in feed.events(now):
                self._table.record(event)
        except Exception:  # noqa: BLE001 (whatever it is, the other feeds go on)
            self._retry_at[feed.name] = now + RETRY_AFTER
            self._health.count_feed_failure()

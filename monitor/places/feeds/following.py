"""Asks the feeds in turn, and gives what they told on as one snapshot."""

from collections.abc import Callable, Sequence
from threading import Event

from monitor.health import Health
from monitor.places.binding_table import Register
from monitor.places.bindings import Bindings
from monitor.places.feeds.feed import Feed

POLL = 0.25
"""Seconds between two rounds: a device is located well before it has loaded a page."""
RETRY = 5.0
"""Seconds for which a feed that failed is left alone."""
TIDY = 60.0
"""Seconds between two looks at what has ended."""
KEPT = 120.0
"""Seconds for which what has ended is kept: a sighting can come later than the Stop."""


class Following:
    """All feeds of one process, and the register of what they told.

    Args:
        feeds: what is asked.
        swap_in: takes each new snapshot.
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
        self._register = Register()
        self._shown = self._register.snapshot()
        self._left_alone: dict[str, float] = {}
        self._tidied = clock()

    def run(self, ends: Event) -> None:
        """Go round until the end."""
        while not ends.wait(POLL):
            self.look()

    def look(self) -> None:
        """Ask each feed once. Never raises: of a feed that fails, what it told before stands."""
        now = self._clock()
        for feed in self._feeds:
            if self._left_alone.get(feed.name, now) <= now:
                self._ask(feed, now)
        if not 0 <= now - self._tidied < TIDY:
            self._tidied = now
            self._register.expire(now, kept=KEPT)
        snapshot = self._register.snapshot()
        if snapshot is not self._shown:
            self._shown = snapshot
            self._swap_in(snapshot)

    def _ask(self, feed: Feed, now: float) -> None:
        try:
            for event in feed.events(now):
                self._register.take(event)
        except Exception:  # noqa: BLE001 (whatever it is, the other feeds go on)
            self._left_alone[feed.name] = now + RETRY
            self._health.count_feed_failure()

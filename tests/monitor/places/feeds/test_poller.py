"""Feeds are asked in turn, and what they told is swapped in as one snapshot."""

from collections import Counter
from collections.abc import Iterable
from socket import socketpair
from threading import Event as ThreadEvent
from threading import Thread

import pytest

from monitor.health import FeedOutcome, Health
from monitor.place import Place
from monitor.places.bindings import BindingEvent, Bindings, BindingSource, SessionEnd, SessionUpdate
from monitor.places.feeds import poller
from monitor.places.feeds.poller import EXPIRY_INTERVAL, KEPT_AFTER_END, RETRY_AFTER, FeedPoller

PHONE = bytes((10, 20, 4, 17))
ROOM = Place("B204")
NINE = 1_792_396_800.0


class Told:
    """A feed that tells what a test has put in it."""

    def __init__(self, name: str = "radius") -> None:
        self.name = name
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self.is_asked = False
        self.waiting: list[BindingEvent] = []
        self.fails = False
        self.asked = 0

    def events(self, now: float) -> Iterable[BindingEvent]:
        self.asked += 1
        if self.fails:
            raise OSError("away")
        told, self.waiting = self.waiting, []
        return told

    def close(self) -> None:
        pass


class Rounds:
    """A following whose clock is set by hand."""

    def __init__(self, *feeds: Told) -> None:
        self.now = NINE
        self.health = Health()
        self.snapshots: list[Bindings] = []
        self.following = FeedPoller(feeds, self.snapshots.append, lambda: self.now, self.health)

    def look(self, seconds: float = 0.25) -> None:
        self.now += seconds
        self.following.poll()

    def place(self) -> Place | None:
        bound = self.snapshots[-1].find(PHONE, self.now) if self.snapshots else None
        return bound.place if bound else None


def start(moment: float = NINE, until: float = NINE + 3600) -> SessionUpdate:
    return SessionUpdate(BindingSource.RADIUS, b"session", (PHONE,), ROOM, moment, until)


def test_what_a_feed_tells_is_in_the_next_snapshot() -> None:
    feed = Told()
    rounds = Rounds(feed)
    feed.waiting = [start()]
    rounds.look()
    assert rounds.place() == ROOM


def test_a_round_without_news_swaps_nothing_in() -> None:
    feed = Told()
    rounds = Rounds(feed)
    feed.waiting = [start()]
    rounds.look()
    rounds.look()
    assert len(rounds.snapshots) == 1


def test_a_feed_that_fails_is_counted_and_asked_again_later_and_the_others_go_on() -> None:
    broken, whole = Told("kea"), Told()
    broken.fails = True
    rounds = Rounds(broken, whole)
    whole.waiting = [start()]
    rounds.look()
    rounds.look()
    rounds.health.publish()
    assert rounds.place() == ROOM
    assert (broken.asked, whole.asked) == (1, 2)
    assert rounds.health.counts["feed_failures"] == 1
    rounds.look(RETRY_AFTER)
    assert broken.asked == 2


def test_a_binding_that_ended_is_kept_for_late_sightings_and_then_forgotten() -> None:
    feed = Told()
    rounds = Rounds(feed)
    feed.waiting = [start(), SessionEnd(BindingSource.RADIUS, b"session", NINE + 10)]
    rounds.look(20)
    assert rounds.snapshots[-1].find(PHONE, NINE + 5) is not None
    assert rounds.place() is None
    rounds.look(KEPT_AFTER_END + EXPIRY_INTERVAL)
    assert len(rounds.snapshots[-1]) == 0


def test_it_goes_round_until_the_end() -> None:
    feed = Told()
    ends = ThreadEvent()
    ends.set()
    Rounds(feed).following.run(ends)
    assert feed.asked == 0


class Arriving(Told):
    """A feed of what arrives at a socket."""

    def __init__(self) -> None:
        super().__init__()
        self.socket, self.sender = socketpair()
        self.was_asked = ThreadEvent()

    def fileno(self) -> int:
        return self.socket.fileno()

    def events(self, now: float) -> Iterable[BindingEvent]:
        self.socket.recv(10)
        self.was_asked.set()
        return super().events(now)

    def close(self) -> None:
        self.socket.close()
        self.sender.close()


def test_what_arrives_is_taken_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a round lasts: until then the address would be that of who had it before."""
    monkeypatch.setattr(poller, "POLL_INTERVAL", 3_600.0)
    feed, ends = Arriving(), ThreadEvent()
    feed.waiting = [start()]
    rounds = Rounds(feed)
    thread = Thread(target=rounds.following.run, args=(ends,))
    thread.start()
    feed.sender.send(b"x")
    assert feed.was_asked.wait(30)
    ends.set()
    feed.sender.send(b"x")
    thread.join()
    feed.close()
    assert rounds.place() == ROOM

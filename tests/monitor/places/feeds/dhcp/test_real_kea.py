"""A real Kea, with the settings that are shipped, read by its lease file and its control socket."""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, SessionEnd
from monitor.places.feeds.dhcp.kea_control import ASK_INTERVAL, KeaControlFeed
from monitor.places.feeds.dhcp.kea_leases import KeaLeaseFileFeed
from monitor.places.feeds.feed import Feed
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    OPTION_82,
    TABLET,
    heard,
    kea_settings,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.relay import obtain, relayed_network, release, renew, serving

pytestmark = [pytest.mark.network, pytest.mark.needs("kea-dhcp4")]


@contextmanager
def kea(folder: Path, *, cleans_up: int = 0) -> Iterator[None]:
    settings = folder / "kea.json"
    settings.write_text(kea_settings(folder, cleans_up=cleans_up))
    folders = {"KEA_PIDFILE_DIR": str(folder), "KEA_LOCKFILE_DIR": str(folder)}
    with relayed_network(), serving(["kea-dhcp4", "-c", str(settings)], "DHCP4_STARTED", **folders):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with kea(tmp_path):
        yield tmp_path


def both(folder: Path) -> tuple[KeaLeaseFileFeed, KeaControlFeed]:
    return KeaLeaseFileFeed(folder / "leases.csv", leases()), KeaControlFeed(
        folder / "kea.sock", leases()
    )


def test_a_lease(folder: Path) -> None:
    feeds: tuple[Feed, ...] = both(folder)
    assert [list(feed.events(time.time())) for feed in feeds] == [[], []]
    address = obtain(OPTION_82)
    for feed in feeds:
        now = time.time() + ASK_INTERVAL
        said = heard(*feed.events(now))
        assert (said.place, said.names) == (B204, TABLET)
        assert said.addresses == (bytes(map(int, address.split("."))),)
        assert now - ASK_INTERVAL - 60 < said.timestamp <= now - ASK_INTERVAL
        assert said.until == said.timestamp + 3600
        names_nobody(vars(feed), feed.counts)
        feed.close()
    written = (folder / "leases.csv").read_text()
    assert MAC in written
    assert HOSTNAME in written


def test_a_lease_that_is_renewed_past_the_relay_stays_where_it_was(folder: Path) -> None:
    address = obtain(OPTION_82)
    renew(address)
    for feed in both(folder):
        assert heard(*feed.events(time.time() + ASK_INTERVAL)).place == B204
        feed.close()


def test_a_lease_without_option_82_is_counted(folder: Path) -> None:
    obtain()
    for feed in both(folder):
        (event,) = feed.events(time.time() + ASK_INTERVAL)
        assert (heard(event).place, heard(event).names) == (None, TABLET)
        assert feed.counts == {FeedOutcome.WITHOUT_ROOM: 1}
        feed.close()


def test_a_lease_that_is_given_back_ends(folder: Path) -> None:
    feeds: tuple[Feed, ...] = both(folder)
    address = obtain(OPTION_82)
    before = [heard(*feed.events(time.time() + ASK_INTERVAL)) for feed in feeds]
    release(address)
    ends = time.monotonic() + 60
    for feed, said in zip(feeds, before, strict=True):
        later = time.time() + ASK_INTERVAL
        events: list[BindingEvent] = []
        while not events and time.monotonic() < ends:
            later += ASK_INTERVAL
            events = list(feed.events(later))
        (event,) = events
        assert isinstance(event, SessionEnd)
        assert event.session == said.session
        feed.close()


def test_a_clean_up_of_the_file_loses_no_lease(tmp_path: Path) -> None:
    """Kea sets the file aside every second here, and condenses it with a program of its own."""
    path, condensed = tmp_path / "leases.csv", tmp_path / "leases.csv.2"
    with kea(tmp_path, cleans_up=1):
        obtain(OPTION_82)
        ends = time.monotonic() + 60
        while not (condensed.exists() and MAC in condensed.read_text()):
            assert time.monotonic() < ends
            select.select([], [], [], 0.05)
        assert MAC not in path.read_text()
        feed = KeaLeaseFileFeed(path, leases())
        assert heard(*feed.events(time.time())).place == B204
        feed.close()

"""A real dnsmasq, with the script and the settings that are shipped."""

import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, SessionEnd
from monitor.places.feeds.dhcp.dnsmasq import MAX_MESSAGE_SIZE, DnsmasqScriptFeed
from monitor.places.feeds.dhcp.dnsmasq_leases import DnsmasqLeaseFileFeed
from monitor.places.feeds.dhcp.dnsmasq_script import SOCKET
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    DEPLOY,
    HOSTNAME,
    MAC,
    OPTION_82,
    REMOTE,
    TABLET,
    heard,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.relay import (
    PATIENCE,
    obtain,
    relayed_network,
    release,
    renew,
    serving,
)

pytestmark = [pytest.mark.network, pytest.mark.needs("dnsmasq")]
INSTALLED = "/usr/local/lib/lesrust/lesrust-dhcp-script"


@contextmanager
def dnsmasq(folder: Path) -> Iterator[None]:
    shipped = (DEPLOY / "dnsmasq" / "lesrust.conf").read_text()
    script = str(DEPLOY / "dnsmasq" / "lesrust-dhcp-script")
    assert INSTALLED in shipped
    settings = folder / "dnsmasq.conf"
    settings.write_text(shipped.replace(INSTALLED, script))
    options = ["no-daemon", "no-ping", "port=0", "user=root", "pid-file", "interface=here"]
    options += ["dhcp-range=10.99.0.100,10.99.0.150,1h", "dhcp-authoritative"]
    options += [f"conf-file={settings}", f"dhcp-leasefile={folder / 'leases'}"]
    command = ["dnsmasq", *(f"--{option}" for option in options)]
    environment = {
        SOCKET: str(folder / "feed"),
        "LESRUST_PYTHON": sys.executable,
        "PYTHONPATH": str(DEPLOY.parent),
    }
    with relayed_network(), serving(command, "DHCP, IP range", **environment):
        yield


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[DnsmasqScriptFeed]:
    feed = DnsmasqScriptFeed(tmp_path / "feed", leases())
    with dnsmasq(tmp_path):
        yield feed
    feed.close()


def told(feed: DnsmasqScriptFeed) -> BindingEvent:
    """Give what the script tells next."""
    assert select.select([feed], [], [], PATIENCE)[0]
    (event,) = feed.events(time.time())
    return event


def test_a_lease_renewed_and_given_back(feed: DnsmasqScriptFeed) -> None:
    address = obtain(OPTION_82)
    said = heard(told(feed))
    assert said.place == B204
    assert said.addresses == (bytes(map(int, address.split("."))),)
    assert time.time() < said.until <= time.time() + 3600
    ends = time.monotonic() + PATIENCE
    while not select.select([feed], [], [], 0.2)[0] and time.monotonic() < ends:
        renew(address)  # within the second that it was given in, nothing changes by it
    again = heard(told(feed))
    assert (again.place, again.session) == (B204, said.session)
    release(address)
    told_events = [told(feed)]
    while not isinstance(told_events[-1], SessionEnd):  # it was renewed more than once
        told_events.append(told(feed))
    assert told_events[-1].session == said.session
    assert feed.counts == {FeedOutcome.TAKEN: 2 + len(told_events)}
    names_nobody(vars(feed))


def test_the_file_says_how_long_a_lease_goes_on(tmp_path: Path) -> None:
    known = leases()
    script = DnsmasqScriptFeed(tmp_path / "feed", known)
    with dnsmasq(tmp_path):
        file = DnsmasqLeaseFileFeed(tmp_path / "leases", known)
        obtain(OPTION_82)
        said = heard(told(script))
        again = heard(*file.events(time.time()))
        assert (again.place, again.until) == (B204, said.until)
        assert said.names == again.names == TABLET
        written = (tmp_path / "leases").read_text()
        assert MAC in written
        assert HOSTNAME in written
        names_nobody(vars(file), file.counts)
    script.close()


def test_a_lease_without_option_82_is_counted(feed: DnsmasqScriptFeed) -> None:
    obtain()
    event = told(feed)
    assert (heard(event).place, heard(event).names) == (None, TABLET)
    assert feed.counts == {FeedOutcome.WITHOUT_ROOM: 1}


def test_no_datagram_has_a_hostname_in_it(tmp_path: Path) -> None:
    feed = DnsmasqScriptFeed(tmp_path / "feed", leases())
    with dnsmasq(tmp_path):
        obtain(OPTION_82)
        assert select.select([feed], [], [], PATIENCE)[0]
        content = feed._socket.recv(MAX_MESSAGE_SIZE)
    feed.close()
    assert REMOTE.encode() in content
    assert HOSTNAME.encode() not in content
    feed.close()

"""A real dnsmasq of DHCPv6, with the script and the settings that are shipped, and real clients."""

import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.health import FeedOutcome
from monitor.identity import NO_NAMES
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingEvent, SessionEnd
from monitor.places.feeds.dhcp.dnsmasq import DnsmasqScriptFeed
from monitor.places.feeds.dhcp.dnsmasq_leases import DnsmasqLeaseFileFeed
from monitor.places.feeds.dhcp.dnsmasq_script import SOCKET
from tests.monitor.places.feeds.dhcp.cast import (
    DEPLOY,
    MAC,
    TABLET,
    heard,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.client6 import (
    DUID_OF_MAC,
    DUID_OF_MAKER,
    DUID_OF_NOBODY,
    DUID_OF_WIRED,
    Client,
    await_that,
    clients,
)
from tests.monitor.places.feeds.dhcp.relay import PATIENCE, serving

pytestmark = [pytest.mark.network, pytest.mark.needs("dnsmasq", "dhclient")]
INSTALLED = "/usr/local/lib/lesrust/lesrust-dhcp-script"
SHORTEST = 120
"""Seconds: dnsmasq gives no shorter lease."""


@contextmanager
def dnsmasq(folder: Path) -> Iterator[None]:
    shipped = (DEPLOY / "dnsmasq" / "lesrust.conf").read_text()
    script = str(DEPLOY / "dnsmasq" / "lesrust-dhcp-script")
    assert INSTALLED in shipped
    settings = folder / "dnsmasq.conf"
    settings.write_text(shipped.replace(INSTALLED, script))
    options = ["no-daemon", "port=0", "user=root", "pid-file", "interface=here", "enable-ra"]
    options += [f"dhcp-range=fd00:204::100,fd00:204::150,64,{SHORTEST}"]
    options += [f"conf-file={settings}", f"dhcp-leasefile={folder / 'leases'}"]
    command = ["dnsmasq", *(f"--{option}" for option in options)]
    environment = {
        SOCKET: str(folder / "feed"),
        "LESRUST_PYTHON": sys.executable,
        "PYTHONPATH": str(DEPLOY.parent),
    }
    with serving(command, "router advertisement enabled", **environment):
        yield


class Feeds(NamedTuple):
    """Both feeds of dnsmasq, which share what turns leases into events."""

    script: DnsmasqScriptFeed
    file: DnsmasqLeaseFileFeed

    def told(self) -> BindingEvent:
        """Give what the script tells next that changes anything."""
        events: list[BindingEvent] = []
        while not events:
            assert select.select([self.script], [], [], PATIENCE)[0]
            events = list(self.script.events(time.time()))
        (event,) = events
        return event


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Feeds]:
    known = leases()
    script = DnsmasqScriptFeed(tmp_path / "feed", known)
    yield Feeds(script, DnsmasqLeaseFileFeed(tmp_path / "leases", known))
    names_nobody(vars(script), script.counts)
    script.close()


@contextmanager
def phone(folder: Path, duid: str = DUID_OF_NOBODY) -> Iterator[Client]:
    with clients(folder, duid, link_local="random") as client, dnsmasq(folder):
        yield client


@pytest.mark.parametrize(
    "duid",
    [
        pytest.param(DUID_OF_MAC, id="of-its-mac"),
        pytest.param(DUID_OF_WIRED, id="of-another-mac"),
        pytest.param(DUID_OF_MAKER, id="of-its-maker"),
        pytest.param(DUID_OF_NOBODY, id="by-chance"),
    ],
)
def test_a_lease_names_a_phone_whatever_its_duid(tmp_path: Path, feeds: Feeds, duid: str) -> None:
    """dnsmasq knows the MAC address of whom it answers, from the kernel."""
    with phone(tmp_path, duid) as client:
        address = client.obtain()
        said = heard(feeds.told())
        assert (said.addresses, said.names, said.place) == ((address,), TABLET, None)
        assert time.time() < said.until <= time.time() + SHORTEST
        assert feeds.script.counts == {FeedOutcome.TAKEN: 1}


def test_the_file_says_nothing_of_ipv6_and_takes_nothing_away(tmp_path: Path, feeds: Feeds) -> None:
    with phone(tmp_path, DUID_OF_MAC) as client:
        client.obtain()
        heard(feeds.told())
        await_that(lambda: MAC in (tmp_path / "leases").read_text())
        assert list(feeds.file.events(time.time())) == []
        client.release()
        assert isinstance(feeds.told(), SessionEnd)
        await_that(lambda: MAC not in (tmp_path / "leases").read_text())
        assert list(feeds.file.events(time.time())) == []
        assert feeds.file.counts == {}


def test_a_lease_is_given_back_and_given_anew(tmp_path: Path, feeds: Feeds) -> None:
    with phone(tmp_path) as client:
        client.obtain()
        first = heard(feeds.told())
        client.release()
        ended = feeds.told()
        assert isinstance(ended, SessionEnd)
        assert ended.session == first.session
        assert client.obtain() in first.addresses
        assert heard(feeds.told()).names == TABLET


def test_a_temporary_address_is_not_taken_for_the_device_s(tmp_path: Path, feeds: Feeds) -> None:
    with phone(tmp_path) as client:
        client.obtain("-T")
        event = feeds.told()
        assert isinstance(event, SessionEnd)
        assert feeds.script.counts == {FeedOutcome.WITHOUT_NAME: 1}
        assert " T" in (tmp_path / "leases").read_text()


def test_a_lease_that_outlives_a_restart_of_dnsmasq_keeps_its_name(
    tmp_path: Path, feeds: Feeds
) -> None:
    """dnsmasq reads its own file, which has no MAC address of IPv6, and runs its script again.

    Then the lease expires: it is made to end soon, because dnsmasq gives none that is so short.
    """
    with clients(tmp_path, DUID_OF_NOBODY, link_local="random") as client:
        with dnsmasq(tmp_path):
            address = client.obtain()
            first = heard(feeds.told())
            client.vanish()
        kept = (tmp_path / "leases").read_text()
        expires = next(line for line in kept.splitlines() if not line.startswith("duid")).split()[0]
        (tmp_path / "leases").write_text(kept.replace(expires, str(int(time.time()) + 3)))
        table, began = BindingTable(), time.time()
        table.record(first)
        with dnsmasq(tmp_path):
            ended = feeds.told()
            assert isinstance(ended, SessionEnd)
            assert ended.timestamp > began + 1
            assert feeds.script.counts[FeedOutcome.WITHOUT_NAME]
            assert table.snapshot().names_at(address, ended.timestamp - 1) == TABLET
            table.record(ended)
            assert table.snapshot().names_at(address, time.time()) == NO_NAMES

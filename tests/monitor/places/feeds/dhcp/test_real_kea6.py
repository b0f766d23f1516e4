"""A real Kea of DHCPv6, with the settings that are shipped, and real clients and a real relay."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from monitor.health import FeedOutcome
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.dhcp.kea6 import Kea6LeaseFileFeed
from monitor.places.feeds.dhcp.kea6_control import Kea6ControlFeed
from monitor.places.feeds.dhcp.kea_control import ASK_INTERVAL
from monitor.places.feeds.dhcp.leases import Lease
from monitor.places.feeds.dhcp.option82 import RelayInfo
from monitor.places.feeds.feed import Feed
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    DEPLOY,
    MAC,
    NAMING,
    REMOTE,
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
    SERVER,
    WIRED_MAC,
    Client,
    await_that,
    clients,
    relayed_clients,
)
from tests.monitor.places.feeds.dhcp.relay import serving

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("kea-dhcp6", "kea-lfc", "dhclient", "dnsmasq"),
]
type Network = Callable[..., AbstractContextManager[Client]]


def settings(folder: Path, lifetime: int, cleans_up: int, *, relayed: bool) -> dict[str, Any]:
    """Give the settings that are shipped, with what a test's server has beside them."""
    text = (DEPLOY / "kea" / "lesrust-kea-dhcp6.json").read_text()
    lines = [line for line in text.splitlines() if not line.strip().startswith("//")]
    whole: dict[str, Any] = json.loads("\n".join(lines))
    server = whole["Dhcp6"]
    server["lease-database"] |= {"name": str(folder / "leases6.csv"), "lfc-interval": cleans_up}
    server["control-socket"]["socket-name"] = str(folder / "kea.sock")
    interface = f"here/{SERVER}" if relayed else "here"
    where = {"relay": {"ip-addresses": ["fd00:204::1"]}} if relayed else {"interface": "here"}
    server |= {
        "interfaces-config": {"interfaces": [interface]},
        "server-id": {"type": "LL", "persist": False},
        "valid-lifetime": lifetime,
        "preferred-lifetime": lifetime,
        "expired-leases-processing": {"reclaim-timer-wait-time": 1},
        "subnet6": [
            {
                "id": 204,
                "subnet": "fd00:204::/64",
                "pools": [{"pool": "fd00:204::100-fd00:204::150"}],
                "pd-pools": [{"prefix": "fd00:300::", "prefix-len": 48, "delegated-len": 56}],
                **where,
            }
        ],
        "loggers": [
            {
                "name": "kea-dhcp6",
                "severity": "INFO",
                "output_options": [{"output": "stdout", "flush": True}],
            }
        ],
    }
    return whole


@contextmanager
def kea(
    folder: Path,
    network: Network,
    duid: str = DUID_OF_MAC,
    mac: str = MAC,
    *,
    link_local: str = "random",
    lifetime: int = 3600,
    cleans_up: int = 0,
    renews_after: int | None = None,
    mac_sources: Sequence[str] = (),
) -> Iterator[Client]:
    path = folder / "kea.json"
    whole = settings(folder, lifetime, cleans_up, relayed=network is relayed_clients)
    if renews_after:
        whole["Dhcp6"]["renew-timer"] = renews_after
    if mac_sources:
        whole["Dhcp6"]["mac-sources"] = mac_sources
    path.write_text(json.dumps(whole))
    folders = {"KEA_PIDFILE_DIR": str(folder), "KEA_LOCKFILE_DIR": str(folder)}
    with (
        network(folder, duid, mac, link_local=link_local) as client,
        serving(["kea-dhcp6", "-c", str(path)], "DHCP6_STARTED", **folders),
    ):
        yield client


@contextmanager
def file_feed(folder: Path) -> Iterator[Kea6LeaseFileFeed]:
    feed = Kea6LeaseFileFeed(folder / "leases6.csv", leases())
    yield feed
    names_nobody(vars(feed), feed.counts)
    feed.close()


def both_heard(folder: Path) -> Iterator[tuple[list[BindingEvent], Feed]]:
    """Give what the file and the socket say, to whoever begins to ask now."""
    with file_feed(folder) as file:
        for feed in (file, Kea6ControlFeed(folder / "kea.sock", leases())):
            yield list(feed.events(time.time())), feed


def next_event(feed: Kea6LeaseFileFeed) -> BindingEvent:
    """Give the next thing that Kea writes."""
    events: list[BindingEvent] = []

    def is_written() -> bool:
        events.extend(feed.events(time.time()))
        return bool(events)

    await_that(is_written)
    (event,) = events
    return event


def test_a_lease_names_a_phone_by_what_the_relay_says(tmp_path: Path) -> None:
    """Its MAC address is made by chance, and so is its link-local address."""
    with kea(tmp_path, relayed_clients, DUID_OF_NOBODY) as phone:
        assert [events for events, _ in both_heard(tmp_path)] == [[], []]
        address = phone.obtain()
        for events, feed in both_heard(tmp_path):
            said = heard(*events)
            assert (said.addresses, said.names, said.place) == ((address,), TABLET, None)
            assert said.until == said.timestamp + 3600
            assert time.time() - 60 < said.timestamp <= time.time()
            assert feed.counts == {FeedOutcome.TAKEN: 1}
    assert MAC in (tmp_path / "leases6.csv").read_text()


def test_an_address_of_ipv6_is_where_the_lease_of_ipv4_says(tmp_path: Path) -> None:
    table, now = BindingTable(), time.time()
    mac = bytes.fromhex(MAC.replace(":", ""))
    of_ipv4 = Lease(bytes((10, 20, 4, 17)), RelayInfo(remote=REMOTE), now, now + 3600, hardware=mac)
    table.record(leases().lease_event(of_ipv4, now, Counter()))
    with kea(tmp_path, relayed_clients, DUID_OF_NOBODY) as phone:
        address = phone.obtain()
        with file_feed(tmp_path) as feed:
            table.record(*feed.events(time.time()))
    known, later = table.snapshot(), time.time()
    names = known.names_at(address, later)
    assert names == known.names_at(of_ipv4.address, later) == TABLET
    binding = known.find_of_hardware(names.hardware, later)
    assert binding is not None
    assert binding.place == B204


def test_a_laptop_on_wifi_is_not_the_card_that_its_duid_is_made_of(tmp_path: Path) -> None:
    """By its IPv4 address it is known by the MAC address of its Wi-Fi: it is one device."""
    with kea(tmp_path, relayed_clients, DUID_OF_WIRED) as laptop:
        laptop.obtain()
        for events, _ in both_heard(tmp_path):
            assert heard(*events).names == TABLET
    assert WIRED_MAC in (tmp_path / "leases6.csv").read_text()


def test_a_link_local_address_tells_a_card_that_has_its_maker_s_address(tmp_path: Path) -> None:
    name = NAMING.name_hardware(bytes.fromhex(WIRED_MAC.replace(":", "")))
    with kea(tmp_path, clients, DUID_OF_NOBODY, WIRED_MAC, link_local="eui64") as desktop:
        desktop.obtain()
        for events, _ in both_heard(tmp_path):
            assert heard(*events).names.hardware == name


@pytest.mark.parametrize(
    ("duid", "mac", "link_local"),
    [
        pytest.param(DUID_OF_MAC, MAC, "eui64", id="of-its-mac"),
        pytest.param(DUID_OF_WIRED, MAC, "eui64", id="of-another-mac"),
        pytest.param(DUID_OF_MAKER, MAC, "eui64", id="of-its-maker"),
        pytest.param(DUID_OF_NOBODY, MAC, "eui64", id="by-chance"),
        pytest.param(DUID_OF_WIRED, WIRED_MAC, "random", id="of-its-mac-with-a-hidden-address"),
    ],
)
def test_without_a_relay_a_phone_has_no_name_whatever_its_duid(
    tmp_path: Path, duid: str, mac: str, link_local: str
) -> None:
    """Kea takes no MAC address of chance from a link-local address, nor one that is not in it."""
    with kea(tmp_path, clients, duid, mac, link_local=link_local) as phone:
        phone.obtain()
        for (event,), feed in both_heard(tmp_path):
            assert isinstance(event, SessionEnd)
            assert feed.counts == {FeedOutcome.WITHOUT_NAME: 1}


@pytest.mark.parametrize("duid", [DUID_OF_MAC, DUID_OF_WIRED], ids=["of-its-mac", "of-another"])
def test_a_kea_that_takes_mac_addresses_from_anywhere_is_not_believed_about_a_duid_s(
    tmp_path: Path, duid: str
) -> None:
    """So Kea is as it comes, without the settings that are shipped."""
    with kea(tmp_path, clients, duid, mac_sources=["any"]) as phone:
        phone.obtain()
        assert f"{duid[-len(MAC) :]},0," in (tmp_path / "leases6.csv").read_text()
        for (event,), _ in both_heard(tmp_path):
            assert isinstance(event, SessionEnd)


def test_the_socket_believes_no_mac_address_that_is_the_duid_s_too(tmp_path: Path) -> None:
    """It does not say where Kea had it from; the file does."""
    with kea(tmp_path, relayed_clients, DUID_OF_MAC) as phone:
        phone.obtain()
        (of_file, _), (of_socket, _) = both_heard(tmp_path)
        assert heard(*of_file).names == TABLET
        assert isinstance(of_socket[0], SessionEnd)


def test_a_whole_prefix_is_no_device_s(tmp_path: Path) -> None:
    with kea(tmp_path, relayed_clients) as router:
        prefix = ip_address(router.obtain("-P"))
        await_that(lambda: str(prefix) in (tmp_path / "leases6.csv").read_text())
        for events, feed in both_heard(tmp_path):
            assert (events, feed.counts) == ([], {})


def test_a_lease_is_renewed_and_given_back(tmp_path: Path) -> None:
    """The client renews after a second, by itself."""
    with (
        kea(tmp_path, relayed_clients, renews_after=1) as phone,
        file_feed(tmp_path) as feed,
    ):
        phone.obtain()
        first = heard(next_event(feed))
        again = heard(next_event(feed))
        assert (again.session, again.names) == (first.session, TABLET)
        assert again.until > first.until
        phone.release()
        ended = next_event(feed)
        while not isinstance(ended, SessionEnd):  # it may have renewed once more
            ended = next_event(feed)
        assert ended.session == first.session


def test_a_lease_of_a_phone_that_has_gone_expires(tmp_path: Path) -> None:
    with (
        kea(tmp_path, relayed_clients, DUID_OF_NOBODY, lifetime=5) as phone,
        file_feed(tmp_path) as feed,
    ):
        phone.obtain()
        phone.vanish()
        control = Kea6ControlFeed(tmp_path / "kea.sock", leases())
        given = heard(next_event(feed))
        assert heard(*control.events(time.time())).until == given.until
        ended = next_event(feed)
        while not isinstance(ended, SessionEnd):
            ended = next_event(feed)
        assert ended.session == given.session
        assert given.until <= time.time()
        (gone,) = control.events(time.time() + ASK_INTERVAL)
        assert isinstance(gone, SessionEnd)


def test_a_clean_up_of_the_file_loses_no_lease(tmp_path: Path) -> None:
    """Kea sets the file aside every second here, and condenses it with a program of its own."""
    path, condensed = tmp_path / "leases6.csv", tmp_path / "leases6.csv.2"
    with (
        kea(tmp_path, relayed_clients, lifetime=600, cleans_up=1) as phone,
        file_feed(tmp_path) as following,
    ):
        address = phone.obtain()
        first = heard(next_event(following))
        await_that(lambda: condensed.exists() and MAC in condensed.read_text())
        assert MAC not in path.read_text()
        assert list(following.events(time.time())) == []
        with file_feed(tmp_path) as begun:
            said = heard(*begun.events(time.time()))
        assert (said.addresses, said.names, said.until) == ((address,), TABLET, first.until)
        phone.release()
        assert isinstance(next_event(following), SessionEnd)
        await_that(lambda: MAC not in condensed.read_text())
        with file_feed(tmp_path) as begun:
            assert not [
                event for event in begun.events(time.time()) if isinstance(event, SessionUpdate)
            ]
        again = phone.obtain()
        assert heard(next_event(following)).addresses == (again,)

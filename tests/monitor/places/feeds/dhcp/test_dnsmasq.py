"""What dnsmasq's script sends."""

import socket
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.identity import NO_NAMES
from monitor.places.bindings import SessionEnd
from monitor.places.feeds.dhcp.dnsmasq import DnsmasqScriptFeed, parse_client_mac
from monitor.places.feeds.dhcp.dnsmasq_script import make_message, send_message
from monitor.unix_socket import SOCKET_MODE
from schedules.problem import Refused
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    MAC,
    NOW,
    TABLET,
    heard,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.test_dnsmasq_script import ENVIRONMENT

ADD = make_message(["add", "10.99.0.127", MAC], ENVIRONMENT) or b""
OLD = make_message(["old", "10.99.0.127", MAC], {b"DNSMASQ_LEASE_EXPIRES": b"1795395000"}) or b""
DELETE = make_message(["del", "10.99.0.127"], {}) or b""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feed"


def test_a_lease_renewed_and_over(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    for content in (ADD, OLD, DELETE):
        send_message(content, str(path))
    given, renewed, over = feed.events(NOW)
    assert (heard(given).place, heard(given).until) == (B204, 1_795_392_056)
    assert heard(given).names == TABLET
    assert (heard(renewed).place, heard(renewed).until) == (B204, 1_795_395_000)
    assert isinstance(over, SessionEnd)
    assert feed.counts == {FeedOutcome.TAKEN: 3}
    names_nobody(vars(feed))
    feed.close()


def test_the_script_of_an_earlier_version_says_no_mac_address(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    (event,) = feed.receive_message(ADD.rpartition(b"\n")[0], NOW)
    assert (heard(event).place, heard(event).names) == (B204, NO_NAMES)
    feed.close()


@pytest.mark.parametrize("written", [MAC, f"01-{MAC}", f"06-{MAC}", MAC.upper()])
def test_a_mac_address_may_have_the_type_of_its_network_before_it(written: str) -> None:
    assert parse_client_mac(written).hex(":") == MAC


def test_an_expiry_of_zero_is_never(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    (event,) = feed.receive_message(ADD.replace(b"1795392056", b"0"), NOW)
    assert heard(event).until > NOW + 86_400
    feed.close()


@pytest.mark.parametrize("content", [b"", ADD[:30], ADD + b"\n", ADD.replace(b"10.99", b"x")])
def test_another_message_is_malformed(path: Path, content: bytes) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    assert list(feed.receive_message(content, NOW)) == []
    assert feed.counts == {FeedOutcome.MALFORMED: 1}
    feed.close()


def test_the_socket_is_its_groups_and_goes_with_the_feed(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    assert stat.S_IMODE(path.stat().st_mode) == SOCKET_MODE
    feed.close()
    assert not path.exists()


def test_a_dead_socket_is_taken_over(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as dead:
        dead.bind(str(path))
    DnsmasqScriptFeed(path, leases()).close()


def test_a_living_socket_and_a_file_are_left(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    with pytest.raises(Refused, match="dnsmasq_socket"):
        DnsmasqScriptFeed(path, leases())
    send_message(ADD, str(path))
    assert len(list(feed.events(NOW))) == 1
    feed.close()
    path.write_text("a file")
    with pytest.raises(Refused, match="dnsmasq_socket"):
        DnsmasqScriptFeed(path, leases())
    assert path.read_text() == "a file"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    script = DnsmasqScriptFeed(tmp_path_factory.mktemp("any") / "feed", leases())
    list(script.receive_message(content, NOW))
    list(script.receive_message(ADD[:20] + content, NOW))
    script.close()

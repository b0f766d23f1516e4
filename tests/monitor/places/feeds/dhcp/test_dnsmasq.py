"""What dnsmasq's script sends, and its lease file."""

import os
import socket
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.bindings import SessionEnd
from monitor.places.feeds.dhcp.dnsmasq import DnsmasqLeaseFileFeed, DnsmasqScriptFeed
from monitor.places.feeds.dhcp.dnsmasq_script import build_message, send_message
from monitor.unix_socket import SOCKET_MODE
from schedules.problem import Refused
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    NOW,
    heard,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.test_dnsmasq_script import ENVIRONMENT

ADD = build_message(["add", "10.99.0.127"], ENVIRONMENT) or b""
OLD = build_message(["old", "10.99.0.127"], {b"DNSMASQ_LEASE_EXPIRES": b"1795395000"}) or b""
DELETE = build_message(["del", "10.99.0.127"], {}) or b""
LINE = f"1795395000 {MAC} 10.99.0.127 {HOSTNAME} 01:{MAC}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feed"


def test_a_lease_renewed_and_over(path: Path) -> None:
    feed = DnsmasqScriptFeed(path, leases())
    for content in (ADD, OLD, DELETE):
        send_message(content, str(path))
    given, renewed, over = feed.events(NOW)
    assert (heard(given).place, heard(given).until) == (B204, 1_795_392_056)
    assert (heard(renewed).place, heard(renewed).until) == (B204, 1_795_395_000)
    assert isinstance(over, SessionEnd)
    assert feed.counts == {FeedOutcome.TAKEN: 3}
    names_nobody(vars(feed))
    feed.close()


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


def test_the_file_lets_a_lease_go_on(path: Path, tmp_path: Path) -> None:
    known = leases()
    script, file = DnsmasqScriptFeed(path, known), DnsmasqLeaseFileFeed(tmp_path / "leases", known)
    list(script.receive_message(ADD, NOW))
    (tmp_path / "leases").write_text(LINE)
    said = heard(*file.events(NOW))
    assert (said.place, said.until) == (B204, 1_795_395_000)
    assert list(file.events(NOW)) == []
    names_nobody(vars(file))
    (tmp_path / "leases").write_text(LINE.replace("1795395000", "1795399000"))
    os.utime(tmp_path / "leases", (NOW, NOW))
    assert heard(*file.events(NOW)).until == 1_795_399_000
    script.close()


def test_the_file_alone_says_no_place(tmp_path: Path) -> None:
    path = tmp_path / "leases"
    path.write_text(
        f"{LINE}x y z\n1795395000 {MAC} 10.99.0.1\nduid 00:01\n1 2 ::1 a b\n{LINE}"[:-9]
    )
    file = DnsmasqLeaseFileFeed(path, leases())
    assert all(isinstance(event, SessionEnd) for event in file.events(NOW))
    assert file.counts == {FeedOutcome.WITHOUT_ROOM: 2, FeedOutcome.MALFORMED: 1}


@given(st.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    script = DnsmasqScriptFeed(folder / "feed", leases())
    list(script.receive_message(content, NOW))
    list(script.receive_message(ADD[:20] + content, NOW))
    script.close()
    (folder / "leases").write_bytes(content + b"\n" + LINE.encode())
    list(DnsmasqLeaseFileFeed(folder / "leases", leases()).events(NOW))

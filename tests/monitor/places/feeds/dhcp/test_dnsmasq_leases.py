"""The lease file of dnsmasq, beside what its script sends."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.feeds.dhcp.dnsmasq import DnsmasqScriptFeed
from monitor.places.feeds.dhcp.dnsmasq_leases import DnsmasqLeaseFileFeed
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    NOW,
    TABLET,
    heard,
    leases,
    names_nobody,
)
from tests.monitor.places.feeds.dhcp.test_dnsmasq import ADD

LINE = f"1795395000 {MAC} 10.99.0.127 {HOSTNAME} 01:{MAC}\n"


def test_the_file_lets_a_lease_go_on(tmp_path: Path) -> None:
    known = leases()
    script, file = (
        DnsmasqScriptFeed(tmp_path / "feed", known),
        DnsmasqLeaseFileFeed(tmp_path / "leases", known),
    )
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
    path.write_text(f"{LINE}x y z\n1795395000 {MAC} 10.99.0.1\n{LINE}"[:-9])
    file = DnsmasqLeaseFileFeed(path, leases())
    for event in file.events(NOW):
        assert (heard(event).place, heard(event).names) == (None, TABLET)
    assert file.counts == {FeedOutcome.WITHOUT_ROOM: 2, FeedOutcome.MALFORMED: 1}


def test_a_lease_of_ipv6_says_nothing(tmp_path: Path) -> None:
    """A DUID is of the machine, not of its Wi-Fi; the script says the MAC address."""
    path = tmp_path / "leases"
    made = f"00:01:00:01:31:41:59:26:{MAC}"
    path.write_text(f"{LINE}duid 00:01:00:01:aa\n1795395000 1234 2001:db8::17 {HOSTNAME} {made}\n")
    file = DnsmasqLeaseFileFeed(path, leases())
    (of_ipv4,) = file.events(NOW)
    assert heard(of_ipv4).names == TABLET


@given(st.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "leases"
    path.write_bytes(content + b"\n" + LINE.encode())
    list(DnsmasqLeaseFileFeed(path, leases()).events(NOW))

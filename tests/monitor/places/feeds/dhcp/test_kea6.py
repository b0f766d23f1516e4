"""Kea's lease file of DHCPv6, also as a Kea writes it that is not here."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.dhcp.kea6 import Kea6LeaseFileFeed
from tests.monitor.places.feeds.dhcp.cast import HOSTNAME, MAC, NOW, TABLET, leases, names_nobody

HEADER = (
    "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
    "fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id\n"
)
OF_THE_MAC = f"00:03:00:01:{MAC}"
RANDOM = "00:04:" + ":".join(["aa"] * 16)


UNKNOWN, OF_THE_DUID, OF_THE_RELAY = "0", "2", "8"
"""Where Kea says that it had a MAC address from."""
OF_THE_CLIENT = ("1", "4", OF_THE_RELAY)
OF_A_SWITCH_OR_MODEM = ("16", "32", "64", "128")


def row(
    duid: str = OF_THE_MAC,
    hardware: str = MAC,
    source: str = OF_THE_RELAY,
    *,
    kind: int = 0,
    state: int = 0,
) -> str:
    expires = int(NOW) + 3_540
    return (
        f"2001:db8::17,{duid},3600,{expires},9,1800,{kind},1,128,0,0,{HOSTNAME},{hardware},"
        f"{state},,1,{source},0\n"
    )


def read(
    path: Path, *rows: str, header: str = HEADER
) -> tuple[list[BindingEvent], Kea6LeaseFileFeed]:
    path.write_text(header + "".join(rows))
    feed = Kea6LeaseFileFeed(path, leases())
    events = list(feed.events(NOW))
    feed.close()
    names_nobody(events, vars(feed))
    return events, feed


@pytest.mark.parametrize("duid", [OF_THE_MAC, RANDOM])
@pytest.mark.parametrize("source", OF_THE_CLIENT)
def test_a_lease_says_whose_an_address_is(tmp_path: Path, duid: str, source: str) -> None:
    (event,), feed = read(tmp_path / "leases6.csv", row(duid, source=source))
    assert isinstance(event, SessionUpdate)
    assert event.addresses == (ip_address("2001:db8::17").packed,)
    assert (event.place, event.names) == (None, TABLET)
    assert feed.counts == {FeedOutcome.TAKEN: 1}, "no option 82 is expected of it"


@pytest.mark.parametrize(
    ("duid", "hardware", "source"),
    [
        (OF_THE_MAC, "", ""),
        (OF_THE_MAC, MAC, OF_THE_DUID),
        (OF_THE_MAC, MAC, UNKNOWN),
        (RANDOM, "", ""),
    ],
)
def test_a_duid_names_nobody_whatever_it_was_made_of(
    tmp_path: Path, duid: str, hardware: str, source: str
) -> None:
    """It is the machine's, and its IPv4 address is known by the MAC address of one interface."""
    (event,), _ = read(tmp_path / "leases6.csv", row(duid, hardware, source))
    assert isinstance(event, SessionEnd)


@pytest.mark.parametrize("source", OF_A_SWITCH_OR_MODEM)
def test_what_many_devices_are_behind_names_none_of_them(tmp_path: Path, source: str) -> None:
    (event,), feed = read(tmp_path / "leases6.csv", row(RANDOM, source=source))
    assert isinstance(event, SessionEnd)
    assert feed.counts == {FeedOutcome.WITHOUT_NAME: 1}


def test_a_temporary_address_is_not_taken_for_the_device_s(tmp_path: Path) -> None:
    """Whoever had it before has it no longer."""
    (event,), _ = read(tmp_path / "leases6.csv", row(), row(kind=1))
    assert isinstance(event, SessionEnd)


def test_an_older_version_is_believed_where_it_is_not_the_duid_s(
    tmp_path: Path,
) -> None:
    header = HEADER.replace(",hwtype,hwaddr_source,pool_id", "")
    for duid, kind in ((RANDOM, SessionUpdate), (OF_THE_MAC, SessionEnd)):
        of_older = row(duid).replace(f",1,{OF_THE_RELAY},0\n", "\n")
        (event,), _ = read(tmp_path / f"{kind.__name__}.csv", of_older, header=header)
        assert isinstance(event, kind)


def test_a_whole_prefix_is_no_client_s(tmp_path: Path) -> None:
    events, feed = read(tmp_path / "leases6.csv", row(kind=2))
    assert (events, feed.counts) == ([], {})


def test_a_lease_that_is_over_ends(tmp_path: Path) -> None:
    (event,), _ = read(tmp_path / "leases6.csv", row(), row(state=2))
    assert isinstance(event, SessionEnd)

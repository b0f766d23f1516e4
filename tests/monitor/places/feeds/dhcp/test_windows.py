"""Windows' audit logs: written here as its documentation has them, for want of a real server."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, SessionEnd
from monitor.places.feeds.dhcp.windows import (
    LEASE_SECONDS,
    WindowsLogColumns,
    WindowsLogFeed,
    parse_timestamp,
)
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    OPTION_82,
    TABLET,
    heard,
    leases,
    names_nobody,
)

ZONE = ZoneInfo("Europe/Amsterdam")
PREAMBLE = """\t\tMicrosoft DHCP Service Activity Log

BindingEvent ID  Meaning
00\tThe log was started.
10\tA new IP address was leased to a client.
"""
HEADER = (
    "ID,Date,Time,Description,IP Address,Host Name,MAC Address,User Name, TransactionID, QResult,"
    "Probationtime, CorrelationID,Dhcid,VendorClass(Hex),VendorClass(ASCII),UserClass(Hex),"
    "UserClass(ASCII),RelayAgentInformation,DnsRegError.\n"
)
STARTED = "00,11/27/26,00:00:01,Started,,,,,0,6,,,,,,,,,0\n"
THEN = 1_795_771_800.0
"""10:30:00 on 27 November 2026."""


def row(number: int, *, at: str = "10:30:00", said: str = f"0x{OPTION_82.hex()}") -> str:
    mac = MAC.replace(":", "").upper()
    return (
        f"{number},11/27/26,{at},Assign,10.20.4.100,{HOSTNAME}.school.example,{mac},,"
        f"1234,0,,,,0x4D,MSFT 5.0,,,{said},0\r\n"
    )


def write(folder: Path, *rows: str, day: str = "Fri", encoding: str = "utf-8") -> None:
    path = folder / f"DhcpSrvLog-{day}.log"
    path.write_bytes("".join((PREAMBLE, HEADER, STARTED, *rows)).encode(encoding))


def read(folder: Path, now: float = THEN + 60) -> tuple[list[BindingEvent], WindowsLogFeed]:
    feed = WindowsLogFeed(folder, leases(), ZONE)
    events = list(feed.events(now))
    feed.close()
    names_nobody(events, vars(feed))
    return events, feed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("said", [f"0x{OPTION_82.hex()}", OPTION_82.hex().upper()])
def test_a_lease_says_where_an_address_is(tmp_path: Path, encoding: str, said: str) -> None:
    write(tmp_path, row(10, said=said), encoding=encoding)
    (event,), feed = read(tmp_path)
    given = heard(event)
    assert (given.place, given.addresses) == (B204, (bytes((10, 20, 4, 100)),))
    assert given.names == TABLET
    assert (given.timestamp, given.until) == (THEN, THEN + LEASE_SECONDS)
    assert feed.counts == {FeedOutcome.TAKEN: 1}


@pytest.mark.parametrize("number", [12, 16, 17, 18])
def test_a_lease_that_is_over(tmp_path: Path, number: int) -> None:
    write(tmp_path, row(10), row(number, at="10:30:30"))
    (event,), _ = read(tmp_path)
    assert isinstance(event, SessionEnd)


def test_a_renewal_that_says_no_place_stays_where_it_was(tmp_path: Path) -> None:
    write(tmp_path, row(10), row(11, at="10:30:30", said=""))
    feed = WindowsLogFeed(tmp_path, leases(), ZONE)
    assert heard(*feed.events(THEN + 60)).until == THEN + 30 + LEASE_SECONDS
    with (tmp_path / "DhcpSrvLog-Fri.log").open("a") as file:
        file.write(row(11, at="10:35:00", said=""))
    assert heard(*feed.events(THEN + 300)).place == B204
    feed.close()


def test_a_week_later_a_file_is_written_anew(tmp_path: Path) -> None:
    write(tmp_path, row(10), row(10))
    feed = WindowsLogFeed(tmp_path, leases(), ZONE)
    assert len(list(feed.events(THEN + 60))) == 1
    write(tmp_path, row(12, at="10:30:30"))
    assert isinstance(next(iter(feed.events(THEN + 60))), SessionEnd)
    feed.close()


def test_every_day_of_the_folder_is_read_and_the_latest_counts(tmp_path: Path) -> None:
    write(tmp_path, row(12, at="10:31:00"), day="Sat")
    write(tmp_path, row(10))
    (event,), _ = read(tmp_path, THEN + 120)
    assert isinstance(event, SessionEnd)


def test_a_lease_without_option_82_is_counted(tmp_path: Path) -> None:
    write(tmp_path, row(10, said=""))
    (event,), feed = read(tmp_path)
    assert (heard(event).place, heard(event).names) == (None, TABLET)
    assert feed.counts == {FeedOutcome.WITHOUT_ROOM: 1}


@pytest.mark.parametrize("wrong", ["10\n", row(10, at="25:00:00"), row(10, said="xyz")])
def test_a_line_that_is_wrong_is_malformed(tmp_path: Path, wrong: str) -> None:
    write(tmp_path, wrong)
    events, feed = read(tmp_path)
    assert (events, feed.counts) == ([], {FeedOutcome.MALFORMED: 1})


def test_a_line_that_ends_before_the_column_of_its_number_is_of_something_else() -> None:
    columns = WindowsLogColumns.parse_header("Date,Time,IP Address,ID")
    assert columns.parse_line("11/27/26,10:30:00", ZONE) is None


def test_a_folder_without_logs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="DhcpSrvLog"):
        read(tmp_path)


def test_the_log_of_dhcpv6_is_not_read_because_it_has_duids_alone(tmp_path: Path) -> None:
    duid = f"00030001{MAC.replace(':', '')}".upper()
    (tmp_path / "DhcpV6SrvLog-Fri.log").write_text(
        "ID,Date,Time,Description,IPv6 Address,Host Name,Error Code, Duid Length, Duid Bytes(Hex),"
        "User Name,Dhcid,Subnet Prefix.\n"
        f"11002,11/27/26,10:30:00,Request,2001:db8::17,{HOSTNAME},0,10,{duid},,,\n"
    )
    with pytest.raises(FileNotFoundError):
        read(tmp_path)
    write(tmp_path, row(10))
    (event,), feed = read(tmp_path)
    assert heard(event).addresses == (bytes((10, 20, 4, 100)),)
    assert feed.counts == {FeedOutcome.TAKEN: 1}


@pytest.mark.parametrize("date", ["11/27/26", "27-11-26", "27.11.2026", "2026-11-27", "2026/11/27"])
def test_a_date_as_a_servers_language_has_it(date: str) -> None:
    assert parse_timestamp(date, "10:30:00", ZONE) == THEN


@given(st.text(max_size=12), st.text(max_size=9))
def test_whatever_a_date_is_it_is_read_or_refused(date: str, time: str) -> None:
    try:
        assert parse_timestamp(date, time, ZONE) > 0
    except ValueError as error:
        names_nobody(error)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "DhcpSrvLog-Fri.log"
    path.write_bytes(content + b"\n" + HEADER.encode() + b"10," + content + b"\n" + content)
    read(folder)

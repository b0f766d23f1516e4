"""Kea's lease file, as it grows and is cleaned up."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.dhcp.kea_leases import KeaLeaseFileFeed
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    NOW,
    OPTION_82,
    SHARED,
    heard,
    leases,
    names_nobody,
)

HEADER = (
    "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,"
    "user_context"
)
CONTEXT = '{{ "ISC": {{ "relay-agent-info": "0x{}" }}{} }}'
FIXTURE = SHARED / "kea-2.2.0-leases4.csv"


def row(
    last: int = 100,
    *,
    lifetime: int = 3600,
    since: float = NOW - 60,
    state: int = 0,
    more: str = "",
    option_82: bytes = OPTION_82,
) -> str:
    context = CONTEXT.format(option_82.hex(), more)
    expire = int(since) + lifetime
    return (
        f"10.20.4.{last},{MAC},01:{MAC},{lifetime},{expire},204,0,0,{HOSTNAME},{state},{context}\n"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leases4.csv"


def read(path: Path, now: float = NOW) -> tuple[list[BindingEvent], KeaLeaseFileFeed]:
    feed = KeaLeaseFileFeed(path, leases())
    events = list(feed.events(now))
    feed.close()
    names_nobody(events, vars(feed))
    return events, feed


@pytest.mark.parametrize("more", ["", ', "a": 1, "b": [2, 3]', '&#x2c "a": 1&#x2c "b": 2'])
def test_a_line_says_where_an_address_is_whatever_commas_it_has(path: Path, more: str) -> None:
    path.write_text(f"{HEADER}\n{row(more=more)}")
    (event,), _ = read(path)
    said = heard(event)
    assert (said.addresses, said.place) == ((bytes((10, 20, 4, 100)),), B204)
    assert (said.timestamp, said.until) == (NOW - 60, NOW + 3540)


def test_columns_go_by_their_names(path: Path) -> None:
    """Newer versions have a column after the user context."""
    path.write_text(f"{HEADER},pool_id\n{row(more=', "a": 1').rstrip()},0\n")
    (event,), _ = read(path)
    assert heard(event).place == B204


def test_the_last_line_for_an_address_is_right(path: Path) -> None:
    path.write_text(f"{HEADER}\n{row()}{row(101)}{row(lifetime=0)}")
    events, _ = read(path)
    assert [type(event).__name__ for event in events] == ["SessionEnd", "SessionUpdate"]


@pytest.mark.parametrize("over", [{"state": 1}, {"state": 2}, {"since": NOW - 9999}])
def test_a_lease_that_nobody_has_gives_no_binding(path: Path, over: dict[str, int]) -> None:
    path.write_text(f"{HEADER}\n{row(**over)}")  # type: ignore[arg-type]
    (event,), feed = read(path)
    assert isinstance(event, SessionEnd)
    assert feed.counts == {FeedOutcome.IGNORED: 1}


def test_a_lease_without_end_goes_on(path: Path) -> None:
    """Its line ends at the moment that it began."""
    line = row().replace(f"3600,{int(NOW) + 3540}", f"4294967295,{int(NOW) - 60}")
    path.write_text(f"{HEADER}\n{line}")
    (event,), _ = read(path)
    assert heard(event).until > NOW + 86_400


def test_a_line_that_is_half_written_is_read_when_it_is_whole(path: Path) -> None:
    path.write_text(f"{HEADER}\n{row()[:90]}")
    feed = KeaLeaseFileFeed(path, leases())
    assert list(feed.events(NOW)) == []
    with path.open("a") as file:
        file.write(row()[90:])
    assert len(list(feed.events(NOW))) == 1
    assert list(feed.events(NOW)) == []
    assert not feed.counts[FeedOutcome.MALFORMED]
    feed.close()


def test_a_clean_up_loses_nothing(path: Path) -> None:
    """What was written between two looks stands in the file that was set aside."""
    path.write_text(f"{HEADER}\n{row()}")
    feed = KeaLeaseFileFeed(path, leases())
    assert len(list(feed.events(NOW))) == 1
    with path.open("a") as file:
        file.write(row(101))
    path.rename(f"{path}.1")
    path.write_text(f"{HEADER}\n{row(102)}")
    events = [*feed.events(NOW), *feed.events(NOW)]
    assert [heard(event).addresses[0][3] for event in events] == [101, 102]
    feed.close()


@pytest.mark.parametrize("aside", ["2", "completed"])
def test_a_condensed_file_is_read_first(path: Path, aside: str) -> None:
    Path(f"{path}.{aside}").write_text(f"{HEADER}\n{row()}{row(101)}")
    path.write_text(f"{HEADER}\n{row(lifetime=0)}")
    events, _ = read(path)
    assert [type(event).__name__ for event in events] == ["SessionEnd", "SessionUpdate"]


@pytest.mark.parametrize("wrong", ["10.20.4.100,x", "1,2,3,4,5,6,7,8,9,10,{", row()[8:]])
def test_a_line_that_is_wrong_is_malformed(path: Path, wrong: str) -> None:
    path.write_text(f"{HEADER}\n{wrong}\n{row(101)}")
    events, feed = read(path)
    assert len(events) == 1
    assert feed.counts[FeedOutcome.MALFORMED] >= 1


def test_a_file_that_is_not_there_is_an_error_and_is_asked_again(path: Path) -> None:
    feed = KeaLeaseFileFeed(path, leases())
    with pytest.raises(FileNotFoundError):
        list(feed.events(NOW))
    path.write_text(f"{HEADER}\n{row()}")
    assert len(list(feed.events(NOW))) == 1
    feed.close()


@given(st.integers(1, 254), st.integers(1, 2**31), st.binary(max_size=200))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, last: int, lifetime: int, said: bytes
) -> None:
    path = tmp_path_factory.mktemp("kea") / "leases4.csv"
    path.write_text(f"{HEADER}\n{row(last, lifetime=lifetime, since=NOW, option_82=said)}")
    (event,), feed = read(path)
    assert isinstance(event, SessionUpdate | SessionEnd)
    assert feed.counts.total() == 1
    assert not feed.counts[FeedOutcome.MALFORMED]


@given(st.binary(max_size=400))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "leases4.csv"
    path.write_bytes(HEADER.encode() + b"\n" + content + b"\n" + row().encode() + content)
    read(path)


@pytest.mark.skipif(not FIXTURE.is_file(), reason="no file of a real server on this machine")
def test_a_real_servers_file_is_read_whole() -> None:
    (event,), _ = read(FIXTURE)
    assert heard(event).place == B204

"""FreeRADIUS's detail file, as it grows."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.place import PersonRole, Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius.detail import DetailFileFeed
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments

SHARED = Path(__file__).parents[6] / "shared" / "fixtures" / "network" / "freeradius-3.2.1.detail"
RECORD = """Sun Nov 22 22:57:33 2026
\tAcct-Status-Type = {status}
\tAcct-Session-Id = "5E0C1A-01"
\tUser-Name = "jan.jansen@school.example"
\tCalling-Station-Id = "02-00-00-AA-BB-CC"
\tNAS-Identifier = "ap-b204"
\tFramed-IP-Address = 10.20.4.17
\tTunnel-Private-Group-Id:0 = "204"
\tClass = 0x6c6565726c696e67
\tTimestamp = 1795388253

"""
THEN = 1_795_388_254.0


def sessions() -> AccountingTranslator:
    mapping = AttachmentMap(
        [
            Attachment(AttachmentKind.VLAN, "204", Place("B204")),
            Attachment(AttachmentKind.VLAN, "205", Place("B205")),
        ]
    )
    return AccountingTranslator(
        mapping, frozenset({"leerling"}), 36_000.0, SessionHasher(), UnmappedAttachments()
    )


def read(path: Path, now: float = THEN) -> tuple[list[BindingEvent], DetailFileFeed]:
    follows = DetailFileFeed(path, sessions())
    events = list(follows.events(now))
    follows.close()
    return events, follows


def test_a_record_says_where_an_address_is(tmp_path: Path) -> None:
    path = tmp_path / "detail"
    path.write_text(RECORD.format(status="Start"))
    (heard,), follows = read(path)
    assert isinstance(heard, SessionUpdate)
    assert heard.place == Place("B204", role=PersonRole.STAFF)
    assert (heard.addresses, heard.timestamp) == ((bytes((10, 20, 4, 17)),), THEN - 1)
    assert follows.counts[FeedOutcome.NAMES_SOMEONE] == 1
    assert "jansen" not in repr(heard)


def test_a_record_that_is_half_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "detail"
    record = RECORD.format(status="Start")
    path.write_text(record[:150])
    follows = DetailFileFeed(path, sessions())
    assert list(follows.events(THEN)) == []
    with path.open("a") as file:
        file.write(record[150:])
    assert len(list(follows.events(THEN))) == 1
    assert list(follows.events(THEN)) == []
    follows.close()


def test_a_file_that_is_rotated_is_read_from_its_new_start(tmp_path: Path) -> None:
    path = tmp_path / "detail"
    path.write_text(RECORD.format(status="Start"))
    follows = DetailFileFeed(path, sessions())
    assert len(list(follows.events(THEN))) == 1
    path.rename(tmp_path / "detail.1")
    path.write_text(RECORD.format(status="Stop"))
    (ended,) = follows.events(THEN)
    assert isinstance(ended, SessionEnd)
    follows.close()


def test_a_record_of_long_ago_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "detail"
    path.write_text(RECORD.format(status="Start"))
    events, follows = read(path, THEN + 3600)
    assert events == []
    assert (follows.counts[FeedOutcome.IGNORED], follows.counts[FeedOutcome.CLOCK_DIFFERS]) == (
        1,
        0,
    )


def test_a_record_of_what_happened_before_is_taken(tmp_path: Path) -> None:
    """An access point could not reach its server for a while, and says for how long."""
    path = tmp_path / "detail"
    delayed = "\tAcct-Delay-Time = 400\n\tTimestamp"
    path.write_text(RECORD.format(status="Start").replace("\tTimestamp", delayed))
    (heard,), follows = read(path)
    assert isinstance(heard, SessionUpdate)
    assert heard.timestamp == THEN - 401
    assert follows.counts[FeedOutcome.CLOCK_DIFFERS] == 0


def test_a_record_that_was_cut_off_is_not_mixed_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "detail"
    first = RECORD.format(status="Start")
    second = first.replace("10.20.4.17", "10.20.4.18").replace('"204"', '"205"')
    path.write_text(first.partition("\tClass")[0] + second)
    (heard,), follows = read(path)
    assert isinstance(heard, SessionUpdate)
    assert heard.addresses == (bytes((10, 20, 4, 18)),)
    assert heard.place == Place("B205", role=PersonRole.STAFF)
    assert follows.counts[FeedOutcome.MALFORMED] == 1


def test_a_file_that_is_not_there_is_an_error_that_names_nobody(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        read(tmp_path / "absent")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("10.20.4.17", "10.20.4"), ("1795388253", "x"), ("1795388253", "5791388253")],
)
def test_a_value_that_is_wrong_is_malformed(tmp_path: Path, right: str, wrong: str) -> None:
    path = tmp_path / "detail"
    path.write_text(RECORD.format(status="Start").replace(right, wrong))
    events, follows = read(path)
    assert events == []
    assert follows.counts[FeedOutcome.MALFORMED] == 1


@given(st.binary(max_size=400))
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "detail"
    path.write_bytes(content + b"\n\n\tClass = " + content + b"\n\n")
    read(path, time.time())


@pytest.mark.skipif(not SHARED.is_file(), reason="no detail file of a real server on this machine")
def test_a_real_servers_file_is_read_whole() -> None:
    events, follows = read(SHARED)
    start, interim, stop = events
    assert isinstance(start, SessionUpdate)
    assert isinstance(interim, SessionUpdate)
    assert isinstance(stop, SessionEnd)
    assert start.place == interim.place
    assert (start.place and start.place.room, len(start.addresses)) == ("B204", 3)
    assert follows.counts[FeedOutcome.TAKEN] == 3

"""When the core is told of a connection, and with which bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows.tracker import TICKS_BETWEEN_REPORTS, FlowRecord, FlowTracker
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.sinks import RecordingSink

CLIENT = bytes((10, 0, 101, 7))
SIZE = len(hello())


class TickingSink(RecordingSink):
    """Has a clock that each tick moves on by a second."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def tick(self) -> None:
        self.now += 1


@pytest.fixture
def core() -> TickingSink:
    return TickingSink()


@pytest.fixture
def tracker(core: TickingSink) -> FlowTracker:
    return FlowTracker(core, core.clock)


@pytest.fixture
def record(tracker: FlowTracker) -> FlowRecord:
    return FlowRecord(tracker, CLIENT)


def pass_time(tracker: FlowTracker, seconds: int = TICKS_BETWEEN_REPORTS) -> None:
    for _ in range(seconds):
        tracker.tick()


def sni(up: int, down: int, moment: float = 0, *, opens: bool = False) -> Sighting:
    return Sighting(moment, CLIENT, HOSTNAME, Evidence.SNI, up, down, opens)


def test_name_is_told_at_once(record: FlowRecord, core: TickingSink) -> None:
    record.add_client_data(hello())
    assert core.sightings == [sni(SIZE, 0, opens=True)]


def test_bytes_are_told_after_half_a_minute(
    record: FlowRecord, tracker: FlowTracker, core: TickingSink
) -> None:
    record.add_client_data(hello())
    record.add_client_data(bytes(10))
    record.add_bytes(down=1_000)
    pass_time(tracker, TICKS_BETWEEN_REPORTS - 1)
    assert len(core.sightings) == 1
    pass_time(tracker, 1)
    assert core.sightings[1:] == [sni(10, 1_000, TICKS_BETWEEN_REPORTS - 1)]


def test_steady_traffic_is_told_twice_a_minute(
    record: FlowRecord, tracker: FlowTracker, core: TickingSink
) -> None:
    record.add_client_data(hello())
    for _ in range(10 * 60):
        record.add_bytes(down=100)
        tracker.tick()
    assert len(core.sightings) in {20, 21}
    assert sum(sighting.down for sighting in core.sightings) >= 100 * 570


def test_silence_is_not_told(record: FlowRecord, tracker: FlowTracker, core: TickingSink) -> None:
    record.add_client_data(hello())
    pass_time(tracker, 300)
    assert len(core.sightings) == 1


def test_burst_after_silence_is_told_within_half_a_minute(
    record: FlowRecord, tracker: FlowTracker, core: TickingSink
) -> None:
    record.add_client_data(hello())
    pass_time(tracker, 300)
    record.add_bytes(down=5)
    pass_time(tracker)
    assert core.sightings[1:] == [sni(0, 5, 329)]


def test_end_tells_the_rest(record: FlowRecord, tracker: FlowTracker, core: TickingSink) -> None:
    record.add_client_data(hello())
    record.add_bytes(down=7)
    record.finish()
    assert core.sightings[1:] == [sni(0, 7)]
    pass_time(tracker)
    assert len(core.sightings) == 2


def test_what_dns_and_the_sensor_know_of_a_name_is_told_each_time(
    record: FlowRecord, core: TickingSink
) -> None:
    record.set_name("www.mijnblog.nl", Evidence.SNI, "lb.wordpress.com")
    record.add_bytes(up=3)
    record.finish()
    assert [sighting.cname for sighting in core.sightings] == ["lb.wordpress.com"] * 2
    assert [(sighting.hiding_method, sighting.opens_connection) for sighting in core.sightings] == [
        (None, True),
        (None, False),
    ]


def test_way_of_hiding_is_told_each_time(record: FlowRecord, core: TickingSink) -> None:
    record.set_name("", Evidence.HIDDEN, hiding_method=HidingMethod.NAMELESS)
    record.add_bytes(down=3)
    record.finish()
    assert [sighting.hiding_method for sighting in core.sightings] == [HidingMethod.NAMELESS] * 2


def test_end_with_nothing_left_is_not_told(record: FlowRecord, core: TickingSink) -> None:
    record.add_client_data(hello())
    record.finish()
    assert len(core.sightings) == 1


def test_connection_that_carried_nothing_is_not_told(record: FlowRecord, core: TickingSink) -> None:
    record.finish()
    assert core.sightings == []


def test_server_that_speaks_alone_is_hidden(record: FlowRecord, core: TickingSink) -> None:
    record.add_bytes(down=20)
    record.finish()
    assert core.sightings == [Sighting(0, CLIENT, "", Evidence.HIDDEN, 0, 20, True)]


def test_name_that_does_not_come_is_given_up_and_its_start_forgotten(
    record: FlowRecord, tracker: FlowTracker, core: TickingSink
) -> None:
    record.add_client_data(hello()[:60])
    pass_time(tracker)
    assert [(sighting.hostname, sighting.evidence) for sighting in core.sightings] == [
        ("", Evidence.HIDDEN)
    ]
    record.add_client_data(hello()[60:])
    record.finish()
    assert [sighting.opens_connection for sighting in core.sightings] == [True, False]
    assert hello()[:20] not in kept(record)


def kept(record: FlowRecord) -> bytes:
    """Give all the bytes that a record holds."""
    values = (getattr(record, name) for name in FlowRecord.__slots__)
    return b"".join(value for value in values if isinstance(value, bytes))


@given(st.lists(st.integers(1, SIZE - 1), max_size=8, unique=True).map(sorted))
def test_hello_in_pieces(cuts: list[int]) -> None:
    core = TickingSink()
    record = FlowRecord(FlowTracker(core, core.clock), CLIENT)
    for start, stop in zip([0, *cuts], [*cuts, SIZE], strict=True):
        record.add_client_data(hello()[start:stop])
    record.finish()
    assert core.sightings[0].hostname == HOSTNAME
    assert sum(sighting.up for sighting in core.sightings) == SIZE
    assert kept(record) == CLIENT


@pytest.mark.parametrize(
    "start",
    [hello(None), b"\x00\x01", hello()[:60]],
    ids=["a hello without a name", "no hello", "half a hello"],
)
def test_name_that_was_asked_for_stands_in(
    start: bytes, tracker: FlowTracker, core: TickingSink
) -> None:
    record = FlowRecord(tracker, CLIENT, "x.com")
    record.add_client_data(start)
    record.finish()
    assert [(sighting.hostname, sighting.evidence) for sighting in core.sightings] == [
        ("x.com", Evidence.HTTP)
    ]


def test_what_is_not_told_yet_is_told_when_the_process_ends(
    record: FlowRecord, tracker: FlowTracker, core: TickingSink
) -> None:
    record.add_client_data(hello())
    record.add_bytes(down=9)
    tracker.close()
    assert core.sightings[1:] == [sni(0, 9)]
    record.add_bytes(down=9)
    record.finish()
    assert len(core.sightings) == 2


def test_core_that_fails_is_told_the_next_all_the_same(
    tracker: FlowTracker, core: TickingSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(sighting: Sighting) -> None:
        monkeypatch.undo()
        raise RuntimeError

    record, other = FlowRecord(tracker, CLIENT), FlowRecord(tracker, CLIENT)
    record.add_bytes(down=1)
    other.add_bytes(down=2)
    monkeypatch.setattr(core, "receive_sighting", fail_once)
    pass_time(tracker)
    assert [sighting.down for sighting in core.sightings] == [2]
    assert core.errors == 1
    assert core.now == TICKS_BETWEEN_REPORTS


def test_nothing_is_held_of_connections_that_have_ended(
    tracker: FlowTracker, core: TickingSink
) -> None:
    for _ in range(1_000):
        record = FlowRecord(tracker, CLIENT)
        record.add_client_data(hello())
        record.finish()
    pass_time(tracker)
    assert tracker.pending == 0


def test_time_is_that_of_the_clock_it_was_connected_with(
    tracker: FlowTracker, record: FlowRecord, core: TickingSink
) -> None:
    tracker.connect(core, lambda: 7.0)
    record.add_client_data(hello())
    assert core.sightings == [sni(SIZE, 0, 7.0, opens=True)]

"""When the core is told of a connection, and with which bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows.tracker import TICKS_BETWEEN, Tallies, Tally
from monitor.sighting import Evidence, HidingMethod, Sighting
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
def tallies(core: TickingSink) -> Tallies:
    return Tallies(core, core.clock)


@pytest.fixture
def tally(tallies: Tallies) -> Tally:
    return Tally(tallies, CLIENT)


def pass_time(tallies: Tallies, seconds: int = TICKS_BETWEEN) -> None:
    for _ in range(seconds):
        tallies.tick()


def sni(up: int, down: int, moment: float = 0, *, opens: bool = False) -> Sighting:
    return Sighting(moment, CLIENT, HOSTNAME, Evidence.SNI, up, down, opens)


def test_name_is_told_at_once(tally: Tally, core: TickingSink) -> None:
    tally.sent(hello())
    assert core.sightings == [sni(SIZE, 0, opens=True)]


def test_bytes_are_told_after_half_a_minute(
    tally: Tally, tallies: Tallies, core: TickingSink
) -> None:
    tally.sent(hello())
    tally.sent(bytes(10))
    tally.count(down=1_000)
    pass_time(tallies, TICKS_BETWEEN - 1)
    assert len(core.sightings) == 1
    pass_time(tallies, 1)
    assert core.sightings[1:] == [sni(10, 1_000, TICKS_BETWEEN - 1)]


def test_steady_traffic_is_told_twice_a_minute(
    tally: Tally, tallies: Tallies, core: TickingSink
) -> None:
    tally.sent(hello())
    for _ in range(10 * 60):
        tally.count(down=100)
        tallies.tick()
    assert len(core.sightings) in {20, 21}
    assert sum(each.down for each in core.sightings) >= 100 * 570


def test_silence_is_not_told(tally: Tally, tallies: Tallies, core: TickingSink) -> None:
    tally.sent(hello())
    pass_time(tallies, 300)
    assert len(core.sightings) == 1


def test_burst_after_silence_is_told_within_half_a_minute(
    tally: Tally, tallies: Tallies, core: TickingSink
) -> None:
    tally.sent(hello())
    pass_time(tallies, 300)
    tally.count(down=5)
    pass_time(tallies)
    assert core.sightings[1:] == [sni(0, 5, 329)]


def test_end_tells_the_rest(tally: Tally, tallies: Tallies, core: TickingSink) -> None:
    tally.sent(hello())
    tally.count(down=7)
    tally.end()
    assert core.sightings[1:] == [sni(0, 7)]
    pass_time(tallies)
    assert len(core.sightings) == 2


def test_what_dns_and_the_sensor_know_of_a_name_is_told_each_time(
    tally: Tally, core: TickingSink
) -> None:
    tally.name("www.mijnblog.nl", Evidence.SNI, "lb.wordpress.com")
    tally.count(up=3)
    tally.end()
    assert [each.cname for each in core.sightings] == ["lb.wordpress.com"] * 2
    assert [(each.hiding_method, each.opens_connection) for each in core.sightings] == [
        (None, True),
        (None, False),
    ]


def test_way_of_hiding_is_told_each_time(tally: Tally, core: TickingSink) -> None:
    tally.name("", Evidence.HIDDEN, hidden=HidingMethod.NAMELESS)
    tally.count(down=3)
    tally.end()
    assert [each.hiding_method for each in core.sightings] == [HidingMethod.NAMELESS] * 2


def test_end_with_nothing_left_is_not_told(tally: Tally, core: TickingSink) -> None:
    tally.sent(hello())
    tally.end()
    assert len(core.sightings) == 1


def test_connection_that_carried_nothing_is_not_told(tally: Tally, core: TickingSink) -> None:
    tally.end()
    assert core.sightings == []


def test_server_that_speaks_alone_is_hidden(tally: Tally, core: TickingSink) -> None:
    tally.count(down=20)
    tally.end()
    assert core.sightings == [Sighting(0, CLIENT, "", Evidence.HIDDEN, 0, 20, True)]


def test_name_that_does_not_come_is_given_up_and_its_start_forgotten(
    tally: Tally, tallies: Tallies, core: TickingSink
) -> None:
    tally.sent(hello()[:60])
    pass_time(tallies)
    assert [(each.hostname, each.evidence) for each in core.sightings] == [("", Evidence.HIDDEN)]
    tally.sent(hello()[60:])
    tally.end()
    assert [each.opens_connection for each in core.sightings] == [True, False]
    assert hello()[:20] not in kept(tally)


def kept(tally: Tally) -> bytes:
    """Give all the bytes that a tally holds."""
    values = (getattr(tally, name) for name in Tally.__slots__)
    return b"".join(value for value in values if isinstance(value, bytes))


@given(st.lists(st.integers(1, SIZE - 1), max_size=8, unique=True).map(sorted))
def test_hello_in_pieces(cuts: list[int]) -> None:
    core = TickingSink()
    tally = Tally(Tallies(core, core.clock), CLIENT)
    for start, stop in zip([0, *cuts], [*cuts, SIZE], strict=True):
        tally.sent(hello()[start:stop])
    tally.end()
    assert core.sightings[0].hostname == HOSTNAME
    assert sum(each.up for each in core.sightings) == SIZE
    assert kept(tally) == CLIENT


@pytest.mark.parametrize(
    "start",
    [hello(None), b"\x00\x01", hello()[:60]],
    ids=["a hello without a name", "no hello", "half a hello"],
)
def test_name_that_was_asked_for_stands_in(
    start: bytes, tallies: Tallies, core: TickingSink
) -> None:
    tally = Tally(tallies, CLIENT, "x.com")
    tally.sent(start)
    tally.end()
    assert [(each.hostname, each.evidence) for each in core.sightings] == [("x.com", Evidence.HTTP)]


def test_what_is_not_told_yet_is_told_when_the_process_ends(
    tally: Tally, tallies: Tallies, core: TickingSink
) -> None:
    tally.sent(hello())
    tally.count(down=9)
    tallies.close()
    assert core.sightings[1:] == [sni(0, 9)]
    tally.count(down=9)
    tally.end()
    assert len(core.sightings) == 2


def test_core_that_fails_is_told_the_next_all_the_same(
    tallies: Tallies, core: TickingSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(sighting: Sighting) -> None:
        monkeypatch.undo()
        raise RuntimeError

    tally, other = Tally(tallies, CLIENT), Tally(tallies, CLIENT)
    tally.count(down=1)
    other.count(down=2)
    monkeypatch.setattr(core, "receive_sighting", fail_once)
    pass_time(tallies)
    assert [each.down for each in core.sightings] == [2]
    assert core.errors == 1
    assert core.now == TICKS_BETWEEN


def test_nothing_is_held_of_connections_that_have_ended(
    tallies: Tallies, core: TickingSink
) -> None:
    for _ in range(1_000):
        tally = Tally(tallies, CLIENT)
        tally.sent(hello())
        tally.end()
    pass_time(tallies)
    assert tallies.waiting == 0


def test_time_is_that_of_the_clock_it_was_connected_with(
    tallies: Tallies, tally: Tally, core: TickingSink
) -> None:
    tallies.connect(core, lambda: 7.0)
    tally.sent(hello())
    assert core.sightings == [sni(SIZE, 0, 7.0, opens=True)]

"""Which names are read from segments, however they come, and what is counted after that."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import tcp_flows
from addons.flows.tcp_flows import IDLE_TIMEOUT, MAX_EARLY_SEGMENTS, MAX_EARLY_SIZE, TcpFlows
from addons.flows.tracker import TICKS_BETWEEN_REPORTS
from addons.packets.packet import ACK, FIN, PSH, RST, SYN, Packet
from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.wire import (
    CLASSMATE,
    HTTP,
    NOON,
    OTHER_SITE,
    PORT,
    PROXY,
    PUPIL,
    SCHOOL,
    TcpClient,
    connect,
    reporter,
    request,
)
from tests.addons.hellos import HOSTNAME, hello, key_share, record, server_name, with_extensions
from tests.addons.sinks import RecordingSink

SNI = (HOSTNAME, Evidence.SNI)
FACEBOOK = "www.facebook.com"
FIXED = record(with_extensions((43, bytes(60)), server_name(HOSTNAME.encode())))
"""Without random bytes, so that no piece of it looks like a beginning."""
POST_QUANTUM = record(with_extensions(key_share(1_216), server_name(HOSTNAME.encode())))
"""As a browser may send it: the name is beyond the first segment."""
MAX_SEGMENT_SIZE = 1_448


class SegmentSensor:
    """Segments that go by, on their own time."""

    def __init__(self, *, every_name: bool = False) -> None:
        self.core = RecordingSink()
        self._teller = reporter(self.core, every_name=every_name)
        self.segments = TcpFlows(self._teller)

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.segments.receive_packet(packet)

    def wait(self, seconds: float) -> None:
        """Let time pass, and with it the sweep of what was silent."""
        self._teller.timestamp += seconds
        self.segments.forget_idle(self._teller.timestamp)
        for _ in range(TICKS_BETWEEN_REPORTS):
            self._teller.tracker.tick()

    def close(self) -> None:
        self.segments.close()
        self._teller.tracker.close()


@pytest.fixture
def sensor() -> SegmentSensor:
    return SegmentSensor()


@pytest.fixture
def client() -> TcpClient:
    return TcpClient()


class TestHello:
    def test_is_told_at_once_with_its_client(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()))
        (seen,) = sensor.core.sightings
        assert (seen.timestamp, seen.client, seen.hostname) == (NOON, PUPIL, HOSTNAME)
        assert (seen.evidence, seen.opens_connection) == (Evidence.SNI, True)

    def test_of_no_platform_is_told_once_and_no_more(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello(SCHOOL)), client.says(b"\x17\x03\x03" + bytes(500)))
        sensor.take(client.ends())
        assert sensor.core.names == [(SCHOOL, Evidence.SNI)]
        assert len(sensor.core.sightings) == 1

    def test_without_a_name_is_hidden(self, sensor: SegmentSensor, client: TcpClient) -> None:
        sensor.take(client.says(hello(None)), client.ends())
        (seen,) = sensor.core.sightings
        assert (seen.hostname, seen.evidence) == ("", Evidence.HIDDEN)
        assert seen.hiding_method is HidingMethod.NAMELESS

    @given(st.integers(1, len(FIXED) - 1), st.booleans())
    def test_in_two_segments_in_either_order(self, cut: int, in_order: bool) -> None:
        sensor, pieces = SegmentSensor(), TcpClient().in_pieces(FIXED, cut)
        sensor.take(*(pieces if in_order else pieces[::-1]))
        assert sensor.core.names == [SNI]

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_in_three_segments_in_any_order(
        self, sensor: SegmentSensor, client: TcpClient, order: tuple[int, ...]
    ) -> None:
        pieces = client.in_pieces(FIXED, 40, 90)
        sensor.take(*(pieces[number] for number in order))
        assert sensor.core.names == [SNI]

    @given(st.lists(st.integers(1, len(FIXED) - 1), min_size=1, unique=True).map(sorted), st.data())
    def test_retransmitted_and_overlapping(self, cuts: list[int], data: st.DataObject) -> None:
        sensor, client = SegmentSensor(), TcpClient()
        pieces = client.in_pieces(FIXED, *cuts)
        start = pieces[0].sequence
        for piece in pieces:
            before = data.draw(st.integers(0, piece.sequence - start))
            overlap = FIXED[piece.sequence - start - before :][: before + piece.size]
            longer = piece._replace(
                payload=overlap, size=len(overlap), sequence=piece.sequence - before
            )
            sensor.take(*data.draw(st.permutations([longer, piece])))
        sensor.close()
        assert sensor.core.names == [SNI]

    @pytest.mark.parametrize("in_order", [True, False])
    def test_over_the_end_of_sequence_numbers(self, sensor: SegmentSensor, in_order: bool) -> None:
        pieces = TcpClient(sequence=(1 << 32) - 30).in_pieces(FIXED, 30, 60)
        assert [piece.sequence for piece in pieces[1:]] == [0, 30]
        sensor.take(*(pieces if in_order else pieces[::-1]))
        assert sensor.core.names == [SNI]

    def test_with_a_post_quantum_key_share_before_the_name(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        first, second = client.in_pieces(POST_QUANTUM, MAX_SEGMENT_SIZE - 200)
        sensor.take(first)
        assert sensor.core.sightings == []
        sensor.take(second)
        assert sensor.core.names == [SNI]

    def test_in_several_records(self, sensor: SegmentSensor, client: TcpClient) -> None:
        message = POST_QUANTUM[5:]
        sensor.take(client.says(record(message[:700])), client.says(record(message[700:])))
        assert sensor.core.names == [SNI]

    def test_sent_again_is_the_same_connection(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        first = client.says(hello())
        sensor.take(first, first, client.says(b"\x17\x03\x03" + bytes(50)), first)
        assert sensor.core.names == [SNI]
        sensor.close()
        assert sensor.core.carried[0] == 53

    def test_second_one_that_the_server_asked_for_is_the_same_connection(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        """RFC 8446, section 4.1.4: a HelloRetryRequest."""
        sensor.take(client.says(hello()), client.says(b"\x14\x03\x03\x00\x01\x01"))
        sensor.take(*client.in_pieces(POST_QUANTUM, 1_000))
        sensor.close()
        assert sensor.core.names == [SNI]

    def test_part_of_it_sent_again_after_the_name_is_no_new_beginning(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        pieces = client.in_pieces(POST_QUANTUM, 1_000)
        sensor.take(*pieces, pieces[0])
        assert sensor.segments.incomplete == 0
        sensor.close()
        assert sensor.core.names == [SNI]

    def test_after_starttls(self, sensor: SegmentSensor) -> None:
        mail = TcpClient(to=587)
        for line in (b"EHLO x\r\n", b"NOOP\r\n", b"NOOP\r\n", b"NOOP\r\n", b"STARTTLS\r\n"):
            sensor.take(mail.says(line))
        sensor.take(*mail.in_pieces(FIXED, 70)[::-1])
        assert sensor.core.names == [SNI]

    @pytest.mark.parametrize("together", [True, False])
    def test_behind_the_line_of_another_proxy(
        self, sensor: SegmentSensor, client: TcpClient, together: bool
    ) -> None:
        line = b"PROXY TCP4 192.0.2.1 192.0.2.2 50000 443\r\n"
        sensor.take(*client.in_pieces(line + FIXED, *(() if together else (len(line),))))
        assert sensor.core.names == [SNI]

    def test_that_never_comes_whole_is_told_as_nameless_when_it_ends(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(FIXED[:60]))
        assert sensor.core.sightings == []
        sensor.take(client.ends())
        assert sensor.core.names == [("", Evidence.HIDDEN)]


class TestProxy:
    def test_name_behind_it_counts_and_is_told_once(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)), client.says(hello()), client.ends())
        assert sensor.core.names == [SNI]

    def test_name_that_was_asked_for_stands_in_for_one_that_is_not_shown(
        self, sensor: SegmentSensor
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(HOSTNAME)), client.says(hello(None)), client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    @pytest.mark.parametrize("ending", ["end", "silence", "close", "half a hello"])
    def test_name_that_was_asked_for_is_told_when_nothing_follows(
        self, sensor: SegmentSensor, ending: str
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(HOSTNAME)))
        if ending == "half a hello":
            sensor.take(client.says(FIXED[:60]))
        assert sensor.core.sightings == []
        if ending == "end":
            sensor.take(client.ends())
        elif ending == "silence":
            sensor.wait(IDLE_TIMEOUT + 1)
        else:
            sensor.close()
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_asked_for_an_address_is_told_once_with_the_name_behind_it(
        self, sensor: SegmentSensor
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect("192.0.2.7")), client.says(hello()), client.ends())
        assert sensor.core.names == [SNI]

    @pytest.mark.parametrize("behind", [b"", hello(None)], ids=["nothing", "a hello"])
    def test_asked_for_an_address_and_no_name_behind_it_is_hidden(
        self, sensor: SegmentSensor, behind: bytes
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect("192.0.2.7")), client.says(behind), client.ends())
        assert sensor.core.names == [("", Evidence.HIDDEN)]

    @pytest.mark.parametrize("order", list(permutations(range(2))))
    def test_hello_behind_it_in_pieces(self, sensor: SegmentSensor, order: tuple[int, ...]) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)))
        pieces = client.in_pieces(FIXED, 50)
        sensor.take(*(pieces[number] for number in order))
        assert sensor.core.names == [SNI]

    def test_asked_for_one_after_another(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=PROXY)
        for host in (HOSTNAME, FACEBOOK):
            sensor.take(client.says(request(host, f"http://{host}/")))
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP), (FACEBOOK, Evidence.HTTP)]

    def test_asked_is_mentioned_where_every_name_is_wanted(self) -> None:
        sensor, client = SegmentSensor(every_name=True), TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)), client.says(hello()))
        assert sensor.core.names == [(SCHOOL, Evidence.HTTP), SNI]


class TestRequests:
    def test_same_host_again_is_the_same_connection(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=HTTP)
        sensor.take(*(client.says(request(HOSTNAME)) for _ in range(5)), client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_another_host_is_told_anew(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=HTTP)
        sensor.take(client.says(request(HOSTNAME)), client.says(request(FACEBOOK)))
        sensor.take(client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP), (FACEBOOK, Evidence.HTTP)]

    def test_host_in_the_second_segment(self, sensor: SegmentSensor) -> None:
        sensor.take(*TcpClient(to=HTTP).in_pieces(request(HOSTNAME), 20))
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_what_only_looks_like_one_is_not_told(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"GET\x00\x01\n\x02"), client.says(b"\x16\x04\x01"), client.ends())
        assert sensor.core.sightings == []


class TestBytes:
    def test_come_from_the_numbers_of_the_segments_that_are_seen(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        """Between the two, a megabyte went down and a hundred kilobytes went up, unseen."""
        sensor.take(client.says(hello()))
        client.hears(1_000_000)
        client.says(b"", size=100_000)
        sensor.take(client.says(b"\x17", size=500))
        sensor.close()
        assert sensor.core.carried == (100_500, 1_000_000)

    def test_are_told_after_half_a_minute_and_at_the_end(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()), client.says(b"\x17", size=500))
        sensor.wait(30)
        client.hears(7_000)
        sensor.take(client.ends())
        assert [
            (sighting.up, sighting.down, sighting.opens_connection)
            for sighting in sensor.core.sightings
        ] == [
            (0, 0, True),
            (500, 0, False),
            (0, 7_000, False),
        ]
        assert {sighting.hostname for sighting in sensor.core.sightings} == {HOSTNAME}

    def test_go_on_over_the_end_of_the_numbers(self, sensor: SegmentSensor) -> None:
        client = TcpClient(sequence=(1 << 32) - 600, acknowledged=(1 << 32) - 5)
        sensor.take(client.says(hello()))
        for _ in range(3):
            client.hears(3_000)
            sensor.take(client.says(b"\x17", size=1_000))
        sensor.take(client.ends())
        assert sensor.core.carried == (3_000, 9_000)

    def test_late_and_duplicate_segments_carry_nothing_more(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        first = client.says(hello())
        segments = [client.says(b"\x17", size=1_000) for _ in range(4)]
        sensor.take(first, segments[3], segments[0], segments[3], segments[1], first)
        sensor.close()
        assert sensor.core.carried == (4_000, 0)

    def test_acknowledgement_that_goes_back_takes_nothing_away(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()))
        client.hears(5_000)
        late = client.says(b"\x17", size=10)._replace(acknowledgement=client.acknowledged - 4_000)
        sensor.take(client.says(b"\x17", size=10), late)
        sensor.close()
        assert sensor.core.carried == (20, 5_000)

    @pytest.mark.parametrize("garbage", [0, 77, (1 << 31) - 1])
    def test_number_without_the_flag_that_makes_it_one_is_not_looked_at(
        self, sensor: SegmentSensor, client: TcpClient, garbage: int
    ) -> None:
        sensor.take(client.says(hello()))
        sensor.take(client.ends(RST)._replace(acknowledgement=garbage))
        assert sensor.core.carried == (0, 0)
        assert len(sensor.segments) == 0

    @given(
        st.integers(0, (1 << 32) - 1),
        st.integers(0, (1 << 32) - 1),
        st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 900_000)), max_size=20),
        st.randoms(use_true_random=False),
    )
    def test_are_right_whatever_the_numbers_begin_with_and_which_segments_are_seen(
        self, sequence: int, acknowledged: int, sent: list[tuple[int, int]], random: Random
    ) -> None:
        sensor = SegmentSensor()
        client = TcpClient(sequence=sequence, acknowledged=acknowledged)
        sensor.take(client.says(hello()))
        for up, down in sent:
            client.hears(down)
            segment = client.says(b"\x17", size=up)
            if random.random() < 0.5:
                sensor.take(segment)
        sensor.take(client.ends())
        assert sensor.core.carried == (sum(up for up, _ in sent), sum(down for _, down in sent))


class TestEnd:
    @pytest.mark.parametrize("flags", [FIN | ACK, FIN | PSH | ACK, RST | ACK, RST])
    def test_makes_place_for_another_connection_from_the_same_port(
        self, sensor: SegmentSensor, client: TcpClient, flags: int
    ) -> None:
        sensor.take(client.says(hello()), client.ends(flags))
        assert len(sensor.segments) == 0
        sensor.take(client.says(hello()))
        assert sensor.core.names == [SNI, SNI]

    def test_segment_that_ends_it_may_carry_bytes(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()), client.says(bytes(30), flags=FIN | ACK))
        assert sensor.core.carried == (30, 0)

    def test_hello_and_end_in_one_segment(self, sensor: SegmentSensor, client: TcpClient) -> None:
        sensor.take(client.says(hello(), flags=FIN | PSH | ACK))
        assert sensor.core.names == [SNI]
        assert len(sensor.segments) == 0

    def test_other_numbers_from_the_same_port_are_another_connection(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        """Of the first, the end was not seen: a phone left the room."""
        sensor.take(client.says(hello()), client.says(b"\x17", size=700))
        sensor.take(TcpClient(sequence=client.sequence + (1 << 30), acknowledged=9).says(hello()))
        sensor.close()
        assert sensor.core.names == [SNI, SNI]
        assert sensor.core.carried == (700, 0)

    def test_of_what_was_not_seen_to_begin_is_nothing(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"", flags=SYN), client.says(b"\x17\x03\x03xyz"), client.ends())
        sensor.close()
        assert sensor.core.sightings == []

    def test_silence_ends_it(self, sensor: SegmentSensor, client: TcpClient) -> None:
        sensor.take(client.says(hello()), client.says(b"\x17", size=700))
        sensor.wait(IDLE_TIMEOUT)
        assert len(sensor.segments) == 1
        sensor.take(client.says(b"\x17", size=1))
        sensor.wait(IDLE_TIMEOUT)
        assert len(sensor.segments) == 1
        sensor.wait(1)
        assert len(sensor.segments) == 0
        assert sensor.core.carried == (701, 0)

    def test_closing_tells_the_rest_of_all(self, sensor: SegmentSensor) -> None:
        for port in range(5):
            client = TcpClient(port)
            sensor.take(client.says(hello()), client.says(b"\x17", size=100))
        sensor.close()
        assert sensor.core.carried == (500, 0)
        assert len(sensor.segments) == 0


class TestClients:
    def test_are_kept_apart_by_address_port_and_server(self, sensor: SegmentSensor) -> None:
        first = TcpClient()
        others = [
            TcpClient(PORT + 1),
            TcpClient(client=CLASSMATE),
            TcpClient(server=OTHER_SITE),
            TcpClient(to=8443),
        ]
        (start, rest) = first.in_pieces(FIXED, 60)
        sensor.take(start, *(other.says(FIXED) for other in others), rest)
        assert [sighting.client for sighting in sensor.core.sightings] == [
            PUPIL,
            CLASSMATE,
            PUPIL,
            PUPIL,
            PUPIL,
        ]

    def test_pieces_are_not_mixed(self, sensor: SegmentSensor) -> None:
        one, other = TcpClient(), TcpClient(client=CLASSMATE)
        (first, _), (_, second) = one.in_pieces(FIXED, 60), other.in_pieces(FIXED, 60)
        sensor.take(second, first)
        assert sensor.core.sightings == []


class TestFlood:
    """Whoever sends what has no end makes the sensor forget, and no more."""

    def test_of_connections(self, sensor: SegmentSensor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tcp_flows, "MAX_FLOWS", 64)
        for port in range(1_000):
            sensor.take(TcpClient(port).says(hello(FACEBOOK)))
            assert len(sensor.segments) <= 64
        assert len(sensor.core.names) == 1_000

    def test_of_half_hellos(self, sensor: SegmentSensor) -> None:
        pieces = {}
        for port in range(tcp_flows.MAX_INCOMPLETE + 100):
            first, pieces[port] = TcpClient(port).in_pieces(FIXED, 60)
            sensor.take(first)
            assert sensor.segments.incomplete <= tcp_flows.MAX_INCOMPLETE
        assert sensor.core.names == [("", Evidence.HIDDEN)] * 100
        assert len(sensor.segments) == tcp_flows.MAX_INCOMPLETE
        sensor.take(pieces[port])
        assert sensor.core.names[-1] == SNI

    def test_of_half_hellos_that_grow(self, sensor: SegmentSensor, client: TcpClient) -> None:
        """One that is announced as long as can be, then bytes without end."""
        sensor.take(client.says(b"\x16\x03\x01\xff\xff\x01\x00\xff\xff"))
        for _ in range(200):
            sensor.take(client.says(bytes(1_000)))
        assert sensor.core.names == [("", Evidence.HIDDEN)]
        assert sensor.segments.incomplete == 0

    def test_of_pieces_that_come_before_the_first(self, sensor: SegmentSensor) -> None:
        for port in range(tcp_flows.MAX_EARLY * 2):
            client = TcpClient(port)
            sensor.take(*(client.says(b"\x17" + bytes(40)) for _ in range(MAX_EARLY_SEGMENTS * 3)))
            assert sensor.segments.early <= tcp_flows.MAX_EARLY
        assert len(sensor.segments) == 0
        sensor.wait(60)
        assert sensor.segments.early == 0

    def test_second_early_piece_of_one_connection_drives_out_no_other(
        self, sensor: SegmentSensor
    ) -> None:
        held = [TcpClient(port).in_pieces(FIXED, 40, 60) for port in range(tcp_flows.MAX_EARLY)]
        for _, second, _ in held:
            sensor.take(second)
        sensor.take(held[-1][2])
        sensor.take(held[0][0], held[0][2])
        assert sensor.core.names == [SNI]

    def test_of_early_pieces_as_large_as_joined_segments_keeps_none(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"\x17" + bytes(MAX_EARLY_SIZE)))
        assert sensor.segments.early == 0


@given(st.data())
def test_anything_in_any_order_keeps_within_bounds(data: st.DataObject) -> None:
    """No connection is told without a name or a reason, and nothing is kept once all is told."""
    sensor = SegmentSensor(every_name=True)
    starts = st.sampled_from([FIXED, hello(), hello(None), connect(SCHOOL), request(HOSTNAME)])
    payloads = st.binary(max_size=40) | starts.flatmap(
        lambda whole: st.integers(0, len(whole)).map(lambda at: whole[at:] or whole)
    )
    for _ in range(data.draw(st.integers(1, 25))):
        client = TcpClient(data.draw(st.integers(1, 3)), sequence=data.draw(numbers))
        segment = client.says(data.draw(payloads), flags=data.draw(st.integers(0, 255)))
        sensor.take(segment._replace(acknowledgement=data.draw(numbers)))
        if data.draw(st.booleans()):
            sensor.wait(data.draw(st.floats(-10, 1_000)))
    sensor.close()
    assert len(sensor.segments) == sensor.segments.incomplete == 0
    for seen in sensor.core.sightings:
        assert seen.hostname or seen.evidence is Evidence.HIDDEN
        assert min(seen.up, seen.down) >= 0


numbers = st.sampled_from([0, 1, 200, 2**31, 2**32 - 5]) | st.integers(0, 2**32 - 1)

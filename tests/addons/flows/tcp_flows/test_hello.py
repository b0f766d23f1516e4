"""A ClientHello is read however its pieces come."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.tcp_flows.conftest import (
    FIXED,
    MAX_SEGMENT_SIZE,
    POST_QUANTUM,
    SNI,
    SegmentSensor,
)
from tests.addons.flows.wire import NOON, PUPIL, SCHOOL, TcpClient
from tests.addons.hellos import HOSTNAME, hello, record


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

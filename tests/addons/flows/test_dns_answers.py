"""Which answers are learned, over UDP and over TCP, however the segments cut them."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows.dns_answers import MAX_CUT_STREAMS, DnsAnswers
from addons.packets.packet import ACK, PSH, TCP, Packet
from monitor.evidence import Evidence
from tests.addons.flows.wire import (
    CLASSMATE,
    DNS,
    OTHER_SITE,
    PORT,
    PUPIL,
    RESOLVER,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    answer,
    reporter,
    told_by_dns,
)
from tests.addons.hellos import HOSTNAME
from tests.addons.sinks import RecordingSink

ANSWER, OTHER_ANSWER = answer(HOSTNAME, SITE), answer(SCHOOL, OTHER_SITE)


def stream(*messages: bytes) -> bytes:
    """Put messages behind their lengths: RFC 1035, section 4.2.2."""
    return b"".join(pack(">H", len(message)) + message for message in messages)


def segments(
    data: bytes, *cuts: int, client: bytes = PUPIL, port: int = PORT, start: int = 70
) -> list[Packet]:
    """Cut a name server's stream into segments."""
    return [
        Packet(
            TCP, RESOLVER, DNS, client, port, data[at:end], end - at, PSH | ACK, start + at, 5
        )._replace(sequence=(start + at) % (1 << 32))
        for at, end in zip((0, *cuts), (*cuts, len(data)), strict=True)
    ]


class AnswerSensor:
    """Answers that go by; what was learned of them is told as names."""

    def __init__(self) -> None:
        self.core = RecordingSink()
        self.answers = DnsAnswers(reporter(self.core, every_name=True))

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.answers.receive_packet(packet)

    @property
    def learned(self) -> list[str]:
        assert {sighting.evidence for sighting in self.core.sightings} <= {Evidence.DNS}
        return [sighting.hostname for sighting in self.core.sightings]


@pytest.fixture
def sensor() -> AnswerSensor:
    return AnswerSensor()


def test_over_udp(sensor: AnswerSensor) -> None:
    sensor.take(told_by_dns(HOSTNAME, SITE))
    assert sensor.learned == [HOSTNAME]
    assert sensor.core.sightings[0].client == PUPIL


def test_with_where_the_name_points(sensor: AnswerSensor) -> None:
    sensor.take(told_by_dns(WEBLOG, SITE, through=WEBLOG_HOST))
    assert sensor.learned == [WEBLOG, WEBLOG_HOST]


@given(st.lists(st.integers(1, len(stream(ANSWER, OTHER_ANSWER)) - 1), unique=True).map(sorted))
def test_over_tcp_cut_anywhere(cuts: list[int]) -> None:
    sensor = AnswerSensor()
    sensor.take(*segments(stream(ANSWER, OTHER_ANSWER), *cuts))
    assert sensor.learned == [HOSTNAME, SCHOOL]


def test_over_tcp_across_the_end_of_the_numbers(sensor: AnswerSensor) -> None:
    sensor.take(*segments(stream(ANSWER), 20, start=(1 << 32) - 20))
    assert sensor.learned == [HOSTNAME]


def test_segment_that_is_sent_again_spoils_nothing(sensor: AnswerSensor) -> None:
    first, second = segments(stream(ANSWER), 30)
    sensor.take(first, first, second, second)
    assert sensor.learned == [HOSTNAME]


def test_message_with_a_piece_that_was_lost_is_not_learned(sensor: AnswerSensor) -> None:
    first, _, third = segments(stream(ANSWER), 20, 40)
    sensor.take(first, third)
    assert sensor.learned == []


def test_later_connection_from_the_same_port_begins_anew(sensor: AnswerSensor) -> None:
    first, _ = segments(stream(ANSWER), 30)
    sensor.take(first, *segments(stream(OTHER_ANSWER), start=9_000_000))
    assert sensor.learned == [SCHOOL]


def test_streams_are_kept_apart(sensor: AnswerSensor) -> None:
    one = segments(stream(ANSWER), 30)
    other = segments(stream(OTHER_ANSWER), 30, client=CLASSMATE)
    sensor.take(one[0], other[0], one[1], other[1])
    assert [(sighting.client, sighting.hostname) for sighting in sensor.core.sightings] == [
        (PUPIL, HOSTNAME),
        (CLASSMATE, SCHOOL),
    ]


def test_segment_without_content_changes_nothing(sensor: AnswerSensor) -> None:
    first, second = segments(stream(ANSWER), 30)
    empty = first._replace(payload=b"", size=0, sequence=second.sequence)
    sensor.take(first, empty, second)
    assert sensor.learned == [HOSTNAME]


def test_flood_of_cut_messages_makes_the_oldest_forgotten(sensor: AnswerSensor) -> None:
    pieces = [segments(stream(ANSWER), 30, port=port) for port in range(MAX_CUT_STREAMS + 1)]
    sensor.take(*(first for first, _ in pieces))
    assert len(sensor.answers) == MAX_CUT_STREAMS
    sensor.take(pieces[0][1], pieces[-1][1])
    assert sensor.learned == [HOSTNAME]


def test_message_that_is_announced_long_is_not_waited_for_without_end(sensor: AnswerSensor) -> None:
    endless = b"\xff\xff" + bytes(60_000)
    sent = segments(endless, *range(1_000, 60_000, 1_000))
    sensor.take(*sent[:16])
    assert len(sensor.answers) == 1
    sensor.take(sent[16])
    assert len(sensor.answers) == 0
    sensor.take(*sent[17:])
    assert sensor.learned == []


@given(st.lists(st.binary(max_size=80), max_size=10), st.integers(0, (1 << 32) - 1))
def test_any_bytes_are_taken(payloads: list[bytes], start: int) -> None:
    sensor = AnswerSensor()
    for payload in payloads:
        sensor.take(*segments(payload, start=start))
    assert len(sensor.answers) <= 1

from statistics import mean, stdev

import pytest

from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
)
from monitor.evidence import Evidence
from simulation.randomness import seeded_random
from simulation.traffic.connection import (
    CLIENT_HELLO,
    DATAGRAM,
    ByteExchange,
    SimulatedConnection,
    make_connection,
    make_sightings,
)

CLIENT = b"\x0a\x01\x00\x01"


def test_a_short_connection_is_seen_as_it_opens_and_as_it_ends() -> None:
    seen = list(make_sightings(SimulatedConnection(100.0, CLIENT, "x.com", 2_000, 50_000, 3.0)))
    assert [(s.timestamp, s.opens_connection, s.up, s.down) for s in seen] == [
        (100.0, True, CLIENT_HELLO, 0),
        (103.0, False, 2_000, 50_000),
    ]
    assert {(s.client, s.hostname, s.evidence) for s in seen} == {(CLIENT, "x.com", Evidence.SNI)}


def test_a_long_one_is_seen_again_every_half_minute() -> None:
    seen = list(make_sightings(SimulatedConnection(0.0, CLIENT, "x.com", 0, 1_500_000, 95.0)))
    assert len(seen) == 5
    assert seen[-1].timestamp == 95.0
    assert sum(s.down for s in seen) == 1_500_000


def test_a_device_that_hides_the_name_leaves_none() -> None:
    seen = list(make_sightings(SimulatedConnection(0.0, CLIENT, "", 0, 0, 1.0)))
    assert {s.evidence for s in seen} == {Evidence.HIDDEN}


BURSTS = (
    ByteExchange(0.1, 600, 4_000),
    ByteExchange(2.0, 800, 60_000),
    ByteExchange(45.0, 900, 600_000),
)


def test_a_connection_in_bursts_is_told_half_a_minute_after_the_first_untold_bytes() -> None:
    contact = make_connection(100.0, CLIENT, "x.com", BURSTS, quic=False)
    seen = [(s.timestamp, s.up, s.down, s.opens_connection) for s in make_sightings(contact)]
    assert seen == [
        (100.0, CLIENT_HELLO, 0, True),
        (130.1, 1_400, 64_000, False),
        (145.0, 900, 600_000, False),
    ]


def test_of_quic_one_packet_in_32_is_counted_for_all() -> None:
    contact = make_connection(0.0, CLIENT, "x.com", [ByteExchange(1.0, 0, 120_000_000)], quic=True)
    opens, told = make_sightings(contact, seeded_random(1))
    assert (opens.up, opens.down, opens.evidence) == (0, 0, Evidence.QUIC)
    assert told.down % (SERVER_ONE_IN * DATAGRAM) == FIRST_SERVER_WEIGHT * DATAGRAM
    assert told.down == pytest.approx(120_000_000, rel=0.1)
    assert 0 < told.up < 0.002 * told.down


def test_after_a_silence_one_packet_down_stands_for_few() -> None:
    """What is counted of polls is much less often one in 32 than one of some."""
    polls = [ByteExchange(after, 0, 3_600) for after in range(0, 2_700, 300)]
    contact = make_connection(0.0, CLIENT, "x.com", polls, quic=True)
    random = seeded_random(1)
    told = [s.down for _ in range(200) for s in make_sightings(contact, random) if s.down]
    alone, more = FIRST_SERVER_WEIGHT * DATAGRAM, (FIRST_SERVER_WEIGHT + SERVER_ONE_IN) * DATAGRAM
    assert {alone} < set(told) <= {alone, more, more + SERVER_ONE_IN * DATAGRAM}
    assert told.count(alone) > 0.9 * len(told)


@pytest.mark.parametrize(
    ("apart", "stands_for"),
    [(FIRST_SERVER_AFTER, SERVER_ONE_IN), (FIRST_SERVER_AFTER + 1, FIRST_SERVER_WEIGHT)],
)
def test_later_one_stands_for_few_after_a_silence_only(apart: float, stands_for: int) -> None:
    many = 1_200_000
    bursts = [ByteExchange(0.0, 0, many), ByteExchange(apart, 0, many)]
    contact = make_connection(0.0, CLIENT, "x.com", bursts, quic=True)
    _, _, told = make_sightings(contact, seeded_random(1))
    assert told.down % (SERVER_ONE_IN * DATAGRAM) == stands_for % SERVER_ONE_IN * DATAGRAM


def test_packet_that_is_not_full_stands_for_few_as_well() -> None:
    contact = make_connection(0.0, CLIENT, "x.com", [ByteExchange(0.0, 0, 400)], quic=True)
    random = seeded_random(1)
    assert {sum(s.down for s in make_sightings(contact, random)) for _ in range(200)} == {
        0,
        FIRST_SERVER_WEIGHT * 400,
    }


def test_of_what_goes_up_over_quic_it_is_one_in_4() -> None:
    contact = make_connection(0.0, CLIENT, "x.com", [ByteExchange(1.0, 300_000, 0)], quic=True)
    random = seeded_random(1)
    told = [sum(s.up for s in make_sightings(contact, random)) for _ in range(200)]
    assert all(size % (CLIENT_ONE_IN * DATAGRAM) == 0 for size in told)
    assert mean(told) == pytest.approx(300_000, rel=0.02)
    assert stdev(told) == pytest.approx(0.11 * 300_000, rel=0.2)


def test_a_packet_up_that_could_be_an_acknowledgement_is_not_counted() -> None:
    random = seeded_random(1)
    for up, is_counted in ((MIN_CLIENT_SIZE - 1, False), (MIN_CLIENT_SIZE, True)):
        contact = make_connection(0.0, CLIENT, "x.com", [ByteExchange(1.0, up, 0)], quic=True)
        told = sum(s.up for _ in range(100) for s in make_sightings(contact, random))
        assert (told > 0) is is_counted


def test_a_small_exchange_over_quic_mostly_shows_no_bytes() -> None:
    contact = make_connection(0.0, CLIENT, "x.com", [ByteExchange(1.0, 700, 3_000)], quic=True)
    random = seeded_random(1)
    shown = [sum(s.up + s.down for s in make_sightings(contact, random)) for _ in range(200)]
    assert sum(size > 0 for size in shown) < 80
    assert sum(shown) > 0


def test_without_sampling_quic_is_told_as_it_is() -> None:
    contact = make_connection(0.0, CLIENT, "x.com", BURSTS, quic=True)
    assert sum(s.down for s in make_sightings(contact)) == contact.down

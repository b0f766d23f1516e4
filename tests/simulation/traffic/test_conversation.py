"""What a device says to several hostnames becomes connections."""

from simulation.randomness import seeded_random
from simulation.school.bells import bell_spans
from simulation.traffic.conversation import KEPT_OPEN, Conversation
from tests.simulation.cast import MONDAY

SPAN = bell_spans(MONDAY)[0]
CLIENT = b"\x0a\x01\x00\x01"


def test_each_hostname_has_a_connection_that_carries_what_was_said() -> None:
    talk = Conversation(CLIENT, SPAN)
    talk.exchange("x.com", SPAN.start + 10, 1_000, 20_000)
    talk.exchange("pbs.twimg.com", SPAN.start + 12, 300, 60_000)
    talk.exchange("x.com", SPAN.start + 40, 500, 5_000)
    first, second = talk.connections()
    assert (first.hostname, first.timestamp) == ("x.com", SPAN.start + 10)
    assert round(first.duration) == 30
    assert first.down > 25_000
    assert (second.hostname, second.client) == ("pbs.twimg.com", CLIENT)


def test_after_a_long_silence_there_is_another() -> None:
    talk = Conversation(CLIENT, SPAN)
    for moment in (0.0, KEPT_OPEN - 1, 2 * KEPT_OPEN):
        talk.exchange("x.com", SPAN.start + moment, 1_000, 1_000)
    assert len(list(talk.connections())) == 2


def test_what_is_after_the_bell_is_left_out() -> None:
    talk = Conversation(CLIENT, SPAN)
    talk.download("x.com", SPAN.end - 3, 1_000_000, 60, seeded_random(1))
    assert all(
        connection.timestamp + connection.duration < SPAN.end for connection in talk.connections()
    )
    talk.exchange("x.com", SPAN.end, 1, 1)
    talk.exchange("x.com", SPAN.start - 1, 1, 1)
    assert sum(len(connection.exchanges) for connection in talk.connections()) < 14


def test_pushes_of_meta_stay_on_tcp() -> None:
    talk = Conversation(CLIENT, SPAN, quic=True)
    for hostname in ("i.instagram.com", "gateway.instagram.com", "edge-mqtt.facebook.com"):
        talk.exchange(hostname, SPAN.start, 1_000, 1_000)
    assert {connection.hostname: connection.quic for connection in talk.connections()} == {
        "i.instagram.com": True,
        "gateway.instagram.com": False,
        "edge-mqtt.facebook.com": False,
    }

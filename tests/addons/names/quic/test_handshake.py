"""Which names are read from QUIC, whatever way the client's datagrams come."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addons.names.client_hello import MAX_SIZE
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus
from addons.names.quic import handshake, header
from addons.names.quic.handshake import QuicHandshake
from tests.addons import hellos
from tests.addons.hellos import HOSTNAME
from tests.addons.names.quic import clients, google_packets, initials
from tests.addons.names.quic.initials import (
    CONNECTION,
    HELLO,
    SALTS,
    SHUFFLED,
    VERSION_2,
    crypto,
    in_pieces,
    initial,
    other,
)

NAME = ParseResult(ParseStatus.NAME, HOSTNAME)
Q050 = int.from_bytes(b"Q050")
GOOGLES = (Q050, int.from_bytes(b"T050"), int.from_bytes(b"T051"))
GREASE = 0x1A2A3A4A

FIRST, SECOND = SHUFFLED[:1_000], SHUFFLED[1_000:]
HALVES = [initial(crypto(FIRST)), initial(crypto(SECOND, 1_000), number=1)]
"""A ClientHello in two datagrams; the name is in the second."""


def read(*datagrams: bytes) -> list[ParseResult]:
    """Read datagrams until the outcome is certain."""
    client, readings = QuicHandshake(), []
    for datagram in datagrams:
        readings.append(client.receive_datagram(datagram))
        if readings[-1] is not INCOMPLETE:
            break
    return readings


@pytest.mark.parametrize("version", [clients.VERSION_1, clients.VERSION_2])
def test_real_client(version: int) -> None:
    (datagram,) = clients.sent(clients.client(version=version))
    assert handshake.may_begin_connection(datagram)
    assert read(datagram) == [NAME]


def test_real_client_that_names_nobody() -> None:
    (datagram,) = clients.sent(clients.client(None))
    assert read(datagram) == [NO_NAME]


def test_real_hello_over_several_datagrams() -> None:
    datagrams = clients.sent(clients.client(suites=1_200))
    assert len(datagrams) > 2
    assert read(*datagrams) == [INCOMPLETE, INCOMPLETE, NAME]
    assert read(*reversed(datagrams))[-1] == NAME


async def test_real_client_after_retry() -> None:
    """The server has it begin anew, at another connection id and with a token."""
    connection = clients.client(suites=600)
    before = clients.sent(connection)
    again = clients.retried(clients.client(suites=600))
    assert len(again) == len(before) == 2
    assert read(before[0], *again) == [INCOMPLETE, INCOMPLETE, NAME]


def test_real_client_sends_what_was_lost_to_the_id_that_the_server_chose() -> None:
    connection = clients.client(suites=600)
    first, _ = clients.sent(connection)
    again = clients.acknowledged(connection, first)
    assert addressed(again[0]) != addressed(first)
    assert read(first, *again)[-1] == NAME


def addressed(datagram: bytes) -> bytes:
    return header.parse_packets(datagram)[0].destination


@pytest.mark.parametrize("version", SALTS)
def test_versions(version: int) -> None:
    hello = google_packets.hello() if version == Q050 else HELLO
    datagram = initial(crypto(hello, kind=8 if version in GOOGLES else 6), version)
    assert handshake.may_begin_connection(datagram)
    assert read(datagram) == [NAME]


@pytest.mark.parametrize("version", range(24, 47))
def test_versions_without_encryption(version: int) -> None:
    frames = google_packets.stream(google_packets.hello(), version)
    datagram = google_packets.packet(frames, version)
    assert handshake.may_begin_connection(datagram)
    assert read(datagram) == [NAME]


@pytest.mark.parametrize("version", [GREASE, 0xFF000010, 0x12345678])
def test_unknown_version_has_no_name(version: int) -> None:
    datagram = initials.long_header(version, 0, 1, CONNECTION).ljust(1_200, b"\x00")
    assert handshake.may_begin_connection(datagram)
    assert read(datagram) == [NO_NAME]


def test_frames_in_any_order() -> None:
    pieces = in_pieces(HELLO, 90)
    for order in permutations(pieces[:4]):
        assert read(initial(b"".join([*order, b"\x01", bytes(30), *pieces[:3:-1]]))) == [NAME]


def test_frames_again_and_overlapping() -> None:
    again = crypto(HELLO[:200]) + crypto(HELLO[:200]) + crypto(b"?" * 150, 50) + crypto(HELLO)
    assert read(initial(again)) == [NAME]


def test_datagrams_in_any_order_and_again() -> None:
    first, second = HALVES
    assert read(first, second) == [INCOMPLETE, NAME]
    assert read(second, first) == [INCOMPLETE, NAME]
    assert read(first, first, first, second) == [INCOMPLETE] * 3 + [NAME]


def test_lost_datagram_is_made_up_for_by_the_one_that_is_sent_again() -> None:
    again = initial(b"\x01" + crypto(SHUFFLED[900:], 900), number=7, number_size=2)
    assert read(HALVES[0], again) == [INCOMPLETE, NAME]


def test_keys_stay_when_the_server_has_chosen_another_id() -> None:
    for chosen in (b"", b"server's", bytes(20)):
        rest = initial(crypto(SECOND, 1_000), to=chosen, number=2)
        assert read(HALVES[0], rest) == [INCOMPLETE, NAME]


def test_keys_change_after_retry() -> None:
    retried = [
        initial(crypto(FIRST), connection=b"retried!", token=b"token" * 20, size=1_250, number=1),
        initial(crypto(SECOND, 1_000), connection=b"retried!", token=b"token" * 20, number=2),
    ]
    assert read(HALVES[0], *retried) == [INCOMPLETE, INCOMPLETE, NAME]


def test_another_connection_over_the_same_ports_begins_anew() -> None:
    hello = hellos.message("example.org")
    another = initial(crypto(hello), connection=b"another!")
    assert read(HALVES[0], another)[-1].hostname == "example.org"


def test_version_that_the_server_preferred_keeps_the_connection_id() -> None:
    rest = initial(crypto(SECOND, 1_000), VERSION_2, to=b"server's", number=1)
    assert read(HALVES[0], rest) == [INCOMPLETE, NAME]


def test_version_that_the_server_does_not_have_is_answered_with_another() -> None:
    assert read(HALVES[0], initial(crypto(HELLO), VERSION_2, connection=b"another!")) == [
        INCOMPLETE,
        NAME,
    ]


def test_packets_that_share_a_datagram() -> None:
    acknowledgement = initial(b"\x02\x00\x00\x00\x00", size=50)
    both = initial(crypto(FIRST), size=1_050) + initial(crypto(SECOND, 1_000), number=1, size=700)
    assert read(both) == [NAME]
    assert read(initial(crypto(HELLO), size=700) + other(1) + other(2)) == [NAME]
    assert read(acknowledgement + other(1), *HALVES) == [INCOMPLETE, INCOMPLETE, NAME]


def test_early_data_between_the_pieces_does_not_matter() -> None:
    first, second = HALVES
    assert read(other(1), first, other(1), second) == [INCOMPLETE] * 3 + [NAME]


@pytest.mark.parametrize("later", [other(2), initial(b"\x01", size=80) + other(2), b"\x40" * 50])
def test_handshake_that_went_on_has_no_name(later: bytes) -> None:
    assert read(HALVES[0], later) == [INCOMPLETE, NO_NAME]


def test_what_no_key_fits_has_no_name() -> None:
    later = initial(crypto(HELLO), to=b"server's")
    assert read(later) == [NO_NAME]
    assert read(HALVES[0], initial(crypto(HELLO), to=b"server's", connection=b"unknown!")) == [
        INCOMPLETE,
        INCOMPLETE,
    ]


def test_handshake_that_is_none_has_no_name() -> None:
    assert read(initial(crypto(b"\x02" + HELLO[1:]))) == [NO_NAME]
    assert read(initial(crypto(HELLO, kind=8), Q050)) == [NO_NAME]


@pytest.mark.parametrize("version", [43, 46])
def test_second_hello_of_google_comes_later_in_the_stream(version: int) -> None:
    frames = google_packets.stream(google_packets.hello(), version, offset=1_024)
    assert read(google_packets.packet(frames, version)) == [NAME]


def test_google_without_a_name() -> None:
    frames = google_packets.stream(google_packets.hello(b""), 46)
    assert read(google_packets.packet(frames, 46)) == [NO_NAME]
    assert read(google_packets.packet(b"", 43), b"\x0c" + bytes(40)) == [INCOMPLETE, NO_NAME]


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\xc0",
        bytes(1_200),
        initials.long_header(0, 0, 1, CONNECTION).ljust(1_200, b"\x00"),
        b"\x16\xfe\xfd" + bytes(100),
        b"\x40" + bytes(1_200),
        b"GET / HTTP/1.1\r\n",
    ],
)
def test_other_protocols(datagram: bytes) -> None:
    assert not handshake.may_begin_connection(datagram)
    assert read(datagram) == [OTHER_PROTOCOL]


def test_datagrams_are_bounded() -> None:
    readings = read(*[HALVES[0]] * 100)
    assert readings == [INCOMPLETE] * handshake.MAX_DATAGRAMS + [NO_NAME]


def test_largest_hello() -> None:
    name = hellos.server_name(HOSTNAME.encode())
    filling = MAX_SIZE - len(hellos.with_extensions(name, hellos.key_share(0)))
    for size, outcome in ((filling, ParseStatus.NAME), (filling + 1, ParseStatus.NO_NAME)):
        message = hellos.with_extensions(hellos.key_share(size), name)
        datagrams = [
            initial(crypto(message[at : at + 1_100], at), number=at // 1_100, number_size=2)
            for at in range(0, len(message), 1_100)
        ]
        assert read(*datagrams)[-1].status is outcome


@given(st.binary(max_size=400), st.binary(max_size=1_300))
def test_any_bytes_give_an_answer(first: bytes, second: bytes) -> None:
    for reading in read(first, second) + read(HALVES[0], first, second):
        assert reading.status is not ParseStatus.NAME


@given(st.binary(max_size=1_100), st.sampled_from(sorted(SALTS)))
def test_any_frames_give_an_answer(payload: bytes, version: int) -> None:
    for reading in read(initial(payload, version), initial(payload, version, number=1)):
        assert reading.hostname.encode() in payload


@settings(max_examples=50)
@given(st.data())
def test_changed_datagram_gives_no_name(data: st.DataObject) -> None:
    changed = bytearray(initial(crypto(HELLO)))
    places = st.integers(0, len(changed) - 1)
    for at in data.draw(st.lists(places, min_size=1, max_size=8, unique=True)):
        changed[at] ^= data.draw(st.integers(1, 255))
    assert read(bytes(changed))[0].status is not ParseStatus.NAME


@given(st.integers(0, 1_199))
def test_truncated_datagram_gives_no_name(end: int) -> None:
    assert read(initial(crypto(HELLO))[:end])[0].status is not ParseStatus.NAME


@given(st.lists(st.integers(1, 400), min_size=3, max_size=30), st.randoms(use_true_random=False))
def test_any_way_to_cut_and_shuffle(sizes: list[int], random: Random) -> None:
    pieces: list[bytes] = []
    at = 0
    while at < len(SHUFFLED):
        size = sizes[len(pieces) % len(sizes)] + 20
        pieces.append(crypto(SHUFFLED[at : at + size], at))
        at += size
    random.shuffle(pieces)
    datagrams = [
        initial(piece, number=number, number_size=2) for number, piece in enumerate(pieces)
    ]
    assert read(*datagrams)[-1] == NAME

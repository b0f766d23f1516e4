"""What Linux says of its neighbours, as bytes; `test_neighbour_table` asks a real one."""

import struct

import pytest

from monitor.places.feeds.neighbours.messages import Neighbour, make_request, parse_neighbours

PHONE, MAC = bytes((10, 0, 101, 7)), bytes.fromhex("020000aabbcc")
OWN_6 = bytes.fromhex("20010db8000000090000000000000007")
REACHABLE, STALE, FAILED, NO_ARP = 0x02, 0x04, 0x20, 0x40
NEW, GONE, DONE = 28, 29, 3
IS_ROUTER = 0x80


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)


def message(
    address: bytes = PHONE,
    hardware: bytes = MAC,
    *,
    state: int = REACHABLE,
    flags: int = 0,
    kind: int = NEW,
) -> bytes:
    body = struct.pack("=BxxxiHBB", 2, 5, state, flags, 1)
    body += attribute(1, address) + attribute(2, hardware)
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 1, 0) + body


def parse(content: bytes) -> list[Neighbour]:
    return list(parse_neighbours(content))


@pytest.mark.parametrize("state", [REACHABLE, STALE])
@pytest.mark.parametrize("address", [PHONE, OWN_6])
def test_an_entry_says_which_mac_address_has_an_address(address: bytes, state: int) -> None:
    assert parse(message(address, state=state)) == [Neighbour(5, address, MAC)]


@pytest.mark.parametrize(
    "content", [message(state=FAILED), message(state=NO_ARP), message(kind=GONE)]
)
def test_an_entry_that_is_over_says_so(content: bytes) -> None:
    assert parse(content) == [Neighbour(5, PHONE, b"")]


def test_the_address_of_a_router_is_no_client_s_whoever_had_it_before() -> None:
    assert parse(message(flags=IS_ROUTER)) == [Neighbour(5, PHONE, b"")]


def test_entries_come_together_and_other_messages_between() -> None:
    done = struct.pack("=IHHII", 20, DONE, 2, 1, 0) + bytes(4)
    assert parse(message() + done + message(OWN_6)) == [
        Neighbour(5, PHONE, MAC),
        Neighbour(5, OWN_6, MAC),
    ]


@pytest.mark.parametrize("length", [1, 10, 16, 20, 30, 40])
def test_a_message_that_is_cut_short_is_an_error(length: int) -> None:
    with pytest.raises(ValueError, match="cut short"):
        parse(message()[:length])


def test_the_request_is_a_whole_message_of_its_own() -> None:
    size, kind, flags, *_ = struct.unpack_from("=IHHII", make_request())
    assert (size, kind, flags) == (len(make_request()), 30, 0x301)

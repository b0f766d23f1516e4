"""What a segment's numbers tell of a connection."""

import pytest

from addons.flows.connection import SAME, TcpConnection
from addons.packets.packet import RST, Packet
from tests.addons.flows.wire import NOON, Client

LAST = (1 << 32) - 1


def begun(sequence: int) -> tuple[TcpConnection, Client]:
    client = Client(sequence=sequence)
    return TcpConnection(client.says(b""), NOON), client


def at(client: Client, sequence: int) -> Packet:
    return client.says(b"")._replace(sequence=sequence & LAST)


@pytest.mark.parametrize("sequence", [0, 5, 1 << 31, LAST])
def test_a_later_connection_is_told_by_numbers_far_off(sequence: int) -> None:
    connection, client = begun(sequence)
    for near in (0, 1, -1, SAME - 1, -SAME):
        assert not connection.is_another(at(client, sequence + near))
    for far in (SAME, -SAME - 1, 1 << 31):
        assert connection.is_another(at(client, sequence + far))


@pytest.mark.parametrize("sequence", [0, 5, 1 << 31, LAST])
def test_a_piece_has_its_place_before_or_behind_the_first(sequence: int) -> None:
    connection, client = begun(sequence)
    for place in (0, 1, 1_448, -1, -1_448):
        assert connection.place(at(client, sequence + place)) == place


def test_carried_is_told_of_each_byte_once() -> None:
    connection, client = begun(LAST - 100)
    first, second = client.says(b"", size=300), client.says(b"", size=200)
    assert connection.carried(second) == (500, 0)
    assert connection.carried(first) == (0, 0)
    client.hears(70)
    third = client.says(b"", size=1)
    assert connection.carried(third) == (1, 70)
    assert connection.carried(third) == (0, 0)


def test_end_without_acknowledgement_tells_nothing_of_what_came_down() -> None:
    connection, client = begun(0)
    connection.carried(client.says(b"x"))
    client.hears(9_000)
    assert connection.carried(client.ends(RST)) == (0, 0)
    assert connection.carried(client.says(b"")) == (0, 9_000)

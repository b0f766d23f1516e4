"""What a segment's numbers tell of a connection."""

import pytest

from addons.flows.flow_state import HARDWARE_CHANGE_AFTER, MAX_SEQUENCE_DRIFT, TcpFlow, UdpFlow
from addons.packets.packet import RST, Packet
from tests.addons.flows.wire import NOON, TcpClient

LAST = (1 << 32) - 1


def begun(sequence: int) -> tuple[TcpFlow, TcpClient]:
    client = TcpClient(sequence=sequence)
    return TcpFlow(client.says(b""), NOON, b""), client


def at(client: TcpClient, sequence: int) -> Packet:
    return client.says(b"")._replace(sequence=sequence & LAST)


@pytest.mark.parametrize("sequence", [0, 5, 1 << 31, LAST])
def test_a_later_connection_is_told_by_numbers_far_off(sequence: int) -> None:
    connection, client = begun(sequence)
    for near in (0, 1, -1, MAX_SEQUENCE_DRIFT - 1, -MAX_SEQUENCE_DRIFT):
        assert not connection.is_new_connection(at(client, sequence + near))
    for far in (MAX_SEQUENCE_DRIFT, -MAX_SEQUENCE_DRIFT - 1, 1 << 31):
        assert connection.is_new_connection(at(client, sequence + far))


@pytest.mark.parametrize("sequence", [0, 5, 1 << 31, LAST])
def test_a_piece_has_its_place_before_or_behind_the_first(sequence: int) -> None:
    connection, client = begun(sequence)
    for place in (0, 1, 1_448, -1, -1_448):
        assert connection.stream_offset(at(client, sequence + place)) == place


def test_carried_is_told_of_each_byte_once() -> None:
    connection, client = begun(LAST - 100)
    first, second = client.says(b"", size=300), client.says(b"", size=200)
    assert connection.count_new_bytes(second) == (500, 0)
    assert connection.count_new_bytes(first) == (0, 0)
    client.hears(70)
    third = client.says(b"", size=1)
    assert connection.count_new_bytes(third) == (1, 70)
    assert connection.count_new_bytes(third) == (0, 0)


def test_end_without_acknowledgement_tells_nothing_of_what_came_down() -> None:
    connection, client = begun(0)
    connection.count_new_bytes(client.says(b"x"))
    client.hears(9_000)
    assert connection.count_new_bytes(client.ends(RST)) == (0, 0)
    assert connection.count_new_bytes(client.says(b"")) == (0, 9_000)


@pytest.mark.parametrize("flow_kind", [TcpFlow, UdpFlow])
def test_an_address_that_another_device_has_by_now_is_another_flow(
    flow_kind: type[TcpFlow | UdpFlow],
) -> None:
    packet = TcpClient().says(b"")._replace(hardware=b"phone1")
    flow = flow_kind(packet, NOON, b"name of phone1")
    later = NOON + HARDWARE_CHANGE_AFTER + 2
    assert not flow.is_of_another(packet, NOON + 1)
    copied = packet._replace(hardware=b"router")
    assert not flow.is_of_another(copied, NOON + 1), "a copy that the router sent on"
    assert flow.is_of_another(packet._replace(hardware=b"phone2"), later)


def test_frames_that_name_nobody_belong_to_one_flow() -> None:
    """Behind a router that is two machines, a frame's source is either."""
    packet = TcpClient().says(b"")._replace(hardware=b"first.")
    flow = TcpFlow(packet, NOON, b"")
    assert not flow.is_of_another(packet._replace(hardware=b"second"), NOON + 3_600)

"""What stands in a tunnel's own header, and what is no such header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.packets import ether_type as kinds
from addons.packets import tunnel
from addons.packets.tunnel import FIND_INNER_PACKET, Tunnel


@pytest.mark.parametrize(
    ("which", "data", "inside"),
    [
        (Tunnel.VXLAN, b"\x08" + bytes(7), (kinds.ETHERNET, 8)),
        (Tunnel.VXLAN, b"\x0c\x00\x00\x02" + bytes(4), (kinds.IPV6, 8)),
        (Tunnel.VXLAN, b"\x0c\x00\x00\x09" + bytes(4), None),
        (Tunnel.VXLAN, bytes(8), None),
        (Tunnel.VXLAN, b"\x08", None),
        (Tunnel.GENEVE, b"\x00\x00\x65\x58" + bytes(4), (kinds.ETHERNET, 8)),
        (Tunnel.GENEVE, b"\x02\x00\x08\x00" + bytes(12), (kinds.IPV4, 16)),
        (Tunnel.GENEVE, b"\x40\x00\x08\x00" + bytes(4), None),
        (Tunnel.GTP, b"\x30\xff" + bytes(6), (kinds.ANY_IP, 8)),
        (Tunnel.GTP, b"\x32\xff" + bytes(10), (kinds.ANY_IP, 12)),
        (Tunnel.GTP, b"\x34\xff" + bytes(9) + b"\x85\x01\x10\x01\x00", (kinds.ANY_IP, 16)),
        (Tunnel.GTP, b"\x34\xff" + bytes(9) + b"\x85\x00\x10\x01\x00", None),
        (Tunnel.GTP, b"\x34\xff" + bytes(9) + b"\x85\x01\x00\x00\x85" * 20, None),
        (Tunnel.GTP, b"\x1e\xff" + bytes(18), (kinds.ANY_IP, 20)),
        (Tunnel.GTP, b"\x30\x01" + bytes(6), None),
        (Tunnel.GRE, b"\x00\x00\x08\x00", (kinds.IPV4, 4)),
        (Tunnel.GRE, b"\xb0\x00\x86\xdd", (kinds.IPV6, 16)),
        (Tunnel.GRE, b"\x30\x81\x88\x0b", (kinds.PPP, 16)),
        (Tunnel.GRE, b"\x40\x00\x08\x00", None),
        (Tunnel.IPIP, b"", (kinds.ANY_IP, 0)),
    ],
)
def test_what_is_inside(which: Tunnel, data: bytes, inside: tunnel.InnerPacket | None) -> None:
    assert FIND_INNER_PACKET[which](data) == inside


def test_every_tunnel_can_be_looked_into_and_found() -> None:
    assert (
        {*FIND_INNER_PACKET}
        == {*Tunnel}
        == {*tunnel.TUNNEL_PORTS, *tunnel.TUNNEL_PROTOCOLS.values()}
    )


@given(st.sampled_from(Tunnel), st.binary(max_size=60))
def test_any_bytes(which: Tunnel, data: bytes) -> None:
    inside = FIND_INNER_PACKET[which](data)
    assert inside is None or inside[1] >= 0

"""How far it is to IP, behind tags, labels and lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.packets import ether_type as kinds
from addons.packets import link_headers

TAG = b"\x00\x07\x81\x00"
LAST_TAG = b"\x00\x07\x08\x00"


@pytest.mark.parametrize(
    ("kind", "data", "at"),
    [
        (kinds.IPV4, b"", 0),
        (kinds.VLAN[0], LAST_TAG, 4),
        (kinds.VLAN[1], TAG * 3 + LAST_TAG, 16),
        (kinds.VLAN[0], b"\x00\x07\x00\x20\xaa\xaa\x03\x00\x00\x00\x08\x00", 12),
        (kinds.MPLS[0], b"\x00\x00\x10\x40" + b"\x00\x00\x11\x40", 8),
        (kinds.PPPOE_SESSION, b"\x11\x00\x00\x05\x00\x10\x00\x21", 8),
        (kinds.PPP, b"\x21", 1),
        (kinds.PPP, b"\xff\x03\x57", 3),
        (kinds.PPP, b"\xff\x03\x00\x57", 4),
        (kinds.PPP, b"\x02\x81\x00\x00\x11\x40", 6),
        (kinds.ETHERNET, bytes(12) + b"\x86\xdd", 14),
    ],
)
def test_where_ip_begins(kind: int, data: bytes, at: int) -> None:
    assert link_headers.find_ip_header(data, kind, 0) == at


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (0x0806, bytes(40)),
        (kinds.VLAN[0], TAG * 50 + LAST_TAG),
        (kinds.VLAN[0], b""),
        (kinds.PPPOE_SESSION, b"\x11\x09" + bytes(20)),
        (kinds.PPP, b"\xc0\x21" + bytes(20)),
        (kinds.LLC, b"\x42\x42\x03" + bytes(20)),
    ],
)
def test_where_ip_does_not_begin(kind: int, data: bytes) -> None:
    assert link_headers.find_ip_header(data, kind, 0) is None


@given(st.integers(0, 0x10010), st.binary(max_size=100), st.integers(0, 120))
def test_any_bytes(kind: int, data: bytes, at: int) -> None:
    start = link_headers.find_ip_header(data, kind, at)
    assert start is None or start >= at

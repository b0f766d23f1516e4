"""Which first datagrams are a VPN's, and which only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names import vpn
from addons.names.vpn import IKE_NAT_PORT, IKE_PORT, OPENVPN_PORT

WIREGUARD = b"\x01\x00\x00\x00" + bytes(range(144))
OPENVPN_RESET = b"\x38" + bytes(range(8)) + b"\x00" + bytes(4)
"""P_CONTROL_HARD_RESET_CLIENT_V2 with key 0, a session, no acknowledgements, the first packet."""
OPENVPN_RESET_3 = b"\x50" + OPENVPN_RESET[1:]
IKE_INIT = bytes(range(1, 9)) + bytes(8) + b"\x21\x20\x22\x08" + bytes(4) + (28).to_bytes(4)
"""RFC 7296, section 3.1: the initiator's number, none of a responder, IKE_SA_INIT, 28 bytes."""


@pytest.mark.parametrize("port", [51820, 443, 53, 4433])
def test_wireguard_is_known_at_any_port(port: int) -> None:
    assert vpn.is_vpn_start(port, WIREGUARD)


@pytest.mark.parametrize("reset", [OPENVPN_RESET, OPENVPN_RESET_3])
def test_openvpn_is_known_at_its_port(reset: bytes) -> None:
    assert vpn.is_vpn_start(OPENVPN_PORT, reset)
    assert not vpn.is_vpn_start(443, reset)


def test_ike_is_known_at_its_ports() -> None:
    assert vpn.is_vpn_start(IKE_PORT, IKE_INIT)
    assert vpn.is_vpn_start(IKE_NAT_PORT, bytes(4) + IKE_INIT)
    assert not vpn.is_vpn_start(443, IKE_INIT)


@pytest.mark.parametrize(
    ("port", "datagram"),
    [
        (51820, WIREGUARD + b"\x00"),
        (51820, WIREGUARD[:-1]),
        (51820, b"\x02" + WIREGUARD[1:]),
        (51820, b"\x01\x00\x00\x01" + WIREGUARD[4:]),
        (OPENVPN_PORT, b"\x40" + OPENVPN_RESET[1:]),
        (OPENVPN_PORT, b"\x48" + OPENVPN_RESET[1:]),
        (OPENVPN_PORT, b""),
        (IKE_PORT, IKE_INIT[:-1]),
        (IKE_PORT, IKE_INIT[:8] + bytes(range(1, 9)) + IKE_INIT[16:]),
        (IKE_PORT, IKE_INIT[:18] + b"\x25" + IKE_INIT[19:]),
        (IKE_NAT_PORT, IKE_INIT),
        (IKE_NAT_PORT, b"\xff"),
        (IKE_NAT_PORT, bytes(3)),
    ],
    ids=[
        "longer than WireGuard's",
        "shorter than WireGuard's",
        "WireGuard's answer",
        "no zeros",
        "OpenVPN's answer",
        "OpenVPN's data",
        "nothing",
        "a cut header",
        "an exchange that has an answer",
        "another exchange",
        "ESP",
        "a sign of life",
        "too few zeros",
    ],
)
def test_others_begin_none(port: int, datagram: bytes) -> None:
    assert not vpn.is_vpn_start(port, datagram)


@given(st.sampled_from([OPENVPN_PORT, IKE_PORT, IKE_NAT_PORT, 443]), st.binary(max_size=200))
def test_any_bytes_give_an_answer(port: int, datagram: bytes) -> None:
    assert vpn.is_vpn_start(port, datagram) in (True, False)

"""Recognises the first datagram of a VPN; where the VPN goes is unknown.

WireGuard's handshake initiation has its type, three zeros and 148 bytes ("WireGuard: Next
Generation Kernel Network Tunnel", Donenfeld, section 5.4.2). OpenVPN's client begins with a hard
reset of version 2 or 3, in the upper five bits (its `ssl_pkt.h`). An IKE exchange begins with
IKE_SA_INIT, number 34, from a side that has no answer yet (RFC 7296, section 3.1); behind address
translation four zeros stand before it (RFC 3948, section 2.2).
"""

OPENVPN_PORT, IKE_PORT, IKE_NAT_PORT = 1194, 500, 4500
"""Ports; WireGuard has none of its own."""

WIREGUARD_START, WIREGUARD_SIZE = b"\x01\x00\x00\x00", 148
OPENVPN_RESETS = (0x38, 0x50)
_IKE_HEADER = 28
_NO_ANSWER = bytes(8)
_SA_INIT = 34
NO_ESP = bytes(4)


def is_vpn_start(port: int, datagram: bytes) -> bool:
    """Return whether a client's datagram to a port begins a VPN."""
    if port == OPENVPN_PORT:
        return datagram[:1] != b"" and datagram[0] in OPENVPN_RESETS
    if port == IKE_PORT:
        return _is_ike(datagram)
    if port == IKE_NAT_PORT:
        return datagram.startswith(NO_ESP) and _is_ike(datagram[len(NO_ESP) :])
    return len(datagram) == WIREGUARD_SIZE and datagram.startswith(WIREGUARD_START)


def _is_ike(message: bytes) -> bool:
    return len(message) >= _IKE_HEADER and message[8:16] == _NO_ANSWER and message[18] == _SA_INIT

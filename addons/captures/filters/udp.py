"""The filter's pieces for UDP: QUIC, DNS answers, DTLS, and the start of a VPN."""

from addons.captures.filters.expression import IpFields, all_of, any_of, field_in
from addons.names.dns.answer import ANSWER_MASK, NAME_FOUND
from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    DECIDING_BYTE,
    HEADER_FORM,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
    SHORT_HEADER,
)
from addons.names.vpn import (
    IKE_NAT_PORT,
    IKE_PORT,
    NO_ESP,
    OPENVPN_PORT,
    OPENVPN_RESETS,
    WIREGUARD_SIZE,
    WIREGUARD_START,
)
from addons.packets.ports import DNS, HTTPS
from addons.packets.tunnel import TUNNEL_PORTS, Tunnel

MIN_INITIAL = 1_000
"""Bytes: a client fills a datagram with an Initial up to 1,200 (RFC 9000, section 14.1), Google's
older versions to a little more."""

_HEADER = 8
_LENGTH = 4
"""Where UDP's header has the bytes of header and payload."""
_GOOGLE, _GOOGLE_WITH_TLS = 0x5130, 0x5430
"""`Q0` and `T0`, with which the names of Google's versions begin."""
_DTLS_HANDSHAKE = 0x16FE


def names_over_udp(version: IpFields) -> str:
    """Pass datagrams that can carry a name, or that start what hides names."""
    return all_of(
        not_of_a_server(version),
        any_of(
            dns_answer(version),
            vpn_start(version),
            dtls_client_hello(version),
            quic_initial(version),
        ),
    )


def not_of_a_server(version: IpFields) -> str:
    """Pass all but what a web server sends: films skip the other tests."""
    return any_of(f"{version.udp_field(0, 2)} != {HTTPS}", f"{version.udp_field(2, 2)} = {HTTPS}")


def dns_answer(version: IpFields) -> str:
    """Pass answers of name servers that found the name (RFC 1035, section 4.1.1)."""
    return all_of(
        f"{version.udp_field(0, 2)} = {DNS}",
        _carries(version, 12),
        f"{version.udp_field(_HEADER + 2, 2)} & {ANSWER_MASK:#x} = {NAME_FOUND:#x}",
    )


def quic_initial(version: IpFields) -> str:
    """Pass long headers of a client: RFC 9000, section 17.2, and Google's versions before it."""
    first = version.udp_field(_HEADER)
    google = (_GOOGLE, _GOOGLE_WITH_TLS)
    return all_of(
        _carries(version, MIN_INITIAL),
        any_of(
            all_of(f"{first} & 0xc0 = 0xc0", f"{version.udp_field(_HEADER + 1, 4)} != 0"),
            all_of(f"{first} & 0x80 = 0x80", field_in(version.udp_field(_HEADER + 1, 2), google)),
            all_of(f"{first} & 0x89 = 0x09", f"{version.udp_field(_HEADER + 9, 2)} = {_GOOGLE:#x}"),
        ),
    )


def dtls_client_hello(version: IpFields) -> str:
    """Pass the start of a ClientHello over datagrams (RFC 6347, section 4.3.1)."""
    return all_of(
        _carries(version, 14),
        f"{version.udp_field(_HEADER, 2)} = {_DTLS_HANDSHAKE:#x}",
        f"{version.udp_field(_HEADER + 13)} = 1",
    )


def vpn_start(version: IpFields) -> str:
    """Pass the first datagrams of WireGuard, OpenVPN and IKE."""
    return any_of(
        f"{version.udp_field(2, 2)} = {IKE_PORT}",
        all_of(
            f"{version.udp_field(_LENGTH, 2)} = {WIREGUARD_SIZE + _HEADER}",
            f"{version.udp_field(_HEADER, 4)} = {int.from_bytes(WIREGUARD_START):#x}",
        ),
        all_of(
            f"{version.udp_field(2, 2)} = {IKE_NAT_PORT}",
            _carries(version, 32),
            f"{version.udp_field(_HEADER, 4)} = {int.from_bytes(NO_ESP)}",
        ),
        all_of(
            f"{version.udp_field(2, 2)} = {OPENVPN_PORT}",
            _carries(version, 1),
            field_in(version.udp_field(_HEADER), OPENVPN_RESETS),
        ),
    )


def sizes_over_udp(version: IpFields) -> str:
    """Pass the packets of QUIC that `addons.names.quic.sampling` calls sampled."""
    deciding = version.udp_field(_HEADER + DECIDING_BYTE - 1, 2)
    return all_of(
        _carries(version, DECIDING_BYTE + 1),
        f"{version.udp_field(_HEADER)} & {HEADER_FORM:#x} = {SHORT_HEADER:#x}",
        any_of(
            all_of(
                f"{version.udp_field(0, 2)} = {HTTPS}",
                f"{deciding} & {SERVER_ONE_IN - 1:#x} = 0",
            ),
            all_of(
                f"{version.udp_field(2, 2)} = {HTTPS}",
                _carries(version, MIN_CLIENT_SIZE),
                f"{deciding} & {CLIENT_ONE_IN - 1:#x} = 0",
            ),
        ),
    )


def tunnel_ports(tunnel: Tunnel) -> str:
    """Pass datagrams to a tunnel's ports, over both versions of IP; empty if it has none."""
    ports = TUNNEL_PORTS.get(tunnel)
    return any_of(*(f"udp dst port {port}" for port in ports)) if ports else ""


def _carries(version: IpFields, size: int) -> str:
    """Pass datagrams with at least this much payload."""
    return f"{version.udp_field(_LENGTH, 2)} >= {_HEADER + size}"

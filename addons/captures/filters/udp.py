"""The filter's pieces for UDP: QUIC, DNS answers, DTLS, and what shows that a VPN begins."""

from addons.captures.filters.expression import IpFields, all_of, any_of, field_in
from addons.names.dns.answer import ANSWER_MASK, NAME_FOUND
from addons.packets.tunnel import TUNNEL_PORTS, Tunnel

MIN_INITIAL = 1_000
"""Bytes: a client fills a datagram with an Initial up to 1,200 (RFC 9000, section 14.1), Google's
older versions to a little more."""
ACKNOWLEDGES = 100
"""Bytes, below which what a client says over QUIC acknowledges, and carries nothing."""
ONE_IN_4, ONE_IN_32 = 0x03, 0x1F
"""Of a byte that is encrypted, these bits are 0 in one of so many packets."""
QUIC, DNS, OPENVPN, IKE, IKE_BEHIND_NAT = 443, 53, 1194, 500, 4500

_HEADER = 8
_LENGTH = 4
"""Where UDP's header tells its own bytes and the payload's."""
_GOOGLE, _GOOGLE_WITH_TLS = 0x5130, 0x5430
"""`Q0` and `T0`, with which the names of Google's versions begin."""
_HANDSHAKE_OF_DTLS = 0x16FE
_WIREGUARD = 0x01000000
_WIREGUARD_BYTES = 148
_OPENVPN_RESETS = (0x38, 0x50)


def names_over_udp(version: IpFields) -> str:
    """Pass datagrams that can carry a name, or that begin what hides names."""
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
    """Pass all but what a web server says, of which films consist: it is spared the rest."""
    return any_of(f"{version.udp_field(0, 2)} != {QUIC}", f"{version.udp_field(2, 2)} = {QUIC}")


def dns_answer(version: IpFields) -> str:
    """Pass what a name server says that found the name (RFC 1035, section 4.1.1)."""
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
        f"{version.udp_field(_HEADER, 2)} = {_HANDSHAKE_OF_DTLS:#x}",
        f"{version.udp_field(_HEADER + 13)} = 1",
    )


def vpn_start(version: IpFields) -> str:
    """Pass how WireGuard, OpenVPN and IKE begin."""
    return any_of(
        f"{version.udp_field(2, 2)} = {IKE}",
        all_of(
            f"{version.udp_field(_LENGTH, 2)} = {_WIREGUARD_BYTES + _HEADER}",
            f"{version.udp_field(_HEADER, 4)} = {_WIREGUARD:#x}",
        ),
        all_of(
            f"{version.udp_field(2, 2)} = {IKE_BEHIND_NAT}",
            _carries(version, 32),
            f"{version.udp_field(_HEADER, 4)} = 0",
        ),
        all_of(
            f"{version.udp_field(2, 2)} = {OPENVPN}",
            _carries(version, 1),
            field_in(version.udp_field(_HEADER), _OPENVPN_RESETS),
        ),
    )


def sizes_over_udp(version: IpFields) -> str:
    """Pass some of QUIC's short headers, told by a byte that is encrypted in all of them.

    Of what a server says it is one in 32. Of what a client says it is one in four: that is little,
    because acknowledgements are left out, and one in 32 would tell nothing of a photo.
    """
    encrypted = version.udp_field(30, 2)
    return all_of(
        _carries(version, 24),
        f"{version.udp_field(_HEADER)} & 0xc0 = 0x40",
        any_of(
            all_of(f"{version.udp_field(0, 2)} = {QUIC}", f"{encrypted} & {ONE_IN_32:#x} = 0"),
            all_of(
                f"{version.udp_field(2, 2)} = {QUIC}",
                _carries(version, ACKNOWLEDGES),
                f"{encrypted} & {ONE_IN_4:#x} = 0",
            ),
        ),
    )


def tunnel_ports(tunnel: Tunnel) -> str:
    """Pass what goes to a tunnel's ports, over both versions of IP; empty if it has no ports."""
    ports = TUNNEL_PORTS.get(tunnel)
    return any_of(*(f"udp dst port {port}" for port in ports)) if ports else ""


def _carries(version: IpFields, size: int) -> str:
    """Pass datagrams with this much payload or more."""
    return f"{version.udp_field(_LENGTH, 2)} >= {_HEADER + size}"

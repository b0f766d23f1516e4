"""How MAC addresses are written, and what they are in bytes."""

from re import compile as pattern

from monitor.identity import MAC_BYTES

_MAC = pattern("(?:[0-9A-Fa-f]{2}[-:. ]?){5}[0-9A-Fa-f]{2}")
"""`70-3A-0E-11-22-33`, `70:3a:0e:11:22:33`, `703a.0e11.2233` or `703a0e112233`."""
_BETWEEN = str.maketrans("", "", "-:. ")
_ETHERNET = 1
"""The type of hardware that has MAC addresses (IANA, ARP parameters)."""
_MAX_DUID_LENGTH = 3 * 130
"""Characters of a DUID (RFC 8415, 11.1)."""
_LINK_LAYER_TIME, _LINK_LAYER = 1, 3
_DUID_HEAD = {_LINK_LAYER_TIME: 8, _LINK_LAYER: 4}
"""Bytes before the address in a DUID that has one (RFC 8415, 11.2 and 11.4)."""


def parse_mac(text: str) -> bytes:
    """Return the bytes of a MAC address; empty when the text is none."""
    plain = text.strip()
    return bytes.fromhex(plain.translate(_BETWEEN)) if _MAC.fullmatch(plain) else b""


def mac_of_duid(duid: bytes) -> bytes:
    """Return the MAC address that a DHCPv6 client's DUID was made of; empty when of none."""
    kind, hardware = int.from_bytes(duid[:2]), int.from_bytes(duid[2:4])
    head = _DUID_HEAD.get(kind)
    if head is None or hardware != _ETHERNET or len(duid) != head + MAC_BYTES:
        return b""
    return duid[head:]


def parse_ipv6_hardware(mac: str, duid: str) -> bytes:
    """Return the MAC address that a client of DHCPv6 has; empty where it may be its DUID's.

    A DUID is a machine's, not an interface's: a laptop's may be made of another MAC address than
    the one by which its IPv4 address is known, and what was installed from one image shares it.

    Args:
        mac: what the server says of the client.
        duid: in hexadecimal.
    """
    parsed = parse_mac(mac)
    try:
        made_of = mac_of_duid(bytes.fromhex(duid[:_MAX_DUID_LENGTH].replace(":", "")))
    except ValueError:
        made_of = b""
    return b"" if parsed == made_of else parsed

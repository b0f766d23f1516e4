"""What every reader of packets gives: who speaks to whom, and what was said."""

from typing import NamedTuple

TCP = 6
UDP = 17

FIN = 0x01
SYN = 0x02
RST = 0x04
PSH = 0x08
ACK = 0x10
"""Flags of TCP (RFC 9293, section 3.1)."""


class Packet(NamedTuple):
    """What a TCP segment or a UDP datagram says."""

    protocol: int
    """`TCP` or `UDP`."""
    source: bytes
    """Its address, packed: 4 bytes or 16."""
    source_port: int
    destination: bytes
    destination_port: int
    payload: bytes
    """What the capture has of it."""
    size: int
    """Bytes of payload on the wire, by the IP header; the capture may have fewer."""
    flags: int = 0
    """TCP's."""
    sequence: int = 0
    acknowledgement: int = 0
